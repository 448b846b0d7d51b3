"""Answers to `partner_age`: the age group of the person someone would foster with."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.ages import PLAINLY_25_PLUS, age_group_told
from bot.answers.prefers_to_talk import talks_instead
from bot.answers.question import ASK_AGAIN, Question
from bot.text.numbers import NUMBER_WORD, N, numbers
from bot.text.polarity import polarity
from bot.text.questions import is_question
from bot.text.reading import read

OTHER_APPLICANT = re.compile(
    r"\b(?:(?:my|the|our) )?(?:(?:other half|better half|(?:mother|father|sister|brother)[- ]in[- ]law|best friend)|husband|hubby|wife|"
    r"partner|"
    r"fiancee?|boyfriend|girlfriend|spouse|missus|bf|gf|friend|mate|mum|mam|mother|dad|father|sister|brother|cousin|aunt\w*|uncle|daughter|"
    r"son|housemate|he|she|they|his|her|hers)(?:'?s|'re| is| are| was)?\b"
)
COMPARES = re.compile(r"\b(?:older|younger|elder|bigger|gap|difference|between us|apart|senior|junior)\b(?! than \d)")
MY_OWN = re.compile(rf"\b(?:i'?m|im|i am|me)\b(?: (?:only|just|nearly))? {N}\b")
NOT_MINE_TO_SAY = re.compile(
    r"\b(?:want|like|thank) me (?:to say|to tell|saying|telling|for saying)\b|\bask (?:him|her|them)\b"
)
YOUNGEST_NAMED = 12  # a partner below that is a slip or a joke


def partner_age(question: Question, doc: Doc) -> Any:
    """Read the age group of the person someone would foster with. "Two years older than me" is not enough to go by."""
    text = doc.text
    if talks_instead(text):
        return "prefer_to_talk"
    if is_question(doc) or COMPARES.search(text):
        return ASK_AGAIN
    if not re.search(rf"\d|\b(?:{NUMBER_WORD})\b", text) and not PLAINLY_25_PLUS.search(text):
        if NOT_MINE_TO_SAY.search(text):
            return "prefer_to_talk"
        return None if polarity(doc) is None and not re.search(r"\b(?:adult|grown|old enough)\b", text) else ASK_AGAIN
    of_theirs = MY_OWN.sub(" ", text)
    told = of_theirs if numbers(read(of_theirs)) else text
    found = age_group_told(OTHER_APPLICANT.sub("i'm", re.sub(r"\b(?:he|she|they)(?:'ll| will)\b", "i'll", told)))
    if found == "under_18" and any(number < YOUNGEST_NAMED for number in numbers(read(told))):
        return ASK_AGAIN
    return found or ASK_AGAIN
