"""What staff read about bookings: events with who comes, the diary of initial visits, one enquiry's own bookings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from enquiry.agencies import LONDON
from enquiry.store.models import Event, Place, Visit, VisitSlot
from enquiry.views.contact import contact_of
from enquiry.words import BookingStatus

DIARY_DAYS = 21


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


@dataclass(frozen=True)
class VisitLine:
    """One household's initial visit, on its enquiry."""

    visitor: str
    starts_at: datetime
    ends_at: datetime
    reference: str
    status: str


@dataclass(frozen=True)
class EventLine:
    """One information event."""

    id: str
    title: str
    venue: str
    starts_at: datetime
    ends_at: datetime
    places: int
    taken: int

    @property
    def free(self) -> int:
        return self.places - self.taken


@dataclass(frozen=True)
class Attendee:
    """A household with places at an event. `contact` is empty where it is not safe to leave a message."""

    who: str
    people: int
    reference: str
    enquiry: str
    contact: str
    is_safe: bool


@dataclass(frozen=True)
class DiarySlot:
    """A visitor's time; `visit` is None when it is free."""

    visitor: str
    starts_at: datetime
    ends_at: datetime
    visit: str | None
    who: str
    enquiry: str | None


@dataclass(frozen=True)
class DiaryDay:
    """One day of the diary: a row for each time, with the slot of each visitor in the diary's order or None."""

    day: date
    rows: tuple[tuple[datetime, tuple[DiarySlot | None, ...]], ...]


@dataclass(frozen=True)
class Diary:
    """The initial visits of the next three weeks."""

    visitors: tuple[str, ...]
    everyone: tuple[str, ...]
    days: tuple[DiaryDay, ...]
    booked: int
    free: int


def events(session: Session, agency: str, now: datetime) -> tuple[tuple[EventLine, ...], tuple[EventLine, ...]]:
    """The events to come, soonest first, and those that are over, latest first (the last ten)."""
    of_agency = select(Event).where(Event.agency == agency)
    coming = session.scalars(of_agency.where(Event.ends_at > now).order_by(Event.starts_at))
    over = session.scalars(of_agency.where(Event.ends_at <= now).order_by(Event.starts_at.desc()).limit(10))
    return tuple(map(_event_line, coming)), tuple(map(_event_line, over))


def event_with_attendees(session: Session, agency: str, event_id: str) -> tuple[EventLine, tuple[Attendee, ...]] | None:
    """One event and who comes, by name; None when this agency has no such event."""
    event = session.scalar(select(Event).where(Event.id == event_id, Event.agency == agency))
    if event is None:
        return None
    places = session.scalars(
        select(Place)
        .where(Place.event_id == event.id, Place.status != BookingStatus.CANCELLED)
        .options(selectinload(Place.enquiry))
    )
    people = sorted((_attendee(session, place) for place in places), key=lambda one: (not one.who, one.who.casefold(), one.reference))
    return _event_line(event), tuple(people)


def diary(session: Session, agency: str, now: datetime, visitor: str = "") -> Diary:
    """Visit slots from today on, by day.

    Args:
        visitor: only this visitor's, when it is one of the agency's; otherwise everyone's.
    """
    first = now.astimezone(LONDON).date()
    start, end = _midnight(first), _midnight(first + timedelta(days=DIARY_DAYS))
    slots = session.scalars(
        select(VisitSlot)
        .where(VisitSlot.agency == agency, VisitSlot.starts_at >= start, VisitSlot.starts_at < end)
        .options(selectinload(VisitSlot.visits).selectinload(Visit.enquiry))
        .order_by(VisitSlot.starts_at, VisitSlot.visitor)
    ).all()
    everyone = tuple(sorted({slot.visitor for slot in slots}))
    shown = (visitor,) if visitor in everyone else everyone
    lines = [_diary_slot(slot) for slot in slots if slot.visitor in shown]
    by_day: dict[date, list[DiarySlot]] = {}
    for line in lines:
        by_day.setdefault(line.starts_at.astimezone(LONDON).date(), []).append(line)
    booked = sum(1 for line in lines if line.visit)
    return Diary(
        visitors=shown,
        everyone=everyone,
        days=tuple(DiaryDay(day, _rows(of_day, shown)) for day, of_day in sorted(by_day.items())),
        booked=booked,
        free=len(lines) - booked,
    )


def place_lines(places: Iterable[Place]) -> tuple[PlaceLine, ...]:
    """An enquiry's places, soonest first."""
    return tuple(
        PlaceLine(one.event_id, one.event.title, one.event.venue, one.event.starts_at, one.people, one.reference, one.status)
        for one in sorted(places, key=lambda place: place.event.starts_at)
    )


def visit_lines(visits: Iterable[Visit]) -> tuple[VisitLine, ...]:
    """An enquiry's visits, soonest first."""
    return tuple(
        VisitLine(one.slot.visitor, one.slot.starts_at, one.slot.ends_at, one.reference, one.status)
        for one in sorted(visits, key=lambda visit: visit.slot.starts_at)
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON)


def _event_line(event: Event) -> EventLine:
    return EventLine(event.id, event.title, event.venue, event.starts_at, event.ends_at, event.places, event.taken)


def _attendee(session: Session, place: Place) -> Attendee:
    contact = contact_of(session, place.enquiry)
    reach = contact.phone or contact.email if contact.is_safe else ""
    return Attendee(contact.name, place.people, place.reference, place.enquiry.reference, reach, contact.is_safe)


def _diary_slot(slot: VisitSlot) -> DiarySlot:
    visit = next((one for one in slot.visits if one.status != BookingStatus.CANCELLED), None)
    return DiarySlot(
        visitor=slot.visitor,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        visit=visit.reference if visit else None,
        who=(visit.enquiry.contact_name or "") if visit else "",
        enquiry=visit.enquiry.reference if visit else None,
    )


def _rows(
    slots: list[DiarySlot], visitors: tuple[str, ...]
) -> tuple[tuple[datetime, tuple[DiarySlot | None, ...]], ...]:
    times = sorted({slot.starts_at for slot in slots})
    found = {(slot.starts_at, slot.visitor): slot for slot in slots}
    return tuple((at, tuple(found.get((at, visitor)) for visitor in visitors)) for at in times)
