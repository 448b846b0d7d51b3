"""A turn of a conversation, and what an action works with, over the store under test."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from actions.context import Context
from actions.turn import Turn
from bench.support.attempts import LINKS, project_catalogue
from enquiry.agencies.agency import Agency
from enquiry.store.engine import Store
from enquiry.store.models import Conversation
from tests.support.maker import Maker


def context_of(store: Store, now: datetime) -> Context:
    """Give the tools of an action server whose clock stands still."""
    return Context(store=store, catalogue=project_catalogue(), links=LINKS, clock=lambda: now)


def a_turn(
    session: Session,
    make: Maker,
    agency: Agency,
    conversation_id: str,
    understood: dict[str, Any],
    *,
    now: datetime | None = None,
    **more: Any,
) -> Turn:
    """One turn of a conversation, at the maker's time unless another is given, outside the questions unless `in_loop` is."""
    now = now or make.now
    return Turn(
        session=session,
        context=context_of(make.store, now),
        conversation=session.get_one(Conversation, conversation_id),
        agency=agency,
        now=now,
        understood=understood,
        **{"in_loop": False, **more},
    )
