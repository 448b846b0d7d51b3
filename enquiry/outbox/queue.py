"""Messages to be sent. Each is written in the transaction of what it tells of; `enquiry.outbox.delivery` is the worker's side."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute, Session

from enquiry.agencies.texting_hours import when_to_text
from enquiry.outbox.opt_outs import is_stopped
from enquiry.store.models import Conversation, Enquiry, Handoff, OutboxMessage

Channel = Literal["email", "text"]

# What these say opens a conversation: it is not kept after sending, and staff never read it. "" is from before kinds were kept.
SECRET_KINDS = frozenset({"return_link", ""})
# To staff, about a flagged enquiry: in the lists of those alone who may know that there is one.
ALERT = "alert"


def queue_message(
    session: Session,
    *,
    agency_slug: str,
    occasion: str,
    channel: Channel,
    recipient: str,
    subject: str,
    body: str,
    now: datetime,
    kind: str = "",
    calendar: str | None = None,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    enquiry: Enquiry | None = None,
) -> OutboxMessage | None:
    """Have a message sent.

    Args:
        occasion: what it tells of, such as `place-booked:<id>`; one message an occasion.
        recipient: e-mail address or phone number.
        kind: which letter of data/wording/letters.yml it is, such as `place_booked`.
        calendar: an iCalendar file (with its METHOD) that goes with an e-mail.
        not_before: when it is to go, at the earliest; a text may wait longer, until 8am.
        expires_at: from when on it is of no use and not sent any more.
        enquiry: whose it is, when it goes to an enquirer; it is deleted with the enquiry.
    Returns:
        The message, or None when there is nothing to send: one has been queued for this occasion already, or the recipient
        asked for no more messages.
    """
    if is_stopped(session, recipient):
        return None
    first_try = max(now, not_before) if not_before else now
    message = OutboxMessage(
        agency=agency_slug,
        occasion=occasion,
        kind=kind,
        channel=channel,
        recipient=recipient,
        subject=subject,
        body=body,
        calendar=calendar,
        enquiry_id=enquiry.id if enquiry else None,
        created_at=now,
        next_try_at=when_to_text(first_try) if channel == "text" else first_try,
        expires_at=expires_at,
    )
    try:
        with session.begin_nested():
            session.add(message)
    except IntegrityError:
        if session.scalar(select(OutboxMessage.id).where(OutboxMessage.occasion == occasion)) is None:
            raise
        return None
    return message


def may_message(session: Session, enquiry: Enquiry, recipient: str | None = None) -> bool:
    """Whether anything may be sent to the person: not when they said no, nor where somebody at home must not hear what it is
    about (a message says it), nor after a disclosure that pauses messages (a sign of domestic abuse), since a device may be watched.

    Args:
        recipient: the number or address it would go to; its owner may have asked for no more messages there.
    """
    if (
        enquiry.safe_to_message is False
        or enquiry.discreet
        or (recipient is not None and is_stopped(session, recipient))
    ):
        return False
    return not session.scalar(select(messages_paused(enquiry.id)))


def messages_paused(enquiry_id: str | InstrumentedAttribute[str | None]) -> ColumnElement[bool]:
    """Whether a disclosure pauses messages to the household of an enquiry: its id, or the column that holds it."""
    return exists(
        select(Handoff.id)
        .join(Conversation, Handoff.conversation_id == Conversation.id)
        .where(Conversation.enquiry_id == enquiry_id, Handoff.pauses_messages.is_(True))
    )


def send_again(session: Session, message_id: str, agency: str, now: datetime) -> bool:
    """Try a message again that was given up, because a member of staff wants it. What makes it too late stays as it is.

    Returns:
        False when there is nothing to send again: it is no longer given up (somebody else was first), it is another
        agency's, or what it said is not kept.
    """
    found = (
        update(OutboxMessage)
        .where(
            OutboxMessage.id == message_id,
            OutboxMessage.agency == agency,
            OutboxMessage.given_up_at.is_not(None),
            OutboxMessage.body != "",
        )
        .values(given_up_at=None, handing_over_at=None, sent_at=None, attempts=0, next_try_at=now)
        .returning(OutboxMessage.id)
    )
    return session.scalar(found) is not None
