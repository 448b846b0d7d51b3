"""Corrections that name a value and no question: "can you change it to proper fostering", "it says short breaks but I want fostering".

Which answer is meant shows only beside the answers that stand (actions/meant.py). Here it is found that something is to be changed, to
what, and what stood there before, and at which questions that can be read by rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Values = Callable[[str, str], Any]

MOST_WORDS = 40
THAT_ONE = (
    r"(?:it|that|this|that one|this one|what i (?:put|said)|"
    r"(?:the|my) (?:first|last|other|previous|earlier|second)(?: one| answer| question| thing)?"
    r"|my answer|that answer)"
)
CHANGE = r"(?:chang(?:e|ed|ing)|switch(?:ed)?|swap(?:ped)?|amend(?:ed)?|alter(?:ed)?|correct(?:ed)?|put)"
TO = re.compile(
    rf"\b{CHANGE} (?:{THAT_ONE}(?: (?:from |that says? |which says? )?(?P<was>[^,.;]+?))?|from (?P<from>[^,.;]+?)) "
    r"(?:to|into|for) (?P<new>.+)$"
)
PUT = r"(?:put|said|say|picked|chose|choose|pressed|typed|ticked|went for|told you|clicked|tapped)"
BEFORE = r"(?: (?:before|earlier|first|at first|by mistake|last time|down))*"
WANTS = (
    r"(?:(?:actually|really|now|rather) )*(?:i|we|it|that)(?:'d| would)?(?: (?:actually|really|now|do))* "
    r"(?:want(?:ed)?|meant?|need(?:ed)?|should (?:be|say|have (?:been|said|put))|like|prefer|rather)(?: it)?"
    r"(?: to (?:be|say)\b| to\b| have\b)? "
)
BUT_WANTS = re.compile(
    rf"\b(?:(?:i|we)(?:'ve| have)? {PUT}|(?:it|that|this)(?: still)? (?:says|said|is down as|has me (?:down )?as)) "
    rf"(?P<was>[^,.;]+?){BEFORE}(?:,|\.)? (?:but|and|when|though) {WANTS}(?P<new>.+)$"
)
HAD_PUT = re.compile(
    rf"\b(?:(?:i|we)(?:'ve| have)? {PUT}|(?:it|that)(?: still)? (?:says|said)) (?P<was>[^,.;]+?){BEFORE},? (?:but|and)\b"
)
PUT_THAT = re.compile(
    r"\b(?:that'?s|thats|that is|it'?s|this is|you(?:'ve| have)? got (?:it|that)) "
    r"(?:all )?(?:wrong|not right|not what i (?:said|put|meant|told you))"
    r"[\s,.!;:-]+(?P<new>.+?)[\s,.!;-]*\b(?:so )?(?:please )?put (?:that|it|them|those)(?: down| in| instead)*(?: please| pls)?[\s.!]*$"
)
# These are changed elsewhere.
OF_A_BOOKING = re.compile(
    r"\b(?:booking|appointment|event|date|visit|slot|place|session|number|email|phone|name|address|reference|password|language|font)\b"
)
ASKS_HOW = re.compile(
    r"^(?:(?:and|so|but|hi|hello|ok)[\s,]+)*(?:how|why|what|when|who|where|would|do|does|is|are|will|if|suppose)\b"
)
TRAILS = re.compile(
    r"[\s,.!?]*(?:\b(?:please|pls|plz|thanks|thank you|ta|instead|now|if you can|if (?:that's|thats) ok(?:ay)?|ok|love))*[\s,.!?]*$"
)


@dataclass(frozen=True)
class Change:
    """A value to be put in the place of another, as far as that is told."""

    new: str
    was: str | None
    points: bool  # "it", "that": it is about an answer, also where the value can't be read


def change_told(text: str) -> Change | None:
    """Find a change in a normalised text that says what to and not of what."""
    if len(text.split()) > MOST_WORDS:
        return None
    if ASKS_HOW.match(text):
        return None
    found = next((match for pattern in (TO, BUT_WANTS, PUT_THAT) if (match := pattern.search(text))), None)
    if found is None:
        return None
    told = found.groupdict()
    had = HAD_PUT.search(text)
    was = told.get("was") or told.get("from") or (had.group("was") if had else None)
    new = TRAILS.sub("", told["new"]).strip()
    if not new or OF_A_BOOKING.search(new) or (was and OF_A_BOOKING.search(was)):
        return None
    return Change(new, was, points=told.get("from") is None)


def could_be(change: Change, questions: Iterable[str], values: Values) -> list[dict[str, Any]]:
    """List the questions at which the new value can be read, with what the old one is there.

    Args:
        change: what is to be changed.
        questions: those that may be meant.
        values: the reader of answers: from a question and a statement to a value, or None.
    """
    found = []
    for name in questions:
        if (value := values(name, change.new)) is not None:
            was = values(name, change.was) if change.was else None
            found.append({"question": name, "value": value, "was": was})
    return found
