"""The criteria file: that it is whole, and what is said of a broken one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from enquiry.agencies import load_agencies
from enquiry.criteria import BrokenCriteria, Criteria, Kind, load_criteria
from enquiry.placeholders import fill
from enquiry.screening import AGE_BANDS, RULES
from enquiry.settings import ROOT
from enquiry.words import Goal, Outcome

FILE = ROOT / "data" / "criteria.yml"
# Their answers can be read, but no path asks them yet; take a question out when it is put on a path.
READABLE_ONLY = {
    "route", "applying_with", "ages", "housing", "other_pets", "driving", "language", "health", "earlier_application", "carer_now",
    "adoption_interest", "changes", "firearms", "home_business",
}  # fmt: skip


@pytest.fixture(scope="module")
def criteria() -> Criteria:
    return load_criteria(FILE)


def test_every_goal_has_a_path_and_no_question_stands_twice_in_it(criteria: Criteria) -> None:
    assert set(criteria.paths) == set(Goal)
    for path in criteria.paths.values():
        assert len(path) == len(set(path))


def test_every_question_is_asked_somewhere_and_says_why(criteria: Criteria) -> None:
    asked = {*criteria.afterwards, *(name for path in criteria.paths.values() for name in path)}
    assert asked | READABLE_ONLY == set(criteria.questions)
    assert not asked & READABLE_ONLY
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
    assert {choice.value for choice in criteria.question("age").choices if choice.rule == "minimum_age"} == set(AGE_BANDS)


def test_no_question_has_two_buttons_of_one_title_or_value(criteria: Criteria) -> None:
    for question in criteria.questions.values():
        assert len({title.lower() for title in question.titles}) == len(question.titles)
        assert len({choice.value for choice in question.choices}) == len(question.choices)


def test_every_rule_is_written_and_every_reason_is_used(criteria: Criteria) -> None:
    choices = [choice for question in criteria.questions.values() for choice in question.choices]
    assert {choice.rule for choice in choices if choice.rule} <= set(RULES)
    by_rule = {"age_below_minimum", "age_minimum_unclear", "no_bedroom", "no_bedroom_but_home", "no_bedroom_unclear"}
    led_to = {choice.leads_to for choice in choices} | {question.otherwise for question in criteria.questions.values()} | by_rule
    assert set(criteria.reasons) <= led_to


def test_every_not_yet_says_what_would_change_it_and_no_reason_sounds_like_a_refusal(criteria: Criteria) -> None:
    for reason in criteria.reasons.values():
        assert reason.outcome is not Outcome.NOT_YET or reason.changes_when
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
    assert set(criteria.paths[Goal.CALL]) <= set(criteria.paths[Goal.SCREENING])


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
ONE_QUESTION = {"paths": {"screening": ["one"], "event": ["one"], "call": ["one"]}, "afterwards": []}


def test_a_path_to_a_question_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenCriteria, match=r"criteria\.yml.*'nowhere'"):
        load_criteria(broken(tmp_path, afterwards=["nowhere"]))


@pytest.mark.parametrize("change", [{"choices": [{"value": "a", "title": "A", "leads_to": "nowhere"}]}, {"otherwise": "nowhere"}])
def test_an_answer_that_leads_nowhere_is_named(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(BrokenCriteria, match=r"criteria\.yml.*one.*'nowhere'"):
        load_criteria(broken(tmp_path, questions=[{**QUESTION, **change}], **ONE_QUESTION))


@pytest.mark.parametrize(
    "changes",
    [
        {"questions": [{key: QUESTION[key] for key in QUESTION if key != "ask"}], **ONE_QUESTION},
        {"questions": [{**QUESTION, "kind": "riddle"}], **ONE_QUESTION},
        {"questions": [{**QUESTION, "choices": [{"value": "a", "title": "A", "leads_to": {"rule": "no_such_rule"}}]}], **ONE_QUESTION},
        {"questions": [QUESTION, QUESTION], **ONE_QUESTION},
        {"reasons": {"odd": {"outcome": "rejected", "because": "x", "for_staff": "y"}}},
        {"version": None},
    ],
    ids=["a missing text", "an unknown kind", "an unknown rule", "a question twice", "an unknown outcome", "no version"],
)
def test_any_other_fault_is_named_with_file_and_remedy(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(BrokenCriteria, match=r"criteria\.yml"):
        load_criteria(broken(tmp_path, **changes))
