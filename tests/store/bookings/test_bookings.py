"""Booking places at events, changing them and giving them back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bench.support.attempts import chat, page, staff
from enquiry.agencies.agency import Agency
from enquiry.bookings.booking import (
    AlreadyBooked,
    EventFull,
    EventGone,
    NothingBooked,
    TooLate,
)
from enquiry.bookings.events.places import book_place, coming_events
from enquiry.bookings.may_book import changeable_until, check_changeable
from enquiry.enums import BookingStatus, HandoffReason, Needs, Role, Stage
from enquiry.handoffs.handoff import make_handoff
from enquiry.journey.stages import change_stage
from enquiry.store.models import Conversation, Enquiry, Place
from tests.support.diary import Diary
from tests.support.maker import Maker

HOUR = timedelta(hours=1)


def test_a_place_has_a_short_reference_and_moves_the_enquiry_on(make: Maker, diary: Diary) -> None:
    event, enquiry = make.event(), make.enquiry()
    assert diary.book(event, enquiry, 2).startswith("EV-")
    assert make.taken(event) == 2
    assert make.stage(enquiry) == "event_booked"


def test_booking_the_same_event_again_gives_the_booking_that_stands(make: Maker, diary: Diary) -> None:
    event, enquiry = make.event(), make.enquiry()
    assert diary.book(event, enquiry, 2) == diary.book(event, enquiry, 2)
    assert make.taken(event) == 2


def test_booking_again_for_more_people_changes_the_booking(make: Maker, diary: Diary) -> None:
    event, enquiry = make.event(places=3), make.enquiry()
    first = diary.book(event, enquiry, 1)
    assert diary.book(event, enquiry, 3) == first
    assert (make.taken(event), diary.place(first).sequence) == (3, 1)
    with pytest.raises(EventFull):
        diary.book(event, enquiry, 4)
    assert (make.taken(event), diary.place(first).people) == (3, 3)
    assert diary.history(first) == ["booked", "changed"]


def test_what_people_need_is_kept_and_stays_when_only_the_number_changes(make: Maker, diary: Diary) -> None:
    event, enquiry = make.event(), make.enquiry()
    for people, needs, language in ((1, [Needs.STEP_FREE, Needs.INTERPRETER], "Polish"), (2, None, None)):
        with make.store.write() as session:
            found = session.get_one(Enquiry, enquiry)
            book_place(session, event, found, people, chat(make.now), needs=needs, language=language)
    with make.store.read() as session:
        (place,) = session.scalars(select(Place))
    assert (place.people, place.needs, place.language) == (2, ["step_free", "interpreter"], "Polish")


def test_a_full_event_says_so_and_the_callers_other_work_is_kept(make: Maker, diary: Diary) -> None:
    event, late = make.event(places=1), make.enquiry()
    diary.book(event, make.enquiry())
    with make.store.write() as session:
        enquiry = session.get_one(Enquiry, late)
        enquiry.contact_name = "Robin"
        with pytest.raises(EventFull):
            book_place(session, event, enquiry, 1, chat(make.now))
    with make.store.read() as session:
        assert session.get_one(Enquiry, late).contact_name == "Robin"
    assert make.stage(late) == "new"


def test_an_event_that_is_over_or_not_there_or_cancelled_or_anothers_is_gone(make: Maker, diary: Diary) -> None:
    enquiry, cancelled = make.enquiry(), make.event()
    diary.cancel_event(cancelled)
    for event in (make.event(days=-1), "nothing", cancelled, make.event(agency="elsewhere")):
        with pytest.raises(EventGone):
            diary.book(event, enquiry)
        with pytest.raises(EventGone):
            diary.wait(event, enquiry)


@pytest.mark.parametrize("people", [0, 5, -1, 500])
def test_one_household_books_one_to_four_places(make: Maker, diary: Diary, people: int) -> None:
    event, enquiry = make.event(), make.enquiry()
    for way in (diary.book, diary.wait):
        with pytest.raises(ValueError, match="1 to 4"):
            way(event, enquiry, people)


def test_a_place_given_back_can_be_booked_by_someone_else_and_again_by_the_same(make: Maker, diary: Diary) -> None:
    event, first, second = make.event(places=1), make.enquiry(), make.enquiry()
    reference = diary.book(event, first)
    for _ in range(2):
        diary.give_back(reference)
    assert make.taken(event) == 0
    assert make.stage(first) == "new"
    other = diary.book(event, second)
    with pytest.raises(EventFull):
        diary.book(event, first)
    diary.give_back(other)
    assert diary.book(event, first) != reference


def test_the_next_events_are_named_soonest_first_and_a_free_one_behind_full_ones(make: Maker, diary: Diary) -> None:
    make.event(days=-3)
    make.event(agency="elsewhere")
    cancelled = make.event(days=2)
    diary.cancel_event(cancelled)
    full, sooner, later = make.event(places=1, days=1), make.event(days=5), make.event(days=9)
    diary.book(full, make.enquiry())
    with make.store.read() as session:
        assert [event.id for event in coming_events(session, make.agency.slug, make.now)] == [full, sooner, later]
        assert [event.id for event in coming_events(session, make.agency.slug, make.now, limit=1)] == [full, sooner]


def test_a_booking_is_moved_to_another_event_and_keeps_its_reference(make: Maker, diary: Diary) -> None:
    before, after, enquiry = make.event(), make.event(), make.enquiry()
    reference = diary.book(before, enquiry, 2)
    diary.move(reference, after)
    diary.move(reference, after)
    place = diary.place(reference)
    assert (place.event_id, place.people, place.status, place.sequence) == (after, 2, "booked", 1)
    assert (make.taken(before), make.taken(after)) == (0, 2)
    assert make.stage(enquiry) == "event_booked"
    assert diary.history(reference) == ["booked", "moved"]


def test_a_date_and_a_number_change_together_or_not_at_all(make: Maker, diary: Diary) -> None:
    before, after, small = make.event(), make.event(), make.event(places=2)
    reference = diary.book(before, make.enquiry(), 2)
    diary.move(reference, after, people=1)
    assert (diary.place(reference).event_id, diary.place(reference).people) == (after, 1)
    assert (make.taken(before), make.taken(after)) == (0, 1)
    with pytest.raises(EventFull):
        diary.move(reference, small, people=3)
    with pytest.raises(ValueError, match="1 to 4"):
        diary.move(reference, small, people=5)
    assert (diary.place(reference).event_id, diary.place(reference).people) == (after, 1)
    assert (make.taken(after), make.taken(small)) == (1, 0)


def test_a_move_to_where_there_is_no_room_keeps_the_old_place(make: Maker, diary: Diary) -> None:
    before, full, enquiry = make.event(), make.event(places=2), make.enquiry()
    diary.book(full, make.enquiry())
    reference = diary.book(before, enquiry, 2)
    with pytest.raises(EventFull):
        diary.move(reference, full)
    for gone in ("nothing", make.event(days=-1), make.event(agency="elsewhere")):
        with pytest.raises(EventGone):
            diary.move(reference, gone)
    assert (diary.place(reference).event_id, make.taken(before), make.taken(full)) == (before, 2, 1)


def test_a_move_to_where_the_household_is_booked_already_is_told(make: Maker, diary: Diary) -> None:
    one, other, enquiry = make.event(), make.event(), make.enquiry()
    first, second = diary.book(one, enquiry), diary.book(other, enquiry)
    with pytest.raises(AlreadyBooked) as already:
        diary.move(first, other)
    assert already.value.booking.reference == second


def test_who_moves_to_an_event_they_waited_for_waits_no_more(make: Maker, diary: Diary) -> None:
    one, full, enquiry = make.event(), make.event(places=3), make.enquiry()
    diary.book(full, make.enquiry(), 2)
    waits = diary.wait(full, enquiry, 2)
    reference = diary.book(one, enquiry, 1)
    diary.move(reference, full)
    assert (diary.status(reference), diary.status(waits), make.taken(full)) == ("booked", "cancelled", 3)


def test_what_was_given_back_cannot_be_moved(make: Maker, diary: Diary) -> None:
    reference, other = diary.book(make.event(), make.enquiry()), make.event()
    diary.give_back(reference)
    with pytest.raises(NothingBooked):
        diary.move(reference, other)


def test_a_place_can_be_changed_until_two_hours_before_and_not_after(make: Maker, diary: Diary, agency: Agency) -> None:
    assert agency.event_plan
    place = diary.place(diary.book(make.event(), make.enquiry()))
    until = place.event.starts_at - timedelta(hours=agency.event_plan.change_until_hours)
    assert changeable_until(place, agency) == until
    check_changeable(place, page(until - timedelta(seconds=1)))
    for late in (until, until + HOUR * 100):
        with pytest.raises(TooLate):
            check_changeable(place, page(late))


def test_who_waits_or_was_offered_a_place_may_say_no_until_the_event_begins(make: Maker, diary: Diary) -> None:
    event = make.event(places=1)
    booked = diary.book(event, make.enquiry())
    waiting = diary.wait(event, make.enquiry())
    begins = diary.place(waiting).event.starts_at
    for _ in ("waiting", "offered"):
        check_changeable(diary.place(waiting), page(begins - timedelta(seconds=1)))
        with pytest.raises(TooLate):
            check_changeable(diary.place(waiting), page(begins))
        diary.give_back(booked)
    assert diary.status(waiting) == "offered"


def test_what_does_not_stand_cannot_be_changed(make: Maker, diary: Diary) -> None:
    event = make.event(days=1)
    given_back, came = diary.book(event, make.enquiry()), diary.book(event, make.enquiry())
    diary.give_back(given_back)
    diary.attend(came, BookingStatus.ATTENDED, make.now)
    for reference in (given_back, came):
        with pytest.raises(NothingBooked):
            check_changeable(diary.place(reference), page(make.now))


def test_a_booking_is_confirmed_by_email_once(make: Maker, diary: Diary) -> None:
    event, enquiry = make.event(), make.enquiry(contact_email="robin@home.example", contact_name="Robin")
    reference = diary.book(event, enquiry)
    diary.book(event, enquiry)
    (letter,) = diary.letters()
    assert (letter.channel, letter.recipient) == ("email", "robin@home.example")
    assert reference in letter.subject
    assert "Robin" in letter.body
    assert "County Hall" in letter.body


def test_a_booking_for_more_people_after_all_is_confirmed_as_it_stands(make: Maker, diary: Diary) -> None:
    event, enquiry = make.event(), make.enquiry(contact_email="robin@home.example")
    diary.book(event, enquiry, 1)
    diary.book(event, enquiry, 3)
    (letter,) = diary.letters()
    assert "Places booked: 3" in letter.body


@pytest.mark.parametrize("contact", [{}, {"contact_email": "robin@home.example", "safe_to_message": False}])
def test_nothing_is_sent_when_there_is_no_safe_way_to_reach_the_person(
    make: Maker, diary: Diary, contact: dict[str, object]
) -> None:
    make.visitor()
    enquiry = make.enquiry(**contact)
    diary.book(make.event(), enquiry)
    diary.visit(enquiry, make.moment())
    assert diary.letters() == []


def test_nothing_is_sent_after_a_sign_of_domestic_abuse(make: Maker, diary: Diary, agency: Agency) -> None:
    enquiry = make.enquiry(contact_email="robin@home.example", safe_to_message=True)
    with make.store.write() as session:
        conversation = session.get_one(Conversation, make.conversation_of(enquiry))
        make_handoff(
            session,
            conversation,
            agency=agency,
            wording=make.wording,
            reason=HandoffReason.DISCLOSURE,
            summary="…",
            now=make.now,
            category="domestic_abuse",
            pauses_messages=True,
            audience=(Role.SAFEGUARDING,),
        )
    event = make.event()
    with make.store.write() as session:  # by a member of staff: after this nobody books by themselves
        book_place(session, event, session.get_one(Enquiry, enquiry), 1, staff(make.now))
    assert diary.letters() == []


def test_a_confirmation_not_yet_sent_is_taken_back_with_its_booking(make: Maker, diary: Diary) -> None:
    diary.give_back(diary.book(make.event(), make.enquiry(contact_email="robin@home.example")))
    assert [letter.kind for letter in diary.letters()] == ["place_cancelled"]


def test_someone_who_had_left_the_journey_comes_back_by_booking(make: Maker, diary: Diary) -> None:
    enquiry = make.enquiry()
    with make.store.write() as session:
        change_stage(session, session.get_one(Enquiry, enquiry), Stage.WITHDRAWN, who="x", why="x", now=make.now)
    diary.book(make.event(), enquiry)
    assert make.stage(enquiry) == "event_booked"
