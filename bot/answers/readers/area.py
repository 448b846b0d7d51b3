"""Answers to `area`: where someone lives, as a postcode or as a place of which an agency says whether it is its own."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.agency_words import AgencyWords
from bot.answers.question import ASK_AGAIN, Question
from bot.text.contact_patterns import DISTRICT, postcode
from bot.text.normalise import normalise
from bot.text.polarity import UNSURE
from bot.text.questions import is_question

NOT_HOME = r"\b(?:not|near|nr|outside|close to|next to|from|work in|off|by|towards|between|used to live in|moved from)"
NOT_HOME += r"(?: in| to)? (?:the )?"
LONGEST_PLACE = 3  # words of a phrase that is looked for inside a text


def area(question: Question, doc: Doc, words: AgencyWords) -> Any:
    """Read a postcode, or which side of the boundary a named council is on.

    Args:
        question: the question, whose phrases name places for any agency that does not list them.
        doc: the text.
        words: what names of this agency's councils mean, and how people there say where they live.
    """
    text = re.sub(rf"\bnot {DISTRICT}\b", " ", doc.text)
    typed = postcode(normalise(text))
    if typed:
        return ASK_AGAIN if re.search(r"\b(?:near|outside) " + typed.split()[0].lower(), text) else typed
    if is_question(doc):
        return ASK_AGAIN
    if UNSURE.search(text):
        return "not_sure"
    if re.search(r"\b(?:moving|about to move)\b", text):
        return ASK_AGAIN
    text = re.sub(r"\bleics\b", "leicestershire", re.sub(r"\bn\.?w\.? ", "north west ", text.replace("&", "and")))
    found = {meaning for name, meaning in _with_parts(words.names).items() if _lives(name, text)}
    if not found:
        heard = [name for name in words.heard if _lives(name, text)]
        # "county not the city" says more than "the city" within it.
        found = {words.heard[name] for name in heard if not any(name != other and name in other for other in heard)}
    if not found:
        for value in ("border", "in_area", "elsewhere"):
            if any(_lives(name, text) for name in question.said_as(value) if len(name.split()) <= LONGEST_PLACE):
                found.add(value)
    if len(found) == 1:
        return found.pop()
    return (
        ASK_AGAIN
        if found or any(re.search(rf"\b{re.escape(name.split()[0])}\b", text) for name in words.names)
        else None
    )


def _with_parts(places: dict[str, str]) -> dict[str, str]:
    """Add each half of a double name: people say "Hinckley" for "Hinckley and Bosworth"."""
    halves = {
        half.strip(): meaning for name, meaning in places.items() if " and " in name for half in name.split(" and ")
    }
    return {**halves, **places}


def _lives(name: str, text: str) -> bool:
    found = re.search(rf"({NOT_HOME})?\b{re.escape(name)}\b", text)
    return found is not None and not found.group(1)
