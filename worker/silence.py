"""Notice conversations the assistant leaves unanswered, and ask a person to answer them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from enquiry.agencies import Agency
from enquiry.handoffs import make_handoff
from enquiry.letters import silence_summary
from enquiry.store.models import Conversation, Handoff, Message
from enquiry.words import HandoffReason

SILENT_AFTER = timedelta(minutes=2)


def silent_conversations(session: Session, now: datetime) -> list[tuple[Conversation, datetime]]:
    """Conversations with a message that has waited for more than two minutes and that no one has been told of.

    One handoff for one silence: when staff have dealt with it, the message that still waits makes no second one.

    Returns:
        Each with the moment since when it has been waiting.
    """
    since = func.min(Message.at, type_=Message.at.type).label("since")
    waiting = (
        select(Message.conversation_id, since)
        .where(Message.waiting.is_(True))
        .group_by(Message.conversation_id)
        .having(since < now - SILENT_AFTER)
        .subquery()
    )
    told = select(Handoff.id).where(
        Handoff.conversation_id == waiting.c.conversation_id,
        Handoff.reason == HandoffReason.ASSISTANT_SILENT.value,
        Handoff.created_at >= waiting.c.since,
    )
    found = session.execute(
        select(Conversation, waiting.c.since)
        .join(waiting, waiting.c.conversation_id == Conversation.id)
        .where(~told.exists())
    )
    return [(conversation, oldest) for conversation, oldest in found]


def hand_over_silent(session: Session, agencies: Mapping[str, Agency], now: datetime) -> int:
    """Make a handoff for each conversation the assistant leaves unanswered.

    Returns:
        How many were made.
    """
    made = 0
    for conversation, since in silent_conversations(session, now):
        agency = agencies.get(conversation.agency)
        if agency is None:
            # Its file has been taken away; nobody here could answer.
            continue
        make_handoff(
            session,
            conversation,
            agency=agency,
            reason=HandoffReason.ASSISTANT_SILENT,
            summary=silence_summary(since),
            now=now,
        )
        made += 1
    return made
