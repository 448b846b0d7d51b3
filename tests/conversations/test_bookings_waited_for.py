"""Full events: the waiting list, its offers, and how many there is room for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bench.support.attempts import page, worker
from bench.support.servers import Servers
from enquiry.bookings.events.places import book_place, lapse_offers, release_place
from enquiry.enums import BookingStatus
from enquiry.store.engine import Store
from enquiry.store.models import Conversation, Place
from tests.support.other_service import make_event, person, place_of


def test_a_full_event_has_a_waiting_list_and_its_offer_is_taken_up_in_the_chat(servers: Servers, store: Store) -> None:
    event_id = make_event(store, 1)
    ada = person(servers, "ada3@example.org")
    for text in (ada.offered[0], "Just me", "Nothing needed"):
        ada.say(text)
    ben = person(servers, "ben@example.org")
    assert "waiting list" in ben.offered[0]
    ben.say(ben.offered[0])
    ben.say("Just me")
    assert ben.question == "event_wait"
    ben.say("Yes, put me on the list")
    assert "You are on the waiting list" in ben.heard
    assert place_of(store, ben).status == BookingStatus.WAITING
    ada.say("cancel my booking")
    ada.say("Yes, cancel it")
    assert place_of(store, ben).status == BookingStatus.OFFERED
    ben.say("Come to an event")
    assert ben.question == "event_offer"
    assert "A place is free for you" in ben.heard
    ben.say("Yes, I would like it")
    assert "EV-" in ben.heard
    assert (place_of(store, ben).status, place_of(store, ben).event_id) == (BookingStatus.BOOKED, event_id)


def test_an_event_that_fills_up_while_somebody_answers_offers_the_list_or_another_date(
    servers: Servers, store: Store
) -> None:
    make_event(store, 1)
    later = make_event(store, 4)
    ada, ben = person(servers, "ada4@example.org"), person(servers, "ben4@example.org")
    first = ada.offered[0]
    ada.say(first)
    ben.say(first)
    ada.say("Just me")
    ben.say("Just me")
    assert ben.question == "event_wait"
    ben.say("Show me another date")
    assert ben.question == "event"
    ben.say(ben.offered[1])  # how many come was told before, and is not asked again
    assert (place_of(store, ben).event_id, place_of(store, ben).people) == (later, 1)


def test_an_offer_that_was_let_go_of_or_lapsed_goes_to_the_next(servers: Servers, store: Store) -> None:
    event_id = make_event(store, 1)
    people = [person(servers, f"w{number}@example.org") for number in range(3)]
    for one in people:
        one.say(one.offered[0])
        one.say("Just me")
        if one.question == "event_wait":
            one.say("Yes, put me on the list")
    holder, second, third = people
    with store.write() as session:
        release_place(session, session.get_one(Place, place_of(store, holder).id), page(datetime.now(UTC)))
    second.say("Come to an event")
    second.say("No, give it to someone else")
    assert "next person" in second.heard
    assert place_of(store, third).status == BookingStatus.OFFERED
    with store.write() as session:
        lapse_offers(session, event_id, worker(datetime.now(UTC) + timedelta(days=2)))
    third.say("Come to an event")
    assert third.question == "event"
    assert place_of(store, third).status == BookingStatus.LAPSED


def test_no_to_the_waiting_list_shows_the_other_dates_and_nothing_is_kept(servers: Servers, store: Store) -> None:
    make_event(store, 1)
    later = make_event(store, 4)
    holder, ben = person(servers, "h12@example.org"), person(servers, "ben12@example.org")
    for text in (holder.offered[0], "Just me"):
        holder.say(text)
    ben.say("Come to an event")
    assert ["waiting list" in title for title in ben.offered[:2]] == [True, False]
    for text in (ben.offered[0], "Just me", "no thanks, what else is there"):
        ben.say(text)
    assert ben.question == "event"
    for text in (ben.offered[1], "Just me"):
        ben.say(text)
    assert place_of(store, ben).event_id == later
    with store.read() as session:
        assert (
            session.scalars(select(Place).where(Place.status == BookingStatus.WAITING, Place.event_id == later)).all()
            == []
        )


def test_too_many_for_what_is_left_are_offered_the_list_and_fewer_are_booked(servers: Servers, store: Store) -> None:
    event_id = make_event(store, 2)
    ada = person(servers, "ada13@example.org")
    for text in (ada.offered[0], "Four of us"):
        ada.say(text)
    assert ada.question == "event_wait"
    ada.say("sorry, I meant two")
    assert "2 of you" in ada.heard
    assert (place_of(store, ada).event_id, place_of(store, ada).people) == (event_id, 2)


def test_more_people_than_there_is_room_for_leave_the_booking_as_it_was(servers: Servers, store: Store) -> None:
    make_event(store, 2)
    ada = person(servers, "ada14@example.org")
    for text in (ada.offered[0], "Just me", "sorry, I meant three"):
        ada.say(text)
    assert "not that many places left" in ada.heard
    assert "just you" in ada.heard
    assert (place_of(store, ada).status, place_of(store, ada).people) == (BookingStatus.BOOKED, 1)


def test_who_has_a_place_is_offered_the_one_they_waited_for_before_it_lapses(servers: Servers, store: Store) -> None:
    first, second = make_event(store, 1), make_event(store, 5)
    holder, ada = person(servers, "h15@example.org"), person(servers, "ada15@example.org")
    for text in (holder.offered[0], "Just me"):
        holder.say(text)
    for text in (ada.offered[0], "Just me", "Yes, put me on the list", "Nothing needed"):
        ada.say(text)
    with store.write() as session:
        enquiry = session.get_one(Conversation, ada.id).enquiry
        assert enquiry is not None
        book_place(session, second, enquiry, 1, page(datetime.now(UTC)))
        release_place(session, session.get_one(Place, place_of(store, holder).id), page(datetime.now(UTC)))
    ada.say("I'd like to come to the event")
    assert ada.question == "event_offer"
    ada.say("Yes, I would like it")
    assert "You are booked in" in ada.heard
    with store.read() as session:
        enquiry = session.get_one(Conversation, ada.id).enquiry
        assert enquiry is not None
        assert {(one.event_id, one.status) for one in enquiry.places} == {(first, "booked"), (second, "booked")}


def test_an_offer_whose_time_is_over_is_none_also_before_the_worker_has_ended_it(
    servers: Servers, store: Store
) -> None:
    make_event(store, 1)
    holder, ada = person(servers, "h16@example.org"), person(servers, "ada16@example.org")
    for text in (holder.offered[0], "Just me"):
        holder.say(text)
    for text in (ada.offered[0], "Just me", "Yes, put me on the list", "Nothing needed"):
        ada.say(text)
    with store.write() as session:
        release_place(session, session.get_one(Place, place_of(store, holder).id), page(datetime.now(UTC)))
    ada.say("Come to an event")
    assert ada.question == "event_offer"
    with store.write() as session:
        session.get_one(Place, place_of(store, ada).id).offer_until = datetime.now(UTC) - timedelta(minutes=1)
    ada.say("Yes, I would like it")
    assert "not free any more" in ada.heard
    assert ada.question == "event"
