"""Information events: the plan, and what people are told when the team moves one or calls it off."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from icalendar import Calendar
from sqlalchemy import select, update

from enquiry.agencies.agency import Agency
from enquiry.bookings.booking import OFFER_ENDS_BEFORE
from enquiry.bookings.events.events import EventDetails, EventOver, TimeTaken, TooFewPlaces, make_event, plan_events
from enquiry.enums import BookingStatus
from enquiry.store.models import Event, OutboxMessage
from tests.support.diary import Diary
from tests.support.maker import Maker

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EMAIL = "robin@home.example"


def invitation(letter: OutboxMessage) -> tuple[str, str, int, str]:
    """Method, UID, SEQUENCE and begin of the calendar file of a letter."""
    assert letter.calendar is not None
    calendar = Calendar.from_ical(letter.calendar)
    (event,) = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), str(event["UID"]), int(event["SEQUENCE"]), f"{event['DTSTART'].dt:%Y-%m-%d %H:%M}"


def test_a_moved_event_is_told_to_everyone_with_a_place_or_waiting_for_one(make: Maker, diary: Diary) -> None:
    event = make.event(places=3, days=20)
    email, phone = {"contact_email": EMAIL}, {"contact_phone": "+447700900123"}
    booked, texted = diary.book(event, make.enquiry(**email), 1), diary.book(event, make.enquiry(**phone), 2)
    diary.wait(event, make.enquiry(contact_email="waits@home.example"))
    left, silent = diary.wait(event, make.enquiry(contact_email="left@home.example")), diary.wait(event, make.enquiry())
    diary.give_back(left)
    later = diary.place(booked).event.starts_at + DAY
    assert diary.change_event(event, make.now + HOUR, starts_at=later) == 3
    told = {letter.recipient: letter for letter in diary.letters("event_moved")}
    assert set(told) == {EMAIL, "+447700900123", "waits@home.example"}
    assert diary.place(booked).reference in told[EMAIL].subject
    assert "/booking/" in told["+447700900123"].body
    assert told["waits@home.example"].calendar is None
    for reference in (booked, texted, silent):
        assert diary.place(reference).sequence == 1
        assert diary.history(reference)[-1] == "moved"


def test_calendars_hear_of_each_change_as_the_same_appointment(make: Maker, diary: Diary) -> None:
    event, other = make.event(days=10), make.event(days=30)
    enquiry = make.enquiry(contact_email=EMAIL)
    reference = diary.book(event, enquiry)
    seen = [invitation(diary.letters("place_booked")[-1])]
    _sent(make)
    moved = diary.place(reference).event.starts_at + DAY
    diary.change_event(event, make.now + HOUR, starts_at=moved)
    seen.append(invitation(diary.letters("event_moved")[-1]))
    _sent(make)
    diary.book(event, enquiry, 2, make.now + 2 * HOUR)
    seen.append(invitation(diary.letters("place_booked")[-1]))
    _sent(make)
    diary.move(reference, other, make.now + 3 * HOUR)
    seen.append(invitation(diary.letters("place_moved")[-1]))
    _sent(make)
    diary.cancel_event(other, make.now + 4 * HOUR)
    seen.append(invitation(diary.letters("event_cancelled")[-1]))
    assert [method for method, *_ in seen] == ["REQUEST"] * 4 + ["CANCEL"]
    assert len({uid for _, uid, *_ in seen}) == 1
    assert [sequence for *_, sequence, _ in seen] == [0, 1, 2, 3, 4]
    assert seen[1][3] == f"{moved:%Y-%m-%d %H:%M}"
    assert reference in seen[0][1]


def test_a_place_given_back_is_taken_out_of_the_calendar(make: Maker, diary: Diary) -> None:
    reference = diary.book(make.event(), make.enquiry(contact_email=EMAIL))
    uid = invitation(diary.letters()[0])[1]
    diary.give_back(reference, make.now + HOUR)
    method, same, sequence, _ = invitation(diary.letters("place_cancelled")[0])
    assert (method, same, sequence) == ("CANCEL", uid, 1)


def test_an_event_called_off_is_told_to_everyone_once_and_takes_nobody_further(make: Maker, diary: Diary) -> None:
    event = make.event(places=2)
    enquiry, waiting = make.enquiry(contact_email=EMAIL), make.enquiry(contact_email="waits@home.example")
    booked = diary.book(event, enquiry, 2)
    waits = diary.wait(event, waiting)
    assert diary.cancel_event(event, make.now + HOUR) == 2
    assert diary.cancel_event(event, make.now + 2 * HOUR) == 0
    told = {letter.recipient: letter for letter in diary.letters("event_cancelled")}
    assert set(told) == {EMAIL, "waits@home.example"}
    assert told["waits@home.example"].calendar is None
    assert (diary.status(booked), diary.status(waits), make.taken(event)) == ("cancelled", "cancelled", 0)
    assert make.stage(enquiry) == "new"
    with pytest.raises(EventOver):
        diary.change_event(event, title="Again")


def test_who_came_to_an_event_that_was_called_off_in_the_middle_stays_as_they_are(make: Maker, diary: Diary) -> None:
    event = make.event()
    came, late = diary.book(event, make.enquiry()), diary.book(event, make.enquiry())
    begins = diary.place(came).event.starts_at
    diary.attend(came, BookingStatus.ATTENDED, begins)
    diary.cancel_event(event, begins + HOUR / 2)
    assert (diary.status(came), diary.status(late)) == ("attended", "cancelled")


def test_a_change_of_title_or_places_alone_is_told_to_nobody(make: Maker, diary: Diary) -> None:
    event = make.event(places=3)
    reference = diary.book(event, make.enquiry(contact_email=EMAIL), 2)
    assert diary.change_event(event, title="Come and see", places=5) == 0
    assert (diary.place(reference).sequence, len(diary.letters())) == (0, 1)


@pytest.mark.parametrize("change", [{"venue": "Online"}, {"online_url": "https://meet.example/1"}])
def test_another_place_is_told_as_well(make: Maker, diary: Diary, change: dict[str, str]) -> None:
    event = make.event()
    diary.book(event, make.enquiry(contact_email=EMAIL))
    assert diary.change_event(event, make.now + HOUR, **change) == 1
    assert next(iter(change.values())) in diary.letters("event_moved")[0].body


def test_a_confirmation_that_has_not_gone_out_is_not_sent_after_the_event_was_moved(make: Maker, diary: Diary) -> None:
    event = make.event()
    reference = diary.book(event, make.enquiry(contact_email=EMAIL))
    diary.change_event(event, starts_at=diary.place(reference).event.starts_at + DAY)
    assert [letter.kind for letter in diary.letters()] == ["event_moved"]


def test_an_offer_stands_when_the_event_is_moved_and_ends_before_it(make: Maker, diary: Diary) -> None:
    event = make.event(places=1, days=10)
    booked = diary.book(event, make.enquiry())
    waits = diary.wait(event, make.enquiry(contact_email=EMAIL))
    diary.give_back(booked)
    sooner = make.now + 5 * HOUR
    diary.change_event(event, make.now + HOUR, starts_at=sooner)
    assert diary.place(waits).offer_until == sooner - OFFER_ENDS_BEFORE
    # The offer had not gone out: it is made anew, with the new date.
    assert {letter.kind for letter in diary.letters()} == {"event_moved", "place_offered"}
    assert diary.letters("place_offered")[0].expires_at == sooner - OFFER_ENDS_BEFORE


def test_an_event_keeps_enough_places_for_who_has_one(make: Maker, diary: Diary) -> None:
    event = make.event(places=5)
    diary.book(event, make.enquiry(), 4)
    with pytest.raises(TooFewPlaces):
        diary.change_event(event, places=3)
    diary.change_event(event, places=4)
    for places in (0, 501):
        with pytest.raises(ValueError, match="1 to 500"):
            diary.change_event(event, places=places)


def test_two_events_of_an_agency_are_not_at_one_moment(make: Maker, diary: Diary, agency: Agency) -> None:
    event, other = make.event(), make.event()
    reference = diary.book(event, make.enquiry())
    at = diary.place(reference).event.starts_at
    with pytest.raises(TimeTaken):
        diary.change_event(other, starts_at=at)
    details = EventDetails("t", "v", at, at + HOUR, 5)
    with pytest.raises(TimeTaken), make.store.write() as session:
        make_event(session, agency.slug, details)
    diary.cancel_event(event)
    with make.store.write() as session:
        assert make_event(session, agency.slug, details).id


def test_what_is_over_is_not_changed_nor_called_off(make: Maker, diary: Diary) -> None:
    event = make.event(days=1)
    with pytest.raises(EventOver):
        diary.change_event(event, make.now + 3 * DAY, title="x")
    with pytest.raises(EventOver):
        diary.cancel_event(event, make.now + 3 * DAY)


def test_the_plan_is_kept_ahead_and_what_staff_changed_is_not_put_back(make: Maker, agency: Agency) -> None:
    assert agency.event_plan

    def plan(now: datetime) -> int:
        with make.store.write() as session:
            return plan_events(session, agency, now)

    assert plan(make.now) == agency.event_plan.how_many
    assert plan(make.now + DAY) == 0
    with make.store.write() as session:
        first, second, third, _ = session.scalars(select(Event).order_by(Event.starts_at))
        first.cancelled_at = make.now
        second.starts_at, second.ends_at = second.starts_at + DAY, second.ends_at + DAY
        dates = [event.planned_on for event in (first, second, third)]
    assert plan(make.now + 3 * DAY) == 0
    later = make.now + timedelta(weeks=agency.event_plan.every_weeks)
    assert plan(later) == 1
    with make.store.read() as session:
        planned = list(session.scalars(select(Event.planned_on).order_by(Event.planned_on)))
    step = timedelta(weeks=agency.event_plan.every_weeks)
    assert planned[:3] == dates
    assert [after - before for before, after in pairwise(planned)] == [step] * (len(planned) - 1)


def test_a_date_of_the_plan_at_which_staff_have_an_event_is_left_out(make: Maker, agency: Agency) -> None:
    with make.store.write() as session:
        plan_events(session, agency, make.now)
    with make.store.write() as session:
        session.execute(update(Event).values(planned_on=None))
    with make.store.write() as session:
        assert plan_events(session, agency, make.now) == 0
    assert make.count(Event) == agency.event_plan.how_many  # type: ignore[union-attr]


def _sent(make: Maker) -> None:
    with make.store.write() as session:
        session.execute(update(OutboxMessage).values(sent_at=make.now))
