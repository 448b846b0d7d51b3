"""Figures of what waits for the assistant, for the worker or for a person: counts by agency, and nothing of anybody.

Each is one query over what is open, so it costs the same however much the store holds; what was given up is counted through all
messages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, distinct, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from enquiry.enums import HandoffReason
from enquiry.handoffs.handoff import seen_by_staff
from enquiry.handoffs.silence import SILENT_AFTER
from enquiry.outbox.delivery import OPEN, may_be_sent
from enquiry.store.models import Conversation, Handoff, Message, OutboxMessage

# A message that could go and has not gone for so long, in spite of so many tries (waits of 15 s, 30 s, 1 min …), is stuck.
STUCK_AFTER = timedelta(minutes=15)
STUCK_AFTER_TRIES = 7


@dataclass(frozen=True)
class Group:
    """How many there are of a kind at one agency, and since when the oldest of them waits. `kind` is empty where there is one."""

    agency: str
    kind: str
    number: int
    oldest: datetime


def waiting_messages(session: Session, now: datetime) -> tuple[list[Group], list[Group]]:
    """Messages that neither the assistant nor staff have dealt with, and conversations left so for more than two minutes."""
    silent = case((Message.at < now - SILENT_AFTER, Message.conversation_id))
    found = session.execute(
        select(Conversation.agency, func.count(), func.count(distinct(silent)), _oldest(Message.at))
        .join(Conversation, Message.conversation_id == Conversation.id)
        .where(Message.waiting.is_(True), ~seen_by_staff())
        .group_by(Conversation.agency)
    ).all()
    waiting = [Group(agency, "", number, oldest) for agency, number, _, oldest in found]
    return waiting, [Group(agency, "", number, oldest) for agency, _, number, oldest in found if number]


def outbox_by_state(session: Session, now: datetime) -> list[Group]:
    """Messages to people that could go and have not gone, that were given up, and of which nobody can tell whether they went."""
    waiting = session.execute(
        select(OutboxMessage.agency, func.count(), _oldest(OutboxMessage.created_at))
        .where(*OPEN, *may_be_sent(now), or_(OutboxMessage.next_try_at <= now, OutboxMessage.attempts > 0))
        .group_by(OutboxMessage.agency)
    )
    in_doubt = OutboxMessage.handing_over_at.is_not(None)
    ended = session.execute(
        select(OutboxMessage.agency, in_doubt, func.count(), _oldest(OutboxMessage.given_up_at))
        .where(OutboxMessage.given_up_at.is_not(None))
        .group_by(OutboxMessage.agency, in_doubt)
    )
    return [Group(agency, "waiting", number, oldest) for agency, number, oldest in waiting] + [
        Group(agency, "in_doubt" if doubt else "given_up", number, oldest) for agency, doubt, number, oldest in ended
    ]


def overdue_handoffs(session: Session, now: datetime) -> list[Group]:
    """Handoffs whose time is over and that nobody has finished, by reason."""
    found = session.execute(
        select(Handoff.agency, Handoff.reason, func.count(), _oldest(Handoff.due_by))
        .where(Handoff.done_at.is_(None), Handoff.due_by < now)
        .group_by(Handoff.agency, Handoff.reason)
    )
    return [Group(*row) for row in found]


def untaken_disclosures(session: Session) -> list[Group]:
    """Disclosures that nobody has taken on yet."""
    found = session.execute(
        select(Handoff.agency, func.count(), _oldest(Handoff.created_at))
        .where(Handoff.reason == HandoffReason.DISCLOSURE.value, Handoff.done_at.is_(None), Handoff.taken_at.is_(None))
        .group_by(Handoff.agency)
    )
    return [Group(agency, "", number, oldest) for agency, number, oldest in found]


def messages_are_stuck(session: Session, now: datetime) -> bool:
    """Whether a message to somebody could go and has not for a quarter of an hour: no worker, or a provider that takes none."""
    left = OutboxMessage.next_try_at < now - STUCK_AFTER
    stuck = or_(left, OutboxMessage.attempts >= STUCK_AFTER_TRIES)
    return session.scalar(select(OutboxMessage.id).where(*OPEN, *may_be_sent(now), stuck).limit(1)) is not None


def _oldest(moment: InstrumentedAttribute[Any]) -> Any:
    return func.min(moment, type_=moment.type)
