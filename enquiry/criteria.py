"""The screening questions and what their answers lead to, read from data/criteria.yml."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from enquiry.words import Goal, Outcome
from enquiry.yaml_files import read_yaml


class BrokenCriteria(ValueError):
    """The criteria file can't be used; the text names the question and the remedy."""


class Kind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    ANY_OF = "any_of"
    NUMBER = "number"
    PLACE = "place"
    NAME = "name"
    PHONE_OR_EMAIL = "phone_or_email"
    TEXT = "text"
    OFFERED = "offered"  # the choices are dates from the store


# Kept with the enquiry itself rather than with its answers, so that they can be deleted on their own.
CONTACT_QUESTIONS = ("contact_name", "contact", "safe_to_message", "contact_time")


@dataclass(frozen=True)
class Choice:
    """One answer that has a button."""

    value: str | int
    title: str
    leads_to: str | None  # "continue" or the name of a reason; None where a rule decides
    rule: str | None


@dataclass(frozen=True)
class Question:
    """One question, as the enquirer reads it."""

    id: str
    kind: Kind
    short: str
    ask: str
    why: str
    choices: tuple[Choice, ...]
    before: str | None = None
    sensitive: bool = False
    needs: str | None = None
    least: int | None = None
    most: int | None = None
    otherwise: str = "continue"

    def choice(self, value: Any) -> Choice | None:
        """The choice that has this value."""
        return next((choice for choice in self.choices if choice.value == value), None)

    def title_of(self, value: Any) -> str:
        """An answer as a person reads it."""
        if isinstance(value, list):
            return ", ".join(self.title_of(one) for one in value)
        choice = self.choice(value)
        return choice.title if choice else str(value)

    @property
    def titles(self) -> tuple[str, ...]:
        """Button texts, in order."""
        return tuple(choice.title for choice in self.choices)


@dataclass(frozen=True)
class Reason:
    """What an answer leads to and how it is said, to the enquirer and to staff."""

    name: str
    outcome: Outcome
    because: str
    for_staff: str
    changes_when: str | None = None
    skip_to_contact: bool = False
    private: bool = False


@dataclass(frozen=True)
class Criteria:
    """All questions, their order and their reasons, of one version."""

    version: str
    paths: dict[Goal, tuple[str, ...]]
    afterwards: tuple[str, ...]
    questions: dict[str, Question]
    reasons: dict[str, Reason]

    def question(self, name: str) -> Question:
        """The question of that id."""
        return self.questions[name]


def load_criteria(file: Path) -> Criteria:
    """Read the criteria file.

    Raises:
        BrokenCriteria: a path, a choice or a reason names something that is not there.
    """
    raw = read_yaml(file)
    reasons = {name: Reason(name=name, **{**one, "outcome": Outcome(one["outcome"])}) for name, one in raw["reasons"].items()}
    questions = {one["id"]: _question(one) for one in raw["questions"]}
    criteria = Criteria(
        version=raw["version"],
        paths={Goal(goal): tuple(path) for goal, path in raw["paths"].items()},
        afterwards=tuple(raw["afterwards"]),
        questions=questions,
        reasons=reasons,
    )
    _check(file, criteria)
    return criteria


def _question(raw: dict[str, Any]) -> Question:
    choices = []
    for one in raw["choices"]:
        leads_to = one["leads_to"]
        rule = leads_to["rule"] if isinstance(leads_to, dict) else None
        choices.append(Choice(one["value"], one["title"], None if rule else leads_to, rule))
    kept = {key: raw[key] for key in ("before", "sensitive", "needs", "least", "most", "otherwise") if key in raw}
    return Question(
        id=raw["id"],
        kind=Kind(raw["kind"]),
        short=raw["short"],
        ask=raw["ask"],
        why=raw["why"],
        choices=tuple(choices),
        **kept,
    )


def _check(file: Path, criteria: Criteria) -> None:
    for path in (*criteria.paths.values(), criteria.afterwards):
        for name in path:
            if name not in criteria.questions:
                raise BrokenCriteria(f"{file}: a path names the question {name!r}, which is not there.")
    known = {"continue", *criteria.reasons}
    for question in criteria.questions.values():
        for leads_to in [question.otherwise, *(c.leads_to for c in question.choices if c.leads_to)]:
            if leads_to not in known:
                raise BrokenCriteria(f"{file}: {question.id} leads to {leads_to!r}, which is not among the reasons.")
