"""Why a message did not go out, in the approved sentences of data/wording/outbox.yml."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from enquiry.content.wording import Wording, load_wording
from enquiry.settings import ROOT

LONGEST = 300  # characters of what the other side says


class Reason(StrEnum):
    """Every reason there is a sentence for."""

    TOO_LATE = "too_late"
    IN_DOUBT = "in_doubt"
    UNSETTLED = "unsettled"
    ENOUGH_TRIES = "enough_tries"
    STOPPED_WHILE_SENDING = "stopped_while_sending"
    REFUSED = "refused"
    NOT_TAKEN = "not_taken"
    AWAY = "away"
    UNREADABLE_ADDRESS = "unreadable_address"
    NO_FILE = "no_file"
    PERMANENT_FAILURE = "permanent_failure"
    TEMPORARY_FAILURE = "temporary_failure"
    TECHNICAL_FAILURE = "technical_failure"


def why_not(reason: Reason, why: str = "") -> str:
    """The sentence.

    Args:
        why: what the other side gave as its reason; its first few hundred characters are kept, on one line.
    """
    printable = "".join(one if one.isprintable() else " " for one in why)
    return _wording().say(f"outbox.{reason}", why=" ".join(printable.split())[:LONGEST])


# Read at first use and kept, as the letters are.
@lru_cache(maxsize=1)
def _wording() -> Wording:
    return load_wording(ROOT / "data" / "wording")
