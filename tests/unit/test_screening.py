"""The policy: what each answer leads to, and what holds for every set of answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquiry.agencies import Agency, AreaRule
from enquiry.criteria import Criteria, Kind, Question, load_criteria
from enquiry.screening import STRONGEST_FIRST, Result, decide, next_question
from enquiry.settings import ROOT
from enquiry.words import Goal, Outcome

CRITERIA = load_criteria(ROOT / "data" / "criteria.yml")
PATH = CRITERIA.paths[Goal.SCREENING]
C, N, T, O, Y = Outcome.CONTINUE, Outcome.NOTE, Outcome.TALK_FIRST, Outcome.OTHER_ROUTE, Outcome.NOT_YET  # noqa: E741

# question, answer, what it leads to for Leicestershire (minimum age 21, firm; babies without a spare room only when at home)
TABLE: tuple[tuple[str, Any, Outcome], ...] = (
    ("age", "18_20", Y),
    ("age", "21_24", C),
    ("age", "25_plus", C),
    ("age", "under_18", C),
    ("area", "in_area", C),
    ("area", "border", T),
    ("area", "elsewhere", O),
    ("area", "not_sure", T),
    ("area", "LE9", C),
    ("area", "LE1", T),
    ("area", "LE2", T),
    ("area", "SW1A", O),
    ("right_to_live_work", "yes", C),
    ("right_to_live_work", "no", Y),
    ("right_to_live_work", "not_sure", T),
    ("right_to_live_work", "prefer_to_talk", T),
    ("household", 1, C),
    ("household", 2, C),
    ("household", 3, N),
    ("household", 4, N),
    ("household", 7, N),
    ("household", 12, N),
    ("children", ["none"], C),
    ("children", ["0-4"], C),
    ("children", ["5-10"], C),
    ("children", ["11-15"], C),
    ("children", ["16-17"], C),
    ("children", ["0-4", "16-17"], C),
    ("bedroom", "yes", C),
    ("bedroom", "planned", N),
    ("bedroom", "no", Y),
    ("bedroom", "not_sure", N),
    ("smoking", "no", C),
    ("smoking", "yes", N),
    ("smoking", "giving_up", N),
    ("smoking", "prefer_to_talk", N),
    ("dogs", "no", C),
    ("dogs", "yes", N),
    ("dogs", "yes_banned_or_exempt", T),
    ("dogs", "not_sure", T),
    ("availability", "mostly_home", C),
    ("availability", "part_time", C),
    ("availability", "full_time_flexible", C),
    ("availability", "full_time_fixed", N),
    ("availability", "shifts", C),
    ("availability", "retired_or_not_working", C),
    ("experience", ["own_children"], C),
    ("experience", ["family"], C),
    ("experience", ["work"], C),
    ("experience", ["volunteering"], C),
    ("experience", ["care_experience"], C),
    ("experience", ["little_or_none"], N),
    ("experience", ["work", "little_or_none"], N),
    ("offences", "no", C),
    ("offences", "yes_talk", T),
    ("offences", "prefer_to_talk", T),
    ("childrens_services", "no", C),
    ("childrens_services", "yes_talk", T),
    ("childrens_services", "prefer_to_talk", T),
    ("contact_name", "prefer_not", C),
    ("contact_name", "Jo", C),
    ("contact", "prefer_not", C),
    ("contact", "+447700900123", C),
    ("safe_to_message", "yes", C),
    ("safe_to_message", "no", C),
    ("contact_time", "Any time", C),
    ("contact_time", "after 6", C),
)
EVERY_CHOICE = [
    (name, choice.value) for name in PATH for choice in CRITERIA.question(name).choices if CRITERIA.question(name).kind is not Kind.TEXT
]


@pytest.mark.parametrize(("question", "answer", "outcome"), TABLE)
def test_each_answer_leads_to_its_outcome(agency: Agency, question: str, answer: Any, outcome: Outcome) -> None:
    assert decide({question: answer}, CRITERIA, agency).outcome is outcome


def test_the_table_has_every_choice_of_every_question() -> None:
    told = {(question, one) for question, answer, _ in TABLE for one in (answer if isinstance(answer, list) else [answer])}
    assert [choice for choice in EVERY_CHOICE if choice not in told] == []


@pytest.mark.parametrize("availability", ["mostly_home", "retired_or_not_working"])
def test_without_a_room_but_at_home_a_person_talks_first(agency: Agency, availability: str) -> None:
    assert decide({"bedroom": "no", "availability": availability}, CRITERIA, agency).outcome is T


@pytest.mark.parametrize("availability", ["part_time", "full_time_flexible", "full_time_fixed", "shifts"])
def test_without_a_room_and_at_work_it_is_not_yet(agency: Agency, availability: str) -> None:
    assert decide({"bedroom": "no", "availability": availability}, CRITERIA, agency).outcome is Y


@pytest.mark.parametrize(
    ("minimum", "firm", "band", "outcome"),
    [
        (21, True, "18_20", Y),
        (21, False, "18_20", T),
        (None, True, "18_20", T),
        (18, True, "18_20", C),
        (20, True, "18_20", T),
        (25, True, "21_24", Y),
        (23, True, "21_24", T),
        (25, False, "21_24", T),
        (None, False, "21_24", T),
        (25, True, "25_plus", C),
    ],
)
def test_the_minimum_age_decides_only_where_it_is_firm_and_known(
    agency: Agency, minimum: int | None, firm: bool, band: str, outcome: Outcome
) -> None:
    changed = replace(agency, minimum_age=minimum, minimum_age_firm=firm)
    assert decide({"age": band}, CRITERIA, changed).outcome is outcome


def test_the_strongest_outcome_stands_and_carries_only_its_own_reasons(agency: Agency) -> None:
    result = decide({"area": "elsewhere", "bedroom": "no", "smoking": "yes", "dogs": "not_sure"}, CRITERIA, agency)
    assert result.outcome is T
    assert [finding.criterion for finding in result.deciding] == ["dogs"]
    assert [finding.criterion for finding in result.findings] == ["area", "bedroom", "smoking", "dogs"]


@pytest.mark.parametrize(("outcome", "person"), [(C, False), (N, False), (T, True), (O, True), (Y, True)])
def test_a_person_looks_at_all_but_a_plain_continue_or_note(outcome: Outcome, person: bool) -> None:
    assert Result(outcome, ()).looked_at_by_a_person is person


def answers_to(question: Question) -> st.SearchStrategy[Any]:
    """Every answer the question can have."""
    values = [choice.value for choice in question.choices]
    if question.kind is Kind.ANY_OF:
        return st.lists(st.sampled_from(values), min_size=1, unique=True)
    if question.kind is Kind.NUMBER:
        return st.integers(question.least or 1, question.most or 12)
    if question.kind is Kind.PLACE:
        return st.sampled_from([*values, "LE9", "LE1", "LE2", "SW1A"])
    if question.kind in (Kind.NAME, Kind.PHONE_OR_EMAIL, Kind.TEXT):
        return st.sampled_from([*values, "Jo", "+447700900123"])
    return st.sampled_from(values)


complete = st.fixed_dictionaries({name: answers_to(CRITERIA.question(name)) for name in PATH})
partial = st.fixed_dictionaries({}, optional={name: answers_to(CRITERIA.question(name)) for name in PATH})
NOWHERE = AreaRule((), (), frozenset(), frozenset(), frozenset())


@settings(max_examples=40, deadline=None)
@given(complete)
def test_every_complete_set_of_answers_has_exactly_one_outcome(agency: Agency, answers: dict[str, Any]) -> None:
    result = decide(answers, CRITERIA, agency)
    assert result.outcome in STRONGEST_FIRST
    assert bool(result.deciding) is (result.outcome is not C)
    strengths = [STRONGEST_FIRST.index(finding.reason.outcome) for finding in result.findings]
    assert STRONGEST_FIRST.index(result.outcome) == min(strengths, default=len(STRONGEST_FIRST) - 1)


@settings(max_examples=50, deadline=None)
@given(partial, st.randoms())
def test_the_order_of_the_answers_makes_no_difference(agency: Agency, answers: dict[str, Any], random: Any) -> None:
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    assert decide(dict(shuffled), CRITERIA, agency) == decide(answers, CRITERIA, agency)


def walk(answers: dict[str, Any], goal: Goal, agency: Agency, criteria: Criteria = CRITERIA) -> list[str]:
    """The questions asked of someone who would answer so, in order."""
    asked: list[str] = []
    given_: dict[str, Any] = {}
    while (question := next_question(goal, given_, criteria, agency)) is not None:
        assert question not in asked
        asked.append(question)
        given_[question] = answers[question]
    return asked


@settings(max_examples=40, deadline=None)
@given(complete, st.sampled_from(Goal))
def test_no_path_asks_twice_and_every_path_ends(agency: Agency, answers: dict[str, Any], goal: Goal) -> None:
    asked = walk(answers, goal, agency)
    assert len(asked) <= len(CRITERIA.paths[goal])
    assert asked == [name for name in CRITERIA.paths[goal] if name in asked]


@settings(max_examples=40, deadline=None)
@given(complete)
def test_whoever_leaves_no_contact_is_not_asked_about_messages(agency: Agency, answers: dict[str, Any]) -> None:
    asked = walk({**answers, "contact": "prefer_not"}, Goal.SCREENING, agency)
    assert not {"safe_to_message", "contact_time"} & set(asked)


@pytest.mark.parametrize("answers", [{"age": "18_20"}, {"age": "25_plus", "area": "elsewhere"}])
def test_an_answer_that_settles_it_spares_all_but_the_contact_questions(agency: Agency, answers: dict[str, Any]) -> None:
    assert next_question(Goal.SCREENING, answers, CRITERIA, agency) == CRITERIA.paths[Goal.CALL][0]


@pytest.mark.parametrize("question", ["offences", "childrens_services"])
def test_no_safeguarding_answer_alone_gives_not_yet(agency: Agency, question: str) -> None:
    for choice in CRITERIA.question(question).choices:
        assert decide({question: choice.value}, CRITERIA, agency).outcome in (C, T)


@settings(max_examples=50, deadline=None)
@given(partial, st.sampled_from(["yes_talk", "prefer_to_talk"]), st.sampled_from(["offences", "childrens_services"]))
def test_a_safeguarding_answer_never_turns_anything_into_not_yet(
    agency: Agency, answers: dict[str, Any], answer: str, question: str
) -> None:
    assert decide({**answers, question: answer}, CRITERIA, agency).outcome is T


@settings(max_examples=50, deadline=None)
@given(partial, st.none() | st.integers(18, 30), st.integers(1, 10), st.booleans())
def test_raising_the_minimum_age_changes_nothing_for_those_of_25_or_over(
    agency: Agency, answers: dict[str, Any], minimum: int | None, more: int, firm: bool
) -> None:
    of_age = {**answers, "age": "25_plus"}
    before = decide(of_age, CRITERIA, replace(agency, minimum_age=minimum, minimum_age_firm=firm))
    after = decide(of_age, CRITERIA, replace(agency, minimum_age=(minimum or 18) + more, minimum_age_firm=firm))
    assert before == after


@given(st.sampled_from(["18_20", "21_24"]), st.integers(18, 30), st.integers(0, 10))
def test_whoever_a_higher_minimum_lets_through_a_lower_one_does_as_well(agency: Agency, band: str, minimum: int, more: int) -> None:
    higher = decide({"age": band}, CRITERIA, replace(agency, minimum_age=minimum + more)).outcome
    lower = decide({"age": band}, CRITERIA, replace(agency, minimum_age=minimum)).outcome
    assert higher is not C or lower is C
    assert lower is not Y or higher is Y


WORTH = (C, N, Y, O, T)  # STRONGEST_FIRST the other way round: the outcome that asks least of anyone first


@settings(max_examples=50, deadline=None)
@given(partial)
def test_a_dog_less_never_makes_it_worse(agency: Agency, answers: dict[str, Any]) -> None:
    order = ["no", "yes", "yes_banned_or_exempt"]
    strengths = [WORTH.index(decide({**answers, "dogs": value}, CRITERIA, agency).outcome) for value in order]
    assert strengths == sorted(strengths)


@settings(max_examples=50, deadline=None)
@given(partial, st.booleans())
def test_what_is_not_known_of_an_agency_never_gives_not_yet(agency: Agency, answers: dict[str, Any], firm: bool) -> None:
    unknown = replace(agency, minimum_age=None, minimum_age_firm=firm, no_spare_room=None, area=NOWHERE)
    lawful = {**answers, "right_to_live_work": "yes"}  # the right to work does not depend on the agency
    assert decide(lawful, CRITERIA, unknown).outcome is not Y
