"""Reading of answers by rule: by the reader named after the question, or else by the rule for questions of its kind."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from spacy.tokens import Doc

from bot.answers import readers
from bot.answers.agency_words import AgencyWords
from bot.answers.offered import offered
from bot.answers.phone_or_email import phone_or_email
from bot.answers.question import ASK_AGAIN, LEARNED_KINDS, Question
from bot.answers.readers.area import area
from bot.answers.yes_no import yes_or_no
from bot.text.preferences import BESIDE_THE_POINT

Rule = Callable[[Question, Doc], Any]

RULES_BY_KIND: Mapping[str, Rule] = {"choice": yes_or_no, "phone_or_email": phone_or_email, "offered": offered}
# "My sister told me", "ask me later", "until they go back home" answer nothing elsewhere; here they are the answer.
ANSWERED_BY: dict[str, re.Pattern[str]] = {
    "heard_from": re.compile(r"\b(?:says|said|told)\b"),
    "the_rest": re.compile(r"\blater\b"),
    "care_type": re.compile(r"\bgo back (?:to|home)\b"),
}


@lru_cache(maxsize=1)
def rules_by_question() -> Mapping[str, Rule]:
    """Find the readers: each module of bot/answers/readers has a function of its own name, which is the id of its question."""
    names = [module.name for module in pkgutil.iter_modules(readers.__path__)]
    return {name: getattr(importlib.import_module(f"{readers.__name__}.{name}"), name) for name in names}


def by_rule(question: Question, doc: Doc, words: AgencyWords) -> Any:
    """Read an answer by rule alone: a value, ASK_AGAIN, or None where what was learned may still settle it.

    Args:
        question: the question being asked.
        doc: the text, read once.
        words: what names of places mean for the agency.
    """
    aside, answers = BESIDE_THE_POINT.search(doc.text), ANSWERED_BY.get(question.id)
    if question.kind in LEARNED_KINDS and aside and not (answers and answers.search(doc.text)):
        return ASK_AGAIN
    if question.kind == "place":
        return area(question, doc, words)
    rule = rules_by_question().get(question.id) or RULES_BY_KIND.get(question.kind)
    return rule(question, doc) if rule else None
