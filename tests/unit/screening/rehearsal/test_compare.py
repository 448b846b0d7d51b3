"""A rehearsal counts what changed criteria would make of the same answers, and says nothing of who gave them."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import islice
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enquiry.agencies.agency import Agency
from enquiry.enums import Outcome
from enquiry.screening.criteria import OTHERWISE, Criteria, Lead
from enquiry.screening.criteria_file import load_criteria
from enquiry.screening.decide import decide
from enquiry.screening.rehearsal.answer_sets import answer_grid
from enquiry.screening.rehearsal.compare import CannotDecide, rehearse
from enquiry.screening.rehearsal.report import SAFETY, Count, Direction, Report, direction_of, report_from
from enquiry.settings import ROOT
from tests.support.criteria_changes import asking, leading, with_choice, with_question, without_choice

TODAY = load_criteria(ROOT / "data" / "criteria.yml")
BASE = {"route": "foster_new", "care_type": "not_sure", "applying_with": "alone", "age": "25_plus", "area": "in_area"}


@pytest.fixture(scope="module")
def sets(agency: Agency) -> list[dict[str, Any]]:
    """Made-up sets of every way and every answer."""
    return list(answer_grid(TODAY, TODAY, agency, 3000))


def whole(agency: Agency, **answers: Any) -> dict[str, Any]:
    """A complete set on the way of most people that says nothing special, but for what is given."""
    plain = next(iter(answer_grid(TODAY, TODAY, agency, 1)))
    assert decide(plain, TODAY, agency).outcome is Outcome.CONTINUE
    return {**plain, **answers}


def tried(agency: Agency, changed: Criteria, *given: dict[str, Any]) -> Report:
    return rehearse(given, [], TODAY, changed, agency)


def test_the_criteria_in_force_change_nothing(agency: Agency, sets: list[dict[str, Any]]) -> None:
    report = rehearse([], sets, TODAY, replace(TODAY, version="the same"), agency)
    assert (report.compared, report.unchanged, report.changes, report.reasons) == (
        Count(0, 3000),
        Count(0, 3000),
        (),
        (),
    )
    assert (report.undecided, report.unfinished) == (Count(), Count())


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("dogs", "no", "dog_needs_a_person"),
        ("smoking", "yes", "area_elsewhere"),
        ("bedroom", "no", "continue"),
        ("route", "transfer", "continue"),
        ("offences", "yes_talk", "dog_at_home"),
        ("children", "0-4", "other_adults"),
        ("household", 3, "continue"),
        ("adjustments", "quiet", "private_call"),
    ],
)
def test_what_is_counted_is_what_deciding_each_set_twice_gives(
    agency: Agency, sets: list[dict[str, Any]], name: str, value: Any, reason: str
) -> None:
    changed = leading(TODAY, name, value, reason)
    report = rehearse([], sets, TODAY, changed, agency)
    # A change that spares people questions less leaves some that can't be told; they are counted apart.
    pairs = Counter(
        (decide(one, TODAY, agency).outcome.value, decide(one, changed, agency).outcome.value) for one in sets
    )
    expected = {pair: many for pair, many in pairs.items() if pair[0] != pair[1] and SAFETY not in pair}
    counted = {(one.before, one.after): one.count.made_up for one in report.changes}
    if not report.undecided.made_up:
        assert counted == expected
    assert report.changed.made_up == sum(counted.values())
    assert (
        report.compared.made_up
        == len(sets)
        == (report.unchanged.made_up + report.changed.made_up + report.undecided.made_up)
    )


def test_an_example_shows_the_answer_that_makes_the_difference_and_no_other(agency: Agency) -> None:
    report = tried(agency, leading(TODAY, "driving", "no", "private_call"), whole(agency, driving="no", smoking="yes"))
    (change,) = report.changes
    assert (change.before, change.after, change.direction, change.count) == (
        "note",
        "talk_first",
        Direction.PERSON,
        Count(1, 0),
    )
    (example,) = change.examples
    assert [question for question, _ in example.answers] == [TODAY.questions["driving"].short]
    assert (example.reasons_after, example.made_up) == (("private_call",), False)


def test_an_example_shows_what_carries_the_outcome_once_the_changed_answer_does_not(agency: Agency) -> None:
    changed = leading(TODAY, "dogs", "not_sure", "dog_at_home")
    report = tried(agency, changed, whole(agency, dogs="not_sure", right_to_live_work="no", smoking="yes"))
    (change,) = report.changes
    assert (change.before, change.after) == ("talk_first", "not_yet")
    shown = [TODAY.questions[name].short for name in ("right_to_live_work", "dogs")]
    assert [question for question, _ in change.examples[0].answers] == shown


def test_examples_are_made_up_wherever_they_can_be(agency: Agency) -> None:
    mine = [whole(agency, driving="no", smoking=value) for value in ("yes", "giving_up")]
    report = rehearse(mine * 5, mine, TODAY, leading(TODAY, "driving", "no", "private_call"), agency)
    assert report.changes[0].count == Count(10, 2)
    assert [example.made_up for example in report.changes[0].examples] == [True]


def test_a_reason_whose_outcome_is_another_goes_and_comes(agency: Agency) -> None:
    softer = replace(TODAY.reasons["dog_needs_a_person"], outcome=Outcome.NOTE)
    changed = replace(TODAY, reasons={**TODAY.reasons, softer.name: softer})
    report = tried(agency, changed, whole(agency, dogs="not_sure"))
    assert {(one.outcome, one.came.given, one.went.given) for one in report.reasons} == {
        ("note", 1, 0),
        ("talk_first", 0, 1),
    }
    assert report.changes[0].direction is Direction.EASIER


def test_a_new_question_is_asked_of_people_who_are_through(agency: Agency) -> None:
    changed = asking(TODAY, "swimming", yes="continue", no="private_call")
    report = tried(agency, changed, whole(agency))
    assert (report.undecided, report.changed) == (Count(1, 0), Count())
    assert [(one.question, one.gone, one.count.given) for one in report.asked_again] == [("swimming", False, 1)]


def test_made_up_people_answer_the_new_question_so_that_its_effect_shows(agency: Agency) -> None:
    changed = asking(TODAY, "swimming", yes="continue", no="private_call")
    report = rehearse([], answer_grid(TODAY, changed, agency, 2000), TODAY, changed, agency)
    assert any((one.before, one.after) == ("continue", "talk_first") for one in report.changes)
    # Only those whom today's criteria spare the rest would be asked more.
    assert report.undecided.made_up < 500


def test_an_answer_that_is_no_more_is_asked_for_again(agency: Agency) -> None:
    report = tried(agency, without_choice(TODAY, "housing", "own"), whole(agency, housing="own"))
    assert [(one.question, one.gone) for one in report.asked_again] == [("housing", True)]


def test_a_new_answer_is_named_as_one_that_nobody_could_give(agency: Agency) -> None:
    report = tried(agency, with_choice(TODAY, "housing", "narrowboat"), whole(agency))
    assert report.new_answers == ((TODAY.questions["housing"].short, "Narrowboat"),)
    assert report.unchanged == Count(1, 0)


def test_whoever_had_not_finished_is_decided_by_the_answers_there_are(agency: Agency) -> None:
    report = tried(agency, leading(TODAY, "smoking", "yes", "private_call"), {**BASE, "smoking": "yes"})
    assert (report.unfinished, report.changed, report.asked_again) == (Count(1, 0), Count(1, 0), ())


def test_somebody_spared_the_rest_today_would_be_asked_it_when_no_longer_spared(agency: Agency) -> None:
    elsewhere = {**BASE, "area": "elsewhere"}
    report = tried(agency, leading(TODAY, "area", "elsewhere", "area_next_door"), elsewhere)
    assert report.undecided == Count(1, 0)
    assert "dogs" in {one.question for one in report.asked_again}


def test_a_safety_message_that_would_come_no_more_is_told_apart(agency: Agency) -> None:
    question = TODAY.questions["age"]
    choices = tuple(replace(one, disclosure=None) for one in question.choices)
    report = tried(agency, with_question(TODAY, replace(question, choices=choices)), whole(agency, age="under_18"))
    (change,) = report.changes
    assert (change.before, change.direction) == (SAFETY, Direction.SAFETY)
    assert [question for question, _ in change.examples[0].answers] == [TODAY.questions["age"].short]


def test_a_route_that_is_taken_away_leads_to_the_one_for_everybody(agency: Agency) -> None:
    changed = replace(
        TODAY, version="changed", routes=tuple(route for route in TODAY.routes if route.id != "short_breaks")
    )
    report = rehearse([], answer_grid(TODAY, changed, agency, 2000), TODAY, changed, agency)
    assert report.compared == Count(0, 2000)


def test_criteria_that_lead_to_a_reason_they_lack_are_named(agency: Agency) -> None:
    reasons = {
        name: reason for name, reason in TODAY.reasons.items() if name != "dog_at_home_known" and name != "dog_at_home"
    }
    changed = replace(TODAY, version="torn", reasons=reasons)
    with pytest.raises(CannotDecide, match="dog_at_home") as caught:
        tried(agency, changed, whole(agency, dogs="yes"))
    assert caught.value.criteria is changed


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        ("continue", "note", Direction.NOTE),
        ("note", "continue", Direction.EASIER),
        ("talk_first", "note", Direction.EASIER),
        ("not_yet", "talk_first", Direction.EASIER),
        ("not_yet", "other_route", Direction.EASIER),
        ("note", "talk_first", Direction.PERSON),
        ("other_route", "talk_first", Direction.PERSON),
        ("continue", "other_route", Direction.TEAM),
        ("talk_first", "not_yet", Direction.NOT_YET),
        ("continue", SAFETY, Direction.SAFETY),
    ],
)
def test_a_direction_says_what_it_means_for_the_person(before: str, after: str, direction: Direction) -> None:
    assert direction_of(before, after) is direction


def test_a_report_comes_back_from_the_store_as_it_was(agency: Agency, sets: list[dict[str, Any]]) -> None:
    changed = with_choice(
        without_choice(leading(TODAY, "dogs", "no", "private_call"), "housing", "own"), "driving", "sometimes"
    )
    report = rehearse(sets[:500], sets, TODAY, changed, agency)
    assert report.changes
    assert report.asked_again
    assert report_from(json.loads(json.dumps(report.as_json()))) == report


@pytest.mark.parametrize("raw", [{}, {"agency": "a"}, [], None, "text", 7])
def test_a_report_of_another_shape_is_no_report(raw: Any) -> None:
    assert report_from(raw) is None


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_set_is_counted_once_whatever_is_changed(
    agency: Agency, sets: list[dict[str, Any]], data: st.DataObject
) -> None:
    name = data.draw(
        st.sampled_from(
            sorted(TODAY.screening_questions & {one for one in TODAY.questions if TODAY.questions[one].choices})
        )
    )
    choice = data.draw(st.sampled_from(TODAY.questions[name].choices))
    reason = data.draw(st.sampled_from(sorted(TODAY.reasons)))
    changed = leading(TODAY, name, choice.value, reason)
    some = sets[:: data.draw(st.integers(40, 60))]
    report = rehearse(some, islice(some, 20), TODAY, changed, agency)
    total = [report.unchanged, report.changed, report.undecided]
    assert (
        report.compared
        == Count(len(some), 20)
        == Count(sum(one.given for one in total), sum(one.made_up for one in total))
    )
    same = [one for one in some if decide(one, TODAY, agency).outcome == decide(one, changed, agency).outcome]
    # Those that would be asked more first are counted apart; of the others each is counted by what it is decided to be.
    assert len(same) - report.undecided.given <= report.unchanged.given <= len(same) + report.undecided.given


def test_a_lead_is_compared_on_its_own_route(agency: Agency) -> None:
    question = TODAY.questions["driving"]
    leads = {OTHERWISE: Lead(), "short_breaks": Lead("private_call")}
    choices = tuple(replace(one, leads=leads) if one.value == "yes" else one for one in question.choices)
    changed = with_question(TODAY, replace(question, choices=choices))
    there = {**whole(agency, driving="yes"), "route": "short_breaks"}
    assert tried(agency, changed, whole(agency, driving="yes"), there).changed == Count(1, 0)
