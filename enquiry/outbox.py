"""Messages to be sent. Each is written in the transaction of what it tells of, and sent by the worker, once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, delete, exists, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enquiry.store.models import Conversation, Enquiry, Handoff, OutboxMessage

Channel = Literal["email", "text"]

# A worker that has taken a message has this long to send it; should the worker end in the middle, another takes it up then.
LEASE = timedelta(minutes=2)
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=1)


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
    enquiry: Enquiry | None = None,
) -> OutboxMessage | None:
    """Have a message sent.

    Args:
        occasion: what it tells of, such as `place-booked:<id>`; one message an occasion.
        recipient: e-mail address or phone number.
        enquiry: whose it is, when it goes to an enquirer; it is deleted with the enquiry.
    Returns:
        The message, or None when one has been queued for this occasion already.
    """
    message = OutboxMessage(
        agency=agency_slug,
        occasion=occasion,
        channel=channel,
        recipient=recipient,
        subject=subject,
        body=body,
        enquiry_id=enquiry.id if enquiry else None,
        created_at=now,
        next_try_at=now,
    )
    try:
        with session.begin_nested():
            session.add(message)
    except IntegrityError:
        if session.scalar(select(OutboxMessage.id).where(OutboxMessage.occasion == occasion)) is None:
            raise
        return None
    return message


def may_message(session: Session, enquiry: Enquiry) -> bool:
    """Whether anything may be sent to the person: not when they said no, nor after a disclosure that pauses
    messages (a sign of domestic abuse), since a device may be watched."""
    if enquiry.safe_to_message is False:
        return False
    flagged = select(Handoff.id).join(Conversation, Handoff.conversation_id == Conversation.id).where(
        Conversation.enquiry_id == enquiry.id, Handoff.pauses_messages.is_(True)
    )
    return session.scalar(flagged.limit(1)) is None


def something_due(session: Session, now: datetime) -> bool:
    """Whether there is anything to send."""
    return session.scalar(select(OutboxMessage.id).where(*_due(now)).limit(1)) is not None


def due_messages(session: Session, now: datetime, limit: int = 20) -> list[OutboxMessage]:
    """Take the messages whose time has come; the caller sends them and then marks each one.

    Taken messages are kept from other workers for two minutes. A message to an enquirer who must not be written to any
    more stays where it is.
    """
    due = list(
        session.scalars(
            select(OutboxMessage)
            .where(*_due(now))
            .order_by(OutboxMessage.next_try_at)
            .limit(limit)
            .with_for_update(skip_locked=True, of=OutboxMessage)
        )
    )
    for message in due:
        message.attempts += 1
        message.next_try_at = now + LEASE
    session.flush()
    return due


def mark_sent(session: Session, message_id: str, now: datetime) -> None:
    """It has been sent. What it said is not kept: it may hold a link that opens a conversation, and nobody reads it here."""
    message = session.get(OutboxMessage, message_id)
    if message is not None:
        message.sent_at = now
        message.last_error = None
        message.body = ""


def mark_not_sent(session: Session, message_id: str, why: str, now: datetime) -> None:
    """It could not be sent: the next try follows after a wait that doubles each time, up to an hour."""
    message = session.get(OutboxMessage, message_id)
    if message is not None and message.sent_at is None:
        message.last_error = why
        message.next_try_at = now + wait_after(message.attempts)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts."""
    doublings = min(max(attempts - 1, 0), 16)
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << doublings))


def take_back(session: Session, occasion: str) -> None:
    """Do not send a message whose occasion is over, unless it has been sent."""
    session.execute(delete(OutboxMessage).where(OutboxMessage.occasion == occasion, OutboxMessage.sent_at.is_(None)))


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    flagged = exists(
        select(Handoff.id)
        .join(Conversation, Handoff.conversation_id == Conversation.id)
        .where(Conversation.enquiry_id == OutboxMessage.enquiry_id, Handoff.pauses_messages.is_(True))
    )
    unsafe = exists(
        select(Enquiry.id).where(Enquiry.id == OutboxMessage.enquiry_id, Enquiry.safe_to_message.is_(False))
    )
    return (
        OutboxMessage.sent_at.is_(None),
        OutboxMessage.next_try_at <= now,
        or_(OutboxMessage.enquiry_id.is_(None), ~flagged & ~unsafe),
    )
