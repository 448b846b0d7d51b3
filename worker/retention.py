"""Delete what nobody needs to keep."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, select

from enquiry.conversations.return_links import delete_old_links, has_old_links
from enquiry.retention.abandoned_forms import abandoned_forms, delete_abandoned_form
from enquiry.store.engine import Store
from enquiry.store.models import Conversation, Handoff

# Recommended for abandoned conversations without contact details: long enough to come back to one, and nobody at the
# service could do anything with it. No law fixes the number; it is the agency's to decide (UK GDPR, article 5(1)(e)).
ABANDONED_AFTER = timedelta(days=30)


def delete_abandoned(store: Store, now: datetime) -> int:
    """Delete conversations that became no enquiry, led to no handoff and have not been touched for 30 days.

    Returns:
        How many were deleted.
    """
    with store.read() as session:
        # Looked first: a worker with nothing to do does not become a writer.
        abandoned = list(session.scalars(select(Conversation.id).where(*_abandoned(now))))
    deleted = 0
    for conversation_id in abandoned:
        with store.write() as session:
            # Asked again: it may have been taken up in the meantime. The database deletes the messages with it.
            gone = (
                delete(Conversation)
                .where(Conversation.id == conversation_id, *_abandoned(now))
                .returning(Conversation.id)
            )
            deleted += session.scalar(gone) is not None
    return deleted


def delete_abandoned_forms(store: Store, now: datetime) -> int:
    """Delete booking forms that were begun and left an hour ago, without any way to reach the person.

    Returns:
        How many were deleted.
    """
    with store.read() as session:
        # Looked first, as above.
        abandoned = abandoned_forms(session, now)
    deleted = 0
    for enquiry_id in abandoned:
        with store.write() as session:
            deleted += delete_abandoned_form(session, enquiry_id, now)
    return deleted


def sweep_links(store: Store, now: datetime) -> int:
    """Delete links to carry on that have had their time.

    Returns:
        How many were deleted.
    """
    with store.read() as session:
        # Looked first, as above.
        if not has_old_links(session, now):
            return 0
    with store.write() as session:
        return delete_old_links(session, now)


def _abandoned(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Conversation.enquiry_id.is_(None),
        Conversation.last_at < now - ABANDONED_AFTER,
        ~exists(select(Handoff.id).where(Handoff.conversation_id == Conversation.id)),
    )
