"""Answers to `contact_name`: a name, as it was typed."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.question import Question
from bot.text.polarity import polarity
from bot.text.preferences import RATHER_NOT, wants_a_person
from bot.text.questions import is_question

MOST_NAME_WORDS = 4
LONGEST_NAME = 60  # characters
INTRODUCES = re.compile(
    r"^(?:(?:hi|hello|hey|yes|yeah|ok|sure|sorry|actually|oops|my mistake|i meant?|it should be|it's|its|it is|that's|i'm|"
    r"im|i am|(?:everyone|everybody|people|they|friends|most people|all my friends) calls? me|i go by|i'm known as|known as|"
    r"my name is|my name's|"
    r"my names|the name's|name is|names|name|call me|you can call me|just call me|this is)\b[\s,:!.-]*)+",
    re.I,
)
STOPS_AT = re.compile(
    r"\s*(?:[,.!(]|\b(?:and|but) (?:my|i|i'm|you|we|it)\b|\bplease\b|\bthanks?\b|\bhere\b|\bwithout\b|\bwith\b|\bnot\b).*$",
    re.I,
)
NOT_A_NAME = frozenset(
    "yes no ok okay hello hi hey none nothing nobody what why who when how stop help thanks thank cheers later maybe not sure don't dont "
    "know rather talk ring call email text phone you me my your it that this these wrong question questions name anyone someone somebody "
    "person interested fostering foster carer carers looking want would could can do does is are am was have has had the a an if idk dunno "
    "event visit test skip pass any anything something whatever worried scared busy married single british".split()
)
SMALL_WORDS = frozenset("and & van de der von la le bin ibn al y".split())


def contact_name(question: Question, doc: Doc) -> Any:
    """Read a name with its own capitals, or that the person would rather not say."""
    if RATHER_NOT.search(doc.text) or polarity(doc) is False:
        return "prefer_not"
    if is_question(doc) or wants_a_person(doc):
        return None
    typed = doc.user_data.get("typed", doc.text)
    bare = STOPS_AT.sub("", INTRODUCES.sub("", typed)).strip(" .!,'-")
    words = bare.split()
    if not words or len(words) > MOST_NAME_WORDS or len(bare) > LONGEST_NAME:
        return None
    if any(word.lower() in NOT_A_NAME for word in words) or not all(_could_be_a_name(word) for word in words):
        return None
    return " ".join(word if word.lower() in SMALL_WORDS or not word.islower() else _capitals(word) for word in words)


def _could_be_a_name(word: str) -> bool:
    return word == "&" or re.fullmatch(r"[^\W\d_](?:[^\W\d_]|['.-])*", word) is not None


def _capitals(word: str) -> str:
    return re.sub(r"(^|['-])([^\W\d_])", lambda match: match.group(1) + match.group(2).upper(), word)
