"""What an action works with, over the store under test."""

from __future__ import annotations

from datetime import datetime

from actions.context import Context
from bench.support.attempts import LINKS, project_catalogue
from enquiry.store.engine import Store


def context_of(store: Store, now: datetime) -> Context:
    """Give the tools of an action server whose clock stands still."""
    return Context(store=store, catalogue=project_catalogue(), links=LINKS, clock=lambda: now)
