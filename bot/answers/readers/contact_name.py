"""Answers to `contact_name`: a name, as it was typed."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.coming import coming_in
from bot.answers.question import Question
from bot.text.contacts import without_contacts, written_out
from bot.text.names import any_name, name_between, name_in, name_told_later
from bot.text.polarity import polarity
from bot.text.preferences import RATHER_NOT, wants_a_person
from bot.text.questions import is_question

# A "no" of its own; "Nada" and "Noor" are names.
REFUSES = re.compile(
    r"(?:no+|n|nope|nop|nah|naw|nowt|none|nothing|never|nobody|not (?:really|now|today))(?: (?:thanks?|thank you|ta|way))?[ .!]*"
)


def contact_name(question: Question, doc: Doc) -> Any:
    """Read a name, or that the person would rather not say. Asked once more, nearly any text has to do for a name."""
    whole = written_out(doc.user_data.get("typed", doc.text))
    typed = without_contacts(whole)
    if typed != whole and (first := name_in(re.split(r"[,;.\n]| and | on |\d", whole)[0])):
        return first.name  # of "Martin Coyle, 07700 900777, best after two" the name stands before the number
    named = name_in(typed)
    if named and not (is_question(doc) and named.beside):
        return named.name
    if later := name_told_later(typed):
        return later.name
    if between := name_between(typed):
        return between.name
    if coming_in(doc.text).told:
        return None  # "no, the Saturday, two of us" books; it neither is a name nor keeps one back
    if wants_a_person(doc):
        return None
    if REFUSES.fullmatch(doc.text) or RATHER_NOT.search(doc.text):
        return "prefer_not"
    if is_question(doc):
        return None
    if polarity(doc) is False:
        return "prefer_not"
    return (any_name(typed) or None) if doc.user_data.get("asked_again") == question.id else None
