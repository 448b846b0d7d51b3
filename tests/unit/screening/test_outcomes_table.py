"""The table of outcomes: one row for every way in, question and answer, written from the list of criteria agreed, not from the code.

`outcome` is what the answer leads to by itself. Of a whole set of answers the strongest one stands. `disclosure` in its place means
that a safety message comes instead, whose name then stands under `reason`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from typing import Any

import pytest

from enquiry.agencies.agency import Agency
from enquiry.enums import Goal, Outcome
from enquiry.screening.criteria import Choice, Kind, Question, Route
from enquiry.screening.decide import STRONGEST_FIRST, decide, findings_of, questions_of
from enquiry.settings import ROOT
from tests.support.answer_sets import AGENCIES, CRITERIA
from tests.support.plain_answers import KEPT

C, N, T, O, Y = Outcome.CONTINUE, Outcome.NOTE, Outcome.TALK_FIRST, Outcome.OTHER_ROUTE, Outcome.NOT_YET  # noqa: E741
DISCLOSURE = "disclosure"
Row = tuple[str, str]  # the outcome and the name of its reason

# Someone who applies alone and lives alone. The answers that lead to the question of a row, where the plain ones don't.
ALONE: Mapping[str, Any] = {**KEPT, "applying_with": "alone", "household": 1}
LEADING_TO: dict[str, dict[str, Any]] = {
    "partner_age": {"applying_with": "with_partner", "household": 2},
    "landlord": {"housing": "rent"},
    "carer_child": {"carer_now": "now"},
    "timing": {"changes": "yes"},
}
# Plain answers to questions that lean on another answer.
LEANING = {"partner_age": "25_plus", "landlord": "agreed", "carer_child": "no", "timing": "carry_on"}
# The ways to another team: what a person chose, and the reason they are told at once.
REDIRECTS: tuple[tuple[str, dict[str, Any], Outcome, str], ...] = (
    ("kinship", {"route": "look_after_child_i_know"}, O, "child_they_know"),
    ("adoption", {"route": "adoption"}, O, "adoption"),
    ("information", {"route": "information_only"}, C, "information_only"),
    ("private_fostering", {"route": "something_else", "other_matter": "private_fostering"}, O, "private_fostering"),
    ("staying_put", {"route": "something_else", "other_matter": "staying_put"}, O, "staying_put"),
    ("early_permanence", {"route": "something_else", "other_matter": "early_permanence"}, O, "early_permanence"),
    ("hosting", {"route": "something_else", "other_matter": "hosting"}, O, "hosting"),
    ("existing_carer", {"route": "something_else", "other_matter": "existing_carer"}, O, "existing_carer"),
    ("birth_family", {"route": "something_else", "other_matter": "birth_family"}, O, "birth_family"),
    ("complaint", {"route": "something_else", "other_matter": "complaint"}, O, "complaint"),
    ("job", {"route": "something_else", "other_matter": "job"}, O, "job"),
    ("press", {"route": "something_else", "other_matter": "press"}, O, "press"),
    ("data_request", {"route": "something_else", "other_matter": "data_request"}, O, "data_request"),
    ("something_else", {"route": "something_else", "other_matter": "other"}, T, "something_else"),
)
SAFETY = {("other_matter", "child_safety"): "worried_about_child", ("other_matter", "i_am_a_child"): "user_is_child"}
# Several answers together, for Leicestershire.
TOGETHER: tuple[tuple[dict[str, Any], Outcome, str], ...] = (
    ({"bedroom": "no", "availability": "mostly_home"}, T, "no_bedroom_but_home"),
    ({"bedroom": "no", "availability": "retired_or_not_working"}, T, "no_bedroom_but_home"),
    ({"bedroom": "no", "availability": "shifts"}, Y, "no_bedroom"),
    ({"applying_with": "with_partner", "partner_age": "18_20"}, T, "one_of_you_younger"),
    ({"applying_with": "with_partner", "age": "18_20", "partner_age": "25_plus"}, T, "one_of_you_younger"),
    ({"applying_with": "with_partner", "age": "18_20", "partner_age": "18_20"}, Y, "age_below_minimum"),
    (
        {"applying_with": "with_partner", "partner_age": "25_plus", "right_to_live_work": "no"},
        T,
        "right_to_work_one_of_two",
    ),
    ({"area": "elsewhere", "dogs": "not_sure"}, T, "dog_needs_a_person"),
    ({"area": "elsewhere", "bedroom": "no"}, O, "area_elsewhere"),
    ({"age": "18_20", "smoking": "yes"}, Y, "age_below_minimum"),
    ({"right_to_live_work": "no", "offences": "prefer_to_talk"}, T, "private_call"),
    ({"bedroom": "no", "smoking": "prefer_to_talk"}, Y, "no_bedroom"),
    ({"bedroom": "no", "personal": "prefer_to_talk"}, T, "personal_talk"),
    ({"route": "supported_lodgings", "bedroom": "no"}, O, "supported_lodgings"),
    ({"route": "supported_lodgings", "offences": "yes_talk"}, T, "private_call"),
    ({"route": "independent_visitor", "age": "18_20"}, O, "independent_visitor"),
    ({"route": "transfer", "bedroom": "no"}, O, "transfer"),
)
# What differs between councils. None: any reason, since what is said there is not the point.
ELSEWHERE: tuple[tuple[str, dict[str, Any], Outcome, str | None], ...] = (
    # "usually over 25", so a person talks to whoever is younger
    ("leicester_city", {"age": "18_20"}, T, "age_minimum_unclear"),
    ("leicester_city", {"age": "21_24"}, T, "age_minimum_unclear"),
    ("leicester_city", {"age": "25_plus"}, C, None),
    # what is allowed without a spare room is not known
    ("leicester_city", {"bedroom": "no"}, T, "no_bedroom_unclear"),
    ("leicester_city", {"bedroom": "no", "availability": "mostly_home"}, T, "no_bedroom_unclear"),
    ("leicester_city", {"bedroom": "planned"}, N, "bedroom_planned"),
    ("leicester_city", {"smoking": "yes"}, N, "smoker_at_home"),
    ("leicester_city", {"dogs": "yes"}, N, "dog_at_home"),
    ("leicester_city", {"housing": "rent", "landlord": "not_yet"}, N, "landlord_known"),
    ("leicester_city", {"area": "LE9"}, C, None),
    ("leicester_city", {"area": "border"}, T, "area_next_door"),
    ("leicester_city", {"area": "SW1A"}, O, "area_elsewhere"),
    ("leicester_city", {"right_to_live_work": "no"}, Y, "no_right_to_work"),
    ("leicester_city", {"route": "supported_lodgings"}, T, "care_type_unknown"),
    ("leicester_city", {"route": "independent_visitor"}, T, "care_type_unknown"),
    ("leicester_city", {"care_type": "specialist"}, T, "specialist"),
    ("leicester_city", {"care_type": "parent_and_child"}, T, "care_type_unknown"),
    ("leicester_city", {"care_type": "emergency"}, T, "care_type_unknown"),
    # the minimum age is not known
    ("coventry", {"age": "18_20"}, T, None),
    ("coventry", {"age": "21_24"}, T, None),
    ("coventry", {"age": "25_plus"}, C, None),
    ("coventry", {"bedroom": "no"}, Y, "no_bedroom"),
    ("coventry", {"bedroom": "no", "availability": "mostly_home"}, Y, "no_bedroom"),
    # a rule of its own for homes where someone smokes, and still no bar
    ("coventry", {"smoking": "yes"}, N, "smoker_at_home_known"),
    ("coventry", {"smoking": "giving_up"}, N, "smoker_at_home_known"),
    ("coventry", {"smoking": "prefer_to_talk"}, N, "talk_as_well"),
    ("coventry", {"dogs": "yes"}, N, "dog_at_home"),
    ("coventry", {"housing": "rent", "landlord": "not_yet"}, N, "landlord_to_ask"),
    ("coventry", {"area": "CV1"}, C, None),
    ("coventry", {"area": "border"}, T, "area_next_door"),
    ("coventry", {"area": "LE9"}, O, "area_elsewhere"),
    ("coventry", {"care_type": "long_term"}, C, None),
    ("coventry", {"care_type": "parent_and_child"}, T, "care_type_unknown"),
    ("coventry", {"care_type": "specialist"}, T, "care_type_unknown"),
    ("coventry", {"care_type": "emergency"}, T, "care_type_unknown"),
    ("coventry", {"route": "supported_lodgings"}, T, "care_type_unknown"),
)


def read_table() -> dict[tuple[str, str, str], Row]:
    with (ROOT / "tests" / "unit" / "screening" / "outcomes.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    table = {(row["route"], row["criterion"], row["answer"]): (row["outcome"], row["reason"]) for row in rows}
    assert len(table) == len(rows), "a row stands twice"
    return table


TABLE = read_table()
SCREENED = {route.id: route for route in CRITERIA.routes if route.screened}


def value_of(question: Question, written: str) -> Any:
    """An answer as it is kept."""
    if question.kind is Kind.ANY_OF:
        return [written]
    return int(written) if question.kind is Kind.NUMBER else written


def written(value: Any) -> str:
    return str(value[0] if isinstance(value, list) else value)


def answers_for(route: Route, question: Question, answer: str) -> dict[str, Any]:
    """An otherwise plain, complete set of answers of a route with this one in it."""
    way_in = {name: values[0] for name, values in route.when.items()}
    given = {**ALONE, **way_in, **LEADING_TO.get(question.id, {}), question.id: value_of(question, answer)}
    if question.id == "applying_with" and answer in ("with_partner", "with_other"):
        given["household"] = 2
    given = LEANING | given
    return {name: given[name] for name in questions_of(Goal.SCREENING, given, CRITERIA)}


def expected_of(route: Route, answers: Mapping[str, Any]) -> dict[str, Row]:
    """What the table says of each answer of a set, but for a plain continue."""
    rows = {name: TABLE[(route.id, name, written(value))] for name, value in answers.items()}
    if answers.get("household") == 2 and answers.get("applying_with") != "alone":
        rows["household"] = ("continue", "")  # the rows are those of someone who applies alone
    return {name: row for name, row in rows.items() if row[0] != "continue"}


ROWS = sorted(key for key, (outcome, _) in TABLE.items() if outcome != DISCLOSURE)


@pytest.mark.parametrize(("way_in", "criterion", "answer"), ROWS, ids=["-".join(row) for row in ROWS])
def test_each_answer_of_each_way_in_leads_where_the_table_says(
    agency: Agency, way_in: str, criterion: str, answer: str
) -> None:
    route = SCREENED[way_in]
    answers = answers_for(route, CRITERIA.question(criterion), answer)
    assert criterion in answers, "a complete set of answers of this way in does not have the question"
    assert CRITERIA.route_of(answers).id == way_in
    expected = expected_of(route, answers)
    found = {
        one.criterion: (one.reason.outcome.value, one.reason.name) for one in findings_of(answers, CRITERIA, agency)
    }
    assert found == expected
    outcomes = {row[0] for row in expected.values()}
    assert decide(answers, CRITERIA, agency).outcome is next(
        (one for one in STRONGEST_FIRST if one.value in outcomes), C
    )


def test_an_answer_that_calls_for_a_safety_message_is_marked_so_in_the_table() -> None:
    told = {(key[1], key[2]): row[1] for key, row in TABLE.items() if row[0] == DISCLOSURE} | SAFETY
    in_file = {
        (name, str(choice.value)): choice.disclosure
        for name in CRITERIA.screening_questions
        for choice in CRITERIA.question(name).choices
        if choice.disclosure
    }
    assert told == in_file


def keeps_the_way(route: Route, question: Question, choice: Choice) -> bool:
    """Whether an answer leaves the person on this way in: of the two questions that choose it, only one or none does."""
    if question.id not in ("route", "care_type"):
        return True
    answers = {**ALONE, **{name: values[0] for name, values in route.when.items()}, question.id: choice.value}
    return CRITERIA.route_of(answers) is route and question.id in questions_of(Goal.SCREENING, answers, CRITERIA)


def test_every_choice_of_every_question_of_every_way_in_has_a_row() -> None:
    missing = [
        (route.id, name, choice.value)
        for route in SCREENED.values()
        for name in route.asks
        for choice in CRITERIA.question(name).choices
        if keeps_the_way(route, CRITERIA.question(name), choice) and (route.id, name, str(choice.value)) not in TABLE
    ]
    assert missing == []


def test_no_row_is_left_over_from_questions_that_are_not_asked_any_more() -> None:
    left = []
    for way_in, name, answer in TABLE:
        question = CRITERIA.questions.get(name)
        known = question and name in SCREENED[way_in].asks and question.takes(value_of(question, answer))
        if not known:
            left.append((way_in, name, answer))
    assert left == []


@pytest.mark.parametrize(("way", "chosen", "outcome", "reason"), REDIRECTS, ids=[row[0] for row in REDIRECTS])
def test_each_way_to_another_team_says_so_and_asks_nothing_of_the_criteria(
    agency: Agency, way: str, chosen: dict[str, Any], outcome: Outcome, reason: str
) -> None:
    answers = {"route": "something_else", **chosen}
    assert CRITERIA.route_of(answers).id == way
    result = decide(answers, CRITERIA, agency)
    assert result.outcome is outcome
    assert [(one.reason.name, one.reason.at_once) for one in result.findings] == [(reason, True)]
    contact = {"contact_name", "contact", "safe_to_message", "contact_time"}
    assert set(CRITERIA.route_of(answers).asks) <= {"route", "other_matter", "pass_on", *contact}


def test_every_way_there_is_stands_in_one_of_the_two_tables() -> None:
    ways = [route.id for route in CRITERIA.routes]
    assert sorted(ways) == sorted([*{key[0] for key in TABLE}, *(row[0] for row in REDIRECTS)])
    matters = {row[1].get("other_matter") for row in REDIRECTS} | {answer for _, answer in SAFETY}
    assert {choice.value for choice in CRITERIA.question("other_matter").choices} <= matters


def decided(agency: Agency, changed: dict[str, Any]) -> tuple[Outcome, set[str]]:
    """The outcome of a plain set of answers with these changed, and the names of the reasons that carry it."""
    given = {**ALONE, **LEANING, **changed}
    if given["applying_with"] != "alone":
        given["household"] = 2
    answers = {name: given[name] for name in questions_of(Goal.SCREENING, given, CRITERIA)}
    result = decide(answers, CRITERIA, agency)
    return result.outcome, {one.reason.name for one in result.deciding}


@pytest.mark.parametrize(("changed", "outcome", "reason"), TOGETHER)
def test_answers_together_lead_where_the_strongest_does(
    agency: Agency, changed: dict[str, Any], outcome: Outcome, reason: str
) -> None:
    found, reasons = decided(agency, changed)
    assert found is outcome
    assert reason in reasons


@pytest.mark.parametrize(("slug", "changed", "outcome", "reason"), ELSEWHERE)
def test_what_differs_between_councils_is_decided_by_what_is_known_of_each(
    slug: str, changed: dict[str, Any], outcome: Outcome, reason: str | None
) -> None:
    found, reasons = decided(AGENCIES[slug], changed)
    assert found is outcome
    assert reason is None or reason in reasons
