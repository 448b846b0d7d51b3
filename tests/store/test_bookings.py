"""Booking and giving back."""

from __future__ import annotations

from datetime import datetime

import pytest
from conftest import Maker
from sqlalchemy import select

from enquiry.agencies import LONDON, Agency
from enquiry.bookings import (
    AlreadyBooked,
    EventFull,
    EventGone,
    SlotGone,
    SlotTaken,
    book_place,
    book_visit,
    free_slots,
    open_events,
    release_place,
    release_visit,
)
from enquiry.handoffs import make_handoff
from enquiry.journey import change_stage
from enquiry.store.models import Conversation, Enquiry, OutboxMessage, Place, Visit
from enquiry.store.seed import seed_agency
from enquiry.words import HandoffReason, Role, Stage


def book(make: Maker, event: str, enquiry: str, people: int = 1) -> str:
    with make.store.write() as session:
        return book_place(session, event, session.get_one(Enquiry, enquiry), people, make.now).reference


def visit(make: Maker, slot: str, enquiry: str) -> str:
    with make.store.write() as session:
        return book_visit(session, slot, session.get_one(Enquiry, enquiry), make.now).reference


def outbox(make: Maker) -> list[OutboxMessage]:
    with make.store.read() as session:
        return list(session.scalars(select(OutboxMessage)))


def test_a_place_has_a_short_reference_and_moves_the_enquiry_on(make: Maker) -> None:
    event, enquiry = make.event(), make.enquiry()
    assert book(make, event, enquiry, 2).startswith("EV-")
    assert make.taken(event) == 2
    assert make.stage(enquiry) == "event_booked"


def test_booking_the_same_event_again_gives_the_booking_that_stands(make: Maker) -> None:
    event, enquiry = make.event(), make.enquiry()
    assert book(make, event, enquiry, 2) == book(make, event, enquiry, 2)
    assert make.taken(event) == 2


def test_booking_again_for_more_people_changes_the_booking(make: Maker) -> None:
    event, enquiry = make.event(places=3), make.enquiry()
    first = book(make, event, enquiry, 1)
    assert book(make, event, enquiry, 3) == first
    assert make.taken(event) == 3
    with pytest.raises(EventFull):
        book(make, event, enquiry, 4)
    assert make.taken(event) == 3


def test_a_full_event_says_so_and_the_callers_other_work_is_kept(make: Maker) -> None:
    event, late = make.event(places=1), make.enquiry()
    book(make, event, make.enquiry())
    with make.store.write() as session:
        enquiry = session.get_one(Enquiry, late)
        enquiry.contact_name = "Robin"
        with pytest.raises(EventFull):
            book_place(session, event, enquiry, 1, make.now)
    with make.store.read() as session:
        assert session.get_one(Enquiry, late).contact_name == "Robin"
    assert make.stage(late) == "new"


def test_an_event_that_is_over_or_not_there_or_anothers_is_gone(make: Maker) -> None:
    enquiry = make.enquiry()
    for event in (make.event(days=-1), "nothing", make.event(agency="elsewhere")):
        with pytest.raises(EventGone):
            book(make, event, enquiry)


@pytest.mark.parametrize("people", [0, 5, -1])
def test_one_household_books_one_to_four_places(make: Maker, people: int) -> None:
    event, enquiry = make.event(), make.enquiry()
    with pytest.raises(ValueError, match="1 to 4"):
        book(make, event, enquiry, people)


def test_a_place_given_back_can_be_booked_by_someone_else_and_again_by_the_same(make: Maker) -> None:
    event, first, second = make.event(places=1), make.enquiry(), make.enquiry()
    reference = book(make, event, first)
    with make.store.write() as session:
        place = session.scalars(select(Place).where(Place.reference == reference)).one()
        release_place(session, place, make.now)
        release_place(session, place, make.now)
    assert make.taken(event) == 0
    assert make.stage(first) == "new"
    book(make, event, second)
    with pytest.raises(EventFull):
        book(make, event, first)


def test_only_events_to_come_with_places_left_are_offered_soonest_first(make: Maker) -> None:
    make.event(days=-3)
    make.event(agency="elsewhere")
    full, later, sooner = make.event(places=1, days=1), make.event(days=9), make.event(days=5)
    book(make, full, make.enquiry())
    with make.store.read() as session:
        assert [event.id for event in open_events(session, make.agency.slug, make.now)] == [sooner, later]
        assert len(open_events(session, make.agency.slug, make.now, limit=1)) == 1


def test_a_visit_has_a_reference_and_its_slot_is_no_longer_offered(make: Maker) -> None:
    slot, enquiry = make.slot(), make.enquiry()
    assert visit(make, slot, enquiry).startswith("VI-")
    assert make.stage(enquiry) == "visit_booked"
    with make.store.read() as session:
        assert free_slots(session, make.agency.slug, make.now) == []


def test_booking_the_same_slot_again_gives_the_visit_that_stands(make: Maker) -> None:
    slot, enquiry = make.slot(), make.enquiry()
    assert visit(make, slot, enquiry) == visit(make, slot, enquiry)


def test_a_taken_slot_says_so_and_a_second_visit_is_not_booked(make: Maker) -> None:
    slot, other, enquiry = make.slot(), make.slot("Initial visitor 2"), make.enquiry()
    first = visit(make, slot, enquiry)
    with pytest.raises(SlotTaken):
        visit(make, slot, make.enquiry())
    with pytest.raises(AlreadyBooked) as already:
        visit(make, other, enquiry)
    assert already.value.visit.reference == first


def test_a_slot_that_is_over_or_not_there_is_gone(make: Maker) -> None:
    enquiry = make.enquiry()
    for slot in (make.slot(hours=-2), "nothing"):
        with pytest.raises(SlotGone):
            visit(make, slot, enquiry)


def test_a_visit_given_back_frees_its_slot_and_the_enquiry_goes_back_to_its_event(make: Maker) -> None:
    slot, event, enquiry = make.slot(), make.event(), make.enquiry()
    book(make, event, enquiry)
    visit(make, slot, enquiry)
    assert make.stage(enquiry) == "visit_booked"
    with make.store.write() as session:
        release_visit(session, session.scalars(select(Visit)).one(), make.now)
    assert make.stage(enquiry) == "event_booked"
    visit(make, slot, make.enquiry())


def test_an_event_booked_after_a_visit_does_not_take_the_enquiry_back(make: Maker) -> None:
    enquiry = make.enquiry()
    visit(make, make.slot(), enquiry)
    book(make, make.event(), enquiry)
    assert make.stage(enquiry) == "visit_booked"


def test_slots_are_offered_from_two_days_ahead(make: Maker, now: datetime) -> None:
    make.slot(hours=47)
    in_time = make.slot(hours=48)
    with make.store.read() as session:
        assert [slot.id for slot in free_slots(session, make.agency.slug, now)] == [in_time]


def test_slots_are_offered_on_different_days_and_at_different_times(make: Maker, agency: Agency, now: datetime) -> None:
    with make.store.write() as session:
        seed_agency(session, agency, now)
    with make.store.read() as session:
        offered = free_slots(session, agency.slug, now)
    local = [slot.starts_at.astimezone(LONDON) for slot in offered]
    assert len(offered) == 6
    assert local == sorted(local)
    assert len({moment.date() for moment in local}) == 6
    assert len({moment.time() for moment in local}) == 3


def test_two_visitors_free_at_the_same_time_are_one_choice(make: Maker) -> None:
    make.slot("Initial visitor 1")
    make.slot("Initial visitor 2")
    with make.store.read() as session:
        assert len(free_slots(session, make.agency.slug, make.now)) == 1
    enquiry = make.enquiry()
    with make.store.read() as session:
        slot = free_slots(session, make.agency.slug, make.now)[0].id
    visit(make, slot, enquiry)
    with make.store.read() as session:
        assert len(free_slots(session, make.agency.slug, make.now)) == 1


def test_a_booking_is_confirmed_by_email_once(make: Maker) -> None:
    event, enquiry = make.event(), make.enquiry(contact_email="robin@home.example", contact_name="Robin")
    reference = book(make, event, enquiry)
    book(make, event, enquiry)
    (letter,) = outbox(make)
    assert (letter.channel, letter.recipient) == ("email", "robin@home.example")
    assert reference in letter.subject
    assert "Robin" in letter.body
    assert "County Hall" in letter.body


def test_a_booking_for_more_people_after_all_is_confirmed_as_it_stands(make: Maker) -> None:
    event, enquiry = make.event(), make.enquiry(contact_email="robin@home.example")
    book(make, event, enquiry, 1)
    book(make, event, enquiry, 3)
    (letter,) = outbox(make)
    assert "Places booked: 3" in letter.body


def test_a_visit_is_confirmed_by_text_message_when_there_is_only_a_phone_number(make: Maker) -> None:
    reference = visit(make, make.slot(), make.enquiry(contact_phone="07700900123"))
    (letter,) = outbox(make)
    assert (letter.channel, letter.recipient) == ("text", "07700900123")
    assert reference in letter.body


@pytest.mark.parametrize("contact", [{}, {"contact_email": "robin@home.example", "safe_to_message": False}])
def test_nothing_is_sent_when_there_is_no_safe_way_to_reach_the_person(make: Maker, contact: dict[str, object]) -> None:
    enquiry = make.enquiry(**contact)
    book(make, make.event(), enquiry)
    visit(make, make.slot(), enquiry)
    assert outbox(make) == []


def test_nothing_is_sent_after_a_sign_of_domestic_abuse(make: Maker, agency: Agency) -> None:
    enquiry = make.enquiry(contact_email="robin@home.example", safe_to_message=True)
    with make.store.write() as session:
        conversation = session.get_one(Conversation, make.conversation_of(enquiry))
        make_handoff(
            session, conversation, agency=agency, reason=HandoffReason.DISCLOSURE, summary="…", now=make.now,
            category="domestic_abuse", pauses_messages=True, audience=(Role.SAFEGUARDING,),
        )
    book(make, make.event(), enquiry)
    assert outbox(make) == []


def test_a_confirmation_not_yet_sent_is_taken_back_with_its_booking(make: Maker) -> None:
    enquiry = make.enquiry(contact_email="robin@home.example")
    book(make, make.event(), enquiry)
    with make.store.write() as session:
        release_place(session, session.scalars(select(Place)).one(), make.now)
    assert outbox(make) == []


def test_someone_who_had_left_the_journey_comes_back_by_booking(make: Maker) -> None:
    enquiry = make.enquiry()
    with make.store.write() as session:
        change_stage(session, session.get_one(Enquiry, enquiry), Stage.WITHDRAWN, who="x", why="x", now=make.now)
    book(make, make.event(), enquiry)
    assert make.stage(enquiry) == "event_booked"
