"""Answers to `pass_on`: whether name and number may be passed on."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.question import ASK_AGAIN, Question
from bot.answers.yes_no import HOWEVER, NEGATED, yes_or_no
from bot.text.polarity import opening, polarity
from bot.text.questions import is_question

THEMSELVES = re.compile(
    r"\bi'?(?:ll|d| will| would| can| could)? (?:just |probably |rather |prefer to |sooner |like to |want to )*(?:ring|call|phone|email|"
    r"e-mail|contact|message|speak to|talk to|try|find|look (?:it|them) up|get in touch|do (?:it|that)|drop|give (?:them|it))\b(?! (?:me|"
    r"back)\b)|\b(?:myself|(?:give|send|tell|text) me (?:the|their|a|that) (?:\w+ )?(?:number|details|email))\b|\b(?:have|got) (?:the|"
    r"their) number\b|\blet me (?:do|ring|call|phone)\b"
)
THEY_RING = re.compile(
    r"\b(?:they|someone|somebody|them)(?: can| could| may| should| to|'ll| will)? (?:ring|call|phone|contact|get in touch with|email|text|"
    r"give)(?: me| us)?\b|\b(?:pass|send|forward|give) (?:it|that|them|my (?:\w+ )?(?:number|name|details)|me)(?: \w+){0,2} ?(?:on|along|"
    r"over|to them)?\b|\bplease do\b(?! not)|\b(?:can|may|could) have my\b|\bhave them (?:ring|call|phone)\b"
)
FREELY = re.compile(
    r"(?:if (?:you|that|it)'?s?|go (?:ahead|for it|on)|by all means|feel free|you (?:may|can)|happy (?:for|with|to)|"
    r"please|i'?d appreciate)\b"
)
WITHHOLDS = re.compile(
    r"\b(?:don'?t|dont|do not|rather (?:you )?(?:not|didn'?t)|not|never|no)\b(?: \w+){0,3} (?:pass(?:ing|ed)?|give|giving|share|sharing|"
    r"send|number|details|name)\b|\bkeep my\b|\bleave it\b"
)


def pass_on(question: Question, doc: Doc) -> Any:
    """Read whether name and number may be passed on. Where there is doubt they stay here."""
    text, said = doc.text, polarity(doc)
    asks = is_question(doc)
    if THEMSELVES.search(text) and said is not True:
        return "no"
    if WITHHOLDS.search(text) and not re.search(r"\bno (?:problem|worries|bother)\b", text):
        return ASK_AGAIN if asks or said is True else "no"
    if THEY_RING.search(text) and (
        not asks or re.match(r"(?:please |yes,? )?(?:can|could|would|will|get) (?:they|you|someone)\b", text)
    ):
        return "yes" if said is not False else ASK_AGAIN
    if asks or THEMSELVES.search(text) or re.search(r"\b(?:think (?:about|on)|only)\b", text):
        return ASK_AGAIN
    if FREELY.match(opening(text)) and said is not False and not NEGATED.search(text):
        return "yes"
    if said is True and HOWEVER.search(text) and not NEGATED.search(text):
        return "yes"  # "yes but after five": when is asked next
    return yes_or_no(question, doc)
