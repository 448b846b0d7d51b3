"""The policy: what holds for every set of answers, on every route, for every agency. tests/unit/screening/outcomes.csv has each answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquiry.agencies.agency import Agency, AreaRule
from enquiry.enums import Goal, Outcome
from enquiry.screening.criteria import CONTACT_QUESTIONS
from enquiry.screening.decide import STRONGEST_FIRST, Finding, Result, decide, left_over, next_question, questions_of
from enquiry.screening.rules import RULES, SAID_BY_RULE
from tests.support.answer_sets import AGENCIES, CRITERIA, agencies, everything, partial, walk
from tests.support.plain_answers import KEPT

C, N, T, O, Y = Outcome.CONTINUE, Outcome.NOTE, Outcome.TALK_FIRST, Outcome.OTHER_ROUTE, Outcome.NOT_YET  # noqa: E741
WORTH = (C, N, Y, O, T)  # STRONGEST_FIRST the other way round: the outcome that asks least of anyone first
PRIVATE = tuple(name for name in sorted(CRITERIA.screening_questions) if CRITERIA.question(name).sensitive)
TALKS = [
    (name, "prefer_to_talk")
    for name in sorted(CRITERIA.screening_questions)
    if CRITERIA.question(name).choice("prefer_to_talk")
]


@settings(max_examples=150, deadline=None)
@given(everything, agencies)
def test_every_complete_set_of_answers_has_one_outcome_with_a_reason(says: dict[str, Any], agency: Agency) -> None:
    result = decide(walk(says, agency), CRITERIA, agency)
    assert result.outcome in STRONGEST_FIRST
    assert result.deciding
    strengths = [STRONGEST_FIRST.index(finding.reason.outcome) for finding in result.findings]
    assert STRONGEST_FIRST.index(result.outcome) == min(strengths)


@settings(max_examples=150, deadline=None)
@given(everything, agencies, st.sampled_from(Goal))
def test_no_path_asks_twice_and_each_asks_in_its_order(says: dict[str, Any], agency: Agency, goal: Goal) -> None:
    asked = list(walk(says, agency, goal))
    assert asked == [name for name in questions_of(goal, says, CRITERIA) if name in asked] or goal is Goal.SCREENING
    path = CRITERIA.route_of(says).asks if goal is Goal.SCREENING else CRITERIA.paths[goal]
    assert asked == [name for name in path if name in asked]


@settings(max_examples=100, deadline=None)
@given(everything, agencies)
def test_what_was_asked_is_all_wanted_and_a_change_leaves_nothing_behind(says: dict[str, Any], agency: Agency) -> None:
    given_ = walk(says, agency)
    assert left_over(given_, CRITERIA) == ()
    for name in left_over(says, CRITERIA):
        assert name not in given_


@settings(max_examples=100, deadline=None)
@given(partial, agencies, st.randoms())
def test_the_order_of_the_answers_makes_no_difference(answers: dict[str, Any], agency: Agency, random: Any) -> None:
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    assert decide(dict(shuffled), CRITERIA, agency) == decide(answers, CRITERIA, agency)


@settings(max_examples=100, deadline=None)
@given(everything, agencies, st.data())
def test_changing_an_answer_asks_only_what_depends_on_it(
    says: dict[str, Any], agency: Agency, data: st.DataObject
) -> None:
    given_ = walk(says, agency)
    changed = data.draw(st.sampled_from(sorted(set(given_) & CRITERIA.screening_questions - set(CONTACT_QUESTIONS))))
    other = data.draw(everything)[changed]
    after = {**given_, changed: other}
    asked: list[str] = []
    while (question := next_question(Goal.SCREENING, after, CRITERIA, agency)) is not None:
        asked.append(question)
        after[question] = says[question]
    assert not set(asked) & set(given_), "what was answered is not asked again"


@pytest.mark.parametrize("agency", AGENCIES.values(), ids=lambda agency: agency.slug)
@pytest.mark.parametrize("question", [*PRIVATE, "carer_now"])
def test_no_private_answer_alone_gives_not_yet(agency: Agency, question: str) -> None:
    for choice in CRITERIA.question(question).choices:
        assert decide({**KEPT, question: choice.value}, CRITERIA, agency).outcome is not Y


@settings(max_examples=100, deadline=None)
@given(
    everything,
    agencies,
    st.sampled_from(["yes_talk", "prefer_to_talk"]),
    st.sampled_from(["offences", "childrens_services"]),
)
def test_a_safeguarding_answer_never_turns_anything_into_not_yet(
    says: dict[str, Any], agency: Agency, answer: str, question: str
) -> None:
    given_ = walk({**says, question: answer, "personal": "go_on"}, agency)
    if question in given_:
        assert decide(given_, CRITERIA, agency).outcome is T


@settings(max_examples=150, deadline=None)
@given(everything, agencies, st.sampled_from(TALKS))
def test_wanting_to_talk_anywhere_leads_to_a_talk_and_never_to_a_no(
    says: dict[str, Any], agency: Agency, talk: tuple[str, str]
) -> None:
    question, answer = talk
    given_ = walk({**says, question: answer}, agency)
    if question in given_:
        assert decide(given_, CRITERIA, agency).outcome is T


@settings(max_examples=100, deadline=None)
@given(everything, agencies, st.none() | st.integers(18, 30), st.integers(1, 10), st.booleans())
def test_raising_the_minimum_age_changes_nothing_for_those_of_25_or_over(
    says: dict[str, Any], agency: Agency, minimum: int | None, more: int, firm: bool
) -> None:
    of_age = {**says, "age": "25_plus", "partner_age": "25_plus"}
    before = decide(of_age, CRITERIA, replace(agency, minimum_age=minimum, minimum_age_firm=firm))
    after = decide(
        of_age, CRITERIA, replace(agency, minimum_age=min((minimum or 18) + more, 25), minimum_age_firm=firm)
    )
    assert before == after


@given(
    st.sampled_from(["18_20", "21_24"]),
    st.integers(18, 30),
    st.integers(0, 10),
    st.sampled_from(["18_20", "21_24", "25_plus", None]),
)
def test_whoever_a_higher_minimum_lets_through_a_lower_one_does_as_well(
    agency: Agency, band: str, minimum: int, more: int, partner: str | None
) -> None:
    answers = {**KEPT, "age": band} | ({"applying_with": "with_partner", "partner_age": partner} if partner else {})
    higher = decide(answers, CRITERIA, replace(agency, minimum_age=minimum + more)).outcome
    lower = decide(answers, CRITERIA, replace(agency, minimum_age=minimum)).outcome
    assert higher is not C or lower is C
    assert lower is not Y or higher is Y


@settings(max_examples=100, deadline=None)
@given(partial, agencies)
def test_a_dog_less_never_makes_it_worse(answers: dict[str, Any], agency: Agency) -> None:
    order = ["no", "yes", "yes_banned_or_exempt"]
    strengths = [WORTH.index(decide({**answers, "dogs": value}, CRITERIA, agency).outcome) for value in order]
    assert strengths == sorted(strengths)


NOWHERE = AreaRule("here", "next door", (), (), frozenset(), frozenset(), frozenset())


@settings(max_examples=100, deadline=None)
@given(everything, st.booleans())
def test_what_is_not_known_of_an_agency_never_gives_not_yet(agency: Agency, says: dict[str, Any], firm: bool) -> None:
    unknown = replace(
        agency, minimum_age=None, minimum_age_firm=firm, no_spare_room=None, area=NOWHERE, care_types={}, teams={}
    )
    # The right to work is law, and a lodger needs a room wherever they lodge: neither depends on the agency.
    lawful = {**says, "right_to_live_work": "yes", "bedroom": "yes"}
    assert decide(walk(lawful, unknown), CRITERIA, unknown).outcome is not Y


@settings(max_examples=60, deadline=None)
@given(everything, agencies)
def test_whoever_leaves_no_contact_is_not_asked_about_messages(says: dict[str, Any], agency: Agency) -> None:
    asked = walk({**says, "contact": "prefer_not"}, agency)
    assert not {"safe_to_message", "contact_time"} & set(asked)


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"age": "18_20"}, Y),
        ({"age": "18_20", "applying_with": "with_partner", "partner_age": "18_20"}, Y),
        ({"age": "18_20", "applying_with": "with_partner", "partner_age": "25_plus"}, T),
        ({"age": "25_plus", "applying_with": "with_partner", "partner_age": "18_20"}, T),
        ({"age": "25_plus", "applying_with": "with_other", "partner_age": "under_18"}, T),
        ({"age": "25_plus", "applying_with": "with_partner", "partner_age": "25_plus"}, C),
        ({"age": "18_20", "applying_with": "alone", "partner_age": "25_plus"}, Y),
        ({"right_to_live_work": "no"}, Y),
        ({"right_to_live_work": "no", "applying_with": "with_partner", "partner_age": "25_plus"}, T),
    ],
)
def test_of_two_people_one_may_be_able_to_go_on(agency: Agency, answers: dict[str, Any], outcome: Outcome) -> None:
    assert decide({**KEPT, **answers}, CRITERIA, agency).outcome is outcome


def test_the_second_person_is_asked_for_before_anyone_is_told_not_yet(agency: Agency) -> None:
    answers = {"route": "foster_new", "care_type": "not_sure", "applying_with": "with_partner", "age": "18_20"}
    assert next_question(Goal.SCREENING, answers, CRITERIA, agency) == "partner_age"


@pytest.mark.parametrize(
    ("availability", "outcome"), [("mostly_home", T), ("retired_or_not_working", T), ("part_time", Y), ("shifts", Y)]
)
def test_without_a_room_it_depends_on_who_is_at_home(agency: Agency, availability: str, outcome: Outcome) -> None:
    assert decide({**KEPT, "bedroom": "no", "availability": availability}, CRITERIA, agency).outcome is outcome


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
        (None, False, "25_plus", C),
    ],
)
def test_the_minimum_age_decides_only_where_it_is_firm_and_known(
    agency: Agency, minimum: int | None, firm: bool, band: str, outcome: Outcome
) -> None:
    changed = replace(agency, minimum_age=minimum, minimum_age_firm=firm)
    assert decide({**KEPT, "age": band}, CRITERIA, changed).outcome is outcome


def test_the_strongest_outcome_stands_and_the_rest_are_notes(agency: Agency) -> None:
    result = decide(
        {**KEPT, "area": "elsewhere", "bedroom": "no", "smoking": "yes", "dogs": "not_sure"}, CRITERIA, agency
    )
    assert result.outcome is T
    assert [finding.criterion for finding in result.deciding] == ["dogs"]
    assert [finding.criterion for finding in result.notes] == ["area", "bedroom", "smoking"]


@settings(max_examples=100, deadline=None)
@given(everything, agencies)
def test_a_rule_says_only_what_it_may(says: dict[str, Any], agency: Agency) -> None:
    for name in sorted(CRITERIA.screening_questions):
        for choice in CRITERIA.question(name).choices:
            for route, lead in choice.leads.items():
                if lead.rule:
                    said = RULES[lead.rule](choice.value, {**says, name: choice.value}, agency, route)
                    assert said in ("continue", *SAID_BY_RULE[lead.rule])


def test_a_reason_says_the_answer_and_what_the_question_rests_on(agency: Agency) -> None:
    finding = decide({**KEPT, "dogs": "not_sure"}, CRITERIA, agency).deciding[0]
    assert (finding.criterion, finding.answer) == ("dogs", "not_sure")
    assert "Dangerous Dogs Act" in finding.basis


@pytest.mark.parametrize(("outcome", "person"), [(C, False), (N, False), (T, True), (O, True), (Y, True)])
def test_a_person_looks_at_all_but_a_plain_continue_or_note(outcome: Outcome, person: bool) -> None:
    assert Result("mainstream", outcome, ()).looked_at_by_a_person is person


@pytest.mark.parametrize("answers", [{"age": "18_20"}, {"area": "elsewhere"}])
def test_an_answer_that_settles_it_spares_all_but_the_contact_questions(
    agency: Agency, answers: dict[str, Any]
) -> None:
    begun = {name: KEPT[name] for name in ("route", "care_type", "applying_with", "age", "area")} | answers
    assert next_question(Goal.SCREENING, begun, CRITERIA, agency) == CONTACT_QUESTIONS[0]


def test_an_answer_that_is_no_longer_among_the_choices_is_asked_again(agency: Agency) -> None:
    assert next_question(Goal.SCREENING, {**KEPT, "dogs": "a_great_dane"}, CRITERIA, agency) == "dogs"
    assert next_question(Goal.SCREENING, {**KEPT, "household": 400}, CRITERIA, agency) == "household"
    assert decide({**KEPT, "dogs": "a_great_dane"}, CRITERIA, agency).outcome is C


@pytest.mark.parametrize(
    ("answers", "asks", "spares"),
    [
        ({"housing": "rent"}, "landlord", "partner_age"),
        ({"applying_with": "with_partner"}, "partner_age", "landlord"),
        ({"carer_now": "now"}, "carer_child", "landlord"),
        ({"the_rest": "at_visit"}, "personal", "housing"),
        ({"personal": "prefer_to_talk"}, "adjustments", "offences"),
        ({"route": "independent_visitor"}, "experience", "bedroom"),
        ({"route": "independent_visitor"}, "offences", "smoking"),
        ({"route": "supported_lodgings"}, "bedroom", "ages"),
        ({"route": "information_only"}, "route", "contact"),
        ({"route": "look_after_child_i_know"}, "pass_on", "age"),
        ({"route": "look_after_child_i_know", "pass_on": "no"}, "pass_on", "contact"),
        ({"route": "something_else", "other_matter": "complaint"}, "pass_on", "offences"),
        ({"care_type": "parent_and_child"}, "offences", "ages"),
    ],
)
def test_a_question_is_asked_only_where_it_matters(answers: dict[str, Any], asks: str, spares: str) -> None:
    wanted = set(questions_of(Goal.SCREENING, {**KEPT, **answers}, CRITERIA))
    assert asks in wanted
    assert spares not in wanted


@pytest.mark.parametrize("route", CRITERIA.routes, ids=lambda route: route.id)
def test_easy_questions_come_first_private_ones_late_and_how_to_be_reached_last(route: Any) -> None:
    transfer = ("carer_now", "carer_child")  # to a carer who moves they are the matter itself
    private = [
        number for number, name in enumerate(route.asks) if CRITERIA.question(name).sensitive and name not in transfer
    ]
    reached = [number for number, name in enumerate(route.asks) if name in CONTACT_QUESTIONS]
    easy = [
        number
        for number, name in enumerate(route.asks)
        if name not in CONTACT_QUESTIONS and not CRITERIA.question(name).sensitive
    ]
    after = {"language", "adjustments", "heard_from"}
    assert not private or all(number < private[0] or route.asks[number] in after for number in easy)
    assert not reached or max(easy, default=-1) < reached[0]
    assert len(route.asks) == len(set(route.asks))


def test_nobody_is_without_a_next_step(agency: Agency) -> None:
    assert isinstance(decide({}, CRITERIA, agency).findings[0], Finding)
