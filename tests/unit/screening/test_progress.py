"""How many questions are left: a number from the rules, that only ever gets smaller."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquiry.agencies.agency import Agency
from enquiry.enums import Goal
from enquiry.screening.decide import next_question
from enquiry.screening.progress import is_extra, progress_of
from tests.support.answer_sets import CRITERIA, agencies, everything
from tests.support.plain_answers import KEPT

EXTRA = {"ages", "housing", "landlord", "other_pets", "driving", "home_business", "firearms"}


@settings(max_examples=150, deadline=None)
@given(everything, agencies, st.sampled_from([goal for goal in Goal if goal is not Goal.CHANGE]))
def test_what_is_left_only_gets_less_and_ends_at_nothing(answers: dict[str, Any], agency: Agency, goal: Goal) -> None:
    given_: dict[str, Any] = {}
    left, total = [], []
    while (question := next_question(goal, given_, CRITERIA, agency)) is not None:
        extra = is_extra(question, CRITERIA)
        now = progress_of(goal, given_, CRITERIA, agency)
        left.append(now.left)
        total.append(now.total)
        assert progress_of(goal, given_, CRITERIA, agency, extra=True).left >= extra
        given_[question] = answers[question]
        after = progress_of(goal, given_, CRITERIA, agency)
        assert now.left - after.left >= (0 if extra else 1), question
        assert after.answered - now.answered == (0 if extra else 1), question
    assert left == sorted(left, reverse=True)
    assert total == sorted(total, reverse=True)
    assert progress_of(goal, given_, CRITERIA, agency).left == 0
    assert progress_of(goal, given_, CRITERIA, agency, extra=True).left == 0


@settings(max_examples=60, deadline=None)
@given(everything, agencies)
def test_of_the_smaller_questions_only_less_come_once_they_are_begun(answers: dict[str, Any], agency: Agency) -> None:
    given_: dict[str, Any] = {}
    left = []
    says = {**KEPT, **{name: answers[name] for name in EXTRA}}
    while (question := next_question(Goal.SCREENING, given_, CRITERIA, agency)) is not None:
        if is_extra(question, CRITERIA):
            left.append(progress_of(Goal.SCREENING, given_, CRITERIA, agency, extra=True).left)
        given_[question] = says[question]
    assert left == sorted(left, reverse=True)
    assert left[0] == len(EXTRA)


def test_only_the_smaller_questions_are_extra() -> None:
    assert {name for name in CRITERIA.screening_questions if is_extra(name, CRITERIA)} == EXTRA


@pytest.mark.parametrize(
    ("answers", "answered", "left"),
    [
        ({}, 0, 32),
        ({"route": "transfer"}, 1, 10),
        ({"route": "information_only"}, 1, 0),
        ({"route": "something_else"}, 1, 6),
        ({"route": "foster_new", "care_type": "not_sure", "applying_with": "alone"}, 3, 28),
        ({"route": "foster_new", "care_type": "not_sure", "applying_with": "with_partner"}, 3, 29),
        # Told beforehand: they are not asked any more.
        ({"bedroom": "yes", "dogs": "no"}, 2, 30),
        ({**KEPT, "personal": "prefer_to_talk"}, 22, 0),
    ],
)
def test_the_number_follows_from_what_may_still_be_asked(
    agency: Agency, answers: dict[str, Any], answered: int, left: int
) -> None:
    found = progress_of(Goal.SCREENING, answers, CRITERIA, agency)
    assert (found.answered, found.left, found.total) == (answered, left, answered + left)


def test_who_lives_elsewhere_is_only_asked_how_to_be_reached(agency: Agency) -> None:
    answers = {"route": "foster_new", "care_type": "not_sure", "applying_with": "alone", "age": "25_plus"}
    assert progress_of(Goal.SCREENING, {**answers, "area": "elsewhere"}, CRITERIA, agency).left == 4
