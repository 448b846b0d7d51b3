"""Answers to `age`: the age group of the person who types."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.ages import PLAINLY_25_PLUS, age_group_told
from bot.answers.question import ASK_AGAIN, Question
from bot.text.numbers import NUMBER_WORD
from bot.text.questions import is_question


def age(question: Question, doc: Doc) -> Any:
    """Read the age group of the person who types. Their partner's age counts only where it changes nothing."""
    if is_question(doc) and not re.search(r"\b(?:i'?m|i am|we'?re|we are)\b", doc.text):
        return None
    if not re.search(rf"\d|\b(?:{NUMBER_WORD})\b", doc.text) and not PLAINLY_25_PLUS.search(doc.text):
        return None  # the examples may know it
    return age_group_told(doc.text) or ASK_AGAIN
