"""A store from before visitors had hours is brought up to date with everything in it, and can go back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import text

from bench.support.attempts import chat, staff
from enquiry.agencies.agency import Agency
from enquiry.bookings.events.events import plan_events
from enquiry.bookings.events.places import book_place
from enquiry.bookings.visits.outcomes import VisitOutcome, record_outcome
from enquiry.bookings.visits.visits import move_visit, release_visit
from enquiry.setup.migrate import alembic_config, migrate
from enquiry.store.engine import Store
from enquiry.store.models import Enquiry, Event, OutboxMessage, Place, Visit, Visitor

AGENCY = "leicestershire"
MOMENT = "2026-11-23 10:00:00.000000"
# As they stood: two households at an event (one with two people), one that gave back; three visits on one morning, closer together
# than is allowed from now on, and one that took place.
ENQUIRIES = ("robin", "sam", "ruth", "alex", "kim")
EVENTS = {"first": "2026-12-02 18:30", "second": "2026-12-23 18:30", "beside": "2026-12-23 10:00"}
PLACES = {
    "p1": ("first", "robin", 2, "booked"),
    "p2": ("first", "sam", 1, "attended"),
    "p3": ("first", "ruth", 4, "cancelled"),
}
SLOTS = {"s1": "09:00", "s2": "10:00", "s3": "11:00", "s4": "12:00", "s5": "14:00"}
VISITS = {
    "v1": ("s1", "robin", "booked"),
    "v2": ("s2", "sam", "booked"),
    "v3": ("s3", "ruth", "booked"),
    "v4": ("s4", "alex", "attended"),
    "v5": ("s3", "kim", "cancelled"),
}


@pytest.fixture
def old_store(new_url: str) -> Iterator[Store]:
    """A store as migration 0004 left it."""
    if new_url.startswith("sqlite"):
        Path(new_url.removeprefix("sqlite:///")).parent.mkdir()
    store = Store(new_url)
    with store.engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0004")

        def put(table: str, **values: Any) -> None:
            names = ", ".join(values)
            connection.execute(
                text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in values)})"), values
            )

        for name in ENQUIRIES:
            put(
                "enquiries",
                id=name,
                agency=AGENCY,
                reference=f"HE-{name}",
                stage="new",
                created_at=MOMENT,
                updated_at=MOMENT,
            )
            put("stage_changes", id=name, enquiry_id=name, stage="new", who="x", why="x", number=0, at=MOMENT)
        for event, at in EVENTS.items():
            ends = at.replace("18:30", "20:00").replace("10:00", "11:30")
            put(
                "events",
                id=event,
                agency=AGENCY,
                title="Find out",
                venue="Hall",
                starts_at=at,
                ends_at=ends,
                places=4,
                taken=0,
            )
        for place, (event, who, people, status) in PLACES.items():
            values = {"people": people, "status": status, "booked_at": MOMENT}
            put("places", id=place, event_id=event, enquiry_id=who, reference=f"EV-{place}", **values)
        for slot, at in SLOTS.items():
            ends = f"{int(at[:2]) + 1:02d}:30"
            put(
                "visit_slots",
                id=slot,
                agency=AGENCY,
                visitor="Jo",
                starts_at=f"2026-12-01 {at}",
                ends_at=f"2026-12-01 {ends}",
            )
        for visit, (slot, who, status) in VISITS.items():
            put(
                "visits",
                id=visit,
                slot_id=slot,
                enquiry_id=who,
                reference=f"VI-{visit}",
                status=status,
                booked_at=MOMENT,
            )
        for occasion, sent in (("place-booked:p1", None), ("visit-booked:v1", MOMENT)):
            put(
                "outbox",
                id=occasion[:9],
                agency=AGENCY,
                occasion=occasion,
                channel="email",
                recipient="r@x.example",
                subject="s",
                body="b",
                enquiry_id="robin",
                created_at=MOMENT,
                next_try_at=MOMENT,
                attempts=3,
                sent_at=sent,
                last_error="e",
            )
    yield store
    store.close()


def upgrade(store: Store) -> None:
    with store.engine.begin() as connection:
        migrate(connection)


def rows(store: Store, table: str, *columns: str) -> list[tuple[Any, ...]]:
    with store.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id"))]


def test_everything_in_an_older_store_is_kept(old_store: Store) -> None:
    upgrade(old_store)
    with old_store.read() as session:
        events = {event.id: event for event in session.query(Event)}
        assert set(events) == set(EVENTS)
        assert events["first"].starts_at == datetime(2026, 12, 2, 18, 30, tzinfo=UTC)
        assert {name: event.taken for name, event in events.items()} == {"first": 3, "second": 0, "beside": 0}
        places = {
            place.id: (place.event_id, place.enquiry_id, place.people, place.status) for place in session.query(Place)
        }
        assert places == PLACES
        assert {(place.reference, place.sequence, tuple(place.needs)) for place in session.query(Place)} == {
            (f"EV-{one}", 0, ()) for one in PLACES
        }
        visits = {visit.id: (visit.enquiry_id, visit.status, visit.reference) for visit in session.query(Visit)}
        assert visits == {one: (who, status, f"VI-{one}") for one, (_slot, who, status) in VISITS.items()}
        for visit in session.query(Visit):
            assert (f"{visit.starts_at:%H:%M}", visit.day) == (SLOTS[VISITS[visit.id][0]], date(2026, 12, 1))
            assert (visit.visitor.name, visit.agency) == ("Jo", AGENCY)
        letters = {
            one.occasion: (one.attempts, one.sent_at is None, one.kind, one.body)
            for one in session.query(OutboxMessage)
        }
        assert letters == {"place-booked:p1": (3, True, "", "b"), "visit-booked:v1": (3, False, "", "b")}


def test_bookings_of_an_older_store_live_on(old_store: Store, agency: Agency, now: datetime) -> None:
    upgrade(old_store)
    later = datetime(2026, 12, 1, 19, 0, tzinfo=UTC)
    with old_store.write() as session:
        assert book_place(session, "first", session.get_one(Enquiry, "robin"), 3, chat(now)).reference == "EV-p1"
        another = datetime(2026, 12, 7, 10, 0, tzinfo=UTC)
        move_visit(session, agency, session.get_one(Visit, "v1"), another, chat(now))
        record_outcome(session, agency, session.get_one(Visit, "v2"), VisitOutcome.HELD, staff(later, "Jo"))
        release_visit(session, session.get_one(Visit, "v3"), chat(now))
        assert session.query(Visitor).one().most_a_day == 3
    with old_store.read() as session:
        # What was not sent yet said something that is no longer so.
        assert [one.occasion for one in session.query(OutboxMessage)] == ["visit-booked:v1"]


def test_the_plan_goes_on_from_the_dates_an_older_store_has(old_store: Store, agency: Agency, now: datetime) -> None:
    upgrade(old_store)
    with old_store.write() as session:
        plan_events(session, agency, now)
    with old_store.read() as session:
        planned = sorted(str(event.planned_on) for event in session.query(Event) if event.planned_on)
    assert planned == ["2026-12-02", "2026-12-23", "2027-01-13", "2027-02-03"]


def test_an_upgraded_store_can_go_back_and_come_again(old_store: Store) -> None:
    before = {
        "places": rows(old_store, "places", "id", "event_id", "enquiry_id", "people", "status"),
        "events": rows(old_store, "events", "id", "agency", "title", "places", "taken", "starts_at"),
        "outbox": rows(old_store, "outbox", "id", "occasion", "attempts", "sent_at"),
        "visit_slots JOIN visits ON visits.slot_id = visit_slots.id": [],
    }
    for _ in range(2):
        upgrade(old_store)
        with old_store.engine.begin() as connection:
            command.downgrade(alembic_config(connection), "0004")
        for table in ("places", "events", "outbox"):
            assert rows(old_store, table, *_columns(table)) == before[table]
        assert rows(old_store, "visits", "id", "enquiry_id", "status") == [
            (one, who, status) for one, (_slot, who, status) in VISITS.items() if status != "cancelled"
        ]
        assert len(rows(old_store, "visit_slots", "id")) == 4


def _columns(table: str) -> tuple[str, ...]:
    return {
        "places": ("id", "event_id", "enquiry_id", "people", "status"),
        "events": ("id", "agency", "title", "places", "taken", "starts_at"),
        "outbox": ("id", "occasion", "attempts", "sent_at"),
    }[table]
