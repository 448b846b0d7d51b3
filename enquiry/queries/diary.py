"""The diary of initial visits: what nobody has said the end of, records that are due, and three weeks by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from enquiry.agencies.agency import Agency
from enquiry.bookings.visits.outcomes import outcomes_due, record_due_by, records_due
from enquiry.bookings.visits.slots import Slot
from enquiry.bookings.visits.visits import free_slots_by_visitor
from enquiry.dates import LONDON
from enquiry.enums import BookingStatus
from enquiry.queries.visits import VisitRow, visit_row
from enquiry.store.models import Visit, Visitor

DIARY_DAYS = 21
_NOT_IN_DIARY = (BookingStatus.CANCELLED.value, BookingStatus.RESERVED.value)


@dataclass(frozen=True)
class RecordDue:
    """A visit that took place and has no record yet."""

    visit: VisitRow
    due_by: datetime


@dataclass(frozen=True)
class DiaryDay:
    """One day: its visits by time, who is away, and the free times (each once, whoever is free then)."""

    day: date
    visits: tuple[VisitRow, ...]
    away: tuple[str, ...]
    free: tuple[datetime, ...]


@dataclass(frozen=True)
class Diary:
    """The initial visits of the next three weeks, of one visitor or of all, and what is still open of those before."""

    visitors: tuple[str, ...]
    everyone: tuple[str, ...]
    outcomes_due: tuple[VisitRow, ...]
    records_due: tuple[RecordDue, ...]
    days: tuple[DiaryDay, ...]

    @property
    def booked(self) -> int:
        return sum(len(day.visits) for day in self.days)

    @property
    def free(self) -> int:
        return sum(len(day.free) for day in self.days)


@dataclass(frozen=True)
class SlotLine:
    """A visitor's time for machines: a visit, or a free time where `visit` is None."""

    visitor: str
    starts_at: datetime
    ends_at: datetime
    visit: str | None
    enquiry: str | None
    status: str


def diary(session: Session, agency: Agency, now: datetime, visitor: str = "") -> Diary:
    """What is open and what is to come.

    Args:
        visitor: only this visitor's, when it is one of the agency's; otherwise everyone's.
    """
    everyone = _visitors(session, agency)
    named = [one for one in everyone if one.name == visitor]
    shown = named or everyone
    ids = {one.id for one in shown}
    visits = [visit_row(visit) for visit in _coming(session, agency, now) if visit.visitor_id in ids]
    free = [slot for slot in free_slots_by_visitor(session, agency, now) if slot.visitor in ids]
    due = [visit for visit in records_due(session, agency.slug) if visit.visitor_id in ids]
    return Diary(
        visitors=tuple(one.name for one in shown),
        everyone=tuple(one.name for one in everyone),
        outcomes_due=tuple(
            visit_row(visit) for visit in outcomes_due(session, agency.slug, now) if visit.visitor_id in ids
        ),
        records_due=tuple(RecordDue(visit_row(visit), record_due_by(visit)) for visit in due),
        days=_days(now, visits, free, shown),
    )


def slots(session: Session, agency: Agency, now: datetime) -> tuple[SlotLine, ...]:
    """Visits of the next three weeks and the free times of every visitor, by time."""
    names = {one.id: one.name for one in _visitors(session, agency)}
    end = _midnight(now.astimezone(LONDON).date() + timedelta(days=DIARY_DAYS))
    booked = [
        SlotLine(
            visit.visitor.name, visit.starts_at, visit.ends_at, visit.reference, visit.enquiry.reference, visit.status
        )
        for visit in _coming(session, agency, now)
    ]
    free = [
        SlotLine(names[slot.visitor], slot.starts_at, slot.ends_at, None, None, "free")
        for slot in free_slots_by_visitor(session, agency, now)
        if slot.starts_at < end
    ]
    return tuple(sorted(booked + free, key=lambda line: (line.starts_at, line.visitor)))


def _visitors(session: Session, agency: Agency) -> list[Visitor]:
    found = select(Visitor).where(Visitor.agency == agency.slug).options(selectinload(Visitor.leave))
    return list(session.scalars(found.order_by(Visitor.name)))


def _coming(session: Session, agency: Agency, now: datetime) -> Iterable[Visit]:
    first = now.astimezone(LONDON).date()
    start, end = _midnight(first), _midnight(first + timedelta(days=DIARY_DAYS))
    return session.scalars(
        select(Visit)
        .where(
            Visit.agency == agency.slug,
            Visit.starts_at >= start,
            Visit.starts_at < end,
            Visit.status.not_in(_NOT_IN_DIARY),
        )
        .options(selectinload(Visit.enquiry), selectinload(Visit.visitor))
        .order_by(Visit.starts_at, Visit.id)
    )


def _days(now: datetime, visits: list[VisitRow], free: list[Slot], shown: list[Visitor]) -> tuple[DiaryDay, ...]:
    first = now.astimezone(LONDON).date()
    by_day: defaultdict[date, list[VisitRow]] = defaultdict(list)
    times: defaultdict[date, list[datetime]] = defaultdict(list)
    for visit in visits:
        by_day[visit.starts_at.astimezone(LONDON).date()].append(visit)
    for slot in free:
        times[slot.day].append(slot.starts_at)
    found = []
    for day in (first + timedelta(days=number) for number in range(DIARY_DAYS)):
        away = [one.name for one in shown if any(leave.first_day <= day <= leave.last_day for leave in one.leave)]
        # Weekends on which nobody works and nobody is away are not worth a line.
        if by_day[day] or times[day] or (away and day.weekday() < 5):
            found.append(DiaryDay(day, tuple(by_day[day]), tuple(away), tuple(dict.fromkeys(times[day]))))
    return tuple(found)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON)
