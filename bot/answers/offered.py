"""Questions of the kind `offered`: one of several dates or bookings."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.question import Question
from bot.answers.times import LONGEST_TEXT, SAYS_WHEN, TAKES_BACK
from bot.text.questions import is_question

SAYS_WHICH = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|last|earlier|later|next|1st|2nd|3rd|\d{1,2}(?:th|st|nd|rd)|none|neither|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan\w*|feb\w*|mar\w*|apr\w*|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|"
    r"morning|afternoon|evening)\b"
)
# Questions that say which time is wanted: "can you do Tuesday evening?", "is there anything after 5?".
ASKS_FOR_A_TIME = re.compile(
    r"^(?:(?:and|ok|so|hi|hello|well|then),? )*(?:(?:can|could) (?:you|we|it|they) (?:do|be|come|make|have)|"
    r"(?:is|are) there (?:any|some|one|a )|(?:have|do) you (?:got|have)|(?:what|how) about|any(?:thing)? )"
)


def offered(question: Question, doc: Doc) -> Any:
    """Take nearly any text: which date it means is found out where the dates are known."""
    if not doc.text or (TAKES_BACK.search(doc.text) and not SAYS_WHICH.search(doc.text)):
        return None
    if is_question(doc) and not (ASKS_FOR_A_TIME.match(doc.text) and SAYS_WHEN.search(doc.text)):
        return None
    return doc.text[:LONGEST_TEXT]
