"""Answers to `contact_time`: when somebody may be rung, in nearly any words."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from bot.answers.question import Question
from bot.answers.times import LONGEST_TEXT, SAYS_WHEN, TAKES_BACK
from bot.text.questions import is_question


def contact_time(question: Question, doc: Doc) -> Any:
    """Take nearly any text; what takes something back must at least speak of a time."""
    if not doc.text or is_question(doc) or (TAKES_BACK.search(doc.text) and not SAYS_WHEN.search(doc.text)):
        return None
    return doc.text[:LONGEST_TEXT]
