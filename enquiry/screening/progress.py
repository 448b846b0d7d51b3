"""Progress along a path: what is answered, and what may still come. Pure.

A question counts as left as long as some answer could still lead to it, so that the number never grows: an answer can only rule
questions out. Questions that are only asked of whoever wants them (the smaller ones) are counted by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from enquiry.agencies.agency import Agency
from enquiry.enums import Goal
from enquiry.screening.criteria import CONTACT_QUESTIONS, Criteria, Step
from enquiry.screening.decide import Answers, can_be_reached, findings_of


@dataclass(frozen=True)
class Progress:
    """How many questions are answered, and how many may still come at most."""

    answered: int
    left: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.answered + self.left


def progress_of(goal: Goal, answers: Answers, criteria: Criteria, agency: Agency, *, extra: bool = False) -> Progress:
    """Count the questions of a path, as far as these answers tell which may come.

    Args:
        extra: count the questions that are only asked of whoever wants them, instead of all others.
    """
    spared = goal is Goal.SCREENING and any(
        one.reason.skip_to_contact for one in findings_of(answers, criteria, agency)
    )
    counts = []
    for path in _possible_paths(goal, answers, criteria):
        coming = [name for name in may_come(path, answers, criteria) if is_extra(name, criteria) is extra]
        given = [name for name in coming if _answered(name, answers, criteria)]
        left = [name for name in coming if name not in given and not (spared and name not in CONTACT_QUESTIONS)]
        counts.append(Progress(len(given), len(left)))
    return Progress(max(one.answered for one in counts), max(one.left for one in counts))


def may_come(path: tuple[str, ...], answers: Answers, criteria: Criteria) -> Iterator[str]:
    """The questions of a path that apply to these answers, or may once others are answered."""
    possible: set[str] = set()
    for step in criteria.steps(path):
        if _may_apply(step, possible, answers):
            possible.add(step[0])
            yield step[0]


def is_extra(name: str, criteria: Criteria) -> bool:
    """Whether a question is only asked of somebody who wants more questions: leaving out the one it leans on leaves it out as well."""
    for one, values in criteria.question(name).only_if.items():
        left_out = criteria.question(one).left_out_as
        if (left_out is not None and left_out not in values) or is_extra(one, criteria):
            return True
    return False


def _possible_paths(goal: Goal, answers: Answers, criteria: Criteria) -> Iterator[tuple[str, ...]]:
    """The paths of the routes on which these answers may end."""
    if goal is not Goal.SCREENING:
        yield criteria.paths[goal]
        return
    for route in criteria.routes:
        if all(answers.get(name) in (None, *values) for name, values in route.when.items()):
            yield route.asks
            if route.fits(answers):
                return


def _answered(name: str, answers: Answers, criteria: Criteria) -> bool:
    return name in answers and criteria.question(name).takes(answers[name])


def _may_apply(step: Step, possible: set[str], answers: Answers) -> bool:
    _, conditions, needs = step
    if not all(one in possible and answers.get(one) in (None, *values) for one, values in conditions):
        return False
    return needs is None or "contact" not in answers or can_be_reached(needs, answers)
