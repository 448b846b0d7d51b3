"""Made-up answer sets for a policy rehearsal: every way, every answer, pairs of answers, then households at random.

The same criteria, agency and number always give the same sets. Each is complete, as a conversation would have taken it down: it
stops where today's criteria spare the rest. Nothing in it says who somebody is or how to reach them.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import Any

from enquiry.agencies.agency import Agency
from enquiry.enums import Goal
from enquiry.screening.criteria import CONTACT_QUESTIONS, OTHERWISE, Criteria, Kind, Question
from enquiry.screening.decide import finding_of, questions_of

SEED = 1
ALONE = ("none", "no_idea", "little_or_none")  # answers that go with no other
# How often a household answers otherwise than plainly: most have a thing or two to talk about, and some have much. With even
# chances for every answer nearly everybody would be talked to first, and hardly any change of the criteria would show.
ODD = (0.03, 0.08, 0.15, 0.3, 1.0)

Answers = dict[str, Any]
Choose = Callable[[Question, str], Any]


def answer_grid(today: Criteria, changed: Criteria, agency: Agency, number: int) -> Iterator[Answers]:
    """Make up answer sets.

    Args:
        today: the criteria in force, by which the sets are complete.
        changed: others, whose new questions are answered as well wherever today's spare nothing.
        agency: whose policy applies.
        number: how many sets.
    """
    return itertools.islice(_Grid(today, changed, agency).sets(), number)


def values_of(question: Question) -> tuple[Any, ...]:
    """Answers to try for a question: its choices; alone and in pairs where several may be given; the least and the most number."""
    values = tuple(choice.value for choice in question.choices)
    if question.kind is Kind.NUMBER:
        ends = tuple(one for one in (question.least, question.most) if one is not None and one not in values)
        return (*values, *ends)
    if question.kind is Kind.ANY_OF:
        together = [one for one in values if one not in ALONE]
        return (*([one] for one in values), *([first, second] for first, second in itertools.pairwise(together)))
    return values


@dataclass(frozen=True)
class _Grid:
    today: Criteria
    changed: Criteria
    agency: Agency
    _seen: set[tuple[tuple[str, str], ...]] = field(default_factory=set)

    def sets(self) -> Iterator[Answers]:
        """Without an end; whoever asks takes as many as needed."""
        yield from self._unseen(self._complete(way, {}, self._plain) for way in self.ways)
        yield from self._unseen(self._first_way(self._wanted((one,))) for one in self.items)
        yield from self._unseen(
            self._complete(way, self._wanted((one,)), self._plain) for way in self.ways for one in self.items
        )
        pairs = itertools.combinations(self.items, 2)
        yield from self._unseen(self._first_way(self._wanted(pair)) for pair in pairs if pair[0][0] != pair[1][0])
        random = Random(SEED)
        weights = [len(self.today.route_of(way).asks) for way in self.ways]
        while True:
            chosen = self._by_chance(random)
            found = self._complete(random.choices(self.ways, weights)[0], {}, chosen)
            if found is not None:
                yield found

    @cached_property
    def steering(self) -> frozenset[str]:
        """Questions whose answers tell which route it is."""
        return frozenset(name for route in self.today.routes for name in route.when)

    @cached_property
    def ways(self) -> tuple[Answers, ...]:
        """Every combination of answers to the steering questions that people can give, the longest route first."""
        found = list(self._ways({}))
        return tuple(sorted(found, key=lambda way: -len(self.today.route_of(way).asks)))

    def _ways(self, answers: Answers) -> Iterator[Answers]:
        for name in questions_of(Goal.SCREENING, answers, self.today):
            if name in self.steering and name not in answers:
                for value in self._values[name]:
                    yield from self._ways({**answers, name: value})
                return
        yield answers

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question that either version screens with and that can be answered by choosing, as today asks it if it does."""
        asked = {
            name: self.changed.questions[name]
            for name in self.changed.in_order
            if name in self.changed.screening_questions
        }
        asked |= {
            name: self.today.questions[name] for name in self.today.in_order if name in self.today.screening_questions
        }
        return {
            name: question for name, question in asked.items() if question.choices and name not in CONTACT_QUESTIONS
        }

    @cached_property
    def _values(self) -> Mapping[str, tuple[Any, ...]]:
        return {name: values_of(question) for name, question in self.questions.items()}

    @cached_property
    def items(self) -> tuple[tuple[str, Any], ...]:
        """Every answer of every question that is not steering."""
        return tuple(
            (name, value) for name, values in self._values.items() if name not in self.steering for value in values
        )

    def _wanted(self, items: tuple[tuple[str, Any], ...]) -> Answers | None:
        """Answers with all that must be answered so that their questions are asked at all; None where they exclude each other."""
        wanted: Answers = {}
        for name, value in items:
            if wanted.setdefault(name, value) != value or not self._lean(self.questions[name], wanted):
                return None
        return wanted

    def _lean(self, question: Question, wanted: Answers) -> bool:
        for name, values in question.only_if.items():
            if name in self.questions and name not in self.steering:
                if wanted.setdefault(name, values[0]) not in values or not self._lean(self.questions[name], wanted):
                    return False
        return True

    def _first_way(self, wanted: Answers | None) -> Answers | None:
        for way in self.ways:
            if (found := self._complete(way, wanted, self._plain)) is not None:
                return found
        return None

    def _complete(self, way: Answers, wanted: Answers | None, choose: Choose) -> Answers | None:
        """All answers of a conversation, or None where it would not come to what is wanted."""
        if wanted is None:
            return None
        answers = dict(way)
        if not self._ask(answers, wanted, choose, self.today) and self._asks_otherwise(answers):
            self._ask(answers, wanted, choose, self.changed)
        return answers if wanted.keys() <= answers.keys() else None

    def _asks_otherwise(self, answers: Answers) -> bool:
        routes = self.today.route_of(answers), self.changed.route_of(answers)
        key = (routes[0].id, routes[1].id)
        if key not in self._other_paths:
            self._other_paths[key] = self.today.steps(routes[0].asks) != self.changed.steps(routes[1].asks)
        return self._other_paths[key]

    @cached_property
    def _other_paths(self) -> dict[tuple[str, str], bool]:
        return {}

    def _ask(self, answers: Answers, wanted: Answers, choose: Choose, criteria: Criteria) -> bool:
        """Answer what is asked and not answered yet; says whether it ended early."""
        route = criteria.route_of(answers).id
        for name in questions_of(Goal.SCREENING, answers, criteria):
            question = self.questions.get(name)
            if question is None:
                continue  # how to reach somebody, or words of their own
            if name not in answers:
                answers[name] = wanted[name] if name in wanted else choose(question, route)
            goes_on = isinstance(answers[name], str) and answers[name] in self._goes_on(criteria, route, name)
            if not goes_on and self._ends(name, answers, criteria, route):
                return True
        return False

    def _goes_on(self, criteria: Criteria, route: str, name: str) -> frozenset[Any]:
        """Answers that can't end it, remembered: nearly all."""
        key = (criteria is self.today, route, name)
        if key not in self._going_on:
            question = criteria.questions[name]
            leads = [(choice, choice.lead(route)) for choice in question.choices if choice.disclosure is None]
            self._going_on[key] = frozenset(
                choice.value
                for choice, lead in leads
                if lead.rule is None
                and (lead.reason not in criteria.reasons or not criteria.reasons[lead.reason].skip_to_contact)
            )
        return self._going_on[key]

    @cached_property
    def _going_on(self) -> dict[tuple[bool, str, str], frozenset[Any]]:
        return {}

    def _ends(self, name: str, answers: Answers, criteria: Criteria, route: str) -> bool:
        question = criteria.questions[name]
        choice = question.choice(answers[name])
        if choice is not None and choice.disclosure is not None:
            return True
        finding = finding_of(question, answers[name], answers, criteria, self.agency, route)
        return finding is not None and finding.reason.skip_to_contact

    def _plain(self, question: Question, route: str) -> Any:
        """The first answer that leads to nothing special."""
        found = self._plain_values.get((question.id, route))
        return self._plain_values[question.id, OTHERWISE] if found is None else found

    @cached_property
    def _plain_values(self) -> Mapping[tuple[str, str], Any]:
        found: dict[tuple[str, str], Any] = {}
        for name, question in self.questions.items():
            routes = {OTHERWISE, *(route for choice in question.choices for route in choice.leads)}
            for route in routes:
                plain = question.plain(route)
                goes = (one for one in question.choices if one.value in plain and one.disclosure is None)
                value = next(goes, question.choices[0]).value
                found[name, route] = [value] if question.kind is Kind.ANY_OF else value
        return found

    def _by_chance(self, random: Random) -> Choose:
        odd = random.choice(ODD)
        chance, values = random.random, self._values

        def choose(question: Question, route: str) -> Any:
            if chance() >= odd:
                return self._plain(question, route)
            several = values[question.id]
            return several[int(chance() * len(several))]

        return choose

    def _unseen(self, sets: Iterator[Answers | None]) -> Iterator[Answers]:
        for answers in sets:
            if answers is not None:
                key = tuple(sorted((name, str(value)) for name, value in answers.items()))
                if key not in self._seen:
                    self._seen.add(key)
                    yield answers
