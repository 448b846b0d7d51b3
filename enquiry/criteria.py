"""The screening questions and what their answers lead to, read from data/criteria.yml."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from enquiry.words import Goal, Outcome
from enquiry.yaml_files import BrokenFile, Step, Wrong, did_you_mean, open_yaml


class BrokenCriteria(BrokenFile):
    """The criteria file can't be used; the text names file, line, question and remedy."""


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
    LISTED = "listed"  # said to the list of answers: a choice, or the right answer to one of them


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
        source = open_yaml(file)
    except BrokenFile as error:
        raise BrokenCriteria(*error.problems) from error
    raw = source.value
    try:
        criteria = Criteria(
            version=_text(raw["version"], "the version", "version"),
            paths={_one_of(Goal, goal, "paths", goal): tuple(path) for goal, path in raw["paths"].items()},
            afterwards=tuple(raw["afterwards"]),
            questions=_questions(raw["questions"]),
            reasons={name: _reason(name, one) for name, one in raw["reasons"].items()},
        )
        _check(criteria)
    except Wrong as wrong:
        raise BrokenCriteria(source.problem(wrong.text, *wrong.path)) from wrong
    except KeyError as missing:
        raise BrokenCriteria(source.problem(f"{missing.args[0]} is missing. Write it.")) from missing
    except (TypeError, ValueError, AttributeError) as error:
        raise BrokenCriteria(source.problem(f"this can't be read ({error}). Compare it with the last version that worked.")) from error
    return criteria


def _questions(raw: list[dict[str, Any]]) -> dict[str, Question]:
    questions: dict[str, Question] = {}
    for number, one in enumerate(raw):
        where = ("questions", number)
        try:
            question = _question(one, where)
        except KeyError as missing:
            raise Wrong(f"the question {one.get('id')!r} lacks {missing.args[0]!r}. Write it.", *where) from missing
        except (TypeError, ValueError, AttributeError) as error:
            if isinstance(error, Wrong):
                raise
            raise Wrong(f"this question can't be read ({error}). Compare it with the one above.", *where) from error
        if question.id in questions:
            raise Wrong(f"the question {question.id!r} stands twice. Keep one.", *where, "id")
        questions[question.id] = question
    return questions


def _text(value: Any, what: str, *path: Step) -> str:
    """YAML takes an unquoted 18_20 for the number 1820 and an unquoted no for false: values must be written as text."""
    if not isinstance(value, str) or not value:
        raise Wrong(f"{what} is {value!r}. Write it between quotation marks.", *path)
    return value


def _one_of[Name: StrEnum](names: type[Name], value: Any, *path: Step) -> Name:
    try:
        return names(value)
    except ValueError as error:
        remedy = did_you_mean(str(value), list(names), f"There are {', '.join(names)}.")
        raise Wrong(f"{value!r} is not known here. {remedy}", *path) from error


def _reason(name: str, raw: dict[str, Any]) -> Reason:
    known = set(Reason.__dataclass_fields__) - {"name"}
    for key in raw:
        if key not in known:
            remedy = did_you_mean(str(key), known, f"Known are {', '.join(sorted(known))}.")
            raise Wrong(f'the reason {name!r} has the unknown key "{key}". {remedy}', "reasons", name, key)
    for key in ("outcome", "because", "for_staff"):
        if key not in raw:
            raise Wrong(f"the reason {name!r} lacks {key!r}. Write it.", "reasons", name)
    return Reason(name=name, **{**raw, "outcome": _one_of(Outcome, raw["outcome"], "reasons", name, "outcome")})


def _question(raw: dict[str, Any], where: tuple[Step, ...]) -> Question:
    choices = []
    for number, one in enumerate(raw["choices"]):
        here = (*where, "choices", number)
        leads_to = one["leads_to"]
        rule = leads_to["rule"] if isinstance(leads_to, dict) else None
        value = one["value"] if raw["kind"] == Kind.NUMBER else _text(one["value"], f"an answer of {raw['id']!r}", *here, "value")
        choices.append(Choice(value, _text(one["title"], f"a title of {raw['id']!r}", *here, "title"), None if rule else leads_to, rule))
    kept = {key: raw[key] for key in ("before", "sensitive", "needs", "least", "most", "otherwise") if key in raw}
    return Question(
        id=raw["id"],
        kind=_one_of(Kind, raw["kind"], *where, "kind"),
        short=raw["short"],
        ask=raw["ask"],
        why=raw["why"],
        choices=tuple(choices),
        **kept,
    )


def _check(criteria: Criteria) -> None:
    paths: list[tuple[tuple[Step, ...], tuple[str, ...]]] = [(("paths", goal.value), path) for goal, path in criteria.paths.items()]
    for where, path in [*paths, (("afterwards",), criteria.afterwards)]:
        for at, name in enumerate(path):
            if name not in criteria.questions:
                remedy = did_you_mean(str(name), criteria.questions, "Take it out, or write that question.")
                raise Wrong(f"a path names the question {name!r}, which is not there. {remedy}", *where, at)
    known = {"continue", *criteria.reasons}
    for number, question in enumerate(criteria.questions.values()):
        here = ("questions", number)
        for at, rule in enumerate(choice.rule for choice in question.choices):
            if rule and rule not in RULE_NAMES:
                remedy = did_you_mean(rule, RULE_NAMES, f"There are {', '.join(RULE_NAMES)}.")
                raise Wrong(f"{question.id} leads to the rule {rule!r}, which there is not. {remedy}", *here, "choices", at, "leads_to")
        leads: list[tuple[str, tuple[Step, ...]]] = [(question.otherwise, ("otherwise",))]
        leads += [(choice.leads_to, ("choices", at, "leads_to")) for at, choice in enumerate(question.choices) if choice.leads_to]
        for leads_to, path_there in leads:
            if leads_to not in known:
                remedy = did_you_mean(leads_to, known, "Write `continue` or the name of a reason.")
                raise Wrong(f"{question.id} leads to {leads_to!r}, which is not among the reasons. {remedy}", *here, *path_there)
