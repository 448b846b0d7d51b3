"""Answers to `booking_reference`: the reference of a booking."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from bot.answers.question import Question
from bot.text import contact_patterns


def booking_reference(question: Question, doc: Doc) -> Any:
    """Read the reference of a booking somewhere in a text: two letters and six signs, however they are put together."""
    return contact_patterns.booking_reference(doc.text)
