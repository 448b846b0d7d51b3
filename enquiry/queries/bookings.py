"""Bookings on the page of an enquiry: places, visits, what happened to them, and what was sent about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from enquiry.enums import BookingStatus
from enquiry.store.models import BookingChange, Enquiry, Place, Visit


@dataclass(frozen=True)
class PlaceLine:
    """One household's places at an event, on its enquiry."""

    event_id: str
    title: str
    venue: str
    starts_at: datetime
    people: int
    reference: str
    status: str
    offer_until: datetime | None


@dataclass(frozen=True)
class VisitLine:
    """One household's initial visit, on its enquiry."""

    visitor: str
    starts_at: datetime
    ends_at: datetime
    reference: str
    status: str


@dataclass(frozen=True)
class HistoryLine:
    """One dated step of a booking. `before` is the time it was for, where that changed."""

    reference: str
    change: str
    who: str
    starts_at: datetime | None
    before: datetime | None
    at: datetime

    @property
    def is_visit(self) -> bool:
        return self.reference.startswith("VI-")


def place_lines(places: Iterable[Place]) -> tuple[PlaceLine, ...]:
    """An enquiry's places, soonest first."""
    return tuple(
        PlaceLine(
            one.event_id,
            one.event.title,
            one.event.venue,
            one.event.starts_at,
            one.people,
            one.reference,
            one.status,
            one.offer_until,
        )
        for one in sorted(places, key=lambda place: place.event.starts_at)
    )


def visit_lines(visits: Iterable[Visit]) -> tuple[VisitLine, ...]:
    """An enquiry's visits, soonest first. A time that is only kept while somebody types is none yet."""
    return tuple(
        VisitLine(one.visitor.name, one.starts_at, one.ends_at, one.reference, one.status)
        for one in sorted(visits, key=lambda visit: visit.starts_at)
        if one.status != BookingStatus.RESERVED
    )


def history_of(session: Session, enquiry: Enquiry) -> tuple[HistoryLine, ...]:
    """What happened to an enquiry's bookings, the latest first."""
    steps = (
        select(BookingChange)
        .where(BookingChange.enquiry_id == enquiry.id)
        .order_by(BookingChange.at.desc(), BookingChange.id)
    )
    return tuple(map(_line, session.scalars(steps)))


def history_of_booking(session: Session, booking: Place | Visit) -> tuple[HistoryLine, ...]:
    """What happened to one booking, the latest first."""
    own = (BookingChange.enquiry_id == booking.enquiry_id, BookingChange.reference == booking.reference)
    return tuple(
        map(
            _line,
            session.scalars(select(BookingChange).where(*own).order_by(BookingChange.at.desc(), BookingChange.id)),
        )
    )


def _line(step: BookingChange) -> HistoryLine:
    return HistoryLine(step.reference, step.change, step.who, step.starts_at, step.before, step.at)
