"""The screening questions and what their answers lead to, read from data/criteria.yml."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

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


# Written in enquiry/screening.py, one short function each.
RULE_NAMES = ("minimum_age", "child", "bedroom")
# Kept with the enquiry itself rather than with its answers, so that they can be deleted on their own.
# What "I'd rather not say" is kept as: the question counts as answered, and there is nothing to reach the person by.
PREFER_NOT = "prefer_not"
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
    try:
        raw = read_yaml(file)
        criteria = Criteria(
            version=_text(raw["version"], "the version"),
            paths={Goal(goal): tuple(path) for goal, path in raw["paths"].items()},
            afterwards=tuple(raw["afterwards"]),
            questions=_questions(raw["questions"]),
            reasons={name: Reason(name=name, **{**one, "outcome": Outcome(one["outcome"])}) for name, one in raw["reasons"].items()},
        )
    except KeyError as missing:
        raise BrokenCriteria(f"{file}: {missing.args[0]} is missing.") from missing
    except (TypeError, ValueError, AttributeError, yaml.YAMLError) as error:
        raise BrokenCriteria(f"{file}: can't be read ({error}).") from error
    _check(file, criteria)
    return criteria


def _questions(raw: list[dict[str, Any]]) -> dict[str, Question]:
    questions: dict[str, Question] = {}
    for one in raw:
        try:
            question = _question(one)
        except KeyError as missing:
            raise ValueError(f"the question {one.get('id')!r} lacks {missing.args[0]!r}") from missing
        if question.id in questions:
            raise ValueError(f"the question {question.id!r} stands twice; keep one")
        questions[question.id] = question
    return questions


def _text(value: Any, what: str) -> str:
    """YAML takes an unquoted 18_20 for the number 1820 and an unquoted no for false: values must be written as text."""
    if not isinstance(value, str) or not value:
        raise ValueError(f"{what} is {value!r}; write it between quotation marks")
    return value


def _question(raw: dict[str, Any]) -> Question:
    choices = []
    for one in raw["choices"]:
        leads_to = one["leads_to"]
        rule = leads_to["rule"] if isinstance(leads_to, dict) else None
        value = one["value"] if raw["kind"] == Kind.NUMBER else _text(one["value"], f"an answer of {raw['id']!r}")
        choices.append(Choice(value, _text(one["title"], f"a title of {raw['id']!r}"), None if rule else leads_to, rule))
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
        for rule in (c.rule for c in question.choices):
            if rule and rule not in RULE_NAMES:
                raise BrokenCriteria(f"{file}: {question.id} leads to the rule {rule!r}; there are {', '.join(RULE_NAMES)}.")
        for leads_to in [question.otherwise, *(c.leads_to for c in question.choices if c.leads_to)]:
            if leads_to not in known:
                raise BrokenCriteria(f"{file}: {question.id} leads to {leads_to!r}, which is not among the reasons.")
