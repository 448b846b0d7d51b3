"""The worker's side of the outbox: taking what is due, and writing down what became of it. See docs/decisions/0019."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.orm import Session

from enquiry.agencies.texting_hours import is_text_hour, when_to_text
from enquiry.outbox.failures import Failures, Reason
from enquiry.outbox.queue import SECRET_KINDS, messages_paused
from enquiry.store.after_commit import tell_after_commit
from enquiry.store.models import Enquiry, NoMessages, OutboxMessage

# A worker that has taken a message has this long to send it; should the worker end in the middle, another takes it up then.
LEASE = timedelta(minutes=2)
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=1)
MOST_TRIES = 30  # over about a day: a mail server may be down for a night

# Neither sent nor given up.
OPEN = (OutboxMessage.sent_at.is_(None), OutboxMessage.given_up_at.is_(None))


def something_due(session: Session, now: datetime) -> bool:
    """Whether there is anything to send or to give up."""
    anything = or_(and_(*_due(now)), *(and_(*where) for where in _to_give_up(now).values()))
    # What they have in common stands outside as well, for the index.
    return (
        session.scalar(select(OutboxMessage.id).where(*OPEN, OutboxMessage.next_try_at <= now, anything).limit(1))
        is not None
    )


def due_messages(session: Session, now: datetime, limit: int = 20) -> list[OutboxMessage]:
    """Take the messages whose time has come; the caller sends them and then marks each one.

    Taken messages are kept from other workers for two minutes. A message to an enquirer who must not be written to any
    more stays where it is, and so does a text at night.
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


def give_up_overdue(session: Session, failures: Failures, now: datetime) -> int:
    """Give up what is of no use any more, what has been tried often enough, and what nobody can tell of whether it went.

    The last is a message that was about to be handed over when the worker ended: see `begin_handing_over`.

    Returns:
        How many were given up.
    """
    given_up = 0
    for reason, where in _to_give_up(now).items():
        text = failures.say(reason, failures.say(Reason.STOPPED_WHILE_SENDING))
        gone = update(OutboxMessage).where(*where).values(given_up_at=now, last_error=text).returning(OutboxMessage)
        for message in session.scalars(gone.execution_options(synchronize_session=False)):
            _tell(session, "outbox_given_up", message, reason=reason.value)
            given_up += 1
    return given_up


def begin_handing_over(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Note that a message is about to go to a provider that can't be asked afterwards whether it took it.

    Committed just before: a worker that ends after this leaves a message of which nobody can tell whether it went, and it is
    not tried again by itself. The lease begins anew.

    Args:
        message: as `due_messages` gave it.
    Returns:
        False when it must not go: the lease ran out and another worker has taken it, or it may not be sent any more.
    """
    lease = now + LEASE
    ours = (OutboxMessage.id == message.id, _taken_by(message), OutboxMessage.handing_over_at.is_(None))
    begun = update(OutboxMessage).where(*ours, *OPEN, *may_be_sent(now)).values(handing_over_at=now, next_try_at=lease)
    if session.scalar(begun.returning(OutboxMessage.id).execution_options(synchronize_session=False)) is None:
        return False
    message.next_try_at = lease
    return True


def mark_sent(session: Session, message: OutboxMessage, now: datetime) -> None:
    """It has been sent. What it said is kept, for staff to read, unless it opens a conversation."""
    found = session.get(OutboxMessage, message.id, with_for_update=True)
    if found is None:
        return
    if found.given_up_at is not None and found.handing_over_at is None:
        # The provider has told us already that it did not arrive, and that stands.
        return
    found.sent_at = now
    # Thought to be in doubt in the meantime, it is known now.
    found.given_up_at = found.last_error = found.handing_over_at = None
    _tell(session, "outbox_sent", found)
    if found.kind in SECRET_KINDS:
        found.body = ""


def mark_not_sent(
    session: Session,
    message: OutboxMessage,
    why: str,
    failures: Failures,
    now: datetime,
    *,
    wait: timedelta = timedelta(),
) -> None:
    """It did not go, for certain. The next try follows after a wait that doubles each time, up to an hour; the thirtieth is the last.

    Args:
        wait: how long to wait at least.
    """
    found = _in_hand(session, message)
    if found is None:
        return
    found.handing_over_at = None
    if found.attempts >= MOST_TRIES:
        found.given_up_at = now
        found.last_error = failures.say(Reason.ENOUGH_TRIES, why)
        _tell(session, "outbox_given_up", found, reason=Reason.ENOUGH_TRIES.value)
        return
    next_try = now + max(wait, wait_after(found.attempts))
    found.next_try_at = when_to_text(next_try) if found.channel == "text" else next_try
    found.last_error = why
    _tell(session, "outbox_not_sent", found)


def mark_refused(session: Session, message: OutboxMessage, why: str, now: datetime) -> None:
    """It did not go and never will as it is: no more tries, and a person looks at it."""
    found = _in_hand(session, message)
    if found is not None:
        found.handing_over_at = None
        found.given_up_at = now
        found.last_error = why
        _tell(session, "outbox_given_up", found, reason=Reason.REFUSED.value)


def mark_in_doubt(session: Session, message: OutboxMessage, why: str, now: datetime) -> None:
    """Nobody can tell whether it went: a person decides, since none may be sent twice."""
    found = _in_hand(session, message)
    if found is not None:
        found.given_up_at = now
        found.last_error = why
        _tell(session, "outbox_given_up", found, reason=Reason.IN_DOUBT.value)


def mark_not_arrived(session: Session, message_id: str, reason: Reason, failures: Failures, now: datetime) -> None:
    """The provider took it and says later that it did not arrive. It may say so before we have noted that it took it."""
    found = session.get(OutboxMessage, message_id, with_for_update=True)
    if found is not None:
        found.sent_at = found.handing_over_at = None
        found.given_up_at = now
        found.last_error = failures.say(reason)
        _tell(session, "outbox_given_up", found, reason=reason.value)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts."""
    doublings = min(max(attempts - 1, 0), 16)
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << doublings))


def _tell(session: Session, event: str, message: OutboxMessage, reason: str | None = None) -> None:
    """What became of a message, for the log: never to whom it goes, nor what the other side said."""
    about = {"message_id": message.id, "enquiry_id": message.enquiry_id, "agency": message.agency}
    how = {"kind": message.kind or None, "channel": message.channel, "attempts": message.attempts, "reason": reason}
    tell_after_commit(session, event, **about, **how)


def _in_hand(session: Session, message: OutboxMessage) -> OutboxMessage | None:
    """The message as it stands, locked; None when another has to do with it by now."""
    ours = select(OutboxMessage).where(OutboxMessage.id == message.id, _taken_by(message), *OPEN)
    return session.scalar(ours.with_for_update())


def _taken_by(message: OutboxMessage) -> ColumnElement[bool]:
    # The moment the lease ends is the mark of who has taken it: whoever takes it next changes it.
    return OutboxMessage.next_try_at == message.next_try_at


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        *OPEN,
        OutboxMessage.next_try_at <= now,
        OutboxMessage.handing_over_at.is_(None),
        OutboxMessage.attempts < MOST_TRIES,
        *may_be_sent(now),
    )


def may_be_sent(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """It is of use, its hour has come, and nobody asked for it not to be sent."""
    unsafe = exists(
        select(Enquiry.id).where(
            Enquiry.id == OutboxMessage.enquiry_id, or_(Enquiry.safe_to_message.is_(False), Enquiry.discreet.is_(True))
        )
    )
    stopped = exists(select(NoMessages.recipient).where(NoMessages.recipient == OutboxMessage.recipient))
    by_day = () if is_text_hour(now) else (OutboxMessage.channel != "text",)
    return (
        or_(OutboxMessage.expires_at.is_(None), OutboxMessage.expires_at > now),
        or_(OutboxMessage.enquiry_id.is_(None), ~messages_paused(OutboxMessage.enquiry_id) & ~unsafe),
        ~stopped,
        *by_day,
    )


def _to_give_up(now: datetime) -> dict[Reason, tuple[ColumnElement[bool], ...]]:
    """What is to be given up, by reason. Nobody has it in hand: its lease has run out, or it was never taken."""
    left = (*OPEN, OutboxMessage.next_try_at <= now)
    not_begun = OutboxMessage.handing_over_at.is_(None)
    return {
        Reason.IN_DOUBT: (*left, OutboxMessage.handing_over_at.is_not(None)),
        Reason.TOO_LATE: (*left, not_begun, OutboxMessage.expires_at <= now),
        # Found with its lease run out after the last try: the worker ended in it, again and again perhaps because of it.
        Reason.ENOUGH_TRIES: (*left, not_begun, OutboxMessage.attempts >= MOST_TRIES),
    }
