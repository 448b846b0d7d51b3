"""What is sent of a link to carry on, and to staff: the approved texts of data/wording/letters.yml with their places filled.

Letters about bookings are in enquiry/bookings/letters.py.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency, load_agencies
from enquiry.content.wording import Wording, load_wording
from enquiry.dates import in_words
from enquiry.outbox.queue import ALERT, Channel, queue_message
from enquiry.settings import ROOT
from enquiry.store.models import Enquiry, Handoff, Staff


def send_return_link(
    session: Session, enquiry: Enquiry, *, address: str, link: str, until: datetime, occasion: str, now: datetime
) -> None:
    """Have a link to carry on sent to an address; the caller has seen that it is safe.

    Nothing in it tells what it is about, nor a name: someone else may see it on a locked phone, or own a mistyped address.
    """
    wording = letters()
    agency = known_agencies()[enquiry.agency]
    channel: Channel = "email" if "@" in address else "text"
    queue_message(
        session,
        agency_slug=enquiry.agency,
        occasion=occasion,
        channel=channel,
        recipient=address,
        kind="return_link",
        subject=wording.say("letters.return_link_subject", agency),
        body=wording.say(f"letters.return_link_{channel}", agency, link=link, until=in_words(until)),
        enquiry=enquiry,
        now=now,
    )


def alert_prefix(handoff_id: str) -> str:
    """What the occasion of every alert about a handoff begins with."""
    return f"alert:{handoff_id}:"


def alert_staff(session: Session, handoff: Handoff, staff: Staff, now: datetime) -> None:
    """Tell a member of staff that a flagged enquiry waits; nothing of what it is about. At most once an hour each."""
    wording = letters()
    queue_message(
        session,
        agency_slug=handoff.agency,
        occasion=f"{alert_prefix(handoff.id)}{staff.id}:{now.astimezone(UTC):%Y%m%dT%H}",
        channel="email",
        recipient=staff.email,
        kind=ALERT,
        subject=wording.say("letters.alert_subject"),
        body=wording.say("letters.alert_email", name=staff.name),
        now=now,
    )


def silence_summary(since: datetime) -> str:
    """What staff read when the assistant has left a message unanswered."""
    return letters().say("letters.assistant_silent_summary", since=in_words(since))


# Read at first use and kept: a process that is running goes on with the texts it began with.
@lru_cache(maxsize=1)
def letters() -> Wording:
    """The sentences of data/wording."""
    return load_wording(ROOT / "data" / "wording")


@lru_cache(maxsize=1)
def known_agencies() -> dict[str, Agency]:
    """The agencies of data/agencies, by slug."""
    return load_agencies(ROOT / "data" / "agencies")
