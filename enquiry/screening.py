"""The policy: from a set of answers to an outcome and its reasons. Pure functions; the wording is in data/criteria.yml.

Hearth never decides about a person: whatever is not `continue` or `note` is looked at by a named member of staff.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from enquiry.agencies import Agency
from enquiry.areas import area_of
from enquiry.criteria import PREFER_NOT, Criteria, Question, Reason
from enquiry.words import Goal, Outcome

# Where answers lead to different outcomes, the one that does most for the person's time stands.
STRONGEST_FIRST = (Outcome.TALK_FIRST, Outcome.OTHER_ROUTE, Outcome.NOT_YET, Outcome.NOTE, Outcome.CONTINUE)

Answers = Mapping[str, Any]
Rule = Callable[[Any, Answers, Agency], str]

AGE_BANDS = {"18_20": (18, 20), "21_24": (21, 24)}
AT_HOME = ("mostly_home", "retired_or_not_working")


@dataclass(frozen=True)
class Finding:
    """One answer that leads to more than `continue`."""

    criterion: str
    reason: Reason


@dataclass(frozen=True)
class Result:
    """What a set of answers leads to."""

    outcome: Outcome
    findings: tuple[Finding, ...]

    @property
    def deciding(self) -> tuple[Finding, ...]:
        """The findings that carry the outcome."""
        return tuple(finding for finding in self.findings if finding.reason.outcome is self.outcome)

    @property
    def looked_at_by_a_person(self) -> bool:
        """Whether a member of staff has to look at it before anything is settled."""
        return self.outcome not in (Outcome.CONTINUE, Outcome.NOTE)


def minimum_age(value: Any, answers: Answers, agency: Agency) -> str:
    """Below a firm minimum: not yet. Below a usual one, across one, or where none is known: a person talks to them."""
    youngest, oldest = AGE_BANDS[value]
    if agency.minimum_age is not None and youngest >= agency.minimum_age:
        return "continue"
    if agency.minimum_age is not None and agency.minimum_age_firm and oldest < agency.minimum_age:
        return "age_below_minimum"
    return "age_minimum_unclear"


def child(value: Any, answers: Answers, agency: Agency) -> str:
    """Under 18 there is no enquiry and nothing is decided: the conversation takes the child's route instead."""
    return "continue"


def bedroom(value: Any, answers: Answers, agency: Agency) -> str:
    """Without a spare room: what the service allows, and a person wherever that is not known."""
    if agency.no_spare_room is None:
        return "no_bedroom_unclear"
    if agency.no_spare_room == "babies_if_home_full_time" and answers.get("availability") in AT_HOME:
        return "no_bedroom_but_home"
    return "no_bedroom"


RULES: dict[str, Rule] = {"minimum_age": minimum_age, "child": child, "bedroom": bedroom}


def finding_of(question: Question, value: Any, answers: Answers, criteria: Criteria, agency: Agency) -> Finding | None:
    """What one answer leads to, or None where it is a plain `continue`."""
    values = value if isinstance(value, list) else [value]
    for one in values:
        if question.id == "area":
            one = area_of(str(one), agency.area)
        choice = question.choice(one)
        if choice is None:
            leads_to = question.otherwise
        elif choice.rule:
            leads_to = RULES[choice.rule](one, answers, agency)
        else:
            leads_to = choice.leads_to or "continue"
        if leads_to != "continue":
            return Finding(question.id, criteria.reasons[leads_to])
    return None


def decide(answers: Answers, criteria: Criteria, agency: Agency) -> Result:
    """From answers to the outcome.

    Args:
        answers: values by criterion; criteria without an answer are passed over.
        criteria: the version of the criteria to use.
        agency: whose policy applies.
    """
    findings = []
    for name in criteria.paths[Goal.SCREENING]:
        if name in answers:
            finding = finding_of(criteria.question(name), answers[name], answers, criteria, agency)
            if finding:
                findings.append(finding)
    outcomes = {finding.reason.outcome for finding in findings}
    outcome = next((one for one in STRONGEST_FIRST if one in outcomes), Outcome.CONTINUE)
    return Result(outcome, tuple(findings))


def next_question(goal: Goal, answers: Answers, criteria: Criteria, agency: Agency) -> str | None:
    """The question to ask next on a path, or None when nothing is left.

    An answer whose reason says so (living elsewhere, below the minimum age) spares the person the rest: only the
    contact questions follow.
    """
    skip = goal is Goal.SCREENING and any(f.reason.skip_to_contact for f in decide(answers, criteria, agency).findings)
    path = criteria.paths[goal]
    for name in path:
        if name in answers or (skip and name not in criteria.paths[Goal.CALL]):
            continue
        if not _is_needed(criteria.question(name).needs, answers):
            continue
        return name
    return None


def _is_needed(needs: str | None, answers: Answers) -> bool:
    """Whether what a question leans on was given: some way to reach the person, or a phone number."""
    contact = answers.get("contact")
    if needs is None:
        return True
    given = contact not in (None, PREFER_NOT)
    return given and (needs != "phone" or "@" not in str(contact))
