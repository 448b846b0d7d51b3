"""The criteria file: that it is whole, and what is said of a broken one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from enquiry.agencies.agency import load_agencies
from enquiry.datafiles.placeholders import fill
from enquiry.datafiles.source import BrokenFile
from enquiry.enums import Goal, Outcome
from enquiry.safeguarding.categories import load_categories
from enquiry.screening.criteria import CONTACT_QUESTIONS, Criteria, Kind
from enquiry.screening.criteria_file import load_criteria
from enquiry.screening.decide import NOTHING_IN_THE_WAY
from enquiry.screening.rules import AGE_BANDS, RULES, SAID_BY_RULE
from enquiry.settings import ROOT

FILE = ROOT / "data" / "criteria.yml"


@pytest.fixture(scope="module")
def criteria() -> Criteria:
    return load_criteria(FILE)


def test_every_goal_has_a_path_and_no_question_stands_twice_in_it(criteria: Criteria) -> None:
    assert {*criteria.paths, Goal.SCREENING} == set(Goal)
    for path in criteria.paths.values():
        assert len(path) == len(set(path))


def test_every_question_is_asked_somewhere_and_says_why_and_on_what_it_rests(criteria: Criteria) -> None:
    asked = {
        *criteria.afterwards,
        *criteria.screening_questions,
        *(name for path in criteria.paths.values() for name in path),
    }
    assert asked == set(criteria.questions)
    for name in criteria.screening_questions - set(CONTACT_QUESTIONS):
        assert criteria.question(name).basis, f"{name} says nothing of the law or policy it rests on"
    for question in criteria.questions.values():
        assert question.ask
        assert question.why
        assert question.short


def test_every_value_is_text_or_a_count_as_its_kind_says(criteria: Criteria) -> None:
    for question in criteria.questions.values():
        kind = int if question.kind is Kind.NUMBER else str
        assert [choice.value for choice in question.choices if type(choice.value) is not kind] == [], (
            f"{question.id}: quote these values in data/criteria.yml"
        )


def test_every_age_band_with_a_rule_is_known_to_the_rule(criteria: Criteria) -> None:
    bands = {choice.value for choice in criteria.question("partner_age").choices} - {"prefer_to_talk"}
    assert bands == {choice.value for choice in criteria.question("age").choices} == set(AGE_BANDS)


def test_no_question_has_two_buttons_of_one_title_or_value(criteria: Criteria) -> None:
    for question in criteria.questions.values():
        assert len({title.lower() for title in question.titles}) == len(question.titles)
        assert len({choice.value for choice in question.choices}) == len(question.choices)


def test_every_rule_is_written_and_used_and_every_reason_is_used(criteria: Criteria) -> None:
    leads = [
        lead
        for question in criteria.questions.values()
        for choice in question.choices
        for lead in choice.leads.values()
    ]
    assert {lead.rule for lead in leads if lead.rule} == set(RULES) == set(SAID_BY_RULE)
    by_rule = {one for reasons in SAID_BY_RULE.values() for one in reasons}
    led_to = {lead.reason for lead in leads} | {question.otherwise for question in criteria.questions.values()}
    assert set(criteria.reasons) == (led_to | by_rule) - {"continue"} | {NOTHING_IN_THE_WAY}


def test_every_safety_message_that_an_answer_calls_for_is_there(criteria: Criteria) -> None:
    known = load_categories(ROOT / "data" / "safeguarding.yml")
    for question in criteria.questions.values():
        for choice in question.choices:
            assert choice.disclosure is None or choice.disclosure in known


def test_every_not_yet_says_what_would_change_it_and_when_to_come_back_and_no_reason_sounds_like_a_refusal(
    criteria: Criteria,
) -> None:
    for reason in criteria.reasons.values():
        assert reason.outcome is not Outcome.NOT_YET or (reason.changes_when and reason.come_back)
        assert not any(word in reason.because.lower() for word in ("reject", "fail", "refus", "unsuitable"))


def test_every_place_of_every_text_is_filled_for_every_agency(criteria: Criteria) -> None:
    for agency in load_agencies(ROOT / "data" / "agencies").values():
        for question in criteria.questions.values():
            for text in (question.ask, question.why, question.before or "", *question.titles):
                assert "{" not in fill(text, {"agency": agency.facts})
        for reason in criteria.reasons.values():
            for text in (reason.because, reason.changes_when or "", reason.for_staff):
                assert "{" not in fill(text, {"agency": agency.facts})


def test_the_title_of_an_answer_is_what_its_button_said(criteria: Criteria) -> None:
    assert criteria.question("children").title_of(["0-4", "5-10"]) == "0 to 4, 5 to 10"
    assert criteria.question("household").title_of(7) == "7"


def test_the_contact_questions_of_a_call_are_all_in_the_screening_path(criteria: Criteria) -> None:
    assert set(criteria.paths[Goal.CALL]) <= criteria.screening_questions


def broken(tmp_path: Path, **changes: Any) -> Path:
    """A copy of the criteria file with parts changed."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    file = tmp_path / "criteria.yml"
    file.write_text(yaml.safe_dump({**raw, **changes}), encoding="utf-8")
    return file


QUESTION = {
    "id": "one",
    "kind": "choice",
    "short": "One",
    "ask": "One?",
    "why": "Because.",
    "choices": [{"value": "a", "title": "A", "leads_to": "continue"}],
}
ONE_QUESTION: dict[str, Any] = {
    "paths": {"event": ["one"], "call": ["one"], "link": ["one"]},
    "afterwards": [],
    "routes": [{"id": "all", "title": "All", "when": {}, "asks": ["one"]}],
}


def test_a_path_to_a_question_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenFile, match=r"criteria\.yml.*'nowhere'"):
        load_criteria(broken(tmp_path, afterwards=["nowhere"]))


@pytest.mark.parametrize(
    "change", [{"choices": [{"value": "a", "title": "A", "leads_to": "nowhere"}]}, {"otherwise": "nowhere"}]
)
def test_an_answer_that_leads_nowhere_is_named(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(BrokenFile, match=r"criteria\.yml.*one.*'nowhere'"):
        load_criteria(broken(tmp_path, questions=[{**QUESTION, **change}], **ONE_QUESTION))


@pytest.mark.parametrize(
    "changes",
    [
        {"questions": [{key: QUESTION[key] for key in QUESTION if key != "ask"}], **ONE_QUESTION},
        {"questions": [{**QUESTION, "kind": "riddle"}], **ONE_QUESTION},
        {
            "questions": [
                {**QUESTION, "choices": [{"value": "a", "title": "A", "leads_to": {"rule": "no_such_rule"}}]}
            ],
            **ONE_QUESTION,
        },
        {"questions": [QUESTION, QUESTION], **ONE_QUESTION},
        {"reasons": {"odd": {"outcome": "rejected", "because": "x", "for_staff": "y"}}},
        {"version": None},
        {"reasons": {"nothing_in_the_way": {"outcome": "continue", "because": "x", "for_staff": "y"}}},
        {"routes": [{"id": "all", "title": "All", "when": {"route": "foster_new"}, "asks": ["route"]}]},
        {"routes": [{"id": "all", "title": "All", "when": {}, "asks": ["rout"]}]},
        {"questions": [{**QUESTION, "only_if": {"one": "b"}}], **ONE_QUESTION},
        {
            "questions": [{**QUESTION, "choices": [{"value": "a", "title": "A", "leads_to": {"al": "continue"}}]}],
            **ONE_QUESTION,
        },
    ],
    ids=[
        "a missing text",
        "an unknown kind",
        "an unknown rule",
        "a question twice",
        "an unknown outcome",
        "no version",
        "a reason of a rule missing",
        "no route for everybody",
        "a route to nowhere",
        "a condition nobody can meet",
        "an unknown route",
    ],
)
def test_any_other_fault_is_named_with_file_and_remedy(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(BrokenFile, match=r"criteria\.yml"):
        load_criteria(broken(tmp_path, **changes))
