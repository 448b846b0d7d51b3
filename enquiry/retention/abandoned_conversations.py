"""Conversations that became nothing: no enquiry, no handoff, and not touched for a month."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.orm import Session

from enquiry.store.models import Conversation, Handoff

# Recommended for abandoned conversations without contact details: long enough to come back to one, and nobody at the
# service could do anything with it. No law fixes the number; it is the agency's to decide (UK GDPR, article 5(1)(e)).
ABANDONED_AFTER = timedelta(days=30)


def abandoned_conversations(session: Session, now: datetime) -> list[str]:
    """Find the ids of conversations that became no enquiry, led to no handoff and have not been touched for 30 days."""
    return list(session.scalars(select(Conversation.id).where(*_abandoned(now))))


def delete_abandoned_conversation(session: Session, conversation_id: str, now: datetime) -> bool:
    """Delete one, unless it has been taken up in the meantime. The database deletes the messages with it.

    Returns:
        Whether it was deleted.
    """
    gone = delete(Conversation).where(Conversation.id == conversation_id, *_abandoned(now)).returning(Conversation.id)
    return session.scalar(gone) is not None


def _abandoned(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Conversation.enquiry_id.is_(None),
        Conversation.last_at < now - ABANDONED_AFTER,
        ~exists(select(Handoff.id).where(Handoff.conversation_id == Conversation.id)),
    )
