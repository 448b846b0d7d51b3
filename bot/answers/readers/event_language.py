"""Answers to `event_language`: the language of an interpreter."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from bot.answers.question import Question
from bot.text.preferences import wants_a_person
from bot.text.questions import is_question

LONGEST_LANGUAGE = 40  # characters
MOST_WORDS_OF_A_LANGUAGE = 6


def event_language(question: Question, doc: Doc) -> Any:
    """Take a few words for the name of a language; which languages there are is not for a list to say."""
    short = 0 < len(doc.text) <= LONGEST_LANGUAGE and len(doc.text.split()) <= MOST_WORDS_OF_A_LANGUAGE
    return (
        None
        if not short or is_question(doc) or wants_a_person(doc) or not any(sign.isalpha() for sign in doc.text)
        else doc.text
    )
