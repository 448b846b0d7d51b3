"""Bookings found from another conversation, by their reference and the contact they were made with."""

from __future__ import annotations

import pytest

from bench.support.person import Person
from bench.support.servers import Servers
from enquiry.dates import LONDON
from enquiry.enums import BookingStatus
from enquiry.store.engine import Store
from enquiry.store.models import Conversation, Enquiry, Visit
from tests.support.other_service import AGENCY, make_event, make_visitor, person, place_of, visit_of


def test_a_booking_is_moved_from_another_conversation_by_its_reference_and_contact(
    servers: Servers, store: Store
) -> None:
    first, second = make_event(store, 5), make_event(store, 5)
    ada = person(servers, "ada@example.org")
    for text in (ada.offered[0], "Just me", "Nothing needed"):
        ada.say(text)
    place = place_of(store, ada)
    assert place.event_id == first
    other = Person(servers.address, AGENCY)
    other.begin()
    for text in ("I need to change my booking", place.reference.lower().replace("-", " "), "ADA@example.org"):
        other.say(text)
    assert other.question == "change_how"
    assert "Council House" in other.heard
    assert "Ada" not in other.heard
    other.say("Move it to another date")
    other.say(other.offered[0])
    assert "I have moved it" in other.heard
    assert place_of(store, ada).event_id == second
    with store.read() as session:
        mine = session.get_one(Enquiry, session.get_one(Conversation, other.id).enquiry_id)
        assert (mine.contact_email, mine.places, [one.criterion for one in mine.answers]) == (None, [], [])


@pytest.mark.parametrize("contact", ["eve@example.org", "07700 900999"])
def test_somebody_elses_reference_with_another_contact_opens_nothing(
    servers: Servers, store: Store, contact: str
) -> None:
    make_event(store, 5)
    ada = person(servers, "ada2@example.org")
    for text in (ada.offered[0], "Just me", "Nothing needed"):
        ada.say(text)
    eve = Person(servers.address, AGENCY)
    eve.begin()
    for text in ("cancel my booking", place_of(store, ada).reference, contact):
        eve.say(text)
    assert "can't find a booking" in eve.heard
    assert "Council House" not in eve.heard
    assert place_of(store, ada).status == BookingStatus.BOOKED


def test_the_same_is_said_of_a_wrong_reference_and_a_wrong_contact_and_twice_leads_to_a_person(
    servers: Servers, store: Store
) -> None:
    make_event(store, 5)
    ada = person(servers, "ada6@example.org")
    for text in (ada.offered[0], "Just me", "Nothing needed"):
        ada.say(text)
    reference = place_of(store, ada).reference
    said = []
    for typed, contact in (
        (reference, "eve6@example.org"),
        ("EV-222222", "ada6@example.org"),
        ("VI-222222", "eve6@example.org"),
    ):
        eve = Person(servers.address, AGENCY)
        eve.begin()
        for text in ("cancel my booking", typed, contact):
            eve.say(text)
        said.append(eve.replies[0]["text"])
        assert eve.question == "booking_reference"
    assert len(set(said)) == 1
    for text in (reference, "eve7@example.org"):
        eve.say(text)
    assert eve.question == "contact_name"
    assert "leave your name" in eve.heard
    assert place_of(store, ada).status == BookingStatus.BOOKED


def test_a_reference_of_another_service_is_not_found(servers: Servers, store: Store) -> None:
    make_event(store, 5)
    ada = person(servers, "ada7@example.org")
    for text in (ada.offered[0], "Just me", "Nothing needed"):
        ada.say(text)
    elsewhere = Person(servers.address, "leicestershire")
    elsewhere.begin()
    for text in ("cancel my booking", place_of(store, ada).reference, "ada7@example.org"):
        elsewhere.say(text)
    assert "can't find a booking" in elsewhere.heard


def test_a_booking_is_given_back_from_another_conversation_and_then_is_not_booked_any_more(
    servers: Servers, store: Store
) -> None:
    make_event(store, 5)
    ada = person(servers, "+447700900771")
    for text in (ada.offered[0], "Just me", "Nothing needed"):
        ada.say(text)
    reference = place_of(store, ada).reference
    for heard in ("I have cancelled it", "That is not booked any more"):
        other = Person(servers.address, AGENCY)
        other.begin()
        for text in ("cancel my booking", f"it is {reference}", "07700 900 771"):
            other.say(text)
        if other.question == "give_back_sure":
            other.say("Yes, cancel it")
        assert heard in other.heard
        assert other.question is None
    assert place_of(store, ada).status == BookingStatus.CANCELLED
    with store.read() as session:
        mine = session.get_one(Enquiry, session.get_one(Conversation, other.id).enquiry_id)
        assert (mine.contact_phone, mine.places, mine.answers) == (None, [], [])


def test_a_visit_is_moved_and_given_back_from_another_conversation(servers: Servers, store: Store) -> None:
    make_event(store, 5)
    make_visitor(store)
    ada = person(servers, "ada17@example.org")
    visit = visit_of(store, ada)
    other = Person(servers.address, AGENCY)
    other.begin()
    for text in ("I need to move my visit", visit.reference, "ada17@example.org"):
        other.say(text)
    assert other.question == "visit_slot"
    other.say("next week after 5, not on monday")
    assert "I have these times" in other.heard
    other.say(other.offered[0])
    assert "I have moved it" in other.heard
    with store.read() as session:
        moved = session.get_one(Visit, visit.id)
        local = moved.starts_at.astimezone(LONDON)
        assert (moved.status, local.hour >= 17, local.weekday() > 0, moved.sequence) == (
            BookingStatus.BOOKED,
            True,
            True,
            1,
        )
    for text in ("cancel my booking", visit.reference, "ada17@example.org", "Yes, cancel it"):
        other.say(text)
    assert "I have cancelled it" in other.heard
    with store.read() as session:
        assert session.get_one(Visit, visit.id).status == BookingStatus.CANCELLED
