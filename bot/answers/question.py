"""A screening question as far as reading its answer needs it, and what was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ASK_AGAIN = object()  # settled: no example can tell what is meant
CONFIRMED = ("forget_sure", "again_sure")  # whether they are sure of what they wish of the conversation
LEARNED_KINDS = ("choice", "any_of", "place", "number")  # the others are read by rule alone


@dataclass(frozen=True)
class Choice:
    """One answer of a question: its value, and every way of saying it that is known."""

    value: Any
    said_as: tuple[str, ...]
    alone: bool = False  # it rules out the others, where several may be picked


@dataclass(frozen=True)
class Question:
    """One question, as far as reading its answer needs it."""

    id: str
    kind: str
    choices: tuple[Choice, ...]
    least: int = 0
    most: int = 0
    asked_again: tuple[str, ...] = ()  # texts that do not answer this question
    answers_nothing: tuple[str, ...] = ()  # texts that answer no question at all

    def has(self, value: Any) -> bool:
        """Check whether it has a choice of that value."""
        return any(choice.value == value for choice in self.choices)

    def index_of(self, value: Any) -> int | None:
        """Find the place of the choice of that value; None where no choice has it, as with a postcode or seven people."""
        return next((index for index, choice in enumerate(self.choices) if choice.value == value), None)

    def said_as(self, value: Any) -> tuple[str, ...]:
        """The known ways to say one of its choices."""
        return next((choice.said_as for choice in self.choices if choice.value == value), ())


@dataclass(frozen=True)
class Reading:
    """What a text says to the question being asked, or to the one before when it takes an answer back.

    `beside` says that it was read from what stands beside a question: the text asks something as well.
    """

    question: str
    value: Any
    exact: bool
    corrects: bool
    beside: bool = False
