"""The rules of bookings against a model of them in plain Python: whatever people, staff and the worker do, in whatever order."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from enquiry.agencies.agency import Agency
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
from enquiry.bookings.events.events import EventOver
from enquiry.enums import BookingStatus
from enquiry.store.engine import Store
from enquiry.store.models import Event, OutboxMessage, Place, Visit
from tests.support.booking_model import (
    DAY,
    HOLDS_ROOM,
    HOUR,
    MOST_A_DAY,
    OVER,
    VISIT,
    AnEvent,
    APlace,
    AVisit,
    BookingModel,
)
from tests.support.diary import Diary
from tests.support.maker import Maker

REFUSALS = (AlreadyBooked, EventFull, EventGone, EventOver, NothingBooked, OfferOver, SlotGone, SlotTaken, TooLate)

households = st.integers(0, 4)
events = st.integers(0, 1)
people = st.integers(1, 4)
# Two days, at times of which some are too close together.
times = st.tuples(st.integers(4, 5), st.sampled_from([(10, 0), (10, 30), (11, 30), (12, 0), (14, 0)]))


class Bookings(BookingModel, RuleBasedStateMachine):
    """The store beside its model; each step is done to both, and both say the same."""

    template: ClassVar[Path]
    agency: ClassVar[Agency]
    begins: ClassVar[datetime]

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(self.template, self.folder / "hearth.db")
        self.store = Store(f"sqlite:///{self.folder / 'hearth.db'}")
        self.make = Maker(self.store, self.agency, self.begins)
        self.diary = Diary(self.make)
        self.now = self.begins
        self.ids = [self._event(places=4, days=6), self._event(places=3, days=8)]
        self.people = [self.make.enquiry(contact_email=f"p{number}@home.example") for number in range(5)]
        self.make.visitor(pattern={str(day): [["10:00", "16:00"]] for day in range(7)}, most_a_day=MOST_A_DAY)
        with self.store.read() as session:
            self.events = [
                AnEvent(session.get_one(Event, one).starts_at, session.get_one(Event, one).places) for one in self.ids
            ]
        self.places: dict[str, APlace] = {}
        self.visits: dict[str, AVisit] = {}
        self.turn = 0

    def _event(self, places: int, days: int) -> str:
        at = self.begins + days * DAY
        with self.store.write() as session:
            event = Event(
                agency=self.agency.slug, title="t", venue="v", starts_at=at, ends_at=at + VISIT, places=places
            )
            session.add(event)
            session.flush()
            return event.id

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.folder)

    # What people do.

    @rule(event=events, who=households, number=people)
    def book(self, event: int, who: int, number: int) -> None:
        self._both(
            lambda: self.diary.book(self.ids[event], self.people[who], number, self.now),
            lambda: self._book(event, who, number),
        )

    @rule(event=events, who=households, number=people)
    def wait(self, event: int, who: int, number: int) -> None:
        self._both(
            lambda: self.diary.wait(self.ids[event], self.people[who], number, self.now),
            lambda: self._wait(event, who, number),
        )

    @precondition(lambda self: self.places)
    @rule(data=st.data())
    def accept(self, data: st.DataObject) -> None:
        reference = self._one_of(list(self.places), data)
        self._both(lambda: self.diary.accept(reference, self.now), lambda: self._accept(reference))

    @precondition(lambda self: self.places)
    @rule(data=st.data(), event=events)
    def move(self, data: st.DataObject, event: int) -> None:
        reference = self._one_of(list(self.places), data)
        self._both(lambda: self.diary.move(reference, self.ids[event], self.now), lambda: self._move(reference, event))

    @precondition(lambda self: self.places)
    @rule(data=st.data())
    def give_back(self, data: st.DataObject) -> None:
        reference = self._one_of(list(self.places), data)
        self._both(lambda: self.diary.give_back(reference, self.now), lambda: self._give_back(reference))

    @rule(who=households, time=times)
    def keep_a_time(self, who: int, time: tuple[int, tuple[int, int]]) -> None:
        at = self._moment(time)
        self._both(lambda: self.diary.reserve(self.people[who], at, self.now), lambda: self._take(who, at, "reserved"))

    @rule(who=households, time=times)
    def book_a_visit(self, who: int, time: tuple[int, tuple[int, int]]) -> None:
        at = self._moment(time)
        self._both(lambda: self.diary.visit(self.people[who], at, self.now), lambda: self._take(who, at, "booked"))

    @precondition(lambda self: self._booked_visits())
    @rule(data=st.data(), time=times)
    def move_a_visit(self, data: st.DataObject, time: tuple[int, tuple[int, int]]) -> None:
        reference, at = self._one_of(self._booked_visits(), data), self._moment(time)
        self._both(lambda: self.diary.move_visit(reference, at, self.now), lambda: self._move_visit(reference, at))

    @precondition(lambda self: self._booked_visits())
    @rule(data=st.data())
    def cancel_a_visit(self, data: st.DataObject) -> None:
        reference = self._one_of(self._booked_visits(), data)
        self._both(lambda: self.diary.give_back(reference, self.now), lambda: self._cancel_visit(reference))

    # What staff do.

    @rule(event=events)
    def add_a_place(self, event: int) -> None:
        self._both(
            lambda: self.diary.change_event(self.ids[event], self.now, places=self.events[event].places + 1),
            lambda: self._add_a_place(event),
        )

    @precondition(lambda self: self.turn > 12)
    @rule(event=events)
    def call_off(self, event: int) -> None:
        self._both(lambda: self.diary.cancel_event(self.ids[event], self.now), lambda: self._call_off(event))

    @precondition(lambda self: self.places)
    @rule(data=st.data(), status=st.sampled_from(["attended", "missed", "booked"]))
    def at_the_door(self, data: st.DataObject, status: str) -> None:
        reference = self._one_of(list(self.places), data)
        self._both(
            lambda: self.diary.attend(reference, BookingStatus(status), self.now),
            lambda: self._attend(reference, status),
        )

    # What the worker does.

    @rule(hours=st.sampled_from([0.1, 0.2, 1, 5, 23, 24, 30]))
    def time_goes_by(self, hours: float) -> None:
        self.now += hours * HOUR
        self.diary.lapse(self.now)
        self.diary.remind(self.now)
        for number in range(len(self.events)):
            overdue = [
                one for one in self._at(number) if one.status == "offered" and one.until and one.until <= self.now
            ]
            for one in overdue:
                one.status = "lapsed"
            if overdue:
                self._offer(number)

    # The model.

    def _both(self, do: Callable[[], str | int | None], model: Callable[[], str | None]) -> None:
        """Do a step to the store and to the model: both do it, or both refuse it for the same reason."""
        refused: type[Exception] | None = None
        answer: str | int | None = None
        try:
            answer = do()
        except REFUSALS as no:
            refused = type(no)
        self._answer = str(answer)
        expected = model()
        assert (refused.__name__ if refused else None) == expected
        self._tick()

    def _tick(self) -> None:
        # Two never join at the same moment: who was first is what the order of the list is about.
        self.turn += 1
        self.now += timedelta(seconds=1)

    @invariant()
    def the_store_holds_what_the_model_holds(self) -> None:
        if not hasattr(self, "store"):
            return
        with self.store.read() as session:
            stored = {
                one.reference: (
                    one.enquiry_id,
                    one.event_id,
                    one.people,
                    one.status,
                    one.offer_until if one.status == "offered" else None,
                )
                for one in session.scalars(select(Place))
            }
            assert stored == {
                name: (*self._kept(one), one.until if one.status == "offered" else None)
                for name, one in self.places.items()
            }
            booked = {
                one.reference: (one.enquiry_id, one.starts_at)
                for one in session.scalars(select(Visit))
                if one.status == "booked"
            }
            assert booked == {
                reference: (self.people[one.household], one.at)
                for reference, one in self.visits.items()
                if one.status == "booked"
            }

    def _kept(self, one: APlace) -> tuple[str, str, int, str]:
        return self.people[one.household], self.ids[one.event], one.people, one.status

    @invariant()
    def nothing_is_taken_twice_and_nobody_waits_for_what_is_free(self) -> None:
        if not hasattr(self, "store"):
            return
        with self.store.read() as session:
            for event in session.scalars(select(Event)):
                there = list(session.scalars(select(Place).where(Place.event_id == event.id)))
                assert sum(one.people for one in there if one.status in HOLDS_ROOM) == event.taken <= event.places
                standing = [one.enquiry_id for one in there if one.status not in OVER]
                assert len(standing) == len(set(standing))
                if event.cancelled_at is None and event.starts_at - self.now >= 3 * HOUR:
                    assert all(one.people > event.places - event.taken for one in there if one.status == "waiting")
            busy = sorted(
                session.execute(select(Visit.starts_at, Visit.busy_until).where(Visit.status != "cancelled")).all()
            )
            assert all(one[1] <= other[0] for one, other in pairwise(busy))
            occasions = list(session.scalars(select(OutboxMessage.occasion)))
            assert len(occasions) == len(set(occasions))


def test_the_rules_of_bookings_hold_whatever_is_done_in_whatever_order(
    migrated_file: Path, agency: Agency, now: datetime
) -> None:
    Bookings.template, Bookings.agency, Bookings.begins = migrated_file, agency, now
    run_state_machine_as_test(
        Bookings,
        settings=settings(
            max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
