"""The waiting list of a full event: its order, its offers, and what becomes of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bench.support.attempts import chat, worker
from enquiry.bookings.booking import LATEST_OFFER, OFFER_LASTS, EventFull, EventGone, OfferOver
from enquiry.bookings.events.places import book_place, wait_for_place
from enquiry.enums import BookingStatus, Needs
from enquiry.retention.forget import forget_conversation
from enquiry.store.models import Enquiry, Event
from tests.support.diary import Diary
from tests.support.maker import Maker

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


def full_event(make: Maker, diary: Diary, places: int = 2, days: int = 7) -> tuple[str, str]:
    """A full event, and the booking that fills it."""
    event = make.event(places=places, days=days)
    return event, diary.book(event, make.enquiry(), places)


def test_places_given_back_are_offered_in_the_order_people_joined(make: Maker, diary: Diary) -> None:
    event, booked = full_event(make, diary)
    waiting = [diary.wait(event, make.enquiry(), 1, make.now + number * SECOND) for number in range(4)]
    diary.give_back(booked, make.now + HOUR)
    assert [diary.status(one) for one in waiting] == ["offered", "offered", "waiting", "waiting"]
    assert make.taken(event) == 2
    assert diary.place(waiting[0]).offer_until == make.now + HOUR + OFFER_LASTS
    assert diary.history(waiting[0]) == ["waiting", "offered"]


def test_a_party_that_does_not_fit_is_passed_over_and_stays_first_for_the_next(make: Maker, diary: Diary) -> None:
    event = make.event(places=3)
    one, two = diary.book(event, make.enquiry(), 1), diary.book(event, make.enquiry(), 2)
    party, single = diary.wait(event, make.enquiry(), 3), diary.wait(event, make.enquiry(), 1, make.now + SECOND)
    diary.give_back(one)
    assert (diary.status(party), diary.status(single)) == ("waiting", "offered")
    diary.give_back(single)
    diary.give_back(two)
    assert (diary.status(party), make.taken(event)) == ("offered", 3)


def test_what_is_offered_cannot_be_booked_from_under_them(make: Maker, diary: Diary) -> None:
    event, booked = full_event(make, diary, places=1)
    waits = diary.wait(event, make.enquiry())
    diary.give_back(booked)
    with pytest.raises(EventFull):
        diary.book(event, make.enquiry())
    diary.accept(waits)
    diary.accept(waits)
    assert (diary.status(waits), make.taken(event)) == ("booked", 1)
    assert diary.history(waits) == ["waiting", "offered", "accepted"]


def test_who_takes_up_an_offer_is_on_the_way_to_the_event(make: Maker, diary: Diary) -> None:
    event, booked = full_event(make, diary, places=1)
    enquiry = make.enquiry()
    waits = diary.wait(event, enquiry)
    assert make.stage(enquiry) == "new"
    diary.give_back(booked)
    diary.accept(waits)
    assert make.stage(enquiry) == "event_booked"


def test_an_offer_that_is_not_answered_lapses_and_goes_on_to_the_next(make: Maker, diary: Diary) -> None:
    event, booked = full_event(make, diary, places=1)
    first, second = diary.wait(event, make.enquiry()), diary.wait(event, make.enquiry(), 1, make.now + SECOND)
    diary.give_back(booked)
    over = make.now + OFFER_LASTS
    assert diary.lapse(over - SECOND) == 0
    assert diary.lapse(over) == 1
    assert (diary.status(first), diary.status(second), make.taken(event)) == ("lapsed", "offered", 1)
    assert diary.place(second).offer_until == over + OFFER_LASTS
    assert diary.lapse(over) == 0


def test_an_offer_that_lapsed_cannot_be_taken_up(make: Maker, diary: Diary) -> None:
    event, booked = full_event(make, diary, places=1)
    waits = diary.wait(event, make.enquiry())
    diary.give_back(booked)
    over = make.now + OFFER_LASTS
    # Whether the worker has been round or not.
    for _ in range(2):
        with pytest.raises(OfferOver):
            diary.accept(waits, over)
        diary.lapse(over)
    assert diary.status(waits) == "lapsed"


def test_who_let_an_offer_lapse_may_book_again(make: Maker, diary: Diary) -> None:
    event, booked = full_event(make, diary, places=1)
    enquiry = make.enquiry()
    waits = diary.wait(event, enquiry)
    diary.give_back(booked)
    diary.lapse(make.now + OFFER_LASTS)
    assert diary.book(event, enquiry, 1, make.now + OFFER_LASTS) != waits


def test_an_offer_that_is_refused_goes_on_at_once(make: Maker, diary: Diary) -> None:
    event, booked = full_event(make, diary, places=1)
    first, second = diary.wait(event, make.enquiry()), diary.wait(event, make.enquiry(), 1, make.now + SECOND)
    diary.give_back(booked)
    diary.give_back(first)
    assert (diary.status(first), diary.status(second)) == ("cancelled", "offered")
    with pytest.raises(OfferOver):
        diary.accept(first)


def test_who_leaves_the_list_is_offered_nothing(make: Maker, diary: Diary) -> None:
    event, booked = full_event(make, diary, places=1)
    leaves, stays = diary.wait(event, make.enquiry()), diary.wait(event, make.enquiry(), 1, make.now + SECOND)
    for _ in range(2):
        diary.give_back(leaves)
    diary.give_back(booked)
    assert (diary.status(leaves), diary.status(stays)) == ("cancelled", "offered")
    assert diary.history(leaves) == ["waiting", "cancelled"]


@pytest.mark.parametrize(("before", "status"), [(LATEST_OFFER, "offered"), (LATEST_OFFER - SECOND, "waiting")])
def test_nothing_is_offered_in_the_last_three_hours(make: Maker, diary: Diary, before: timedelta, status: str) -> None:
    event, booked = full_event(make, diary, places=1)
    waits = diary.wait(event, make.enquiry())
    begins = diary.place(waits).event.starts_at
    diary.give_back(booked, begins - before)
    assert diary.status(waits) == status


def test_in_the_last_hours_what_is_free_goes_to_whoever_asks_also_to_one_who_waits(make: Maker, diary: Diary) -> None:
    event, booked = full_event(make, diary, places=1)
    enquiry = make.enquiry()
    waits = diary.wait(event, enquiry)
    late = diary.place(waits).event.starts_at - HOUR
    diary.give_back(booked, late, who="Sam")
    assert diary.wait(event, enquiry, 1, late) == waits
    assert diary.status(waits) == "booked"


def test_a_late_offer_ends_an_hour_before_the_event(make: Maker, diary: Diary) -> None:
    event, booked = full_event(make, diary, places=1)
    waits = diary.wait(event, make.enquiry())
    begins = diary.place(waits).event.starts_at
    diary.give_back(booked, begins - 4 * HOUR)
    assert diary.place(waits).offer_until == begins - HOUR
    diary.lapse(begins - HOUR)
    assert (diary.status(waits), make.taken(event)) == ("lapsed", 0)


def test_where_there_is_room_after_all_it_is_booked(make: Maker, diary: Diary) -> None:
    event = make.event(places=2)
    assert diary.status(diary.wait(event, make.enquiry(), 2)) == "booked"
    assert diary.status(diary.wait(event, make.enquiry(), 1)) == "waiting"


def test_waiting_twice_is_one_turn_with_the_new_number_of_people(make: Maker, diary: Diary) -> None:
    event, booked = full_event(make, diary)
    enquiry = make.enquiry()
    first = diary.wait(event, enquiry, 1)
    later = diary.wait(event, make.enquiry(), 2, make.now + SECOND)
    assert diary.wait(event, enquiry, 2, make.now + HOUR) == first
    diary.give_back(booked, make.now + HOUR)
    assert (diary.place(first).people, diary.status(first), diary.status(later)) == (2, "offered", "waiting")


def test_who_waits_with_fewer_people_and_so_fits_has_it_booked(make: Maker, diary: Diary) -> None:
    event, enquiry = make.event(places=3), make.enquiry()
    diary.book(event, make.enquiry(), 2)
    waits = diary.wait(event, enquiry, 4)
    assert diary.wait(event, enquiry, 1) == waits
    assert (diary.status(waits), make.taken(event)) == ("booked", 3)


def test_waiting_for_what_one_has_booked_changes_nothing(make: Maker, diary: Diary) -> None:
    event, enquiry = make.event(places=2), make.enquiry()
    booked = diary.book(event, enquiry, 2)
    assert diary.wait(event, enquiry, 1) == booked
    assert make.taken(event) == 2


def test_who_takes_up_an_offer_for_fewer_people_leaves_the_rest_to_the_next(make: Maker, diary: Diary) -> None:
    event, booked = full_event(make, diary)
    enquiry = make.enquiry()
    pair, single = diary.wait(event, enquiry, 2), diary.wait(event, make.enquiry(), 1, make.now + SECOND)
    diary.give_back(booked)
    assert diary.book(event, enquiry, 1) == pair
    assert (diary.status(pair), diary.status(single), make.taken(event)) == ("booked", "offered", 2)


@pytest.mark.parametrize("way", ["fewer people", "moved away", "more places", "forgotten"])
def test_whatever_frees_a_place_offers_it_in_the_same_transaction(make: Maker, diary: Diary, way: str) -> None:
    event, enquiry, other = make.event(places=2), make.enquiry(), make.event()
    booked = diary.book(event, enquiry, 2)
    waits = diary.wait(event, make.enquiry(), 1)
    match way:
        case "fewer people":
            diary.book(event, enquiry, 1)
        case "moved away":
            diary.move(booked, other)
        case "more places":
            diary.change_event(event, places=3)
        case "forgotten":
            with make.store.write() as session:
                forget_conversation(session, make.conversation_of(enquiry), worker(make.now))
    assert diary.status(waits) == "offered"


def test_an_offer_at_an_event_that_is_called_off_or_has_begun_is_gone(make: Maker, diary: Diary) -> None:
    for called_off in (True, False):
        event, booked = full_event(make, diary, places=1)
        waits = diary.wait(event, make.enquiry())
        diary.give_back(booked)
        begins = diary.place(waits).event.starts_at
        if called_off:
            diary.cancel_event(event)
        with pytest.raises(EventGone):
            diary.accept(waits, make.now if called_off else begins)


def test_what_people_who_wait_need_comes_along(make: Maker, diary: Diary) -> None:
    event, booked = full_event(make, diary)
    enquiry = make.enquiry()
    with make.store.write() as session:
        found = session.get_one(Enquiry, enquiry)
        reference = wait_for_place(session, event, found, 1, chat(make.now), needs=[Needs.HEARING_LOOP]).reference
    diary.give_back(booked)
    diary.accept(reference)
    assert diary.place(reference).needs == ["hearing_loop"]


def test_an_outcome_that_is_written_does_not_come_back_by_booking_again(make: Maker, diary: Diary) -> None:
    event, enquiry = make.event(places=1), make.enquiry()
    came = diary.book(event, enquiry)
    diary.attend(came, BookingStatus.ATTENDED, make.now)
    with make.store.write() as session:
        assert book_place(session, event, session.get_one(Enquiry, enquiry), 1, chat(make.now)).status == "attended"
        assert session.get_one(Event, event).taken == 1
