"""Events for the log that are only told once what they tell of is committed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from enquiry.operating.logs import event_log

log = event_log()
_EVENTS = "hearth_events"


def tell_after_commit(session: Session, event: str, **facts: object) -> None:
    """Put an event into the log once the transaction is committed; one that is undone is not told.

    Args:
        event: a word of docs/operating.md.
        facts: on the list in enquiry/operating/logs.py.
    """
    session.info.setdefault(_EVENTS, []).append((event, facts))


def tell_committed(session: Session) -> None:
    """Put into the log what was to be told after the commit."""
    for event, facts in session.info.pop(_EVENTS, ()):
        log.info(event, **facts)
