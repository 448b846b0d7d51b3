"""Bookings that are moved or given back while something else happens to them, or too late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bench.support.attempts import page
from bench.support.servers import Servers
from enquiry.bookings.events.places import release_place
from enquiry.bookings.visits.visits import book_visit, free_times
from enquiry.dates import in_words
from enquiry.enums import BookingStatus
from enquiry.store.engine import Store
from enquiry.store.models import Conversation, Event, Place, Visit
from tests.support.answer_sets import AGENCIES
from tests.support.other_service import AGENCY, make_event, make_visitor, person, place_of, visit_of


def test_what_was_given_back_elsewhere_in_the_meantime_is_said_to_be_gone(servers: Servers, store: Store) -> None:
    make_event(store, 5)
    ada = person(servers, "ada8@example.org")
    for text in (ada.offered[0], "Just me", "Nothing needed", "cancel my booking"):
        ada.say(text)
    assert ada.question == "give_back_sure"
    with store.write() as session:
        release_place(session, session.get_one(Place, place_of(store, ada).id), page(datetime.now(UTC)))
    ada.say("Yes, cancel it")
    assert "not booked any more" in ada.heard
    assert "Come to an event" in ada.offered


def test_where_the_other_event_has_just_filled_up_the_place_stays_and_what_is_left_is_offered(
    servers: Servers, store: Store
) -> None:
    first, second, third = make_event(store, 5), make_event(store, 1), make_event(store, 5)
    ada, ben = person(servers, "ada9@example.org"), person(servers, "ben9@example.org")
    for text in (ada.offered[0], "Just me", "Nothing needed", "move my booking"):
        ada.say(text)
    wanted = ada.offered[0]
    ben.say(ben.offered[1])
    ben.say("Just me")
    assert place_of(store, ben).event_id == second
    ada.say(wanted)
    assert "has just gone" in ada.heard
    assert ada.question == "event"
    assert place_of(store, ada).event_id == first
    ada.say(ada.offered[0])
    assert "I have moved it" in ada.heard
    assert place_of(store, ada).event_id == third


def test_where_no_other_event_has_room_it_stays_and_they_are_told_to_ring(servers: Servers, store: Store) -> None:
    first = make_event(store, 5)
    make_event(store, 1)
    ada = person(servers, "ada10@example.org")
    for text in (ada.offered[0], "Two of us", "Nothing needed", "move my booking"):
        ada.say(text)
    assert "There is no other date to offer" in ada.heard
    assert ada.question is None
    assert place_of(store, ada).event_id == first


def test_who_waits_for_the_event_they_move_to_waits_no_more(servers: Servers, store: Store) -> None:
    first, second = make_event(store, 1), make_event(store, 5)
    holder, ada = person(servers, "h11@example.org"), person(servers, "ada11@example.org")
    for text in (holder.offered[0], "Just me"):
        holder.say(text)
    for text in (ada.offered[0], "Just me", "Yes, put me on the list", "Nothing needed"):
        ada.say(text)
    assert place_of(store, ada).status == BookingStatus.WAITING
    ada.say("Change my booking")
    assert "You are waiting for a place" in ada.heard
    assert "Move it to another date" not in ada.offered
    ada.say("move it to another day")
    assert "nothing to move" in ada.heard
    ada.say("take me off the waiting list")
    assert ada.question == "give_back_sure"
    ada.say("Yes, cancel it")
    assert "off the waiting list" in ada.heard
    assert place_of(store, ada).status == BookingStatus.CANCELLED
    ada.say("Come to an event")
    ada.say(ada.offered[1])
    ada.say("Just me")
    with store.read() as session:
        enquiry = session.get_one(Conversation, ada.id).enquiry
        assert enquiry is not None
        assert {(one.event_id, one.status) for one in enquiry.places} == {(first, "cancelled"), (second, "booked")}


def test_the_day_before_a_visit_nothing_is_changed_here(servers: Servers, store: Store) -> None:
    make_event(store, 5)
    make_visitor(store)
    ada = person(servers, "ada18@example.org")
    visit = visit_of(store, ada)
    with store.write() as session:
        soon = session.get_one(Visit, visit.id)
        soon.starts_at = datetime.now(UTC) + timedelta(hours=3)
        soon.ends_at = soon.busy_until = soon.starts_at + timedelta(hours=1)
    ada.say("I need to move my visit")
    assert "so close now" in ada.heard
    assert ada.question is None


def test_a_time_that_was_just_taken_leaves_the_visit_where_it_was_and_offers_the_others(
    servers: Servers, store: Store
) -> None:
    make_event(store, 5)
    make_visitor(store)
    ada, ben = person(servers, "ada19@example.org"), person(servers, "ben19@example.org")
    visit = visit_of(store, ada)
    ada.say("I need to move my visit")
    wanted = ada.offered[-2]
    with store.write() as session:
        agency, now = AGENCIES[AGENCY], datetime.now(UTC)
        conversation = session.get_one(Conversation, ben.id)
        assert conversation.enquiry is not None
        at = next(one for one in free_times(session, agency, now) if in_words(one) == wanted)
        book_visit(session, agency, conversation.enquiry, at, page(now))
    ada.say(wanted)
    assert ada.question == "visit_slot"
    with store.read() as session:
        stays = session.get_one(Visit, visit.id)
        assert (stays.starts_at, stays.status) == (visit.starts_at, BookingStatus.BOOKED)
    ada.say(ada.offered[0])
    assert "I have moved it" in ada.heard


def test_shortly_before_it_begins_nothing_is_changed_here_and_they_are_told_to_ring(
    servers: Servers, store: Store
) -> None:
    event_id = make_event(store, 3)
    ada = person(servers, "ada5@example.org")
    for text in (ada.offered[0], "Just me", "Nothing needed"):
        ada.say(text)
    with store.write() as session:
        soon = session.get_one(Event, event_id)
        soon.starts_at = datetime.now(UTC) + timedelta(minutes=40)
        soon.ends_at = soon.starts_at + timedelta(hours=1)
    ada.say("cancel my booking")
    assert ada.question is None
    assert "so close now" in ada.heard
    assert place_of(store, ada).status == BookingStatus.BOOKED
