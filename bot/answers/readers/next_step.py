"""Answers to `next_step`: what someone would like to do next."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.question import ASK_AGAIN, Question
from bot.text.polarity import polarity, wavers
from bot.text.questions import is_question

STEPS: dict[str, re.Pattern[str]] = {
    "event": re.compile(r"\b(?:events?|evenings?|information session|info session)\b"),
    "initial_visit": re.compile(
        r"\b(?:home visits?|visits?|(?:come|came|pop(?:ped|ping)?|drop(?:ping)?|call(?:ing)?) (?:round|"
        r"over|in|here|to (?:us|me|my|our))|at (?:home|ours|mine))\b"
    ),
    "phone_call": re.compile(
        r"\b(?:ring (?:me|us)|give (?:me|us) a (?:ring|bell|buzz)|call(?: me| us|back| back)?|phone (?:me|call|us)|speak to|"
        r"talk to|chat on)\b"
    ),
    "nothing": re.compile(
        r"\b(?:nothing|no thank(?:s| you)|think (?:about it|it over)|sleep on it|mull|not ready|another (?:day|time)|come back|"
        r"for now|all for (?:now|today)|"
        r"not (?:yet|now|right now|at the moment|today)|leave it|later|bye|no more)\b"
    ),
}


def next_step(question: Question, doc: Doc) -> Any:
    """Read what someone would like to do next, when it is one thing."""
    text = re.sub(
        r"\bnot (?:the |an |a )?(?:event|visit|call)\b|\b(?:i'?ll|we'?ll|i will) (?:ring|call|phone)\b.*", " ", doc.text
    )
    first = r"\b(?:talk|speak|chat) (?:to|with|it over with) (?:my|the|him|her)\b.*"
    if re.search(first, text):
        return "nothing" if re.search(r"\b(?:first|need|have|before)\b", text) else ASK_AGAIN
    request = re.match(
        r"(?:please )?(?:could|can|would|will) (?:you|someone|i|we) (?:please )?(?:give|ring|call|phone|book|have|"
        r"come|pop|visit|drop|somebody|speak|talk)\b",
        text,
    )
    if (is_question(doc) and not request) or wavers(doc):
        return ASK_AGAIN
    found = [name for name, pattern in STEPS.items() if pattern.search(text)]
    if len(found) > 1 or (polarity(doc) is True and not found):
        return ASK_AGAIN
    return found[0] if found else ("nothing" if re.fullmatch(r"(?:no|nope|nah|n)[ .!]*", text) else None)
