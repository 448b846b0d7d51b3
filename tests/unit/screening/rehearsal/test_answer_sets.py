"""Made-up answer sets: all ways, all answers, pairs; complete, the same each time, and of nobody."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from enquiry.agencies.agency import Agency
from enquiry.enums import Goal, Outcome
from enquiry.screening.criteria import CONTACT_QUESTIONS, Kind
from enquiry.screening.criteria_file import load_criteria
from enquiry.screening.decide import decide, next_question, questions_of
from enquiry.screening.rehearsal.answer_sets import answer_grid, values_of
from enquiry.settings import ROOT
from tests.support.criteria_changes import asking

TODAY = load_criteria(ROOT / "data" / "criteria.yml")
ASKED = {name: TODAY.questions[name] for name in TODAY.screening_questions if name not in CONTACT_QUESTIONS}
MANY = 9000


@pytest.fixture(scope="module")
def sets(agency: Agency) -> list[dict[str, Any]]:
    return list(answer_grid(TODAY, TODAY, agency, MANY))


def ends_with_safety(answers: dict[str, Any]) -> bool:
    return any((choice := TODAY.questions[name].choice(value)) and choice.disclosure for name, value in answers.items())


def test_there_are_as_many_as_wished(agency: Agency) -> None:
    assert [len(list(answer_grid(TODAY, TODAY, agency, number))) for number in (0, 1, 777)] == [0, 1, 777]


def test_the_same_wish_gives_the_same_sets(agency: Agency, sets: list[dict[str, Any]]) -> None:
    assert list(answer_grid(TODAY, TODAY, agency, 2000)) == sets[:2000]


def test_every_route_is_there(sets: list[dict[str, Any]]) -> None:
    assert {TODAY.route_of(one).id for one in sets} == {route.id for route in TODAY.routes}


def test_every_answer_of_every_question_is_there(sets: list[dict[str, Any]]) -> None:
    given = {(name, str(value)) for one in sets for name, value in one.items()}
    assert [
        (name, value) for name in ASKED for value in values_of(ASKED[name]) if (name, str(value)) not in given
    ] == []


def test_answers_that_can_stand_together_do_so_somewhere(sets: list[dict[str, Any]]) -> None:
    names = ("dogs", "smoking", "bedroom", "availability", "driving", "offences", "changes")
    for first, second in itertools.combinations(names, 2):
        found = {(one[first], one[second]) for one in sets if first in one and second in one}
        assert found >= set(itertools.product(values_of(ASKED[first]), values_of(ASKED[second]))), (first, second)


def test_every_set_is_complete_as_a_conversation_would_have_taken_it(
    agency: Agency, sets: list[dict[str, Any]]
) -> None:
    for one in sets:
        assert ends_with_safety(one) or next_question(Goal.SCREENING, one, TODAY, agency) in (
            None,
            *CONTACT_QUESTIONS,
        ), one
        assert all(TODAY.questions[name].takes(value) for name, value in one.items())
        assert set(one) <= set(questions_of(Goal.SCREENING, one, TODAY))


def test_nothing_in_them_says_who_somebody_is(sets: list[dict[str, Any]]) -> None:
    typed = {Kind.NAME, Kind.PHONE_OR_EMAIL, Kind.TEXT}
    assert not {name for one in sets for name in one} & {
        *CONTACT_QUESTIONS,
        *(name for name in ASKED if ASKED[name].kind in typed),
    }


def test_all_outcomes_occur_often_enough_to_see_a_change(agency: Agency, sets: list[dict[str, Any]]) -> None:
    found = [decide(one, TODAY, agency).outcome for one in sets]
    assert all(found.count(outcome) > MANY / 100 for outcome in Outcome)


def test_a_new_question_is_answered_too_with_each_of_its_answers(agency: Agency) -> None:
    changed = asking(TODAY, "swimming", yes="continue", no="private_call")
    found = list(answer_grid(TODAY, changed, agency, 3000))
    assert {one.get("swimming") for one in found} >= {"yes", "no"}
    assert {one["swimming"] for one in found if "swimming" in one} == {"yes", "no"}
