"""The criteria change between two visits: what is new is asked, what no longer counts is asked again, all else is kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.support.person import Person
from bench.support.servers import Servers
from enquiry.journey.record import answers_of
from enquiry.screening.criteria_file import load_criteria
from enquiry.settings import ROOT
from enquiry.store.models import Conversation, Enquiry
from tests.support.plain_answers import answer_until

pytestmark = pytest.mark.restart

BEFORE, AFTER = "2026-01-01", "2027-01-01"
# Asked from the second visit on, and no answer any more from then on. The assistant was trained on both.
NEW_QUESTION, GONE_ANSWER = "driving", ("smoking", "giving_up")
CARRY_ON = "Carry on with the questions"


def project(folder: Path, criteria: dict[str, Any]) -> Path:
    """The files that the action server runs on, with other criteria."""
    for name in ("actions", "enquiry", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    file = folder / "data" / "criteria.yml"
    file.write_text(yaml.safe_dump(criteria, sort_keys=False, allow_unicode=True), encoding="utf-8")
    load_criteria(file)
    return folder


def today() -> dict[str, Any]:
    """The criteria as they stand, as plain lists and words."""
    criteria: dict[str, Any] = yaml.safe_load((ROOT / "data" / "criteria.yml").read_text(encoding="utf-8"))
    del criteria["shared"]
    return criteria


def without_the_question(criteria: dict[str, Any]) -> dict[str, Any]:
    """Criteria that do not ask for it yet."""
    routes = [
        {**route, "asks": [name for name in flat(route["asks"]) if name != NEW_QUESTION]}
        for route in criteria["routes"]
    ]
    questions = [changed_what(one) for one in criteria["questions"] if one["id"] != NEW_QUESTION]
    return {**criteria, "version": BEFORE, "routes": routes, "questions": questions}


def changed_what(question: dict[str, Any]) -> dict[str, Any]:
    """The list of what can be changed names questions: not that one."""
    if question["id"] != "change_what":
        return question
    return {**question, "choices": [choice for choice in question["choices"] if choice["value"] != NEW_QUESTION]}


def without_the_answer(criteria: dict[str, Any]) -> dict[str, Any]:
    """Criteria in which it is no answer any more."""
    criterion, value = GONE_ANSWER
    questions = [
        {**one, "choices": [choice for choice in one["choices"] if choice["value"] != value]}
        if one["id"] == criterion
        else one
        for one in criteria["questions"]
    ]
    return {**criteria, "version": AFTER, "questions": questions}


def flat(names: Any) -> list[str]:
    """Names, of lists that stand in lists."""
    return [each for one in names for each in (flat(one) if isinstance(one, list) else [one])]


class Visits:
    """Several people whose first visit was before the change. Between two visits the servers are stopped and started again."""

    def __init__(self, house: Servers, after: Path) -> None:
        self.house, self._after = house, after
        self.half_way = self._someone()
        answer_until("smoking", self.half_way)
        self.half_way.say("giving up, on patches")
        answer_until("experience", self.half_way)
        self.at_the_list = self._someone()
        answer_until("check_answers", self.at_the_list)
        self.settled = self._someone()
        answer_until("smoking", self.settled)
        self.settled.say("Giving up now")
        answer_until("next_step", self.settled)
        self.asked_before = {one.id: asked(one) for one in (self.half_way, self.at_the_list, self.settled)}

    def _someone(self) -> Person:
        person = Person(self.house.address)
        person.begin()
        person.say("Check if I could foster")
        return person

    def change_the_criteria(self) -> None:
        """As after a restart on another day."""
        self.house.kill("actions")
        self.house.wait_for_presence("away")
        self.house.roots["actions"] = self._after
        self.house.start("actions")
        self.house.wait_for_presence("awake")

    def asked_since(self, person: Person) -> list[str]:
        """What was asked on the second visit, in order."""
        return asked(person)[len(self.asked_before[person.id]) :]

    def outcomes(self, person: Person) -> list[tuple[str, str, list[str]]]:
        """Version, outcome and names of the reasons of all that is kept, first to last."""
        return self._read(person, outcomes_of)

    def answers(self, person: Person) -> dict[str, Any]:
        """All that is kept of somebody's answers."""
        return self._read(person, answers_of)

    def corrected(self, person: Person) -> set[str]:
        """The answers that were given anew."""
        return self._read(person, lambda enquiry: {answer.criterion for answer in enquiry.answers if answer.corrected})

    def _read[Found](self, person: Person, what: Callable[[Enquiry], Found]) -> Found:
        store = self.house.store()
        try:
            with store.read() as session:
                enquiry: Enquiry | None = session.get_one(Conversation, person.id).enquiry
                assert enquiry is not None
                return what(enquiry)
        finally:
            store.close()


def outcomes_of(enquiry: Enquiry) -> list[tuple[str, str, list[str]]]:
    """Version, outcome and reasons of each."""
    return [
        (one.criteria_version, one.outcome, [str(each["reason"]) for each in one.reasons]) for one in enquiry.outcomes
    ]


def asked(person: Person) -> list[str]:
    """Every question somebody was asked."""
    return [message["question"] for message in person.all_messages() if message["question"]]


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visits]:
    """First visits with the older criteria, then the change."""
    criteria, folder = today(), tmp_path_factory.mktemp("criteria")
    house = Servers(tmp_path_factory.mktemp("changed"))
    house.roots["actions"] = project(folder / "before", without_the_question(criteria))
    after = project(folder / "after", without_the_answer(criteria))
    try:
        house.start_all()
        found = Visits(house, after)
        found.change_the_criteria()
        yield found
    finally:
        house.stop_all()


def test_what_is_no_answer_any_more_is_asked_again_and_what_is_new_is_asked_once(visits: Visits) -> None:
    person, before = visits.half_way, visits.answers(visits.half_way)
    assert before["smoking"] == "giving_up"
    person.say(CARRY_ON)
    assert person.question == "smoking"
    assert "Giving up now" not in person.offered
    person.say("nobody does any more")
    assert person.question == "experience", "everything else that was told stands"
    answer_until("next_step", person)

    since = visits.asked_since(person)
    assert since.count(NEW_QUESTION) == since.count("smoking") == 1
    assert set(since) & set(before) == {"smoking"}
    after = visits.answers(person)
    assert {name: after[name] for name in before if name != "smoking"} == {
        name: before[name] for name in before if name != "smoking"
    }
    assert (after["smoking"], after[NEW_QUESTION]) == ("no", "yes")
    assert visits.corrected(person) <= {"smoking"}
    assert visits.outcomes(person) == [(AFTER, "continue", ["nothing_in_the_way"])]


def test_yes_to_a_list_of_older_questions_settles_nothing_before_the_new_one_is_answered(visits: Visits) -> None:
    person, before = visits.at_the_list, visits.answers(visits.at_the_list)
    person.say("That is right")
    assert person.question == NEW_QUESTION
    assert visits.outcomes(person) == []
    person.say("nobody drives")
    assert person.question == "check_answers"
    assert "Driving: No" in person.heard
    assert visits.outcomes(person) == [], "the list they had said yes to was another one"
    person.say("That is right")
    assert visits.asked_since(person) == [NEW_QUESTION, "check_answers", "next_step"]
    assert visits.outcomes(person) == [(AFTER, "note", ["nobody_drives"])]
    assert {name: value for name, value in visits.answers(person).items() if name in before} == before


def test_an_outcome_stays_with_the_version_it_was_reached_with_and_the_new_one_is_kept_beside_it(
    visits: Visits,
) -> None:
    person = visits.settled
    first = visits.outcomes(person)
    assert [(version, outcome) for version, outcome, _ in first] == [(BEFORE, "note")]
    person.say("Check if I could foster")
    assert person.question == "smoking"
    person.say("no, we've all given up")
    assert person.question == NEW_QUESTION
    person.say("I drive")
    assert person.question == "check_answers"
    person.say("That is right")
    assert person.question == "next_step"
    assert visits.outcomes(person) == [*first, (AFTER, "continue", ["nothing_in_the_way"])]
