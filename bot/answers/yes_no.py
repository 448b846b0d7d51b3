"""The answers that most questions share (yes, no, not sure, rather talk), and the words that put one in doubt."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.prefers_to_talk import holds_back, talks_instead
from bot.answers.question import ASK_AGAIN, Question
from bot.text.polarity import UNSURE, polarity, wavers
from bot.text.preferences import RATHER_TALK
from bot.text.questions import is_question

HOWEVER = re.compile(r"\b(?:but|although|though|except|apart from|other than|unless|however|only|until)\b")
NEGATED = re.compile(
    r"\b(?:no|not|never|none|don'?t|doesn'?t|haven'?t|hasn'?t|isn'?t|aren'?t|without|nobody|no one|neither|can'?t|won'?t)\b"
)
DENIED_BEFORE = re.compile(
    r"\b(?:no|not|don'?t|dont|haven'?t|havent|never|none|without|isn'?t|hate|zero|any)\b[^,.;]{0,24}$"
)


def yes_or_no(question: Question, doc: Doc) -> Any:
    """Read the answers that most questions share: yes, no, not sure, rather talk."""
    if is_question(doc) and not (question.has("prefer_to_talk") and RATHER_TALK.search(doc.text)):
        return ASK_AGAIN
    if question.has("prefer_to_talk") and talks_instead(doc.text):
        return "prefer_to_talk"
    if UNSURE.search(doc.text):
        return "not_sure" if question.has("not_sure") else ASK_AGAIN
    if wavers(doc) or holds_back(doc.text):
        return ASK_AGAIN
    said = polarity(doc)
    if said is None:
        return None
    if HOWEVER.search(doc.text):
        return "yes_talk" if said and question.has("yes_talk") else ASK_AGAIN
    if said:
        return next((value for value in ("yes_talk", "yes") if question.has(value)), None)
    return "no" if question.has("no") else None
