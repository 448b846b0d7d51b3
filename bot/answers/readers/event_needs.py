"""Answers to `event_needs`: what to get ready for an event, which is often more than one thing, and never why."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.needs import ASKS_WHAT, HARD_FOR, MANAGES, NOT_NEEDED
from bot.answers.question import ASK_AGAIN, Question
from bot.text.polarity import polarity
from bot.text.questions import is_question

# The words of enquiry.enums.Needs, and what people say for them.
GOT_READY: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "step_free",
        re.compile(
            r"\b(?:step[- ]?free|wheel ?chair\w*|ramps?|lifts?|elevator|(?:no|without|manage|climb|do|with) (?:the |any )?steps|stairs|"
            r"(?:disabled|level|easy) (?:access|entrance|entry|toilet|parking|bay)|blue badge|walking (?:frame|"
            r"stick|aid)|zimmer\w*|crutches|"
            r"mobility|(?:parking|park|space)(?: \w+){0,3} (?:near|close|by|next to)|walk far)\b"
        ),
    ),
    (
        "hearing_loop",
        re.compile(
            r"\b(?:loop|hearing|deaf(?! sign)|lip[- ]?read\w*|hard of hearing|(?:can'?t|don'?t|cannot) hear(?: \w+)?|t[- ]?coil)\b"
        ),
    ),
    (
        "large_print",
        re.compile(
            r"\b(?:(?:large|big|bigger|larger) (?:print|letters|type|font|text|writing)|eyesight|sighted|see well|"
            r"see very well|magnif\w+)\b"
        ),
    ),
    (
        "interpreter",
        re.compile(
            r"\b(?:interpret\w*|translat\w*|bsl|sign language|signer|(?:doesn'?t|don'?t|do not|does not) (?:speak|"
            r"understand) (?:much |good )?"
            r"english|english (?:is ?n.?t|is not|isnt) (?:so |very |that )?(?:good|great|strong)|someone who speaks \w+)\b"
        ),
    ),
    (
        "something_else",
        re.compile(
            r"\b(?:something else|another thing|braille|guide dog|assistance dog|cr[eè]che|child ?care|halal|"
            r"vegan|vegetarian|kosher|allerg\w+|"
            r"prayer|quiet|breast ?feed\w*|baby chang\w+|explain (?:on|over|by)|ring me about)\b"
        ),
    ),
)
SIGNS = re.compile(r"\b(?:bsl|sign language|signer)\b")


def event_needs(question: Question, doc: Doc) -> Any:
    """Read everything that is asked for; a plain no or "all fine" is nothing needed."""
    text = doc.text
    if ASKS_WHAT.match(text):
        return ASK_AGAIN
    wanted = NOT_NEEDED.sub(" ", text)
    found = [value for value, pattern in GOT_READY if pattern.search(wanted)]
    if SIGNS.search(wanted) and not re.search(r"\bloop\b", wanted):
        found = [need for need in found if need != "hearing_loop"]  # "deaf and use BSL" asks for an interpreter
    if found:
        return found
    if is_question(doc):
        return ASK_AGAIN
    if HARD_FOR.search(text):
        return None
    said = polarity(doc)
    if (said is False or MANAGES.search(text)) and not re.search(r"\b(?:but|except|apart from|only|unless)\b", text):
        return ["none"] if said is not True or MANAGES.search(text) else ASK_AGAIN
    return ASK_AGAIN if said is not None else None
