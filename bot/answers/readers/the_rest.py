"""Answers to `the_rest`: whether the smaller questions are asked now or left for the visit."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.going_on import EITHER, GOES_ON, NOT_ON
from bot.answers.prefers_to_talk import talks_instead
from bot.answers.question import ASK_AGAIN, Question
from bot.text.polarity import UNSURE, polarity, wavers
from bot.text.questions import is_question

LATER = re.compile(
    r"\b(?:later|visit(?:or|s)?|skip|another (?:time|day)|some other (?:time|day)|not (?:now|today|tonight|right now|yet|at the moment)|"
    r"next time|when (?:they|you|we|someone|somebody|the \w+) (?:come|comes|meet|visit\w*|turn up)|in person|face to face|can wait|"
    r"(?:leave|save|keep|hold) (?:it|them|those|that|these|the rest)(?: for now)?(?! coming)|(?:had|got) enough|enough (?:questions|for)|"
    r"no more|tired(?: now)?|(?:do|enough|it) for (?:today|now|tonight)|(?:got|have) to (?:go|dash|run)|no time|tomorrow|"
    r"stop(?:ping)? (?:there|here|now)|best not|plenty|too many|(?:not a |no )good time)\b"
)
RATHER_THAN = re.compile(
    r"\b(?:rather than|instead of|not|than) (?:\w+ ){0,2}(?:later|at the visit|in person|wait\w*)\b|\bsooner "
    r"(?:rather )?than later\b"
)
TELLS = re.compile(r"(?:please )?do (?:it|them|those|that)\b|(?:when|while|once)\b(?! (?:is|will|would|do|does|can)\b)")
MAY_WAIT = re.compile(
    r"^(?:can|could|may|shall) (?:they|it|that|those|these|we|i) (?:\w+ )?(?:wait|leave|skip|do (?:it|them|that|"
    r"those) (?:later|at|when))\b"
)
NOW = re.compile(r"\bnow\b")


def the_rest(question: Question, doc: Doc) -> Any:
    """Read whether the smaller questions are asked now or left for the visit."""
    if MAY_WAIT.search(doc.text):
        return "at_visit"
    if (is_question(doc) and not TELLS.match(doc.text)) or UNSURE.search(doc.text) or EITHER.search(doc.text):
        return ASK_AGAIN
    text = RATHER_THAN.sub(" now ", doc.text)
    later = LATER.search(text) is not None or talks_instead(text)
    goes_on = GOES_ON.search(text) is not None or NOW.search(LATER.sub(" ", text)) is not None
    if NOT_ON.search(text):
        later, goes_on = True, False
    if later != goes_on:
        return "at_visit" if later else "now"
    if later or wavers(doc):
        return ASK_AGAIN
    said = polarity(doc)
    if said is None:
        return None
    return "now" if said else "at_visit"
