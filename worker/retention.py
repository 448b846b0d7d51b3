"""Delete what nobody needs to keep. Each is looked for first: a worker with nothing to do does not become a writer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from enquiry.conversations.return_links import delete_old_links, has_old_links
from enquiry.retention.abandoned_conversations import abandoned_conversations, delete_abandoned_conversation
from enquiry.retention.abandoned_forms import abandoned_forms, delete_abandoned_form
from enquiry.store.engine import Store


def delete_abandoned(store: Store, now: datetime) -> int:
    """Delete conversations that became nothing.

    Returns:
        How many were deleted.
    """
    return _delete_each(store, now, abandoned_conversations, delete_abandoned_conversation)


def delete_abandoned_forms(store: Store, now: datetime) -> int:
    """Delete booking forms that were begun and left an hour ago, without any way to reach the person.

    Returns:
        How many were deleted.
    """
    return _delete_each(store, now, abandoned_forms, delete_abandoned_form)


def sweep_links(store: Store, now: datetime) -> int:
    """Delete links to carry on that have had their time.

    Returns:
        How many were deleted.
    """
    with store.read() as session:
        if not has_old_links(session, now):
            return 0
    with store.write() as session:
        return delete_old_links(session, now)


def _delete_each(
    store: Store,
    now: datetime,
    find: Callable[[Session, datetime], list[str]],
    delete: Callable[[Session, str, datetime], bool],
) -> int:
    with store.read() as session:
        found = find(session, now)
    deleted = 0
    for row_id in found:
        with store.write() as session:  # one by one: each is asked again whether it has been taken up
            deleted += delete(session, row_id, now)
    return deleted
