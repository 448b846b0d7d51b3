"""Reasons why a message did not go out, in the approved sentences of data/wording/outbox.yml."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from enquiry.content.wording import Wording

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


@dataclass(frozen=True)
class Failures:
    """Says why a message did not go out."""

    wording: Wording

    def say(self, reason: Reason, why: str = "") -> str:
        """Choose the sentence.

        Args:
            why: what the other side gave as its reason; its first few hundred characters are kept, on one line.
        """
        printable = "".join(character if character.isprintable() else " " for character in why)
        return self.wording.say(f"outbox.{reason}", why=" ".join(printable.split())[:LONGEST])
