"""Information events: the plan that repeats them, and what staff change: make, move, cancel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency
from enquiry.agencies.working_hours import is_bank_holiday
from enquiry.bookings.attempt import Attempt
from enquiry.bookings.booking import OFFER_ENDS_BEFORE, note_change, step_back
from enquiry.bookings.events.places import offer_free_places
from enquiry.bookings.letters import Letter, drop_letters, tell
from enquiry.dates import LONDON
from enquiry.enums import STANDING, BookingStatus, Change
from enquiry.store.models import Enquiry, Event, Place

MOST_PLACES = 500


class TimeTaken(Exception):
    """The agency has an event at that moment already."""


class TooFewPlaces(Exception):
    """More places are taken than the event would have."""


class EventOver(Exception):
    """It has ended, or was cancelled: nothing about it is changed any more."""


@dataclass(frozen=True)
class EventDetails:
    """What staff say of an event. Moments are aware; `online_url` only reaches those with a place."""

    title: str
    venue: str
    starts_at: datetime
    ends_at: datetime
    places: int
    online_url: str | None = None


def plan_dates(agency: Agency, after: date | None, now: datetime) -> list[date]:
    """The next dates of an agency's plan, as many as are kept ahead.

    Args:
        after: the last date planned so far; None when there is none yet.
    """
    plan = agency.event_plan
    if plan is None:
        return []
    today = now.astimezone(LONDON).date()
    step = timedelta(weeks=plan.every_weeks)
    first = today + timedelta(days=plan.first_after_days) if after is None else after + step
    # The plan may have been changed to another day of the week since the last date.
    day = first + timedelta(days=(plan.weekday - first.weekday()) % 7)
    # A store that was not looked after for months goes on in the same rhythm.
    while day <= today:
        day += step
    horizon = today + timedelta(days=plan.first_after_days + 7) + step * (plan.how_many - 1)
    found: list[date] = []
    while day < horizon and len(found) < plan.how_many:
        found.append(day)
        day += step
    return found


def plan_lacks(session: Session, agency: Agency, now: datetime) -> list[date]:
    """The dates of an agency's plan that are not in the store yet."""
    last = session.scalar(select(func.max(Event.planned_on)).where(Event.agency == agency.slug))
    return plan_dates(agency, last, now)


def plan_events(session: Session, agency: Agency, now: datetime) -> int:
    """Put the dates of the plan that are missing into the store. One on a bank holiday is held a week later.

    A date that staff moved or cancelled is not put there again; one that would fall on another event is left out.

    Returns:
        How many were made.
    """
    plan = agency.event_plan
    if plan is None:
        return 0
    made = 0
    for day in plan_lacks(session, agency, now):
        held = day
        while is_bank_holiday(held, agency):
            held += timedelta(weeks=1)
        event = Event(
            agency=agency.slug,
            title=plan.title,
            venue=plan.venue,
            starts_at=_moment(held, plan.starts),
            ends_at=_moment(held, plan.ends),
            places=plan.places,
            planned_on=day,
        )
        try:
            with session.begin_nested():
                session.add(event)
        except IntegrityError:
            continue  # another process was first, or staff have an event at that moment
        made += 1
    return made


def make_event(session: Session, agency_slug: str, details: EventDetails) -> Event:
    """Put an event of the team's own into the diary.

    Raises:
        TimeTaken: there is one at that moment.
        ValueError: it ends before it begins, or has no places, or more than 500.
    """
    _check(details)
    event = Event(
        agency=agency_slug,
        title=details.title,
        venue=details.venue,
        online_url=details.online_url,
        starts_at=details.starts_at,
        ends_at=details.ends_at,
        places=details.places,
    )
    try:
        with session.begin_nested():
            session.add(event)
    except IntegrityError:
        raise TimeTaken from None
    return event


def change_event(session: Session, event: Event, details: EventDetails, attempt: Attempt) -> int:
    """Change an event. When its time or its place changes, everyone is told and may choose another; new room is offered.

    Returns:
        How many households were told.
    Raises:
        EventOver: it has ended or was cancelled.
        TimeTaken: there is another event at that moment.
        TooFewPlaces: more are taken than it would have.
        ValueError: it ends before it begins, or has no places, or more than 500.
    """
    _check(details)
    session.refresh(event, with_for_update={"key_share": True})
    if event.cancelled_at or event.ends_at <= attempt.now:
        raise EventOver
    if details.places < event.taken:
        raise TooFewPlaces
    before = event.starts_at
    moved = (event.starts_at, event.ends_at, event.venue, event.online_url) != (
        details.starts_at,
        details.ends_at,
        details.venue,
        details.online_url,
    )
    try:
        with session.begin_nested():
            event.title, event.venue, event.online_url = details.title, details.venue, details.online_url
            event.starts_at, event.ends_at, event.places = details.starts_at, details.ends_at, details.places
            event.sequence += moved
    except IntegrityError:
        raise TimeTaken from None
    told = 0
    if moved:
        for place in _places(session, event):
            place.sequence += 1
            note_change(session, place, Change.MOVED, attempt, before=before)
            drop_letters(session, place)
            told += tell(session, Letter.EVENT_MOVED, place, attempt)
            if place.status == BookingStatus.OFFERED and place.offer_until is not None:
                # The offer may not have gone out yet, and ends before the event wherever that is now.
                place.offer_until = min(place.offer_until, event.starts_at - OFFER_ENDS_BEFORE)
                tell(session, Letter.PLACE_OFFERED, place, attempt, expires_at=place.offer_until)
    session.flush()
    offer_free_places(session, event, attempt)
    return told


def cancel_event(session: Session, event: Event, attempt: Attempt) -> int:
    """Call an event off: everyone is told, and offered the other dates.

    Returns:
        How many households were told.
    Raises:
        EventOver: it has ended.
    """
    _lock_with_households(session, event)
    if event.cancelled_at:
        return 0
    if event.ends_at <= attempt.now:
        raise EventOver
    event.cancelled_at = attempt.now
    event.sequence += 1
    told = 0
    for place in _places(session, event):
        was_booked = place.status == BookingStatus.BOOKED
        place.status, place.offer_until = BookingStatus.CANCELLED.value, None
        place.sequence += 1
        session.flush()
        note_change(session, place, Change.CANCELLED, attempt)
        drop_letters(session, place)
        told += tell(session, Letter.EVENT_CANCELLED, place, attempt)
        if was_booked:
            step_back(session, place.enquiry, place.reference, attempt)
    session.flush()
    session.refresh(event)
    return told


def _check(details: EventDetails) -> None:
    if details.ends_at <= details.starts_at or not 1 <= details.places <= MOST_PLACES:
        raise ValueError("An event ends after it begins and has 1 to 500 places.")


def _lock_with_households(session: Session, event: Event) -> None:
    """Lock an event and, before it, everybody who has something there: in the order of enquiry.bookings.booking.lock_enquiry."""
    while True:
        savepoint = session.begin_nested()
        known = _households(session, event)
        session.execute(
            select(Enquiry.id).where(Enquiry.id.in_(known)).order_by(Enquiry.id).with_for_update(key_share=True)
        )
        session.refresh(event, with_for_update={"key_share": True})
        if _households(session, event) <= known:
            savepoint.commit()
            return
        # Somebody has booked in between. Going back lets go of the locks, and they are taken again with theirs among them.
        savepoint.rollback()


def _households(session: Session, event: Event) -> set[str]:
    return set(session.scalars(select(Place.enquiry_id).where(Place.event_id == event.id)))


def _places(session: Session, event: Event) -> list[Place]:
    theirs = select(Place).where(Place.event_id == event.id, Place.status.in_(STANDING))
    return list(session.scalars(theirs.order_by(Place.booked_at, Place.id)))


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=LONDON).astimezone(UTC)
