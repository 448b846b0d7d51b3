"""Texts that are kept as they were typed: a name of a language, a good time to call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from actions.turn import Turn

LONGEST_TEXT = 240  # characters
CONTACT = "contact"


def text_to_keep(turn: Turn, value: Any) -> str:
    """The text to keep: beside a number or a note for whoever rings only the rest of it is the answer."""
    return (str(value) if _told_a_contact(turn) or _has_a_condition(turn) else turn.text.strip())[:LONGEST_TEXT]


def _told_a_contact(turn: Turn) -> bool:
    """Whether a message tells a number or an address beside its answer."""
    return any(fact["question"] == CONTACT for fact in turn.understood.get("volunteered") or ())


def _has_a_condition(turn: Turn) -> bool:
    """Whether a condition was taken out of what is asked, as a note for whoever rings (bot/volunteered/with_a_condition.py)."""
    reading = turn.understood.get("reading") or {}
    return bool(reading.get("corrects")) and reading.get("question") == turn.asked
