"""The screening questions, the routes that ask them, and what their answers lead to. enquiry/screening/criteria_file.py reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from enquiry.datafiles.models import NO_OTHER_KEYS, Flag, Names, Words
from enquiry.datafiles.placeholders import fill
from enquiry.enums import Goal, Outcome


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


CONTINUE = "continue"
OTHERWISE = "otherwise"  # the routes that an answer says nothing special of
# What "I'd rather not say" is kept as: the question counts as answered, and there is nothing to reach the person by.
PREFER_NOT = "prefer_not"
PREFER_TO_TALK = "prefer_to_talk"
# Kept with the enquiry itself rather than with its answers, so that they can be deleted on their own.
CONTACT_QUESTIONS = ("contact_name", "contact", "safe_to_message", "contact_time")
# Of use only while something is booked or changed: what is booked stands among the bookings.
BOOKING_QUESTIONS = (
    "event",
    "event_places",
    "event_wait",
    "event_offer",
    "event_needs",
    "event_language",
    "visit_slot",
    "visit_wish",
    "which_booking",
    "booking_reference",
    "booking_contact",
    "booking_misses",
    "change_how",
    "give_back_sure",
    "to_put_right",
)


# A question of a path, the answers without which it is not asked there, and what it needs to reach the person.
Step = tuple[str, tuple[tuple[str, tuple[str, ...]], ...], str | None]
MOST_REMEMBERED = 1000  # combinations of answers and the routes they lead to


@dataclass(frozen=True)
class Lead:
    """What an answer leads to: `continue`, the name of a reason, or a rule that tells which."""

    reason: str = CONTINUE
    rule: str | None = None


@dataclass(frozen=True)
class Choice:
    """One answer that has a button. `disclosure` names the safety message it calls for instead of any outcome; `alone` says that it rules
    out the others, where several may be picked.

    `said_back` is how it is said back to whoever gave it in their own words, where its title does not read well.
    """

    value: str | int
    title: str
    leads: Mapping[str, Lead]
    disclosure: str | None = None
    alone: bool = False
    said_back: str | None = None

    def lead(self, route: str | None) -> Lead:
        """What it leads to on a route."""
        return self.leads.get(route or "") or self.leads[OTHERWISE]


@dataclass(frozen=True)
class Question:
    """One question, as the enquirer reads it. `only_if` are the answers to others without which it is not asked.

    `left_out_as` is the choice that is kept where somebody would rather leave the question out; without one it can't be.
    """

    id: str
    kind: Kind
    short: str
    ask: str
    why: str
    choices: tuple[Choice, ...]
    basis: str = ""
    before: str | None = None
    sensitive: bool = False
    keeps_text: bool = True
    needs: str | None = None
    only_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    least: int | None = None
    most: int | None = None
    otherwise: str = CONTINUE
    left_out_as: str | None = None

    @cached_property
    def _by_value(self) -> dict[Any, Choice]:
        return {choice.value: choice for choice in self.choices}

    def choice(self, value: Any) -> Choice | None:
        """The choice that has this value."""
        return self._by_value.get(value) if isinstance(value, str | int) else None

    def plain(self, route: str) -> frozenset[str | int]:
        """The single answers that lead to `continue` on a route, whatever else was answered."""
        return self._plain.get(route, self._plain[OTHERWISE])

    @cached_property
    def _plain(self) -> dict[str, frozenset[str | int]]:
        routes = {OTHERWISE, *(route for choice in self.choices for route in choice.leads)}
        return {route: frozenset(one.value for one in self.choices if one.lead(route) == Lead()) for route in routes}

    def title_of(self, value: Any) -> str:
        """An answer as a person reads it."""
        if isinstance(value, list):
            return ", ".join(self.title_of(one) for one in value)
        choice = self.choice(value)
        return choice.title if choice else str(value)

    def said_back(self, value: Any) -> str | None:
        """How an answer is said back to whoever gave it in their own words; None for what is private and has no words of its own."""
        several = value if isinstance(value, list) else [value]
        own = [choice.said_back for one in several if (choice := self.choice(one)) and choice.said_back]
        if len(own) == len(several):
            return ", ".join(own)
        return None if self.sensitive else f"{self.short}: {self.title_of(value)}"

    def takes(self, value: Any) -> bool:
        """Whether a value is an answer to it as it is asked today: answers may be older than the criteria."""
        match self.kind:
            case Kind.CHOICE:
                return self.choice(value) is not None
            case Kind.ANY_OF:
                return isinstance(value, list) and bool(value) and all(self.choice(one) is not None for one in value)
            case Kind.NUMBER:
                return isinstance(value, int) and (self.least or 0) <= value <= (self.most or value)
            case _:
                return value is not None

    def worded_for(self, facts: Mapping[str, Any]) -> Question:
        """The question with an agency's facts in its texts."""
        values = {"agency": facts}
        choices = tuple(replace(choice, title=fill(choice.title, values)) for choice in self.choices)
        before = fill(self.before, values) if self.before else None
        return replace(self, ask=fill(self.ask, values), why=fill(self.why, values), before=before, choices=choices)

    @property
    def titles(self) -> tuple[str, ...]:
        """Button texts, in order."""
        return tuple(choice.title for choice in self.choices)


@dataclass(frozen=True)
class Reason:
    """What an answer leads to and how it is said, to the enquirer and to staff.

    `at_once` is said as soon as the answer is given rather than at the end; `team` is the key of who they are passed to;
    `call_back` promises a call whatever the outcome.
    """

    __pydantic_config__ = NO_OTHER_KEYS

    name: Words
    outcome: Outcome
    because: Words
    for_staff: Words
    changes_when: Words | None = None
    come_back: Words | None = None
    team: Words | None = None
    at_once: Flag = False
    skip_to_contact: Flag = False
    private: Flag = False
    call_back: Flag = False


@dataclass(frozen=True)
class Route:
    """One way to help a child, or one that leads to another team: whom it is for and what it asks.

    `screened`: it ends in an outcome that the person checks their answers for. `passed_on`: staff are told even so.
    """

    __pydantic_config__ = NO_OTHER_KEYS

    id: Words
    title: Words
    when: Mapping[str, Names]
    asks: Names
    screened: Flag = True
    passed_on: Flag = True

    def fits(self, answers: Mapping[str, Any]) -> bool:
        """Whether the answers so far lead this way."""
        return all(answers.get(name) in values for name, values in self.when.items())


@dataclass(frozen=True)
class Criteria:
    """All questions, routes and reasons, of one version."""

    version: str
    routes: tuple[Route, ...]
    paths: Mapping[Goal, tuple[str, ...]]
    afterwards: tuple[str, ...]
    questions: Mapping[str, Question]
    reasons: Mapping[str, Reason]

    def question(self, name: str) -> Question:
        """The question of that id."""
        return self.questions[name]

    def route_of(self, answers: Mapping[str, Any]) -> Route:
        """The route the answers so far lead to: the first that fits. The last one fits everybody."""
        key = tuple([answers.get(name) for name in self._steering])
        try:
            return self._routes_found[key]
        except (KeyError, TypeError):  # not seen so far, or no value that an answer can have
            found = next(route for route in self.routes if route.fits(answers))
        if len(self._routes_found) < MOST_REMEMBERED and all(one is None or isinstance(one, str) for one in key):
            self._routes_found[key] = found
        return found

    def steps(self, path: tuple[str, ...]) -> tuple[Step, ...]:
        """The questions of a path with the conditions that count on it: what it does not ask at all is no condition."""
        if path not in self._steps_found:
            asked = [self.questions[name] for name in path]
            conditions = [
                tuple((name, values) for name, values in one.only_if.items() if name in path) for one in asked
            ]
            self._steps_found[path] = tuple(
                (one.id, found, one.needs) for one, found in zip(asked, conditions, strict=True)
            )
        return self._steps_found[path]

    # What is remembered of a version, so that deciding takes microseconds: a rehearsal decides hundreds of thousands of times.
    @cached_property
    def _steering(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for route in self.routes for name in route.when))

    @cached_property
    def _routes_found(self) -> dict[tuple[Any, ...], Route]:
        return {}

    @cached_property
    def _steps_found(self) -> dict[tuple[str, ...], tuple[Step, ...]]:
        return {}

    def worded_for(self, facts: Mapping[str, Any]) -> Criteria:
        """The same criteria as one agency's people read them: its facts stand in the questions and on the buttons.

        Raises:
            UnknownPlaceholder: a question names a fact that is not known for this agency.
        """
        return replace(self, questions={name: question.worded_for(facts) for name, question in self.questions.items()})

    @cached_property
    def screening_questions(self) -> frozenset[str]:
        """Every question that some route asks."""
        return frozenset(name for route in self.routes for name in route.asks)

    @cached_property
    def in_order(self) -> Mapping[str, int]:
        """The place of every question in the file, for lists of answers."""
        return {name: number for number, name in enumerate(self.questions)}


# What stands in for criteria that can't be read: answers are shown by their ids, and nothing is asked.
NO_CRITERIA = Criteria(version="", routes=(), paths={}, afterwards=(), questions={}, reasons={})
