"""Sets of answers for tests of the policy: any answer to any question, and what a person would be asked on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from enquiry.agencies.agency import Agency, load_agencies
from enquiry.enums import Goal
from enquiry.screening.criteria import Criteria, Kind, Question
from enquiry.screening.criteria_file import load_criteria
from enquiry.screening.decide import next_question
from enquiry.settings import ROOT

CRITERIA = load_criteria(ROOT / "data" / "criteria.yml")
AGENCIES = load_agencies(ROOT / "data" / "agencies")


def answers_to(question: Question) -> st.SearchStrategy[Any]:
    """Every answer the question can have; one that calls for a safety message instead is never kept as one."""
    values = [choice.value for choice in question.choices if not choice.disclosure]
    match question.kind:
        case Kind.ANY_OF:
            return st.lists(st.sampled_from(values), min_size=1, unique=True)
        case Kind.NUMBER:
            return st.integers(question.least or 1, question.most or 12)
        case Kind.PLACE:
            return st.sampled_from([*values, "LE9", "LE1", "LE2", "CV1", "SW1A"])
        case Kind.NAME | Kind.PHONE_OR_EMAIL | Kind.TEXT:
            return st.sampled_from([*values, "Jo", "+447700900123"])
        case _:
            return st.sampled_from(values)


everything = st.fixed_dictionaries(
    {name: answers_to(CRITERIA.question(name)) for name in sorted(CRITERIA.screening_questions)}
)
partial = st.fixed_dictionaries(
    {}, optional={name: answers_to(CRITERIA.question(name)) for name in sorted(CRITERIA.screening_questions)}
)
agencies = st.sampled_from(sorted(AGENCIES.values(), key=lambda agency: agency.slug))


def walk(
    says: Mapping[str, Any], agency: Agency, goal: Goal = Goal.SCREENING, criteria: Criteria = CRITERIA
) -> dict[str, Any]:
    """What someone would have answered, in the order asked, who answers so whatever is asked; never the same question twice."""
    given: dict[str, Any] = {}
    while (question := next_question(goal, given, criteria, agency)) is not None:
        assert question not in given, f"{question} was asked twice"
        given[question] = says[question]
    return given
