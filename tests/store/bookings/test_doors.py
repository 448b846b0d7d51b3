"""The same household, the same act, through every door: what is allowed depends on the situation and on nothing else.

The doors are chat, page, API, console and caller; tests/app/booking/test_doors.py knocks at the real ones.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from bench.support.attempts import LINKS, project_catalogue
from enquiry.bookings.attempt import ENQUIRERS_OWN, WORKER, Attempt, Door
from enquiry.bookings.booking import NothingBooked, OfferOver, TooLate
from enquiry.bookings.events.places import accept_offer, book_place, move_place, release_place, wait_for_place
from enquiry.bookings.may_book import ArrangedByAPerson
from enquiry.bookings.visits.visits import book_visit, move_visit, release_visit, reserve_visit
from enquiry.enums import HandoffReason, Outcome
from enquiry.handoffs.handoff import make_handoff
from enquiry.journey.record import record_outcome
from enquiry.store.models import Conversation, Enquiry, Place, Visit
from tests.support.maker import Maker

PEOPLE_USE = [door for door in Door if door is not Door.WORKER]
ARRANGING = (
    "book a place",
    "wait",
    "accept",
    "change people",
    "move a place",
    "keep a time",
    "book a visit",
    "move a visit",
)
GIVING_BACK = ("give a place back", "call a visit off")
VISITING = ("keep a time", "book a visit")

# What is refused to somebody who acts for themselves.
SITUATIONS: dict[str, tuple[str, ...]] = {
    "nothing was told": (),
    "a worry about a child was told": ARRANGING,
    "somebody grieves": (),
    "a disclosure of a kind that is not there any more": ARRANGING,
    "continue": (),
    "note": (),
    "talk_first": VISITING,
    "not_yet": VISITING,
    "other_route": VISITING,
}
TOLD = {
    "a worry about a child was told": "worried_about_child",
    "somebody grieves": "distress_or_bereavement",
    "a disclosure of a kind that is not there any more": "no_such_category",
}


def through(make: Maker, door: Door, after: timedelta = timedelta()) -> Attempt:
    who = {Door.CONSOLE: "Sam", Door.CALLER: "Sam", Door.WORKER: WORKER}.get(door, "enquirer")
    return Attempt(door, who, make.now + after, project_catalogue(), LINKS)


def bring_about(make: Maker, enquiry_id: str, situation: str) -> None:
    with make.store.write() as session:
        enquiry = session.get_one(Enquiry, enquiry_id)
        if situation in set(Outcome):
            record_outcome(session, enquiry, Outcome(situation), [], "1", make.now)
        elif situation in TOLD:
            make_handoff(
                session,
                session.get_one(Conversation, enquiry.conversations[0].id),
                agency=make.agency,
                wording=project_catalogue().wording,
                reason=HandoffReason.DISCLOSURE,
                category=TOLD[situation],
                summary="",
                now=make.now,
            )


class Household:
    """A household with a booked place, an offered one and a visit; each act begins from there and is taken back."""

    def __init__(self, make: Maker) -> None:
        self.make = make
        # The events are later than the visit, so that at the visit's cut-off, whatever the hour, none has begun.
        self.open, self.other, self.full, self.offered = (make.event(places, days=9) for places in (20, 20, 1, 1))
        make.visitor(most_a_day=9)
        self.at, self.later = make.moment(7, 10), make.moment(10, 10)
        self.enquiry, self.visitless, someone = make.enquiry(), make.enquiry(), make.enquiry()
        worker = through(make, Door.WORKER)
        with make.store.write() as session:
            them, rival = session.get_one(Enquiry, self.enquiry), session.get_one(Enquiry, someone)
            self.place = book_place(session, self.open, them, 1, worker).id
            self.visit = book_visit(session, make.agency, them, self.at, worker).id
            book_place(session, self.full, rival, 1, worker)
            taken = book_place(session, self.offered, rival, 1, worker)
            self.offer = wait_for_place(session, self.offered, them, 1, worker).id
            release_place(session, taken, worker)

    def acts(self, attempt: Attempt) -> dict[str, Callable[[Session], object]]:
        agency = self.make.agency

        def them(session: Session) -> Enquiry:
            return session.get_one(Enquiry, self.enquiry)

        def without_visit(session: Session) -> Enquiry:
            return session.get_one(Enquiry, self.visitless)

        return {
            "book a place": lambda session: book_place(session, self.other, them(session), 1, attempt),
            "wait": lambda session: wait_for_place(session, self.full, them(session), 1, attempt),
            "accept": lambda session: accept_offer(session, session.get_one(Place, self.offer), attempt),
            "change people": lambda session: book_place(session, self.open, them(session), 3, attempt),
            "move a place": lambda session: move_place(
                session, session.get_one(Place, self.place), self.other, attempt
            ),
            "keep a time": lambda session: reserve_visit(session, agency, without_visit(session), self.later, attempt),
            "book a visit": lambda session: book_visit(session, agency, without_visit(session), self.later, attempt),
            "move a visit": lambda session: move_visit(
                session, agency, session.get_one(Visit, self.visit), self.later, attempt
            ),
            "give a place back": lambda session: release_place(session, session.get_one(Place, self.place), attempt),
            "call a visit off": lambda session: release_visit(session, session.get_one(Visit, self.visit), attempt),
        }

    def tries(self, attempt: Attempt, *refusals: type[Exception]) -> set[str]:
        """Try every act, each from where the household stands; which of them were refused."""
        refused = set()
        for name, act in self.acts(attempt).items():
            with self.make.store.write() as session:
                session.begin_nested()
                try:
                    act(session)
                except refusals:
                    refused.add(name)
                session.rollback()
        return refused


@pytest.mark.parametrize("door", PEOPLE_USE)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_what_a_person_arranges_is_refused_at_every_door_of_the_enquirer_and_at_none_of_the_team(
    make: Maker, situation: str, door: Door
) -> None:
    household = Household(make)
    for enquiry in (household.enquiry, household.visitless):
        bring_about(make, enquiry, situation)
    refused = household.tries(through(make, door), ArrangedByAPerson)
    assert refused == (set(SITUATIONS[situation]) if door in ENQUIRERS_OWN else set())


@pytest.mark.parametrize("door", PEOPLE_USE)
def test_after_the_cut_off_only_the_team_changes_what_is_booked(make: Maker, door: Door) -> None:
    household = Household(make)
    late = make.moment(7, 9) - make.now
    changes = {"move a visit", "call a visit off"}
    refused = household.tries(through(make, door, late), TooLate, OfferOver) - {"accept"}  # an offer lasts a day
    assert changes <= refused if door in ENQUIRERS_OWN else refused == set()


@pytest.mark.parametrize("door", PEOPLE_USE)
def test_what_was_given_back_is_moved_at_no_door(make: Maker, door: Door) -> None:
    household = Household(make)
    with make.store.write() as session:
        release_place(session, session.get_one(Place, household.place), through(make, Door.WORKER))
        release_visit(session, session.get_one(Visit, household.visit), through(make, Door.WORKER))
    refused = household.tries(through(make, door), NothingBooked)
    assert refused == {"move a place", "move a visit"}


def test_a_disclosure_in_another_conversation_of_the_same_household_counts(make: Maker) -> None:
    household = Household(make)
    with make.store.write() as session:
        another = Conversation(
            agency=make.agency.slug, enquiry_id=household.enquiry, started_at=make.now, last_at=make.now
        )
        session.add(another)
        session.flush()
        make_handoff(
            session,
            another,
            agency=make.agency,
            wording=project_catalogue().wording,
            reason=HandoffReason.DISCLOSURE,
            category="worried_about_child",
            summary="",
            now=make.now,
        )
    assert "move a place" in household.tries(through(make, Door.PAGE), ArrangedByAPerson)
