"""Answers to `household`: how many adults live together."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from bot.answers.adults import adults_told
from bot.answers.ages import NOT_THIS_NUMBER
from bot.answers.people import people_listed, told_total, unsettled
from bot.answers.question import Question
from bot.text.polarity import UNSURE, wavers
from bot.text.questions import is_question


def household(question: Question, doc: Doc) -> Any:
    """Read how many adults live together, the person who types among them."""
    if is_question(doc) or wavers(doc) or UNSURE.search(doc.text) or unsettled(doc.text):
        return None
    text = NOT_THIS_NUMBER.sub(" ", doc.text)
    found = told_total(text)
    found = people_listed(text) if found is None else found
    found = adults_told(text) if found is None else found
    return found if found is not None and question.least <= found <= question.most else None
