"""A storm of booking, moving and cancelling from several processes at once, and what is looked at when it is over.

Households are shared by the processes, so that the same person is also busy in two places at once. Time goes on with the attempts,
about five days in all, so that offers lapse and times that were kept are let go of. A worker goes round all the while.
"""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bench.support.attempts import page, project_catalogue, staff, worker
from bench.support.storm_findings import Ack, Found, Ground, place_ack, visit_ack
from enquiry.agencies.agency import Agency
from enquiry.bookings.attempt import Attempt
from enquiry.bookings.booking import (
    AlreadyBooked,
    EventFull,
    EventGone,
    NothingBooked,
    OfferOver,
    SlotGone,
    SlotTaken,
    TooLate,
)
from enquiry.bookings.events.events import EventOver, cancel_event
from enquiry.bookings.events.places import (
    accept_offer,
    book_place,
    coming_events,
    move_place,
    release_place,
    wait_for_place,
)
from enquiry.bookings.visits.visits import book_visit, free_times, move_visit, release_visit, reserve_visit
from enquiry.dates import LONDON
from enquiry.enums import BookingStatus
from enquiry.journey.record import begin_enquiry
from enquiry.store.engine import Store
from enquiry.store.models import Enquiry, Event, Leave, Place, Visit, Visitor
from worker.bookings import lapse_unanswered, remind

REFUSALS = (EventFull, EventGone, SlotTaken, SlotGone, OfferOver, TooLate, NothingBooked, AlreadyBooked, EventOver)
NOT_FREE = (EventFull, EventGone, SlotTaken, SlotGone)
LASTS = timedelta(days=5)
EVENTS, PLACES = 3, 20
# Five visitors on ten days, one visit a day each: 50 visits, at 30 times.
VISITORS, VISIT_DAYS = 5, 10
HOUSEHOLDS = 120
PROCESSES = 4
CALLED_OFF = 4 * PROCESSES
# A Monday, with no bank holiday in the four weeks after it.
BEGINS = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)

Act = Callable[[Session, Enquiry], "Ack | None"]


def clear(store: Store) -> None:
    """Take away what a new store begins with to book."""
    with store.write() as session:
        for table in (Event, Visitor):
            session.execute(delete(table))


def make_ground(store: Store, attempts: int) -> Ground:
    """Three events and some that are called off on the way, visitors, and households that want more than there is."""
    agency, now = busy_agency(), BEGINS
    with store.write() as session:
        events = []
        for number in range(EVENTS + CALLED_OFF):
            at = now + timedelta(days=10 + number)
            details = {"title": "Find out about fostering", "venue": "County Hall", "places": PLACES}
            events.append(Event(agency=agency.slug, starts_at=at, ends_at=at + timedelta(minutes=90), **details))
        session.add_all(events)
        today = now.astimezone(LONDON).date()
        first, last = today + timedelta(days=10), _last_day(today + timedelta(days=10))
        for number in range(1, VISITORS + 1):
            away = [
                Leave(first_day=today, last_day=first - _DAY),
                Leave(first_day=last + _DAY, last_day=last + 60 * _DAY),
            ]
            session.add(
                Visitor(
                    agency=agency.slug,
                    name=f"Initial visitor {number}",
                    visit_minutes=90,
                    buffer_minutes=30,
                    most_a_day=1,
                    pattern={str(day): [["10:00", "12:30"]] for day in range(5)},
                    leave=away,
                )
            )
        people = [begin_enquiry(session, agency.slug, now) for _ in range(HOUSEHOLDS)]
        for number, enquiry in enumerate(people):
            enquiry.contact_email = f"person{number}@home.example"
        session.flush()
        ids = tuple(event.id for event in events)
        return Ground(store.url, now, attempts, ids[:EVENTS], ids[EVENTS:], tuple(enquiry.id for enquiry in people))


_DAY = timedelta(days=1)


def _last_day(first: date) -> date:
    day, left = first, VISIT_DAYS
    while True:
        left -= day.weekday() < 5
        if not left:
            return day
        day += _DAY


def busy_agency() -> Agency:
    """The agency of the project."""
    return project_catalogue().agencies["leicestershire"]


_done: Any = None


def _share(done: Any) -> None:
    global _done
    _done = done
    project_catalogue()  # read before anything is timed


def _clock(ground: Ground) -> datetime:
    part: float = min(_done.value / ground.attempts, 1.0)
    return ground.began + LASTS * part


def rage(ground: Ground) -> Found:
    """Let the storm go, with a worker beside it."""
    context = multiprocessing.get_context("spawn")
    done, over, found = context.Value("q", 0), context.Event(), Found()
    helper = context.Process(target=_work, args=(ground, done, over), daemon=True)
    helper.start()
    with ProcessPoolExecutor(PROCESSES, mp_context=context, initializer=_share, initargs=(done,)) as pool:
        share = ground.attempts // PROCESSES
        for run in [pool.submit(_storm, ground, share, number) for number in range(PROCESSES)]:
            found.add(run.result(timeout=1200))
    over.set()
    helper.join(timeout=60)
    if helper.exitcode != 0:
        found.unexpected.append(f"the worker ended with {helper.exitcode}")
    return found


def _work(ground: Ground, done: Any, over: Any) -> None:
    _share(done)
    store = Store(ground.url)
    while not over.is_set():
        lapse_unanswered(store, worker(_clock(ground)))
        remind(store, worker(_clock(ground)))
        over.wait(0.05)
    store.close()


def _storm(ground: Ground, attempts: int, number: int) -> Found:
    chance, store, found, agency = random.Random(number), Store(ground.url), Found(), busy_agency()
    for turn in range(attempts):
        # At about the same time in every process, each its own.
        if turn % (attempts // 4) == attempts // 8:
            own = ground.called_off[number + turn * 4 // attempts * PROCESSES]
            with store.write() as session:
                cancel_event(session, session.get_one(Event, own), staff(_clock(ground)))
        household = chance.choice(ground.enquiries)
        now = _clock(ground)
        name, act = _something(chance, ground, agency, store, household, now)
        began = time.perf_counter()
        try:
            with store.write() as session:
                enquiry = session.get_one(Enquiry, household)
                # As the pages and the chat do: what was typed is kept in the same transaction, and first.
                if turn % 2:
                    enquiry.contact_name = f"Person {turn}"
                    session.flush()
                ack = act(session, enquiry)
            found.counts[name] += 1
            if ack is not None:
                found.acks.append(ack)
        except REFUSALS as no:
            found.counts[f"{name}: {type(no).__name__}"] += 1
            if isinstance(no, NOT_FREE):
                _look_further(store, agency, now, found)
        except SQLAlchemyError as trouble:
            found.unexpected.append(f"{name}: {trouble!r}"[:600])
        found.milliseconds.append((time.perf_counter() - began) * 1000)
        with _done.get_lock():
            _done.value += 1
    store.close()
    return found


def _look_further(store: Store, agency: Agency, now: datetime, found: Found) -> None:
    """Whoever was refused is shown what is free."""
    with store.read() as session:
        events, times = coming_events(session, agency.slug, now), free_times(session, agency, now)
    found.counts["shown other dates"] += 1
    found.counts["of these, none was free"] += not times and all(event.taken >= event.places for event in events)


def _something(
    chance: random.Random, ground: Ground, agency: Agency, store: Store, household: str, now: datetime
) -> tuple[str, Act]:
    """What a household does next: what it can do with what it has."""
    event = chance.choice((*ground.events, *ground.events, chance.choice(ground.called_off)))
    with store.read() as session:
        places = list(session.scalars(select(Place).where(Place.enquiry_id == household)))
        standing = [place for place in places if BookingStatus(place.status).stands]
        visit = session.scalar(
            select(Visit).where(Visit.enquiry_id == household, Visit.status == BookingStatus.BOOKED.value)
        )
        times = free_times(session, agency, now) if chance.random() < 0.5 else []
    # Half of them look at the page first, and many take what comes first; the others come with a time somebody told them.
    at = chance.choice(times[:2]) if times else _any_time(chance, ground, agency)
    people, attempt = chance.choice((1, 1, 2, 2, 3, 4)), page(now)
    draw = chance.random()
    if standing and draw < 0.45:
        held = [one for one in standing if one.status != BookingStatus.WAITING]
        place = chance.choice(held if held and chance.random() < 0.8 else standing)
        return _with_place(chance, place, event, people, attempt)
    if visit is not None and draw < 0.7:
        return _with_visit(chance, visit, at, agency, attempt)
    if draw < 0.85:
        wait = chance.random() < 0.5
        take = wait_for_place if wait else book_place
        return ("wait" if wait else "book"), lambda session, enquiry: place_ack(
            take(session, event, enquiry, people, attempt)
        )
    if draw < 0.9:

        def reserve(session: Session, enquiry: Enquiry) -> Ack | None:
            reserve_visit(session, agency, enquiry, at, attempt)
            return None

        return "reserve visit", reserve
    return "book visit", lambda session, enquiry: visit_ack(book_visit(session, agency, enquiry, at, attempt))


def _with_place(chance: random.Random, place: Place, event: str, people: int, attempt: Attempt) -> tuple[str, Act]:
    def own(session: Session) -> Place:
        return session.get_one(Place, place.id)

    def give_back(session: Session, _enquiry: Enquiry) -> Ack:
        found = own(session)
        release_place(session, found, attempt)
        return place_ack(found)

    if place.status == BookingStatus.OFFERED and chance.random() < 0.6:
        return "accept", lambda session, _enquiry: place_ack(accept_offer(session, own(session), attempt))
    if chance.random() < 0.3:
        return "change people", lambda session, enquiry: place_ack(
            book_place(session, place.event_id, enquiry, people, attempt)
        )
    if place.status == BookingStatus.BOOKED and chance.random() < 0.6:
        return "move", lambda session, _enquiry: place_ack(move_place(session, own(session), event, attempt))
    return "give back", give_back


def _with_visit(chance: random.Random, visit: Visit, at: datetime, agency: Agency, attempt: Attempt) -> tuple[str, Act]:
    def give_back(session: Session, _enquiry: Enquiry) -> Ack:
        found = session.get_one(Visit, visit.id)
        release_visit(session, found, attempt)
        return visit_ack(found)

    if chance.random() < 0.6:
        return "move visit", lambda session, _enquiry: visit_ack(
            move_visit(session, agency, session.get_one(Visit, visit.id), at, attempt)
        )
    return "cancel visit", give_back


def _any_time(chance: random.Random, ground: Ground, agency: Agency) -> datetime:
    day = ground.began.astimezone(LONDON).replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(
        days=10 + chance.randrange(14)
    )
    return (day + timedelta(minutes=30 * chance.randrange(3))).astimezone(ground.began.tzinfo)
