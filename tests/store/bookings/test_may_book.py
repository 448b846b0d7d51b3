"""The booking functions ask themselves what may be done: the chat, a signed link and the interface for machines get one answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from bench.support.attempts import page, staff
from enquiry.bookings.attempt import ENQUIRERS_OWN, Attempt, Door
from enquiry.bookings.booking import NothingBooked, TooLate
from enquiry.bookings.events.places import book_place, move_place, release_place, wait_for_place
from enquiry.bookings.may_book import ArrangedByAPerson
from enquiry.bookings.visits.visits import book_visit, move_visit, release_visit, reserve_visit
from enquiry.enums import BookingStatus, HandoffReason, Outcome
from enquiry.handoffs.handoff import make_handoff
from enquiry.journey.record import record_outcome
from enquiry.store.models import Conversation, Enquiry
from tests.support.diary import Diary, place_in, visit_in
from tests.support.maker import Maker

OWN_DOORS = pytest.mark.parametrize("door", sorted(ENQUIRERS_OWN))
Do = Callable[[Session, Attempt], object]


def disclose(make: Maker, enquiry: str) -> None:
    with make.store.write() as session:
        make_handoff(
            session,
            session.get_one(Conversation, make.conversation_of(enquiry)),
            agency=make.agency,
            wording=make.wording,
            reason=HandoffReason.DISCLOSURE,
            category="domestic_abuse",
            summary="x",
            now=make.now,
        )


def try_it(make: Maker, do: Do, attempt: Attempt) -> None:
    with make.store.write() as session:
        do(session, attempt)


def give_back(make: Maker, reference: str, attempt: Attempt) -> None:
    with make.store.write() as session:
        if reference.startswith("EV"):
            release_place(session, place_in(session, reference), attempt)
        else:
            release_visit(session, visit_in(session, reference), attempt)


@OWN_DOORS
def test_after_a_disclosure_a_person_arranges_everything_but_giving_back(make: Maker, diary: Diary, door: Door) -> None:
    make.visitor()
    enquiry, other, another, full = make.enquiry(), make.event(), make.event(), make.event(places=1)
    diary.book(full, make.enquiry())
    place, visit = diary.book(make.event(), enquiry), diary.visit(enquiry, make.moment())
    disclose(make, enquiry)
    mine = replace(page(make.now), door=door)
    arranged: tuple[Do, ...] = (
        lambda session, by: wait_for_place(session, full, session.get_one(Enquiry, enquiry), 1, by),
        lambda session, by: book_place(session, other, session.get_one(Enquiry, enquiry), 1, by),
        lambda session, by: move_place(session, place_in(session, place), another, by),
        lambda session, by: move_visit(session, make.agency, visit_in(session, visit), make.moment(days=8), by),
    )
    for do in arranged:
        with pytest.raises(ArrangedByAPerson):
            try_it(make, do, mine)
    for do in arranged:
        try_it(make, do, staff(make.now))
    for reference in (place, visit):
        give_back(make, reference, mine)
        assert diary.status(reference) == "cancelled"


@OWN_DOORS
@pytest.mark.parametrize("outcome", [Outcome.NOT_YET, Outcome.OTHER_ROUTE, Outcome.TALK_FIRST])
def test_where_the_questions_led_to_something_else_a_person_books_the_visit(
    make: Maker, diary: Diary, door: Door, outcome: Outcome
) -> None:
    make.visitor()
    enquiry, at = make.enquiry(), make.moment()
    with make.store.write() as session:
        record_outcome(session, session.get_one(Enquiry, enquiry), outcome, [], "v", make.now)
    for take in (reserve_visit, book_visit):
        with pytest.raises(ArrangedByAPerson), make.store.write() as session:
            take(session, make.agency, session.get_one(Enquiry, enquiry), at, replace(page(make.now), door=door))
    diary.book(make.event(), enquiry)
    with make.store.write() as session:
        assert book_visit(session, make.agency, session.get_one(Enquiry, enquiry), at, staff(make.now)).starts_at == at


@OWN_DOORS
def test_after_the_cut_off_only_staff_change_it(make: Maker, diary: Diary, door: Door) -> None:
    make.visitor()
    other, enquiry = make.event(), make.enquiry()
    place, visit = diary.book(make.event(days=1), enquiry), diary.visit(enquiry, make.moment(days=3))
    at_the_door = {place: diary.place(place).event.starts_at, visit: diary.visit_of(visit).starts_at}
    moves: dict[str, Do] = {
        place: lambda session, by: move_place(session, place_in(session, place), other, by),
        visit: lambda session, by: move_visit(session, make.agency, visit_in(session, visit), make.moment(days=9), by),
    }
    for reference, now in at_the_door.items():
        late = replace(page(now), door=door)
        with pytest.raises(TooLate):
            give_back(make, reference, late)
        with pytest.raises(TooLate):
            try_it(make, moves[reference], late)
        try_it(make, moves[reference], staff(now))
        assert diary.history(reference) == ["booked", "moved"]


def test_what_has_been_is_not_given_back(make: Maker, diary: Diary) -> None:
    place = diary.book(make.event(), make.enquiry())
    diary.attend(place, BookingStatus.ATTENDED, make.now)
    with pytest.raises(NothingBooked):
        diary.give_back(place)
    diary.give_back(place, who="Sam")
    assert diary.status(place) == "attended"
