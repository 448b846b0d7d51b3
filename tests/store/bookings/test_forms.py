"""Forms that are sent several times, and forms that were begun and left."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy.orm import Session

from bench.support.attempts import page, staff
from enquiry.bookings.events.attendance import welcome_walk_in
from enquiry.bookings.events.places import book_place
from enquiry.bookings.forms import Reach, enquiry_of_form, keep_reach, was_sent_by
from enquiry.bookings.visits.visits import reserve_visit
from enquiry.enums import Role
from enquiry.journey.notes import add_note
from enquiry.retention.abandoned_forms import ABANDONED_AFTER
from enquiry.staff.accounts import add_staff
from enquiry.store.models import Enquiry, Event, Place, StageChange, Visit
from tests.support.maker import Maker
from worker.retention import delete_abandoned_forms

FORM = "1" * 32
REACH = Reach(name="Robin", phone="+447700900123", email=None, by=None, safe_to_message=True)
LATER = ABANDONED_AFTER + timedelta(minutes=1)


def begun(make: Maker) -> str:
    """Id of the enquiry of somebody who chose a time and left."""
    make.visitor()
    with make.store.write() as session:
        enquiry = enquiry_of_form(session, make.agency.slug, FORM, make.now)
        reserve_visit(session, make.agency, enquiry, make.moment(), page(make.now))
        return enquiry.id


def test_a_form_that_is_sent_by_four_at_the_same_moment_is_one_booking(make: Maker) -> None:
    event, start = make.event(places=3), Barrier(4)

    def send(_: int) -> str:
        start.wait(timeout=60)
        with make.store.write() as session:
            enquiry = enquiry_of_form(session, make.agency.slug, FORM, make.now)
            keep_reach(session, enquiry, REACH, make.now)
            return book_place(session, event, enquiry, 2, page(make.now)).reference

    with ThreadPoolExecutor(4) as pool:
        references = set(pool.map(send, range(4)))
    assert len(references) == 1
    assert (make.count(Enquiry), make.count(Place), make.taken(event), make.count(StageChange)) == (1, 1, 2, 2)


def test_who_sent_a_form_is_known_by_number_and_address(make: Maker) -> None:
    with make.store.write() as session:
        enquiry = enquiry_of_form(session, make.agency.slug, FORM, make.now)
        keep_reach(session, enquiry, REACH, make.now)
        assert was_sent_by(enquiry, REACH)
        assert not was_sent_by(
            enquiry, Reach(name="Robin", phone=None, email="robin@home.example", by=None, safe_to_message=True)
        )


def test_a_form_that_was_left_is_deleted_after_an_hour_with_its_time(make: Maker) -> None:
    begun(make)
    assert delete_abandoned_forms(make.store, make.now + timedelta(minutes=59)) == 0
    assert delete_abandoned_forms(make.store, make.now + LATER) == 1
    assert (make.count(Enquiry), make.count(Visit), make.count(StageChange)) == (0, 0, 0)
    assert delete_abandoned_forms(make.store, make.now + LATER) == 0


def with_a_number(session: Session, make: Maker, enquiry: Enquiry) -> None:
    keep_reach(session, enquiry, REACH, make.now)


def with_a_fresh_time(session: Session, make: Maker, enquiry: Enquiry) -> None:
    reserve_visit(session, make.agency, enquiry, make.moment(), page(make.now + LATER - timedelta(minutes=5)))


def with_a_note(session: Session, make: Maker, enquiry: Enquiry) -> None:
    author, _ = add_staff(session, make.agency.slug, "a@b.example", "Somebody", Role.COORDINATOR, make.now)
    add_note(session, enquiry, author, "Rang us", make.now)


@pytest.mark.parametrize("kept", [with_a_number, with_a_fresh_time, with_a_note])
def test_whoever_can_be_reached_or_is_still_typing_or_is_known_to_staff_stays(
    make: Maker, kept: Callable[[Session, Maker, Enquiry], None]
) -> None:
    enquiry_id = begun(make)
    with make.store.write() as session:
        kept(session, make, session.get_one(Enquiry, enquiry_id))
    assert delete_abandoned_forms(make.store, make.now + LATER) == 0


def test_conversations_and_people_at_the_door_are_no_abandoned_forms(make: Maker) -> None:
    make.enquiry()
    event = make.event(days=0)
    with make.store.write() as session:
        welcome_walk_in(session, session.get_one(Event, event), staff(make.now), name="Sam", contact="", people=1)
    assert delete_abandoned_forms(make.store, make.now + LATER) == 0
    assert make.count(Enquiry) == 2
