"""A service that has no dates of its own, so that no other conversation is in the way: events and visitors as a test needs them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

from sqlalchemy import select

from bench.support.attempts import page
from bench.support.person import Person
from bench.support.servers import Servers
from enquiry.bookings.visits.visits import book_visit, free_times
from enquiry.store.engine import Store
from enquiry.store.models import Conversation, Event, Place, Visit, Visitor
from tests.support.answer_sets import AGENCIES

AGENCY = "coventry"
NUMBERS = count(10)


def make_event(store: Store, places: int, begins_in: timedelta | None = None) -> str:
    """Id of an event of so many places."""
    starts_at = datetime.now(UTC) + (begins_in or timedelta(days=next(NUMBERS)))
    with store.write() as session:
        new = Event(
            agency=AGENCY,
            title="Meet our carers",
            venue="Council House",
            places=places,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
        )
        session.add(new)
        session.flush()
        return new.id


def person(servers: Servers, contact: str) -> Person:
    """Somebody who has said how to be reached and is asked for a date."""
    one = Person(servers.address, AGENCY)
    one.begin()
    for text in ("Come to an event", "Ada", contact, "yes"):
        one.say(text)
    assert one.question == "event", one.heard
    return one


def place_of(store: Store, one: Person) -> Place:
    """The place of somebody's conversation."""
    with store.read() as session:
        enquiry = session.get_one(Conversation, one.id).enquiry_id
        return session.scalars(
            select(Place).where(Place.enquiry_id == enquiry).order_by(Place.booked_at.desc())
        ).first()  # type: ignore[return-value]


def visit_of(store: Store, one: Person) -> Visit:
    """A visit that is booked for somebody."""
    with store.write() as session:
        conversation = session.get_one(Conversation, one.id)
        assert conversation.enquiry is not None
        agency, now = AGENCIES[AGENCY], datetime.now(UTC)
        return book_visit(session, agency, conversation.enquiry, free_times(session, agency, now)[0], page(now))


def make_visitor(store: Store) -> str:
    """Id of a visitor with time on every day."""
    with store.write() as session:
        new = Visitor(
            agency=AGENCY,
            name=f"Visitor {next(NUMBERS)}",
            visit_minutes=60,
            buffer_minutes=0,
            most_a_day=5,
            pattern={str(day): [["09:00", "19:00"]] for day in range(7)},
        )
        session.add(new)
        session.flush()
        return new.id


def clear_away(store: Store) -> None:
    """Nothing is offered any more: the next test has its own dates."""
    with store.write() as session:
        for event in session.scalars(select(Event).where(Event.agency == AGENCY)):
            event.cancelled_at = datetime.now(UTC)
        for one in session.scalars(select(Visitor).where(Visitor.agency == AGENCY)):
            one.active = False
