"""Answers to `right_to_live_work`: the right to live and work here."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.other_people import of_another
from bot.answers.prefers_to_talk import talks_instead
from bot.answers.question import ASK_AGAIN, Question
from bot.answers.yes_no import HOWEVER, NEGATED, yes_or_no
from bot.text.polarity import UNSURE, polarity
from bot.text.questions import is_question


def right_to_live_work(question: Question, doc: Doc) -> Any:
    """Read the right to live and work here, of the person who types."""
    text = doc.text
    if talks_instead(text):
        return "prefer_to_talk"
    if of_another(text):
        return ASK_AGAIN
    if re.search(r"\bstay is permanent\b|\bno (?:limits|time limit|restrictions)\b", text) and not is_question(doc):
        return "yes"
    if UNSURE.search(text) or re.search(r"\bi think (?:i do|so|we do)\b.*\bbut\b", text):
        return "not_sure" if not is_question(doc) else ASK_AGAIN
    if is_question(doc) or re.search(r"\b(?:kids|children|son|daughter)s? (?:was|were|is|are)\b", text):
        return ASK_AGAIN
    mine = re.search(
        r"\b(?:british|uk|irish|dual) (?:citizen|passport|national)|\b(?:british|settled) (?:citizen|status)|"
        r"\bindefinite leave\b|"
        r"\bilr\b|\b(?:i'?m|we'?re|both|i am|we are) (?:both )?(?:british|english|scottish|welsh|irish|citizens?)\b|"
        r"^(?:british|english|scottish|welsh|irish)\b|\b(?:naturalised|citizenship|permanent residen\w+)\b|"
        r"\bborn (?:and (?:bred|raised)|here|in (?:the uk|england|"
        r"britain|leicester))",
        text,
    )
    if (
        re.search(
            r"\b(?:visitor|visiting|tourist|on holiday|not (?:allowed|permitted)|no (?:permission|papers|"
            r"right))\b",
            text,
        )
        and polarity(doc) is not True
    ):
        return "no"
    if re.search(
        r"\bpre-? ?settled\b|\b(?:waiting|applied|applying|appeal|asylum|decision|"
        r"pending)\b",
        text,
    ) and not re.search(r"\bexpired?\b", text):
        return "not_sure" if polarity(doc) is not True else ASK_AGAIN
    if re.search(r"\bexpired?\b", text):
        return ASK_AGAIN
    if mine and not HOWEVER.search(text) and not NEGATED.search(text):
        return "yes"
    if re.search(r"\b(?:husband|wife|partner)\b", text) and not re.search(r"\b(?:both|we)\b", text):
        return ASK_AGAIN
    return yes_or_no(question, doc)
