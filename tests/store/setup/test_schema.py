"""The migrated tables are those of the models, and they keep their rules by themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, inspect, text
from sqlalchemy.exc import IntegrityError

from enquiry.setup.migrate import alembic_config, migrate
from enquiry.setup.prepare import NEWEST
from enquiry.store.engine import Store
from enquiry.store.models import Base, Enquiry, Event, Message, Place, Visit, new_id
from tests.support.maker import Maker


def test_the_migrations_make_exactly_the_tables_of_the_models(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_make_every_check_of_the_models(store: Store) -> None:
    inspector = inspect(store.engine)
    for table in Base.metadata.sorted_tables:
        ours = {str(rule.name) for rule in table.constraints if isinstance(rule, CheckConstraint) and rule.name}
        assert {rule["name"] for rule in inspector.get_check_constraints(table.name)} == ours


def test_every_condition_of_a_partial_index_is_in_the_store(store: Store) -> None:
    inspector = inspect(store.engine)
    kept = {
        index["name"]: index.get("dialect_options", {}).get(f"{store.engine.dialect.name}_where")
        for table in Base.metadata.sorted_tables
        for index in inspector.get_indexes(table.name)
    }
    names = (
        "uq_places_one_per_enquiry",
        "uq_visits_one_per_enquiry",
        "uq_visits_one_reserved",
        "uq_events_agency_starts_at",
    )
    for name in (*names, "uq_handoffs_open_once"):
        assert kept[name] is not None, name


def test_an_error_of_the_store_does_not_tell_what_was_typed(make: Maker) -> None:
    conversation = make.conversation()
    make.message(conversation, "hello")
    with pytest.raises(IntegrityError) as error, make.store.write() as session:
        session.add(Message(conversation_id=conversation, number=1, author="enquirer", text="he hits her", at=make.now))
    assert "hits" not in str(error.value)


def test_the_quick_look_at_start_knows_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(alembic_config()).get_current_head() == NEWEST


def test_a_store_can_go_back_and_come_again(new_url: str, tmp_path: object) -> None:
    from pathlib import Path

    from alembic import command

    if new_url.startswith("sqlite"):
        Path(new_url.removeprefix("sqlite:///")).parent.mkdir()
    store = Store(new_url)
    for _ in range(2):
        with store.engine.begin() as connection:
            migrate(connection)
        with store.engine.begin() as connection:
            command.downgrade(alembic_config(connection), "base")
        assert set(inspect(store.engine).get_table_names()) <= {"alembic_version"}
    store.close()


def _raw_visitor(store: Store, most_a_day: int = 5) -> str:
    visitor = new_id()
    with store.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO visitors (id, agency, name, pattern, visit_minutes, buffer_minutes, most_a_day, areas, active) "
                f"VALUES (:id, 'x', '{visitor}', '{{}}', 90, 30, :most, '[]', true)"
            ),
            {"id": visitor, "most": most_a_day},
        )
    return visitor


def _raw_place(store: Store, event: str, enquiry: str, people: int = 1, status: str = "booked") -> None:
    with store.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO places (id, event_id, enquiry_id, reference, people, status, booked_at, needs, sequence, offer_until) "
                "VALUES (:id, :event, :enquiry, :reference, :people, :status, '2026-11-23 10:00:00', '[]', 0, '2026-11-24 10:00:00')"
            ),
            {
                "id": new_id(),
                "event": event,
                "enquiry": enquiry,
                "reference": new_id()[:12],
                "people": people,
                "status": status,
            },
        )


def _raw_visit(
    store: Store, visitor: str, enquiry: str, at: str = "10:00", status: str = "booked", day: str = "2026-12-01"
) -> str:
    """A visit of 90 minutes with half an hour for the way."""
    starts_at = datetime.fromisoformat(f"{day}T{at}:00+00:00")
    visit = new_id()
    with store.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO visits (id, agency, visitor_id, enquiry_id, reference, status, day, starts_at, ends_at, busy_until, "
                "reserved_until, sequence, booked_at) VALUES (:id, 'x', :visitor, :enquiry, :reference, :status, :day, "
                ":starts, :ends, :busy, '2026-11-23 10:10:00', 0, '2026-11-23 10:00:00')"
            ),
            {
                "id": visit,
                "visitor": visitor,
                "enquiry": enquiry,
                "reference": new_id()[:12],
                "status": status,
                "day": day,
                **{
                    name: _stored(starts_at + timedelta(minutes=more))
                    for name, more in (("starts", 0), ("ends", 90), ("busy", 120))
                },
            },
        )
    return visit


def _stored(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}.000000"


def test_the_twenty_first_place_is_refused_by_the_database_itself(store: Store, make: Maker) -> None:
    event = make.event(places=20)
    for _ in range(5):
        _raw_place(store, event, make.enquiry(), people=4)
    with pytest.raises(IntegrityError):
        _raw_place(store, event, make.enquiry())
    assert make.taken(event) == 20


def test_more_people_in_a_booking_than_places_left_are_refused_by_the_database_itself(
    store: Store, make: Maker
) -> None:
    event = make.event(places=3)
    _raw_place(store, event, make.enquiry(), people=2)
    with pytest.raises(IntegrityError), store.engine.begin() as connection:
        connection.execute(text("UPDATE places SET people = 4"))
    assert make.taken(event) == 2


def test_a_cancelled_place_cannot_come_back_into_a_full_event(store: Store, make: Maker) -> None:
    event, first = make.event(places=1), make.enquiry()
    _raw_place(store, event, first, status="cancelled")
    _raw_place(store, event, make.enquiry())
    with pytest.raises(IntegrityError), store.engine.begin() as connection:
        connection.execute(text("UPDATE places SET status = 'booked' WHERE enquiry_id = :id"), {"id": first})
    assert make.taken(event) == 1


def test_a_place_moved_to_another_event_is_counted_there(store: Store, make: Maker) -> None:
    one, other = make.event(), make.event(places=1)
    _raw_place(store, one, make.enquiry())
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE places SET event_id = :other"), {"other": other})
    assert (make.taken(one), make.taken(other)) == (0, 1)
    _raw_place(store, one, make.enquiry(), people=2)
    with pytest.raises(IntegrityError), store.engine.begin() as connection:
        connection.execute(text("UPDATE places SET event_id = :other"), {"other": other})
    assert (make.taken(one), make.taken(other)) == (2, 1)


def test_a_deleted_place_and_a_deleted_enquiry_give_their_places_back(store: Store, make: Maker) -> None:
    event, enquiry = make.event(), make.enquiry()
    _raw_place(store, event, enquiry, people=3)
    _raw_place(store, event, make.enquiry(), people=2)
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM places WHERE people = 2"))
    assert make.taken(event) == 3
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM enquiries WHERE id = :id"), {"id": enquiry})
    assert make.taken(event) == 0


def test_an_event_cannot_be_made_smaller_than_what_is_taken(store: Store, make: Maker) -> None:
    event = make.event(places=5)
    _raw_place(store, event, make.enquiry(), people=4)
    with pytest.raises(IntegrityError), store.engine.begin() as connection:
        connection.execute(text("UPDATE events SET places = 3"))


def test_nobody_writes_the_number_of_taken_places_by_hand(store: Store, make: Maker) -> None:
    event = make.event(places=5)
    _raw_place(store, event, make.enquiry(), people=4)
    with pytest.raises(IntegrityError), store.engine.begin() as connection:
        connection.execute(text("UPDATE events SET taken = 0"))
    assert make.taken(event) == 4
    starts_at = make.now + timedelta(days=1)
    half_taken = Event(
        agency="x", title="t", venue="v", starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), places=5, taken=2
    )
    with pytest.raises(IntegrityError), store.write() as session:
        session.add(half_taken)


@pytest.mark.parametrize("at", ["10:00", "08:01", "09:30", "11:30", "11:59"])
@pytest.mark.parametrize("status", ["booked", "reserved", "attended", "missed"])
def test_visits_that_leave_no_time_for_the_way_are_refused_by_the_database_itself(
    store: Store, make: Maker, at: str, status: str
) -> None:
    visitor = _raw_visitor(store)
    _raw_visit(store, visitor, make.enquiry(), "10:00", status)
    with pytest.raises(IntegrityError):
        _raw_visit(store, visitor, make.enquiry(), at)
    assert make.count(Visit) == 1


def test_visits_that_stand_apart_or_are_another_visitors_or_cancelled_are_taken(store: Store, make: Maker) -> None:
    visitor = _raw_visitor(store)
    for at in ("10:00", "08:00", "12:00"):
        _raw_visit(store, visitor, make.enquiry(), at)
    _raw_visit(store, _raw_visitor(store), make.enquiry(), "10:00")
    _raw_visit(store, visitor, make.enquiry(), "10:00", "cancelled")
    assert make.count(Visit) == 5


def test_one_visit_more_than_a_visitor_makes_a_day_is_refused_by_the_database_itself(store: Store, make: Maker) -> None:
    visitor = _raw_visitor(store, most_a_day=2)
    for at in ("08:00", "10:00"):
        _raw_visit(store, visitor, make.enquiry(), at)
    with pytest.raises(IntegrityError):
        _raw_visit(store, visitor, make.enquiry(), "18:00")
    _raw_visit(store, visitor, make.enquiry(), "18:00", day="2026-12-02")
    assert make.count(Visit) == 3


def test_a_visit_moved_onto_another_or_coming_back_beside_it_is_refused_by_the_database_itself(
    store: Store, make: Maker
) -> None:
    one, other = _raw_visitor(store), _raw_visitor(store)
    _raw_visit(store, one, make.enquiry(), "10:00")
    moved = _raw_visit(store, other, make.enquiry(), "10:00")
    cancelled = _raw_visit(store, one, make.enquiry(), "10:00", "cancelled")
    for change, visit in ((f"visitor_id = '{one}'", moved), ("status = 'booked'", cancelled)):
        with pytest.raises(IntegrityError), store.engine.begin() as connection:
            connection.execute(text(f"UPDATE visits SET {change} WHERE id = '{visit}'"))
    later = {
        "starts": _stored(datetime(2026, 12, 1, 11, 0, tzinfo=UTC)),
        "busy": _stored(datetime(2026, 12, 1, 13, 0, tzinfo=UTC)),
    }
    third = _raw_visit(store, one, make.enquiry(), "14:00")
    with pytest.raises(IntegrityError), store.engine.begin() as connection:
        connection.execute(
            text("UPDATE visits SET starts_at = :starts, busy_until = :busy WHERE id = :visit"),
            {**later, "visit": third},
        )


def test_a_visit_that_stands_gets_its_outcome_although_the_visitor_makes_fewer_a_day_now(
    store: Store, make: Maker
) -> None:
    visitor = _raw_visitor(store, most_a_day=2)
    for at in ("08:00", "10:00"):
        _raw_visit(store, visitor, make.enquiry(), at)
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE visitors SET most_a_day = 1"))
        connection.execute(text("UPDATE visits SET status = 'attended'"))
    with pytest.raises(IntegrityError):
        _raw_visit(store, visitor, make.enquiry(), "18:00")


@pytest.mark.parametrize("status", ["booked", "reserved"])
def test_a_second_visit_for_an_enquiry_is_refused_by_the_database_itself(
    store: Store, make: Maker, status: str
) -> None:
    enquiry = make.enquiry()
    _raw_visit(store, _raw_visitor(store), enquiry, status=status)
    with pytest.raises(IntegrityError):
        _raw_visit(store, _raw_visitor(store), enquiry, status=status)


@pytest.mark.parametrize("status", ["waiting", "lapsed", "cancelled"])
def test_who_waits_or_has_given_back_takes_no_place(store: Store, make: Maker, status: str) -> None:
    event = make.event(places=1)
    _raw_place(store, event, make.enquiry(), 4, status)
    assert make.taken(event) == 0


@pytest.mark.parametrize("status", ["offered", "booked", "attended", "missed"])
def test_what_is_offered_or_was_attended_takes_places(store: Store, make: Maker, status: str) -> None:
    event = make.event(places=4)
    _raw_place(store, event, make.enquiry(), 4, status)
    assert make.taken(event) == 4
    with pytest.raises(IntegrityError):
        _raw_place(store, event, make.enquiry(), 1, "offered")


def test_two_events_at_one_moment_or_for_one_date_of_the_plan_are_refused(store: Store, make: Maker) -> None:
    def put(minutes: int, planned_on: date | None, cancelled_at: datetime | None = None) -> None:
        at = make.now + timedelta(days=20, minutes=minutes)
        with store.write() as session:
            session.add(
                Event(
                    agency="x",
                    title="t",
                    venue="v",
                    starts_at=at,
                    ends_at=at + timedelta(hours=1),
                    places=5,
                    planned_on=planned_on,
                    cancelled_at=cancelled_at,
                )
            )

    put(0, date(2026, 12, 13), make.now)
    put(0, None)
    for minutes, planned_on in ((0, None), (7, date(2026, 12, 13))):
        with pytest.raises(IntegrityError):
            put(minutes, planned_on)
    put(7, None)


@pytest.mark.parametrize(("people", "status"), [(0, "booked"), (5, "booked"), (1, "perhaps")])
def test_a_place_that_makes_no_sense_is_refused(store: Store, make: Maker, people: int, status: str) -> None:
    event, enquiry = make.event(), make.enquiry()
    with pytest.raises(IntegrityError):
        _raw_place(store, event, enquiry, people, status)
    assert make.count(Place) == 0


def test_a_place_needs_an_event_and_an_enquiry_that_exist(store: Store, make: Maker) -> None:
    with pytest.raises(IntegrityError):
        _raw_place(store, "no-such-event", make.enquiry())
    event = make.event()
    with pytest.raises(IntegrityError):
        _raw_place(store, event, "no-such-enquiry")


def test_a_moment_without_a_time_zone_does_not_reach_the_store(store: Store, make: Maker) -> None:
    naive = make.now.replace(tzinfo=None)
    enquiry = Enquiry(agency="x", reference="HE-1", stage="new", created_at=naive, updated_at=make.now)
    with pytest.raises(Exception, match="without a time zone"), store.write() as session:
        session.add(enquiry)
    assert make.count(Enquiry) == 0
