"""Read data/criteria.yml and say what is wrong with it, by file and line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from enquiry.datafiles.source import BrokenFile, Step, Wrong, did_you_mean, open_yaml
from enquiry.enums import Goal, Outcome
from enquiry.screening.criteria import CONTINUE, OTHERWISE, Choice, Criteria, Kind, Lead, Question, Reason, Route
from enquiry.screening.decide import NOTHING_IN_THE_WAY
from enquiry.screening.rules import RULES, SAID_BY_RULE

# What the rest of the answers can't make up for: whoever is given a safety message is not screened.
NOT_AN_ENQUIRER = "not_an_enquirer"
KEPT = ("basis", "before", "sensitive", "keeps_text", "needs", "least", "most", "otherwise")


class BrokenCriteria(BrokenFile):
    """The criteria file can't be used; the text names file, line, question and remedy."""


def load_criteria(file: Path) -> Criteria:
    """Read the criteria file.

    Raises:
        BrokenCriteria: a route, a path, a choice or a reason names something that is not there, or something can't be read.
    """
    try:
        source = open_yaml(file)
    except BrokenFile as error:
        raise BrokenCriteria(*error.problems) from error
    raw = source.value
    try:
        route_ids = [one["id"] for one in raw["routes"]]
        criteria = Criteria(
            version=_text(raw["version"], "the version", "version"),
            routes=tuple(_route(one, number) for number, one in enumerate(raw["routes"])),
            paths={_one_of(Goal, goal, "paths", goal): tuple(path) for goal, path in raw["paths"].items()},
            afterwards=tuple(raw["afterwards"]),
            questions=_questions(raw["questions"], route_ids),
            reasons={name: _reason(name, one) for name, one in raw["reasons"].items()},
        )
        _check(criteria)
    except Wrong as wrong:
        raise BrokenCriteria(source.problem(wrong.text, *wrong.path)) from wrong
    except KeyError as missing:
        raise BrokenCriteria(source.problem(f"{missing.args[0]} is missing. Write it.")) from missing
    except (TypeError, ValueError, AttributeError) as error:
        raise BrokenCriteria(
            source.problem(f"this can't be read ({error}). Compare it with the last version that worked.")
        ) from error
    return criteria


def _route(raw: dict[str, Any], number: int) -> Route:
    _known_keys(raw, Route.__dataclass_fields__, f"the route {raw.get('id')!r}", "routes", number)
    return Route(
        id=raw["id"],
        title=raw["title"],
        when=_values(raw["when"]),
        asks=tuple(_flat(raw["asks"])),
        screened=raw.get("screened", True),
        passed_on=raw.get("passed_on", True),
    )


def _flat(lists: Any) -> Iterator[str]:
    """Names, of lists that may stand in lists: YAML puts a shared list in as it is."""
    for one in lists:
        if isinstance(one, list):
            yield from _flat(one)
        else:
            yield one


def _values(raw: Mapping[str, Any] | None) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) if isinstance(values, list) else (values,) for name, values in (raw or {}).items()}


def _questions(raw: list[dict[str, Any]], routes: Collection[str]) -> dict[str, Question]:
    questions: dict[str, Question] = {}
    for number, one in enumerate(raw):
        where = ("questions", number)
        try:
            question = _question(one, where, routes)
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


def _known_keys(raw: Mapping[str, Any], known: Collection[str], what: str, *path: Step) -> None:
    for key in raw:
        if key not in known:
            remedy = did_you_mean(str(key), known, f"Known are {', '.join(sorted(known))}.")
            raise Wrong(f'{what} has the unknown key "{key}". {remedy}', *path, key)


def _reason(name: str, raw: dict[str, Any]) -> Reason:
    _known_keys(raw, set(Reason.__dataclass_fields__) - {"name"}, f"the reason {name!r}", "reasons", name)
    for key in ("outcome", "because", "for_staff"):
        if key not in raw:
            raise Wrong(f"the reason {name!r} lacks {key!r}. Write it.", "reasons", name)
    return Reason(name=name, **{**raw, "outcome": _one_of(Outcome, raw["outcome"], "reasons", name, "outcome")})


def _question(raw: dict[str, Any], where: tuple[Step, ...], routes: Collection[str]) -> Question:
    choices = []
    for number, one in enumerate(raw["choices"]):
        here = (*where, "choices", number)
        value = (
            one["value"]
            if raw["kind"] == Kind.NUMBER
            else _text(one["value"], f"an answer of {raw['id']!r}", *here, "value")
        )
        title = _text(one["title"], f"a title of {raw['id']!r}", *here, "title")
        leads, disclosure = _leads(one["leads_to"], routes, (*here, "leads_to"))
        choices.append(Choice(value, title, leads, disclosure))
    return Question(
        id=raw["id"],
        kind=_one_of(Kind, raw["kind"], *where, "kind"),
        short=raw["short"],
        ask=raw["ask"],
        why=raw["why"],
        choices=tuple(choices),
        only_if=_values(raw.get("only_if")),
        **{key: raw[key] for key in KEPT if key in raw},
    )


def _leads(raw: Any, routes: Collection[str], where: tuple[Step, ...]) -> tuple[dict[str, Lead], str | None]:
    """What a `leads_to` says: a reason, `{rule: …}`, `{disclosure: …}`, or one of the first two for each of several routes."""
    if not isinstance(raw, dict):
        return {OTHERWISE: Lead(reason=_text(raw, "what an answer leads to", *where))}, None
    if "disclosure" in raw:
        return {OTHERWISE: Lead(reason=NOT_AN_ENQUIRER)}, _text(raw["disclosure"], "a disclosure", *where)
    if "rule" in raw:
        return {OTHERWISE: Lead(rule=raw["rule"])}, None
    _known_keys(raw, (OTHERWISE, *routes), "what an answer leads to", *where)
    if OTHERWISE not in raw:
        raise Wrong("what an answer leads to says nothing of the other routes. Write `otherwise:`.", *where)
    return {route: _leads(one, (), (*where, route))[0][OTHERWISE] for route, one in raw.items()}, None


def _check(criteria: Criteria) -> None:
    lists: list[tuple[tuple[Step, ...], tuple[str, ...]]] = [
        (("paths", goal.value), path) for goal, path in criteria.paths.items()
    ]
    lists += [(("routes", number, "asks"), route.asks) for number, route in enumerate(criteria.routes)]
    for where, path in [*lists, (("afterwards",), criteria.afterwards)]:
        for name in path:
            if name not in criteria.questions:
                remedy = did_you_mean(str(name), criteria.questions, "Take it out, or write that question.")
                raise Wrong(f"a list names the question {name!r}, which is not there. {remedy}", *where)
    for name in (NOTHING_IN_THE_WAY, NOT_AN_ENQUIRER, *(one for reasons in SAID_BY_RULE.values() for one in reasons)):
        if name not in criteria.reasons:
            raise Wrong(
                f"the reason {name!r} is missing, to which a rule of enquiry/screening/rules.py may lead. Write it.",
                "reasons",
            )
    for number, route in enumerate(criteria.routes):
        _check_conditions(criteria, route.when, f"the route {route.id!r}", "routes", number, "when")
    if not criteria.routes or criteria.routes[-1].when:
        raise Wrong("the last route must be for everybody. Give it an empty `when: {}`.", "routes")
    for number, question in enumerate(criteria.questions.values()):
        _check_conditions(criteria, question.only_if, f"the question {question.id!r}", "questions", number, "only_if")
        _check_leads(criteria, question, "questions", number)


def _check_conditions(criteria: Criteria, conditions: Mapping[str, tuple[str, ...]], what: str, *where: Step) -> None:
    for name, values in conditions.items():
        if name not in criteria.questions:
            remedy = did_you_mean(name, criteria.questions, "Take it out, or write that question.")
            raise Wrong(f"{what} depends on the question {name!r}, which is not there. {remedy}", *where, name)
        for value in values:
            if criteria.question(name).choice(value) is None:
                known = [str(choice.value) for choice in criteria.question(name).choices]
                raise Wrong(
                    f"{what} depends on the answer {value!r} to {name!r}. {did_you_mean(str(value), known, '')}",
                    *where,
                    name,
                )


def _check_leads(criteria: Criteria, question: Question, *where: Step) -> None:
    known = {CONTINUE, *criteria.reasons}
    if question.otherwise not in known:
        remedy = did_you_mean(question.otherwise, known, "Write `continue` or the name of a reason.")
        raise Wrong(
            f"{question.id} leads to {question.otherwise!r}, which is not among the reasons. {remedy}",
            *where,
            "otherwise",
        )
    for at, choice in enumerate(question.choices):
        here = (*where, "choices", at, "leads_to")
        for lead in choice.leads.values():
            if lead.rule is not None and lead.rule not in RULES:
                remedy = did_you_mean(lead.rule, RULES, f"There are {', '.join(RULES)}.")
                raise Wrong(f"{question.id} leads to the rule {lead.rule!r}, which there is not. {remedy}", *here)
            if lead.rule is None and lead.reason not in known:
                remedy = did_you_mean(lead.reason, known, "Write `continue` or the name of a reason.")
                raise Wrong(f"{question.id} leads to {lead.reason!r}, which is not among the reasons. {remedy}", *here)
