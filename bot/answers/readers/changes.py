"""Answers to `changes`: whether something big is changing at home."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.prefers_to_talk import talks_instead
from bot.answers.question import ASK_AGAIN, Question
from bot.answers.yes_no import HOWEVER, yes_or_no
from bot.text.polarity import UNSURE, polarity, wavers
from bot.text.questions import is_question

HAPPENING = re.compile(
    r"\b(?:mov(?:e|ing)|house move|pregnan\w*|bab(?:y|ies)|due in|expecting|ivf|married|marriage|wedding|engaged|divorc\w*|"
    r"separat\w*|split\w*|break(?:ing)? up|died|dying|death|passed away|lost (?:my|our|his|her)|funeral|bereave\w*|griev\w*|"
    r"new job|chang(?:e|ing) (?:jobs?|career)|redundan\w*|retir\w*|extension|build(?:ing|ers)|renovat\w*|kitchen|surgery|"
    r"operation|treatment|chemo\w*|court|selling|sell|emigrat\w*|hospital|poorly|ill\b|illness|"
    r"leaving home|moving (?:in|out)|uni(?:versity)?|new (?:house|home|puppy|baby|partner|kitchen)|mum'?s coming|starting|"
    r"finish\w* (?:my|a) (?:degree|course)|quite a (?:bit|lot)|upheaval|a few things)\b"
)
CALM = re.compile(
    r"\b(?:settled|steady|stable|same (?:old|as)|quiet|calm|ticking along|as (?:usual|ever|normal)|"
    r"no (?:big )?(?:changes?|plans?|upheaval)|nothing|business as usual|plain sailing|all (?:good|sorted|done))\b"
)
OVER = re.compile(
    r"\b(?:done now|finished now|all (?:sorted|done|finished)|over now|behind us|last year|years ago|ages ago)\b"
)


def changes(question: Question, doc: Doc) -> Any:
    """Read whether something big is changing. What it is, is neither asked nor kept."""
    text, said = doc.text, polarity(doc)
    if talks_instead(text):
        return "prefer_to_talk"
    if (
        is_question(doc)
        or UNSURE.search(text)
        or re.search(r"\b(?:maybe|might|possibly|perhaps|thinking (?:of|about)|depends)\b", text)
    ):
        return ASK_AGAIN
    if (
        re.search(r"\b(?:had|bought|got) (?:a |our )?new (?:kitchen|bathroom|car|sofa|telly)|\bsofa\b", text)
        and said is None
    ):
        return ASK_AGAIN
    if OVER.search(text) and HAPPENING.search(text):
        return ASK_AGAIN if said is not False else "no"
    if HAPPENING.search(text):
        if said is False or re.search(
            r"\b(?:not|never|no|isn'?t|aren'?t)\b(?: \w+){0,2} (?:moving|pregnant|selling|changing|"
            r"plans)\b",
            text,
        ):
            return "no" if not HOWEVER.search(text) else ASK_AGAIN
        return "yes"
    if CALM.search(text):
        return (
            "no"
            if not HOWEVER.search(text)
            and said is not True
            and not re.search(
                r"\b(?:not|isn'?t|un|until|once|"
                r"when)\b ?(?:\w+ )?(?:settled|stable|steady|quiet)",
                text,
            )
            else ASK_AGAIN
        )
    if wavers(doc):
        return None
    return yes_or_no(question, doc)
