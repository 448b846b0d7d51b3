"""The policy of who may book what: every act, through every door, in every situation."""

from __future__ import annotations

from itertools import product

import pytest

from enquiry.bookings.attempt import ENQUIRERS_OWN, Door
from enquiry.bookings.may_book import Act, Situation, arranged_by_a_person
from enquiry.enums import Outcome

SITUATIONS = [Situation(held_back, outcome) for held_back in (False, True) for outcome in (None, *Outcome)]
TO_VISIT = (None, Outcome.CONTINUE, Outcome.NOTE)


@pytest.mark.parametrize(("door", "act"), product(set(Door) - ENQUIRERS_OWN, Act))
def test_who_acts_for_the_team_may_do_everything(door: Door, act: Act) -> None:
    assert not any(arranged_by_a_person(act, door, situation) for situation in SITUATIONS)


@pytest.mark.parametrize(("door", "situation"), product(ENQUIRERS_OWN, SITUATIONS))
def test_giving_something_back_is_always_possible(door: Door, situation: Situation) -> None:
    assert not arranged_by_a_person(Act.GIVE_BACK, door, situation)


@pytest.mark.parametrize(
    ("door", "act", "outcome"), product(ENQUIRERS_OWN, set(Act) - {Act.GIVE_BACK}, (None, *Outcome))
)
def test_after_a_disclosure_a_person_arranges_all_else_through_whichever_door(
    door: Door, act: Act, outcome: Outcome | None
) -> None:
    assert arranged_by_a_person(act, door, Situation(held_back=True, outcome=outcome))


@pytest.mark.parametrize(("door", "outcome"), product(ENQUIRERS_OWN, (None, *Outcome)))
def test_a_visit_is_booked_by_oneself_unless_the_questions_led_elsewhere(door: Door, outcome: Outcome | None) -> None:
    assert arranged_by_a_person(Act.BOOK_VISIT, door, Situation(outcome=outcome)) is (outcome not in TO_VISIT)


@pytest.mark.parametrize(
    ("door", "act", "outcome"), product(ENQUIRERS_OWN, set(Act) - {Act.BOOK_VISIT}, (None, *Outcome))
)
def test_events_and_what_is_booked_already_are_open_whatever_the_questions_led_to(
    door: Door, act: Act, outcome: Outcome | None
) -> None:
    assert not arranged_by_a_person(act, door, Situation(outcome=outcome))
