"""A policy rehearsal: the same answers, decided by today's criteria and by changed ones. Pure; it counts and never names anyone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from enquiry.agencies.agency import Agency
from enquiry.datafiles.placeholders import UnknownPlaceholder, fill
from enquiry.enums import Goal, Outcome
from enquiry.screening.criteria import CONTACT_QUESTIONS, Criteria, Question
from enquiry.screening.decide import NOTHING_IN_THE_WAY, Answers, Finding, decide, questions_of
from enquiry.screening.rehearsal.report import (
    SAFETY,
    AskedAgain,
    Change,
    Count,
    Example,
    ReasonShift,
    Report,
    direction_of,
)

MOST_EXAMPLES = 3  # of one change
COMPARED = ("unchanged", "changed", "undecided")


class CannotDecide(LookupError):
    """Answers lead to a reason or a question that the criteria do not have; `criteria` are those."""

    def __init__(self, criteria: Criteria, missing: str) -> None:
        super().__init__(
            f"answers lead to {missing!r}, which is not there. Write it, as it stood in the last version that worked."
        )
        self.criteria = criteria


@dataclass(frozen=True, slots=True)
class _Ending:
    """Where one version of the criteria takes a set of answers, and what it would still ask."""

    outcome: str
    route: str
    findings: tuple[Finding, ...]
    left: tuple[str, ...]


@dataclass
class _Tally:
    """What is counted while sets go by. The last part of every key says whether the set was made up."""

    totals: Counter[tuple[str, bool]] = field(default_factory=Counter)
    changes: Counter[tuple[str, str, bool]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], dict[tuple[Any, ...], Example]] = field(default_factory=dict)
    came: Counter[tuple[str, str, bool]] = field(default_factory=Counter)
    went: Counter[tuple[str, str, bool]] = field(default_factory=Counter)
    asked: Counter[tuple[str, bool, bool]] = field(default_factory=Counter)


@dataclass(frozen=True)
class _Rehearsal:
    today: Criteria
    changed: Criteria
    agency: Agency
    tally: _Tally = field(default_factory=_Tally)

    def compare(self, answers: Answers, made_up: bool) -> None:
        """Decide one set twice, and count."""
        tally = self.tally
        before = self._ending(answers, self.today)
        if before.left:
            tally.totals["unfinished", made_up] += 1
        if self._meets_no_difference(answers, before):
            tally.totals["unchanged", made_up] += 1
            return
        after = self._ending(answers, self.changed)
        more = [name for name in after.left if name not in before.left]
        if more:
            tally.totals["undecided", made_up] += 1
            tally.asked.update((name, name in answers, made_up) for name in more)
            return
        if before.findings != after.findings:
            had, has = _reasons(before), _reasons(after)
            tally.went.update((*one, made_up) for one in had - has)
            tally.came.update((*one, made_up) for one in has - had)
        if before.outcome == after.outcome:
            tally.totals["unchanged", made_up] += 1
            return
        tally.totals["changed", made_up] += 1
        tally.changes[before.outcome, after.outcome, made_up] += 1
        examples = tally.examples.setdefault((before.outcome, after.outcome), {})
        if len(examples) < MOST_EXAMPLES:
            example = self._example(answers, before, after, made_up)
            examples.setdefault((example.route, example.answers), example)

    def _ending(self, answers: Answers, criteria: Criteria) -> _Ending:
        try:
            result = decide(answers, criteria, self.agency)
            asked = [name for name in questions_of(Goal.SCREENING, answers, criteria) if name not in CONTACT_QUESTIONS]
        except KeyError as missing:
            raise CannotDecide(criteria, str(missing.args[0])) from missing
        outcome: str = result.outcome.value
        spared = any([finding.reason.skip_to_contact for finding in result.findings])
        settled, left = self._settled[criteria is self.today], []
        for name in asked:
            value = answers.get(name)
            if isinstance(value, str) and value in settled[name]:
                continue
            question = criteria.questions[name]
            if value is None or not question.takes(value):
                left.append(name)
            elif _calls_for_safety(value, question):
                outcome, spared = SAFETY, True
        return _Ending(outcome, result.route, result.findings, () if spared else tuple(left))

    def _meets_no_difference(self, answers: Answers, before: _Ending) -> bool:
        """Whether nothing that the two versions tell apart plays a part for these answers: most sets need deciding only once."""
        touched = self._touched[before.route]
        if touched is None or self.changed.route_of(answers).id != before.route:
            return False
        for name, same in touched:
            value = answers.get(name)
            if value is not None and not (isinstance(value, str) and value in same):
                return False
        return all([finding.reason.name in self._same_reasons for finding in before.findings])

    @cached_property
    def _same_reasons(self) -> frozenset[str]:
        return frozenset(
            name for name, reason in self.today.reasons.items() if self.changed.reasons.get(name) == reason
        )

    @cached_property
    def _touched(self) -> dict[str, tuple[tuple[str, frozenset[Any]], ...] | None]:
        """By route, the questions that are not as today with the choices that are; None where it asks other questions."""
        found: dict[str, tuple[tuple[str, frozenset[Any]], ...] | None] = {}
        others = {route.id: route for route in self.changed.routes}
        for route in self.today.routes:
            other = others.get(route.id)
            if other is None or self.today.steps(route.asks) != self.changed.steps(other.asks):
                found[route.id] = None
                continue
            pairs = [(self.today.questions[name], self.changed.questions[name]) for name in route.asks]
            found[route.id] = tuple((one.id, _same_choices(one, two, route.id)) for one, two in pairs if one != two)
        return found

    @cached_property
    def _settled(self) -> dict[bool, dict[str, frozenset[Any]]]:
        """By version (today's?) and question, the choices that are answers and call for no safety message: nearly all."""
        return {
            criteria is self.today: {
                name: frozenset(
                    one.value for one in question.choices if one.disclosure is None and question.takes(one.value)
                )
                for name, question in criteria.questions.items()
            }
            for criteria in (self.changed, self.today)
        }

    def _example(self, answers: Answers, before: _Ending, after: _Ending, made_up: bool) -> Example:
        """Only answers that lead elsewhere than today are told, and those that carry an outcome which none of these carries."""
        matter = {name for name, value in answers.items() if self._safety_differs(name, value)}
        if not matter:
            had, has = (
                {(one.criterion, one.reason.name, one.reason.outcome) for one in ending.findings}
                for ending in (before, after)
            )
            matter = {criterion for criterion, reason, _ in had ^ has if reason != NOTHING_IN_THE_WAY}
            for ending in (before, after):
                carriers = {one.criterion for one in ending.findings if one.reason.outcome == ending.outcome}
                if ending.outcome != Outcome.CONTINUE and not carriers & matter:
                    matter |= carriers
        told = [
            name for name in {**self.changed.questions, **self.today.questions} if name in matter and name in answers
        ]
        return Example(
            route=next(one.title for one in self.changed.routes if one.id == after.route),
            answers=tuple(
                (self._question(name).short, self._say(self._question(name).title_of(answers[name]))) for name in told
            ),
            reasons_before=_deciding(before),
            reasons_after=_deciding(after),
            made_up=made_up,
        )

    def _safety_differs(self, name: str, value: Any) -> bool:
        versions = [one for one in (self.today, self.changed) if name in one.questions]
        return len({_calls_for_safety(value, one.questions[name]) for one in versions}) > 1

    def _question(self, name: str) -> Question:
        """As it is asked today; as it would be where it is new."""
        return self.today.questions.get(name) or self.changed.questions[name]

    def _say(self, text: str) -> str:
        """A text with the agency's facts; as it was written where a fact is not known."""
        try:
            return fill(text, {"agency": self.agency.facts})
        except UnknownPlaceholder:
            return text

    def report(self) -> Report:
        """All that was counted, the most people first."""
        tally = self.tally
        total = {name: _count(tally.totals, name) for name in (*COMPARED, "unfinished")}
        compared = Count(sum(total[name].given for name in COMPARED), sum(total[name].made_up for name in COMPARED))
        return Report(
            agency=self.agency.slug,
            from_version=self.today.version,
            to_version=self.changed.version,
            compared=compared,
            **total,
            changes=tuple(
                sorted(self._changes(), key=lambda one: (-one.count.given, -one.count.made_up, one.before, one.after))
            ),
            reasons=tuple(
                sorted(self._shifts(), key=lambda one: (-one.came.all - one.went.all, one.reason, one.outcome))
            ),
            asked_again=tuple(sorted(self._asked(), key=lambda one: (-one.count.all, one.question, one.gone))),
            new_answers=tuple(self._new_answers()),
        )

    def _changes(self) -> Iterator[Change]:
        for before, after in self.tally.examples:
            examples = tuple(self.tally.examples[before, after].values())
            yield Change(
                before, after, direction_of(before, after), _count(self.tally.changes, before, after), examples
            )

    def _shifts(self) -> Iterator[ReasonShift]:
        came, went = self.tally.came, self.tally.went
        for name, outcome in {key[:2] for key in (*came, *went)}:
            reason = self.changed.reasons.get(name) or self.today.reasons[name]
            yield ReasonShift(
                name, outcome, self._say(reason.for_staff), _count(came, name, outcome), _count(went, name, outcome)
            )

    def _asked(self) -> Iterator[AskedAgain]:
        for name, gone in {key[:2] for key in self.tally.asked}:
            yield AskedAgain(name, self.changed.questions[name].short, gone, _count(self.tally.asked, name, gone))

    def _new_answers(self) -> Iterator[tuple[str, str]]:
        """Answers that today's questions do not have: nobody could give them, so there is nothing to compare."""
        for name, question in self.changed.questions.items():
            if name in self.changed.screening_questions and name in self.today.questions:
                for choice in question.choices:
                    if self.today.questions[name].choice(choice.value) is None:
                        yield question.short, self._say(choice.title)


def rehearse(
    given: Iterable[Answers], made_up: Iterable[Answers], today: Criteria, changed: Criteria, agency: Agency
) -> Report:
    """Decide every set of answers by both versions and count what would be otherwise.

    Args:
        given: what people answered so far, without names and without contact.
        made_up: generated sets. They go first, so that the examples are made up wherever they can be.
        today: the criteria in force.
        changed: the ones to try.
        agency: whose policy applies.
    Raises:
        CannotDecide: one of the two versions leads to something it does not have.
    """
    rehearsal = _Rehearsal(today, changed, agency)
    for answers in made_up:
        rehearsal.compare(answers, made_up=True)
    for answers in given:
        rehearsal.compare(answers, made_up=False)
    return rehearsal.report()


def _calls_for_safety(value: Any, question: Question) -> bool:
    choice = question.choice(value)
    return choice is not None and choice.disclosure is not None


def _same_choices(one: Question, two: Question, route: str) -> frozenset[Any]:
    """Choices that both versions of a question have and that lead to the same."""
    if one.kind is not two.kind:
        return frozenset()
    others = {choice.value: choice for choice in two.choices}
    return frozenset(
        choice.value
        for choice in one.choices
        if (other := others.get(choice.value))
        and (choice.lead(route), choice.disclosure) == (other.lead(route), other.disclosure)
    )


def _reasons(ending: _Ending) -> set[tuple[str, str]]:
    return {(finding.reason.name, finding.reason.outcome.value) for finding in ending.findings}


def _deciding(ending: _Ending) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.reason.name for one in ending.findings if one.reason.outcome == ending.outcome))


def _count(counter: Counter[Any], *key: Any) -> Count:
    """How many of a key, of people and made up."""
    return Count(counter[*key, False], counter[*key, True])
