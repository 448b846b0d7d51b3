"""Secret addresses of calendars: a visitor's own visits, or the events of an agency. Whoever has one reads on without signing in."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from enquiry.store.models import CalendarFeed, Staff, Visitor

_LONGEST = 100


def make_feed(session: Session, agency_slug: str, visitor: Visitor | None, staff: Staff, now: datetime) -> str:
    """A new secret address; the one before stops working.

    Args:
        visitor: whose visits; None for the agency's information events.
    Returns:
        The secret. It is for who asked, and kept nowhere.
    """
    revoke_feed(session, agency_slug, visitor)
    secret = secrets.token_urlsafe(32)
    visitor_id = visitor.id if visitor else None
    session.add(
        CalendarFeed(
            secret_sha256=_digest(secret), agency=agency_slug, visitor_id=visitor_id, made_by=staff.id, made_at=now
        )
    )
    session.flush()
    return secret


def revoke_feed(session: Session, agency_slug: str, visitor: Visitor | None) -> bool:
    """Make an address stop working. Doing it twice does no harm.

    Returns:
        Whether there was one.
    """
    gone = delete(CalendarFeed).where(*_of(agency_slug, visitor)).returning(CalendarFeed.secret_sha256)
    return bool(session.scalars(gone).all())


def standing_feed(session: Session, agency_slug: str, visitor: Visitor | None) -> CalendarFeed | None:
    """The feed there is, for saying since when; its secret can't be shown again."""
    return session.scalar(
        select(CalendarFeed).where(*_of(agency_slug, visitor)).order_by(CalendarFeed.made_at.desc()).limit(1)
    )


def feed_of(session: Session, secret: str) -> CalendarFeed | None:
    """The feed that a secret opens, or None when it is unknown or was revoked."""
    if len(secret) > _LONGEST:
        return None
    return session.get(CalendarFeed, _digest(secret))


def _of(agency_slug: str, visitor: Visitor | None) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    whose = CalendarFeed.visitor_id.is_(None) if visitor is None else CalendarFeed.visitor_id == visitor.id
    return CalendarFeed.agency == agency_slug, whose


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
