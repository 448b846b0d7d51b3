"""Contenders in a race for the last places, each in a process of its own."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from multiprocessing.synchronize import Barrier

from sqlalchemy import select

from bench.support.attempts import page, project_catalogue
from enquiry.bookings.booking import EventFull, SlotTaken
from enquiry.bookings.events.places import book_place, move_place
from enquiry.bookings.visits.visits import book_visit
from enquiry.enums import Decision
from enquiry.journey.decisions import record_decision
from enquiry.store.engine import Store
from enquiry.store.models import Enquiry, Place, Staff

CONTENDERS = 8
_start: Barrier | None = None


@contextmanager
def contenders(number: int = CONTENDERS) -> Iterator[ProcessPoolExecutor]:
    """Begin processes that wait for each other before they do anything."""
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(number)
    with ProcessPoolExecutor(number, mp_context=context, initializer=get_ready, initargs=(start,)) as pool:
        yield pool


def get_ready(start: Barrier) -> None:
    """Keep the line at which all contenders begin together, with everything read that they need."""
    global _start
    _start = start
    project_catalogue()


def contend(url: str, event: str, at: datetime, enquiries: list[str], now: datetime) -> Counter[str]:
    """Try to book for each enquiry; how often what came of it."""
    store = Store(url)
    found: Counter[str] = Counter()
    attempt = page(now)
    agency = attempt.catalogue.agencies["leicestershire"]
    with store.read() as session:
        session.get(Enquiry, enquiries[0])
    assert _start is not None
    _start.wait(timeout=60)
    for number in enquiries:
        try:
            with store.write() as session:
                book_place(session, event, session.get_one(Enquiry, number), 1, attempt)
            found["place"] += 1
        except EventFull:
            found["full"] += 1
        try:
            with store.write() as session:
                book_visit(session, agency, session.get_one(Enquiry, number), at, attempt)
            found["visit"] += 1
        except SlotTaken:
            found["slot taken"] += 1
    store.close()
    return found


def move_to(url: str, event: str, reference: str, people: int, now: datetime) -> str:
    """Move a booking to an event that every other contender moves to as well, and change how many come; what came of it."""
    store = Store(url)
    attempt = page(now)
    assert _start is not None
    _start.wait(timeout=60)
    try:
        with store.write() as session:
            place = session.scalars(select(Place).where(Place.reference == reference)).one()
            move_place(session, place, event, attempt, people=people)
    except EventFull:
        return "full"
    finally:
        store.close()
    return "moved"


def contend_as_one(url: str, event: str, at: datetime, enquiry: str, now: datetime) -> tuple[str, str]:
    """Book the same for one enquiry as every other contender does; the references got."""
    store = Store(url)
    attempt = page(now)
    agency = attempt.catalogue.agencies["leicestershire"]
    assert _start is not None
    _start.wait(timeout=60)
    with store.write() as session:
        place = book_place(session, event, session.get_one(Enquiry, enquiry), 2, attempt).reference
    with store.write() as session:
        visit = book_visit(session, agency, session.get_one(Enquiry, enquiry), at, attempt).reference
    store.close()
    return place, visit


def prepare(url: str, now: datetime) -> tuple[bool, int, int, int]:
    """Prepare a store at the same time as every other contender."""
    from enquiry.settings import Settings
    from enquiry.setup.prepare import prepare_store

    assert _start is not None
    _start.wait(timeout=60)
    report = prepare_store(Settings(database_url=url), now)
    return report.migrated, report.events, report.visitors, len(report.accounts)


def decide(url: str, enquiry: str, staff: str, decision: str, reason: str, now: datetime) -> str:
    """Record a decision, as if the form had been opened before anybody decided; who else decided in the meantime."""
    store = Store(url)
    assert _start is not None
    _start.wait(timeout=60)
    with store.write() as session:
        found, someone = session.get_one(Enquiry, enquiry), session.get_one(Staff, staff)
        recorded = record_decision(session, found, someone, Decision(decision), reason, now, seen="none")
        other = recorded.meanwhile.staff.name if recorded.meanwhile else ""
    store.close()
    return f"again {other}" if recorded.again else other
