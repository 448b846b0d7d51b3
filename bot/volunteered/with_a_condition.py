"""Answers about being reached that have a condition: whether a message may be left, and when to ring.

"Yes, but don't say what it's about" is a yes, and the condition is a note for whoever rings. A condition alone is no yes: it is noted,
and the question asked again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from bot.text.normalise import normalise
from bot.volunteered.conditions import Condition, condition_in, is_a_time, note, says_yes_before
from bot.volunteered.facts import Fact
from bot.volunteered.moments import A_TIME, times_in
from bot.volunteered.when_reached import DENIES, MAY, MAY_NOT, MESSAGE, TIME


@dataclass(frozen=True)
class Conditional:
    """The answer to the question asked, None where it is not settled; and what is told beside it."""

    value: Any
    beside: tuple[Fact, ...]


def with_a_condition(asked: str | None, doc: Doc, value: Any) -> Conditional | None:
    """Find the answer that a text with a condition gives; None where it has none, or another question is asked.

    Args:
        asked: the question that the person is looking at.
        doc: the message, without a number or an address.
        value: what was read as its answer.
    """
    typed = doc.user_data["typed"]
    condition = condition_in(typed, about_reaching=True) if asked in (MESSAGE, TIME) else None
    if condition is None:
        return None
    if asked == MESSAGE:
        when = _time(condition)
        return Conditional(_whether(doc, condition, value), when if is_a_time(condition) else (*when, *note(condition)))
    beside = normalise(condition.beside)
    if not condition.discreet and (times_in(beside) or A_TIME.search(normalise(condition.words))):
        return Conditional(typed, (Fact(TIME, typed),))  # all of it says when to ring, and is kept as typed
    return Conditional(condition.beside if times_in(beside) else None, note(condition))


def _whether(doc: Doc, condition: Condition, value: Any) -> Any:
    """Whether a message may be left. It takes a plain yes in what stands before the condition."""
    said = normalise(condition.beside)
    if not said and condition.discreet and not MAY_NOT.search(doc.text):
        return None  # the "don't" of "don't say who it is" is no "no"
    if value == "no" or MAY_NOT.search(doc.text):
        return "no" if value == "no" else None
    may = says_yes_before(condition) or (MAY.search(said) is not None and not DENIES.search(said))
    return "yes" if may else None


def _time(condition: Condition) -> tuple[Fact, ...]:
    time = condition.words if is_a_time(condition) else times_in(normalise(condition.beside))
    return (Fact(TIME, time),) if time else ()
