"""Who came to an event, and who came to its door."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bench.support.attempts import staff
from enquiry.bookings.booking import EventFull, NothingBooked
from enquiry.bookings.events.attendance import WRITTEN_WITHIN, NoSuchContact, welcome_walk_in
from enquiry.bookings.events.events import EventOver
from enquiry.enums import BookingStatus
from enquiry.store.models import Enquiry, Event, Place
from tests.support.diary import Diary
from tests.support.maker import Maker

HOUR = timedelta(hours=1)
ATTENDED, MISSED, BOOKED = BookingStatus.ATTENDED, BookingStatus.MISSED, BookingStatus.BOOKED


def walk_in(make: Maker, event: str, contact: str = "", people: int = 1, later: timedelta = timedelta(days=7)) -> str:
    with make.store.write() as session:
        found, door = session.get_one(Event, event), staff(make.now + later)
        return welcome_walk_in(session, found, door, name="Robin", contact=contact, people=people).reference


def test_who_came_is_written_down_and_goes_on(make: Maker, diary: Diary) -> None:
    event, enquiry = make.event(), make.enquiry()
    reference = diary.book(event, enquiry, 2)
    for _ in range(2):
        diary.attend(reference, ATTENDED, make.now)
    assert (diary.status(reference), make.stage(enquiry), make.taken(event)) == ("attended", "event_attended", 2)
    assert diary.history(reference) == ["booked", "attended"]


def test_who_did_not_come_stays_where_they_were(make: Maker, diary: Diary) -> None:
    enquiry = make.enquiry()
    reference = diary.book(make.event(), enquiry)
    diary.attend(reference, MISSED, make.now)
    assert (diary.status(reference), make.stage(enquiry)) == ("missed", "event_booked")


@pytest.mark.parametrize("after", [BOOKED, MISSED])
def test_a_slip_at_the_door_is_put_right(make: Maker, diary: Diary, after: BookingStatus) -> None:
    enquiry = make.enquiry()
    reference = diary.book(make.event(), enquiry)
    diary.attend(reference, ATTENDED, make.now)
    diary.attend(reference, after, make.now)
    assert (diary.status(reference), make.stage(enquiry)) == (after.value, "event_booked")


def test_one_of_two_events_attended_by_a_slip_leaves_the_other(make: Maker, diary: Diary) -> None:
    enquiry = make.enquiry()
    first, second = diary.book(make.event(), enquiry), diary.book(make.event(), enquiry)
    for reference, status in ((first, ATTENDED), (second, ATTENDED), (second, MISSED)):
        diary.attend(reference, status, make.now)
    assert make.stage(enquiry) == "event_attended"


def test_who_has_a_visit_in_the_diary_does_not_go_back_by_coming_to_an_event(make: Maker, diary: Diary) -> None:
    make.visitor()
    enquiry = make.enquiry()
    reference = diary.book(make.event(), enquiry)
    visit = diary.visit(enquiry, make.moment())
    diary.attend(reference, ATTENDED, make.now)
    assert make.stage(enquiry) == "visit_booked"
    diary.give_back(visit)
    assert make.stage(enquiry) == "event_attended"


@pytest.mark.parametrize("status", ["waiting", "cancelled"])
def test_who_had_no_place_cannot_be_written_down(make: Maker, diary: Diary, status: str) -> None:
    event = make.event(places=1)
    diary.book(event, make.enquiry())
    reference = diary.wait(event, make.enquiry())
    if status == "cancelled":
        diary.give_back(reference)
    with pytest.raises(NothingBooked):
        diary.attend(reference, ATTENDED, make.now)


@pytest.mark.parametrize("status", [BookingStatus.CANCELLED, BookingStatus.WAITING])
def test_only_coming_is_written_down_at_the_door(make: Maker, diary: Diary, status: BookingStatus) -> None:
    reference = diary.book(make.event(), make.enquiry())
    with pytest.raises(ValueError, match="no attendance"):
        diary.attend(reference, status, make.now)


@pytest.mark.parametrize(
    ("typed", "phone", "email"),
    [("07700 900123", "+447700900123", None), ("Robin@Home.example", None, "robin@home.example"), ("", None, None)],
)
def test_who_comes_to_the_door_becomes_an_enquiry(
    make: Maker, diary: Diary, typed: str, phone: str | None, email: str | None
) -> None:
    event = make.event(places=2)
    reference = walk_in(make, event, typed, people=2)
    enquiry = diary.place(reference).enquiry
    assert (enquiry.contact_name, enquiry.contact_phone, enquiry.contact_email) == ("Robin", phone, email)
    assert (enquiry.stage, diary.status(reference), make.taken(event)) == ("event_attended", "attended", 2)
    assert diary.letters() == []


def test_a_full_room_takes_nobody_until_there_are_more_places(make: Maker, diary: Diary) -> None:
    event = make.event(places=1)
    diary.book(event, make.enquiry())
    with pytest.raises(EventFull):
        walk_in(make, event)
    assert make.count(Enquiry) == 1
    diary.change_event(event, places=2)
    walk_in(make, event)
    assert make.taken(event) == 2


def test_a_contact_that_cannot_be_one_and_an_event_that_is_long_over_are_told(make: Maker, diary: Diary) -> None:
    event, cancelled = make.event(), make.event()
    for typed in ("12", "robin at home", "@"):
        with pytest.raises(NoSuchContact):
            walk_in(make, event, typed)
    for people in (0, 5):
        with pytest.raises(ValueError, match="1 to 4"):
            walk_in(make, event, people=people)
    diary.cancel_event(cancelled)
    with pytest.raises(EventOver):
        walk_in(make, cancelled)
    with make.store.read() as session:
        ends = session.get_one(Event, event).ends_at - make.now
    walk_in(make, event, later=ends + WRITTEN_WITHIN)
    with pytest.raises(EventOver):
        walk_in(make, event, later=ends + WRITTEN_WITHIN + timedelta(seconds=1))
    with make.store.read() as session:
        assert len(session.scalars(select(Place)).all()) == 1
