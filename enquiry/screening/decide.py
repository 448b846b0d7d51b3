"""The policy: from a set of answers to an outcome and its reasons. Pure functions; the wording is in data/criteria.yml.

Hearth never decides about a person: whatever is not `continue` or `note` is looked at by a named member of staff.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from enquiry.agencies.agency import Agency
from enquiry.agencies.areas import area_of
from enquiry.enums import Goal, Outcome
from enquiry.screening.criteria import CONTACT_QUESTIONS, CONTINUE, PREFER_NOT, Criteria, Question, Reason
from enquiry.screening.rules import RULES

# Where answers lead to different outcomes, the one that does most for the person's time stands.
STRONGEST_FIRST = (Outcome.TALK_FIRST, Outcome.OTHER_ROUTE, Outcome.NOT_YET, Outcome.NOTE, Outcome.CONTINUE)
# The reason where no answer calls for more: an outcome is never without one.
NOTHING_IN_THE_WAY = "nothing_in_the_way"

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Finding:
    """One answer and what it leads to. `basis` is the law or policy the question rests on."""

    criterion: str
    answer: Any
    reason: Reason
    basis: str = ""


@dataclass(frozen=True)
class Result:
    """What a set of answers leads to, on which route. There is always at least one finding."""

    route: str
    outcome: Outcome
    findings: tuple[Finding, ...]

    @property
    def deciding(self) -> tuple[Finding, ...]:
        """The findings that carry the outcome."""
        return tuple(finding for finding in self.findings if finding.reason.outcome is self.outcome)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What the visitor is told beside the reasons of the outcome."""
        return tuple(finding for finding in self.findings if finding.reason.outcome is not self.outcome)

    @property
    def looked_at_by_a_person(self) -> bool:
        """Whether a member of staff has to look at it before anything is settled."""
        return self.outcome not in (Outcome.CONTINUE, Outcome.NOTE)


def questions_of(goal: Goal, answers: Answers, criteria: Criteria) -> Iterator[str]:
    """The questions of a path that apply to these answers, in order, answered or not.

    A question with conditions applies once every question it leans on applies and has one of the answers named; what this
    route does not ask at all is no condition.
    """
    path = criteria.route_of(answers).asks if goal is Goal.SCREENING else criteria.paths[goal]
    applying: set[str] = set()
    for name, conditions, needs in criteria.steps(path):
        for one, values in conditions:
            if one not in applying or answers.get(one) not in values:
                break
        else:
            if needs is None or can_be_reached(needs, answers):
                applying.add(name)
                yield name


def can_be_reached(needs: str, answers: Answers) -> bool:
    """Whether what a question leans on was given: some way to reach the person, or a phone number."""
    contact = answers.get("contact")
    given = contact not in (None, PREFER_NOT)
    return given and (needs != "phone" or "@" not in str(contact))


def findings_of(answers: Answers, criteria: Criteria, agency: Agency) -> Iterator[Finding]:
    """What each answer leads to, in the order of the questions; a plain `continue` is passed over.

    Only answers count that this route asks for and that are answers to today's criteria.
    """
    route = criteria.route_of(answers).id
    for name in questions_of(Goal.SCREENING, answers, criteria):
        if name in answers:
            question, value = criteria.questions[name], answers[name]
            if isinstance(value, str) and value in question.plain(route):
                continue
            if question.takes(value) and (finding := finding_of(question, value, answers, criteria, agency, route)):
                yield finding


def finding_of(
    question: Question, value: Any, answers: Answers, criteria: Criteria, agency: Agency, route: str | None = None
) -> Finding | None:
    """What one answer leads to, or None where it is a plain `continue`.

    Args:
        route: the id of the route, where it is known already.
    """
    route = route or criteria.route_of(answers).id
    for one in value if isinstance(value, list) else (value,):
        choice = question.choice(area_of(str(one), agency.area) if question.id == "area" else one)
        if choice is None:
            leads_to = question.otherwise
        else:
            lead = choice.lead(route)
            leads_to = RULES[lead.rule](one, answers, agency, route) if lead.rule else lead.reason
        if leads_to != CONTINUE:
            return Finding(question.id, value, criteria.reasons[leads_to], question.basis)
    return None


def decide(answers: Answers, criteria: Criteria, agency: Agency) -> Result:
    """From answers to the outcome, with at least one reason.

    Args:
        answers: values by criterion; criteria without an answer are passed over.
        criteria: the version of the criteria to use.
        agency: whose policy applies.
    """
    route = criteria.route_of(answers).id
    findings = tuple(findings_of(answers, criteria, agency))
    outcomes = {finding.reason.outcome for finding in findings}
    outcome = next((one for one in STRONGEST_FIRST if one in outcomes), Outcome.CONTINUE)
    if outcome is Outcome.CONTINUE and not findings:
        findings = (
            Finding(
                "route", answers.get("route"), criteria.reasons[NOTHING_IN_THE_WAY], criteria.questions["route"].basis
            ),
        )
    return Result(route, outcome, findings)


def next_question(goal: Goal, answers: Answers, criteria: Criteria, agency: Agency) -> str | None:
    """The question to ask next on a path, or None when nothing is left.

    An answer whose reason says so (living elsewhere, below the minimum age) spares the person the rest: only the
    contact questions follow. An answer that today's criteria do not have any more is asked for again.
    """
    spared = goal is Goal.SCREENING and any(
        one.reason.skip_to_contact for one in findings_of(answers, criteria, agency)
    )
    for name in questions_of(goal, answers, criteria):
        answered = name in answers and criteria.questions[name].takes(answers[name])
        if not answered and not (spared and name not in CONTACT_QUESTIONS):
            return name
    return None


def left_over(answers: Answers, criteria: Criteria) -> tuple[str, ...]:
    """Screening answers that nothing asks for any more, since another answer was changed: they need not be kept."""
    wanted = set(questions_of(Goal.SCREENING, answers, criteria))
    return tuple(name for name in answers if name in criteria.screening_questions and name not in wanted)
