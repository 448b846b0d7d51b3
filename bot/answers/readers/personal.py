"""Answers to `personal`: whether the private questions are asked here."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.going_on import EITHER, GOES_ON, NOT_ON
from bot.answers.prefers_to_talk import talks_instead
from bot.answers.question import ASK_AGAIN, Question
from bot.text.polarity import UNSURE, opening, polarity, wavers
from bot.text.questions import is_question

HERE = re.compile(
    r"\b(?:rather|prefer(?: to)?|sooner|happy to|happier to|easier to|fine to|ok to|okay to) (?:just )?(?:(?:do|answer|say|tell|keep|"
    r"have) (?:it|them|that|you|these|those) )?(?:all )?(?:here|online|in (?:the |this )?chat|on (?:the |this )?(?:chat|computer)|type|"
    r"typ\w+|carry on|go on|go ahead|keep going|continue|answer\w*|get (?:it|them) (?:over|done))\b|^(?:here|chat|typing|online)(?:'s|"
    r" is) (?:fine|ok|okay|good|easier|better)\b|\bnothing to hide\b|\bdon'?t mind (?:answering|you asking|saying|telling|at all)\b"
)
TO_SOMEONE = re.compile(
    r"^(?:to |a |by )?(?:talk|person|phone|call|human)\b|\b(?:in person|an? (?:real |actual )?(?:person|human)|phone call|i'?ll talk|"
    r"too personal)\b"
)
LEADING_NO = re.compile(r"^no\b[ ,]*")
HARDLY = re.compile(r"\b(?:but|only if|depends|as long as|unless|except|some of)\b")


def personal(question: Question, doc: Doc) -> Any:
    """Read whether the private questions are asked here. A "no" is a wish to talk: it is never held against anyone."""
    text = doc.text
    if (
        HERE.search(text)
        and not re.search(r"\b(?:not|don'?t want|no)\b", HERE.sub(" ", LEADING_NO.sub("", text)))
        and not is_question(doc)
    ):
        return "go_on"
    if talks_instead(text) or TO_SOMEONE.search(opening(text)):
        return "prefer_to_talk"
    if is_question(doc) or UNSURE.search(text) or wavers(doc):
        return ASK_AGAIN
    if NOT_ON.search(text):
        return "prefer_to_talk"
    if HARDLY.search(text) or EITHER.search(text):
        return ASK_AGAIN
    said = polarity(doc)
    if GOES_ON.search(text):
        return "go_on"
    if said is True:
        return "go_on"
    return (
        "prefer_to_talk"
        if said is False and not re.search(r"\b(?:problem|worries|bother|issue|objection)\b", text)
        else None
    )
