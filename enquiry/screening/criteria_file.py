"""Read data/criteria.yml and say what is wrong with it, by file and line."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, PlainValidator

from enquiry.datafiles.mistakes import Says, as_written
from enquiry.datafiles.models import DataFile, Flag, Names, Part, Whole, Words
from enquiry.datafiles.source import Problem, Source, Step, did_you_mean
from enquiry.enums import Goal
from enquiry.screening.criteria import CONTINUE, OTHERWISE, Choice, Criteria, Kind, Lead, Question, Reason, Route
from enquiry.screening.decide import NOTHING_IN_THE_WAY
from enquiry.screening.rules import RULES, SAID_BY_RULE

# What the rest of the answers can't make up for: whoever is given a safety message is not screened.
NOT_AN_ENQUIRER = "not_an_enquirer"
LEARNED = {"never", "asked_again"}  # what the assistant alone reads of a question


def _leads(raw: Any) -> tuple[dict[str, Lead], str | None]:
    """What a `leads_to` says: a lead, a disclosure, or a lead for each of several routes."""
    match raw:
        case {"disclosure": str(category), **others} if not others:
            return {OTHERWISE: Lead(NOT_AN_ENQUIRER)}, category
        case {"otherwise": _}:
            return {str(route): _lead(lead) for route, lead in raw.items()}, None
        case {**others} if others.keys().isdisjoint({"disclosure", "rule"}):
            raise ValueError("has an answer that leads nowhere on the other routes. Write `otherwise:`, too.")
    return {OTHERWISE: _lead(raw)}, None


def _lead(raw: Any) -> Lead:
    match raw:
        case str() if raw:
            return Lead(raw)
        case {"rule": str(rule), **others} if not others:
            return Lead(rule=rule)
    remedy = "Write `continue`, the name of a reason between quotation marks, or {rule: name}."
    raise ValueError(f"has an answer that leads to {as_written(raw)}. {remedy}")


def _with_names(raw: Any) -> Any:
    """The reasons, each with its own name in it."""
    if not isinstance(raw, dict):
        return raw
    return {name: {**reason, "name": name} if isinstance(reason, dict) else reason for name, reason in raw.items()}


class ChoicePart(Part):
    """An answer as it is written, with what people say for it."""

    value: Annotated[Words | Whole, Says("{subject} has the answer {value}", "Write it between quotation marks.")]
    title: Annotated[Words, Says("{subject} has the title {value}", "Write it between quotation marks.")]
    leads_to: Annotated[tuple[dict[str, Lead], str | None], PlainValidator(_leads)]
    alone: Flag = False
    heard_as: tuple[Any, ...] = ()
    said_back: Words | None = None


class QuestionPart(Part):
    """A question as it is written, with what the assistant learns."""

    id: Words
    kind: Kind
    short: Words
    ask: Words
    why: Words
    choices: tuple[ChoicePart, ...]
    basis: Words = ""
    before: Words | None = None
    sensitive: Flag = False
    keeps_text: Flag = True
    needs: Words | None = None
    only_if: Mapping[Words, Names] = Field(default_factory=dict)
    least: Whole | None = None
    most: Whole | None = None
    otherwise: Words = CONTINUE
    left_out_as: Words | None = None
    never: tuple[Any, ...] = ()
    asked_again: tuple[Any, ...] = ()

    def question(self) -> Question:
        """The question with what its answers lead to."""
        choices = tuple(
            Choice(choice.value, choice.title, *choice.leads_to, choice.alone, choice.said_back)
            for choice in self.choices
        )
        kept = {name: value for name, value in self if name not in LEARNED}
        return Question(**{**kept, "choices": choices})


class CriteriaFile(DataFile):
    """data/criteria.yml. `shared` are lists that others point at; what is `asked_again` the assistant learns."""

    entry = "the {part} {name!r}"

    version: Words
    shared: Any = None
    routes: tuple[Route, ...]
    paths: dict[Goal, Names]
    afterwards: Names
    asked_again: tuple[Any, ...] = ()
    questions: tuple[QuestionPart, ...]
    reasons: Annotated[dict[Words, Reason], BeforeValidator(_with_names)]

    def criteria(self) -> Criteria:
        """What the domain decides by."""
        questions = {part.id: part.question() for part in self.questions}
        return Criteria(self.version, self.routes, self.paths, self.afterwards, questions, self.reasons)

    @classmethod
    def also_wrong(cls, source: Source, found: Self | None) -> Iterator[Problem]:
        """Names of what is not there, answers of another kind than their question, and people for whom no route is."""
        yield from source.doubled_entries("questions", "id")
        if found is None:
            return
        for name, known, wrong, remedy, where in _names(found.criteria()):
            if name not in known:
                yield source.problem(f"{wrong}. {did_you_mean(name, known, remedy)}", *where)
        for number, question in enumerate(found.questions):
            for at, choice in enumerate(question.choices):
                if isinstance(choice.value, str) is (question.kind is Kind.NUMBER):
                    remedy = "a number, without" if question.kind is Kind.NUMBER else "it between"
                    text = f"{question.id} has the answer {choice.value!r}. Write {remedy} quotation marks."
                    yield source.problem(text, "questions", number, "choices", at, "value")
        if not found.routes or found.routes[-1].when:
            yield source.problem("the last route must be for everybody. Give it an empty `when: {}`.", "routes")


def load_criteria(file: Path) -> Criteria:
    """Read the criteria file.

    Raises:
        BrokenFile: a route, a path, a choice or a reason names something that is not there, or something can't be read.
        OSError: the file can't be read.
    """
    return CriteriaFile.read(file).criteria()


# A name, the names there are, what is wrong where it is none of them, what to do then, and where it stands.
_Named = tuple[str, Collection[str], str, str, tuple[Step, ...]]
_WRITE_IT = "Take it out, or write that question."


def _names(criteria: Criteria) -> Iterator[_Named]:
    """Every name by which one part of the criteria leans on another."""
    questions, routes = criteria.questions, list(enumerate(criteria.routes))
    lists: dict[tuple[Step, ...], tuple[str, ...]] = {("afterwards",): criteria.afterwards}
    lists |= {("paths", goal.value): path for goal, path in criteria.paths.items()}
    lists |= {("routes", at, "asks"): route.asks for at, route in routes}
    for where, names in lists.items():
        for name in names:
            yield name, questions, f"a list names the question {name!r}, which is not there", _WRITE_IT, where
    for at, route in routes:
        yield from _conditions(criteria, f"the route {route.id!r}", route.when, "routes", at, "when")
    for at, question in enumerate(questions.values()):
        what, here = f"the question {question.id!r}", ("questions", at)
        yield from _conditions(criteria, what, question.only_if, *here, "only_if")
        if question.left_out_as is not None:
            wrong = f"{what} is left out as {question.left_out_as!r}, which is none of its answers"
            known = [str(choice.value) for choice in question.choices]
            yield question.left_out_as, known, wrong, f"There are {', '.join(known)}.", (*here, "left_out_as")
        yield from _lead_names(criteria, question.id, OTHERWISE, Lead(question.otherwise), *here, "otherwise")
        for number, choice in enumerate(question.choices):
            for name, lead in choice.leads.items():
                yield from _lead_names(criteria, question.id, name, lead, *here, "choices", number, "leads_to")
    by_rule = (name for names in SAID_BY_RULE.values() for name in names)
    for name in (NOTHING_IN_THE_WAY, NOT_AN_ENQUIRER, *by_rule):
        wrong = f"the reason {name!r} is missing, to which a rule of enquiry/screening/rules.py may lead"
        yield name, criteria.reasons, wrong, "Write it.", ("reasons",)


def _conditions(criteria: Criteria, what: str, given: Mapping[str, tuple[str, ...]], *where: Step) -> Iterator[_Named]:
    for name, values in given.items():
        wrong = f"{what} depends on the question {name!r}, which is not there"
        yield name, criteria.questions, wrong, _WRITE_IT, (*where, name)
        if name in criteria.questions:
            known = [str(choice.value) for choice in criteria.question(name).choices]
            for value in values:
                wrong = f"{what} depends on the answer {value!r} to {name!r}, which there is not"
                yield value, known, wrong, f"There are {', '.join(known)}.", (*where, name)


def _lead_names(criteria: Criteria, question: str, route: str, lead: Lead, *where: Step) -> Iterator[_Named]:
    routes = [OTHERWISE, *(route.id for route in criteria.routes)]
    wrong = f"{question} leads somewhere on the route {route!r}, which there is not"
    yield route, routes, wrong, f"There are {', '.join(routes)}.", (*where, route)
    if lead.rule is not None:
        wrong = f"{question} leads to the rule {lead.rule!r}, which there is not"
        yield lead.rule, RULES, wrong, f"There are {', '.join(RULES)}.", where
    else:
        wrong = f"{question} leads to {lead.reason!r}, which is not among the reasons"
        yield lead.reason, (CONTINUE, *criteria.reasons), wrong, "Write `continue` or the name of a reason.", where
