"""Initial visitors as staff read them: hours, leave, and visits that no longer fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from enquiry.bookings.calendars.feeds import standing_feed
from enquiry.bookings.visits.hours import hours_written
from enquiry.bookings.visits.visitors import unfitting_visits
from enquiry.queries.handoffs import NotThere
from enquiry.queries.visits import VisitRow, visit_row
from enquiry.store.models import Visitor


@dataclass(frozen=True)
class LeaveLine:
    """Days on which no visits are made."""

    id: str
    first_day: date
    last_day: date


@dataclass(frozen=True)
class VisitorLine:
    """One visitor. `hours` by day of the week, Monday 0, as somebody would type them."""

    id: str
    name: str
    account: str
    staff_id: str | None
    hours: Mapping[int, str]
    visit_minutes: int
    buffer_minutes: int
    most_a_day: int
    areas: tuple[str, ...]
    active: bool
    unfitting: int


@dataclass(frozen=True)
class VisitorPage:
    """One visitor with leave, what no longer fits, and since when there is a calendar address."""

    line: VisitorLine
    leave: tuple[LeaveLine, ...]
    unfitting: tuple[VisitRow, ...]
    feed_since: datetime | None


def find_visitor(session: Session, agency: str, visitor_id: str) -> Visitor:
    """The visitor of an id. Raises `NotThere`: unknown, or another agency's."""
    wanted = select(Visitor).where(Visitor.id == visitor_id, Visitor.agency == agency)
    found = session.scalar(wanted) if visitor_id.isascii() and visitor_id.isalnum() else None
    if found is None:
        raise NotThere(visitor_id)
    return found


def visitors(session: Session, agency: str, now: datetime) -> tuple[VisitorLine, ...]:
    """Every visitor of an agency: those who make visits first, by name."""
    found = (
        select(Visitor)
        .where(Visitor.agency == agency)
        .options(selectinload(Visitor.leave), selectinload(Visitor.staff))
    )
    return tuple(
        _line(session, one, now) for one in session.scalars(found.order_by(Visitor.active.desc(), Visitor.name))
    )


def visitor_page(session: Session, agency: str, visitor_id: str, now: datetime) -> VisitorPage:
    """One visitor. Raises `NotThere`."""
    visitor = find_visitor(session, agency, visitor_id)
    feed = standing_feed(session, agency, visitor)
    return VisitorPage(
        line=_line(session, visitor, now),
        leave=tuple(LeaveLine(one.id, one.first_day, one.last_day) for one in visitor.leave),
        unfitting=tuple(visit_row(visit) for visit in unfitting_visits(session, visitor, now)),
        feed_since=feed.made_at if feed else None,
    )


def _line(session: Session, visitor: Visitor, now: datetime) -> VisitorLine:
    return VisitorLine(
        id=visitor.id,
        name=visitor.name,
        account=visitor.staff.name if visitor.staff else "",
        staff_id=visitor.staff_id,
        hours={int(day): hours_written(spans) for day, spans in visitor.pattern.items()},
        visit_minutes=visitor.visit_minutes,
        buffer_minutes=visitor.buffer_minutes,
        most_a_day=visitor.most_a_day,
        areas=tuple(map(str, visitor.areas)),
        active=visitor.active,
        unfitting=len(unfitting_visits(session, visitor, now)),
    )
