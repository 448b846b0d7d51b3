"""Conversations that the assistant leaves unanswered: which they are, and handing them to a person."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from enquiry.catalogue import Catalogue
from enquiry.enums import HandoffReason, Priority
from enquiry.handoffs.handoff import make_handoff, seen_by_staff
from enquiry.outbox.letters import alert_prefix, silence_summary
from enquiry.store.models import Conversation, Handoff, Message, OutboxMessage

SILENT_AFTER = timedelta(minutes=2)


def silent_conversations(session: Session, now: datetime) -> list[tuple[Conversation, datetime]]:
    """Find conversations with a message that has waited for more than two minutes and that no one has been told of.

    What waited when staff finished a handoff has been seen by them; what is typed after that makes a new one. What is typed
    while a handoff is open makes it known again, in the next hour at the latest, since it may be a disclosure.

    Returns:
        Each with the moment since when it has been waiting.
    """
    since = func.min(Message.at, type_=Message.at.type).label("since")
    newest = func.max(Message.at, type_=Message.at.type).label("newest")
    waiting = (
        select(Message.conversation_id, since, newest)
        .where(Message.waiting.is_(True), Message.at < now - SILENT_AFTER, ~seen_by_staff())
        .group_by(Message.conversation_id)
        .subquery()
    )
    is_open = and_(
        Handoff.conversation_id == waiting.c.conversation_id,
        Handoff.reason == HandoffReason.ASSISTANT_SILENT.value,
        Handoff.done_at.is_(None),
    )
    found = session.execute(
        select(Conversation, waiting.c.since, waiting.c.newest, Handoff)
        .join(waiting, waiting.c.conversation_id == Conversation.id)
        .outerjoin(Handoff, is_open)
    )
    return [
        (conversation, oldest)
        for conversation, oldest, latest, handoff in found
        if handoff is None or _is_news(session, handoff, latest, now)
    ]


def hand_over_silent(session: Session, catalogue: Catalogue, now: datetime) -> int:
    """Make a handoff for each conversation the assistant leaves unanswered: today's, since it may be a disclosure.

    Returns:
        How many were made, or made known again.
    """
    made = 0
    for conversation, since in silent_conversations(session, now):
        agency = catalogue.agencies.get(conversation.agency)
        if agency is None:
            # Its file has been taken away; the watch says so.
            continue
        make_handoff(
            session,
            conversation,
            agency=agency,
            wording=catalogue.wording,
            reason=HandoffReason.ASSISTANT_SILENT,
            priority=Priority.SAME_DAY,
            summary=silence_summary(catalogue.wording, since),
            now=now,
        )
        made += 1
    return made


def _is_news(session: Session, handoff: Handoff, latest: datetime, now: datetime) -> bool:
    """Whether something was typed since staff were last alerted, and an hour's alert has not been used up."""
    if latest <= handoff.created_at:
        return False
    alerts = OutboxMessage.occasion.startswith(alert_prefix(handoff.id), autoescape=True)
    told = session.scalar(select(func.max(OutboxMessage.created_at, type_=OutboxMessage.created_at.type)).where(alerts))
    # Without an alert there is nobody to alert: the queue alone tells of it.
    return told is not None and told < latest and told < now.replace(minute=0, second=0, microsecond=0)
