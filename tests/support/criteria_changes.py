"""Criteria changed a little, for the tests of rehearsals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from enquiry.screening.criteria import OTHERWISE, Choice, Criteria, Kind, Lead, Question


def with_question(criteria: Criteria, question: Question, version: str = "changed") -> Criteria:
    """The same with one question in the place of the one with its id, or beside the others."""
    return replace(criteria, version=version, questions={**criteria.questions, question.id: question})


def leading(criteria: Criteria, name: str, value: Any, reason: str) -> Criteria:
    """The same, with one answer leading to a reason on every route."""
    question = criteria.questions[name]
    choices = tuple(
        replace(one, leads={OTHERWISE: Lead(reason)}) if one.value == value else one for one in question.choices
    )
    return with_question(criteria, replace(question, choices=choices))


def without_choice(criteria: Criteria, name: str, value: Any) -> Criteria:
    """The same without one answer."""
    question = criteria.questions[name]
    return with_question(
        criteria, replace(question, choices=tuple(one for one in question.choices if one.value != value))
    )


def with_choice(criteria: Criteria, name: str, value: str) -> Criteria:
    """The same with one answer more, which leads on."""
    question = criteria.questions[name]
    return with_question(criteria, replace(question, choices=(*question.choices, plain_choice(value))))


def asking(criteria: Criteria, name: str, **answers: str) -> Criteria:
    """The same with one question more, asked first but one on every route; answers by value and what they lead to."""
    choices = tuple(Choice(value, value.title(), {OTHERWISE: Lead(reason)}) for value, reason in answers.items())
    question = Question(name, Kind.CHOICE, name.title(), f"{name.title()}?", "Because.", choices)
    routes = tuple(replace(route, asks=(*route.asks[:1], name, *route.asks[1:])) for route in criteria.routes)
    return replace(with_question(criteria, question), routes=routes)


def plain_choice(value: str) -> Choice:
    """An answer that leads on."""
    return Choice(value, value.title(), {OTHERWISE: Lead()})
