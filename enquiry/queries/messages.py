"""Messages that go out, as staff read them: what waits, what was sent, and what did not go and needs a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from enquiry.enums import Role
from enquiry.outbox.queue import ALERT, SECRET_KINDS
from enquiry.queries.handoffs import NotThere
from enquiry.staff.permissions import Permission, may
from enquiry.store.models import Enquiry, OutboxMessage

MOST_MESSAGES = 50


class MessageState(StrEnum):
    """How it stands with a message."""

    WAITING = "waiting"
    SENT = "sent"
    UNDELIVERED = "undelivered"  # given up: a person looks at it


@dataclass(frozen=True)
class MessageLine:
    """One message in the list. `reference` and `who` are of the enquiry it goes with; empty for a message to staff."""

    id: str
    kind: str
    channel: str
    recipient: str
    subject: str
    reference: str
    who: str
    state: MessageState
    created_at: datetime
    next_try_at: datetime | None  # while it waits
    sent_at: datetime | None
    given_up_at: datetime | None
    attempts: int
    why: str  # what was the matter at the last try; a sentence, or empty
    in_doubt: bool  # nobody can tell whether it went
    may_be_sent_again: bool


@dataclass(frozen=True)
class MessagePage:
    """One message with what it says. `body` is None where it opens a conversation: that is for its owner alone."""

    line: MessageLine
    body: str | None
    calendar: str | None


def messages(
    session: Session, agency: str, role: Role, *, state: MessageState | None = None, page: int = 1
) -> tuple[tuple[MessageLine, ...], int]:
    """A page of an agency's messages, the newest first, and how many there are in all.

    Args:
        state: only these; all when None.
        page: counted from 1, `MOST_MESSAGES` to a page.
    """
    where = _readable(agency, role) + (_in_state(state) if state else ())
    number = session.scalar(select(func.count()).select_from(OutboxMessage).where(*where)) or 0
    found = session.execute(
        select(OutboxMessage, Enquiry.reference, Enquiry.contact_name)
        .outerjoin(Enquiry, OutboxMessage.enquiry_id == Enquiry.id)
        .where(*where)
        .order_by(OutboxMessage.created_at.desc(), OutboxMessage.id)
        .limit(MOST_MESSAGES)
        .offset((page - 1) * MOST_MESSAGES)
    )
    return tuple(_line(message, reference, name) for message, reference, name in found), number


def messages_to(session: Session, agency: str, role: Role, enquiry: Enquiry) -> tuple[MessageLine, ...]:
    """What was sent to one enquirer and what waits to be, the newest first."""
    theirs = select(OutboxMessage).where(OutboxMessage.enquiry_id == enquiry.id, *_readable(agency, role))
    found = session.scalars(theirs.order_by(OutboxMessage.created_at.desc(), OutboxMessage.id).limit(MOST_MESSAGES))
    return tuple(_line(message, enquiry.reference, enquiry.contact_name) for message in found)


def undelivered(session: Session, agency: str, role: Role, *, page: int = 1) -> tuple[tuple[MessageLine, ...], int]:
    """Messages that were given up; `enquiry.outbox.queue.send_again` tries one once more."""
    return messages(session, agency, role, state=MessageState.UNDELIVERED, page=page)


def count_undelivered(session: Session, agency: str, role: Role) -> int:
    """How many messages were given up."""
    where = _readable(agency, role) + _in_state(MessageState.UNDELIVERED)
    return session.scalar(select(func.count()).select_from(OutboxMessage).where(*where)) or 0


def message_page(session: Session, agency: str, role: Role, message_id: str) -> MessagePage:
    """One message.

    Raises:
        NotThere: unknown, another agency's, or not for this role (which is the same to the reader).
    """
    found = session.execute(
        select(OutboxMessage, Enquiry.reference, Enquiry.contact_name)
        .outerjoin(Enquiry, OutboxMessage.enquiry_id == Enquiry.id)
        .where(OutboxMessage.id == message_id, *_readable(agency, role))
    ).one_or_none()
    if found is None:
        raise NotThere(message_id)
    message, reference, name = found
    return MessagePage(
        line=_line(message, reference, name),
        body=None if message.kind in SECRET_KINDS else message.body,
        calendar=message.calendar,
    )


def _readable(agency: str, role: Role) -> tuple[ColumnElement[bool], ...]:
    theirs = OutboxMessage.agency == agency
    # Alerts written before kinds were kept are known by their occasion.
    not_alert = (OutboxMessage.kind != ALERT, ~OutboxMessage.occasion.startswith(f"{ALERT}:", autoescape=True))
    return (theirs,) if may(role, Permission.READ_ALERTS) else (theirs, *not_alert)


def _in_state(state: MessageState) -> tuple[ColumnElement[bool], ...]:
    given_up = OutboxMessage.given_up_at
    match state:
        case MessageState.UNDELIVERED:
            return (given_up.is_not(None),)
        case MessageState.SENT:
            return (given_up.is_(None), OutboxMessage.sent_at.is_not(None))
        case MessageState.WAITING:
            return (given_up.is_(None), OutboxMessage.sent_at.is_(None))


def state_of(message: OutboxMessage) -> MessageState:
    """How it stands with a message, as `_in_state` asks the store."""
    if message.given_up_at is not None:
        return MessageState.UNDELIVERED
    return MessageState.WAITING if message.sent_at is None else MessageState.SENT


def _line(message: OutboxMessage, reference: str | None, name: str | None) -> MessageLine:
    state = state_of(message)
    given_up = state is MessageState.UNDELIVERED
    return MessageLine(
        id=message.id,
        kind=message.kind,
        channel=message.channel,
        recipient=message.recipient,
        subject=message.subject,
        reference=reference or "",
        who=name or "",
        state=state,
        created_at=message.created_at,
        next_try_at=message.next_try_at if state is MessageState.WAITING else None,
        sent_at=message.sent_at,
        given_up_at=message.given_up_at,
        attempts=message.attempts,
        why=(message.last_error or "") if state is not MessageState.SENT else "",
        in_doubt=given_up and message.handing_over_at is not None,
        may_be_sent_again=given_up and message.body != "",
    )
