"""What an empty store begins with: information events, visit slots and one staff account a role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from enquiry.agencies import LONDON, Agency, StartingEvents, StartingVisits
from enquiry.staff import add_staff
from enquiry.store.models import Event, Staff, VisitSlot
from enquiry.store.report import NewAccount
from enquiry.words import Role
from enquiry.working_hours import is_bank_holiday

# The first account of a role is called after what its holder does.
TITLES = {
    Role.COORDINATOR: "Enquiry coordinator",
    Role.RECRUITMENT: "Recruitment manager",
    Role.VISITOR: "Initial visitor",
    Role.MANAGER: "Service manager",
    Role.SAFEGUARDING: "Safeguarding manager",
}


def seed_agency(session: Session, agency: Agency, now: datetime) -> tuple[int, int, tuple[NewAccount, ...]]:
    """Put events, visit slots and accounts of an agency into the store, if it has none of the kind.

    Returns:
        How many events and slots were made, and the new accounts with their one-time passwords.
    """
    events = slots = 0
    if not _any(session, Event, agency):
        new_events = [_event(agency, agency.starting_events, day) for day in event_dates(agency, now)] if agency.starting_events else []
        session.add_all(new_events)
        events = len(new_events)
    if not _any(session, VisitSlot, agency):
        new_slots = list(_slots(agency, agency.starting_visits, now)) if agency.starting_visits else []
        session.add_all(new_slots)
        slots = len(new_slots)
    accounts: tuple[NewAccount, ...] = ()
    if not _any(session, Staff, agency):
        accounts = tuple(_account(session, agency, role, now) for role in Role)
    session.flush()
    return events, slots, accounts


def event_dates(agency: Agency, now: datetime) -> Iterator[date]:
    """The days of the first events: every few weeks on the same weekday, a bank holiday's one a week later.

    There are none where no pattern is known.
    """
    plan = agency.starting_events
    if plan is None:
        return
    day = _local(now) + timedelta(days=plan.first_after_days)
    day += timedelta(days=(plan.weekday - day.weekday()) % 7)
    for number in range(plan.how_many):
        held = day + timedelta(weeks=plan.every_weeks * number)
        while is_bank_holiday(held, agency):
            held += timedelta(weeks=1)
        yield held


def visit_starts(agency: Agency, now: datetime) -> Iterator[datetime]:
    """When visits can start (aware UTC): the agency's days and times, no bank holidays; never where none are known."""
    plan = agency.starting_visits
    if plan is None:
        return
    first = _local(now) + timedelta(days=plan.first_after_days)
    for offset in range(plan.for_days):
        day = first + timedelta(days=offset)
        if day.weekday() in plan.days and not is_bank_holiday(day, agency):
            yield from (_moment(day, start) for start in plan.times)


def _event(agency: Agency, plan: StartingEvents, day: date) -> Event:
    return Event(
        agency=agency.slug,
        title=plan.title,
        venue=plan.venue,
        starts_at=_moment(day, plan.starts),
        ends_at=_moment(day, plan.ends),
        places=plan.places,
    )


def _slots(agency: Agency, plan: StartingVisits, now: datetime) -> Iterator[VisitSlot]:
    for starts_at in visit_starts(agency, now):
        for number in range(1, plan.visitors + 1):
            yield VisitSlot(
                agency=agency.slug,
                visitor=f"Initial visitor {number}",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=plan.minutes),
            )


def _account(session: Session, agency: Agency, role: Role, now: datetime) -> NewAccount:
    # .example is reserved for examples: nothing sent there reaches anyone.
    email = f"{role.value}@{agency.slug}.example"
    staff, password = add_staff(session, agency.slug, email, TITLES[role], role, now)
    return NewAccount(role=role, email=staff.email, password=password)


def _any(session: Session, table: type[Event | VisitSlot | Staff], agency: Agency) -> bool:
    return session.scalar(select(table.id).where(table.agency == agency.slug).limit(1)) is not None


def _local(now: datetime) -> date:
    return now.astimezone(LONDON).date()


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=LONDON).astimezone(UTC)
