"""Answers to `event_places`: how many come to an event."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.adults import COUNTED, MORE, adults_told
from bot.answers.ages import CHILD_WORDS, NOT_THIS_NUMBER
from bot.answers.question import Question
from bot.text.numbers import numbers
from bot.text.polarity import wavers
from bot.text.questions import is_question
from bot.text.reading import read


def event_places(question: Question, doc: Doc) -> Any:
    """Read how many come to an event."""
    if is_question(doc) or wavers(doc):
        return None
    text = NOT_THIS_NUMBER.sub(" ", doc.text)
    given = numbers(read(text))
    found: int | None
    if MORE.search(text) or not given:
        found = None if re.search(r"\b(?:son|daughter|lad|lass|boy|girl)\b", text) else adults_told(text)
    elif len(given) == 1 and not CHILD_WORDS.search(text):
        found = given[0]
    else:
        found = adults_told(text) if COUNTED.search(text) and not CHILD_WORDS.search(text) else None
    return found if found is not None and question.least <= found <= question.most else None
