"""Letters with a link to carry on, and alerts to staff: the texts of data/wording/letters.yml with their places filled.

Letters about bookings are in enquiry/bookings/letters.py.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency
from enquiry.content.wording import Wording
from enquiry.dates import in_words
from enquiry.outbox.queue import ALERT, Channel, queue_message
from enquiry.store.models import Enquiry, Handoff, Staff


def send_return_link(
    session: Session,
    enquiry: Enquiry,
    *,
    agency: Agency,
    wording: Wording,
    address: str,
    link: str,
    until: datetime,
    occasion: str,
    now: datetime,
) -> None:
    """Queue a link to carry on for an address; the caller has seen that it is safe.

    Nothing in it tells what it is about, nor a name: someone else may see it on a locked phone, or own a mistyped address.
    """
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
    """Say what the occasion of every alert about a handoff begins with."""
    return f"alert:{handoff_id}:"


def alert_staff(session: Session, handoff: Handoff, staff: Staff, wording: Wording, now: datetime) -> bool:
    """Tell a member of staff that a flagged enquiry waits; nothing of what it is about. At most once an hour each.

    Returns:
        Whether a message was queued.
    """
    queued = queue_message(
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
    return queued is not None


def silence_summary(wording: Wording, since: datetime) -> str:
    """Say to staff that the assistant has left a message unanswered."""
    return wording.say("letters.assistant_silent_summary", since=in_words(since))
