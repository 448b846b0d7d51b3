"""Answers to `safe_to_message`: whether a message may be left."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.question import ASK_AGAIN, Question
from bot.answers.yes_no import HOWEVER, NEGATED, yes_or_no
from bot.text.polarity import polarity, wavers
from bot.text.questions import is_question


def safe_to_message(question: Question, doc: Doc) -> Any:
    """Read whether a message may be left. With a condition, only a plain answer will do."""
    text, said = doc.text, polarity(doc)
    if (
        re.search(
            r"\b(?:only|just) me\b|\b(?:no ?one|nobody) else\b|\bplease do\b(?! not)|"
            r"\bmy own phone\b",
            text,
        )
        and not re.search(r"\b(?:don'?t|dont|not|speak)\b", text)
        and not is_question(doc)
    ):
        return "yes"
    if (
        re.search(
            r"\b(?:just|rather you|only) (?:\w+ )?(?:ring|rang|call(?:ed)?|hang)\b|\bonly speak to me\b|\b(?:family|no ?one|"
            r"nobody|husband|wife|partner|they)(?: \w+)? (?:doesn'?t|don'?t|dont|doesnt)? ?knows?\b|\bleave (?:any|"
            r"nothing)\w*\b",
            text,
        )
        and said is not True
    ):
        return "no" if not is_question(doc) else ASK_AGAIN
    if (
        is_question(doc)
        or wavers(doc)
        or HOWEVER.search(text)
        or re.search(r"\b(?:text|email|if|after|before|just)\b", text)
    ):
        return (
            "no"
            if said is False and not is_question(doc) and not re.search(r"\b(?:but|only|if|text|email)\b", text)
            else ASK_AGAIN
        )
    if re.search(r"\bplease (?:do not|don'?t|dont)\b|\b(?:rather|prefer) (?:you )?(?:didn'?t|didnt|not)\b", text):
        return "no"
    if (
        said is None
        and re.search(r"(?:\bis|'s) (?:fine|ok|okay|good|safe|all right|alright)\b", text)
        and not NEGATED.search(text)
    ):
        return "yes"
    return yes_or_no(question, doc)
