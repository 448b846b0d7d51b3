"""Answers to `carer_now`: whether someone fosters now, or did of late."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.other_people import FRIEND_OR_RELATIVE
from bot.answers.question import ASK_AGAIN, Question
from bot.answers.yes_no import HOWEVER
from bot.text.numbers import N, number_in
from bot.text.polarity import UNSURE, polarity
from bot.text.questions import is_question

CARES_OTHERWISE = re.compile(
    r"\b(?:care (?:worker|assistant|home)|health ?care|support worker|carer for (?:my|the|an)|"
    r"care for (?:my|the|an)|carer (?:to|of) my|home carer|dom\w* care|unpaid carer|carers? allowance|childminder|kinship)\b"
)
PAST = re.compile(
    r"\b(?:stopped|left|resigned|gave (?:it |fostering )?up|finished|ended|deregistered|until|till|til|came off|"
    r"retired|packed (?:it )?in|used to|was\b|were\b|did\b|had\b|fostered|handed in|since we|quit|last placement)\b"
)
RECENT = re.compile(
    rf"\b(?:this (?:year|january|february|march|april|may|june|july|spring|summer|autumn|month|week)|(?:\w+|{N}) (?:weeks?|"
    rf"months?) (?:ago|back|since)|(?:last|past) (?:month|week|few months|couple of months|6 months|six months)|few months|"
    rf"couple of months|recent\w*|just (?:left|stopped|resigned|finished|given up|retired|come off|handed)|"
    r"in (?:january|february|march|april|may|june|july|august|september|october|november)|(?:in )?the (?:spring|summer|autumn)|"
    r"last (?:spring|summer))\b"
)
LONG_AGO = re.compile(
    r"\b(?:years? (?:ago|back|since)|ages (?:ago|back)|(?:a )?long (?:time|while)(?: ago| back| since)?|long since|"
    r"back in (?:the|19|20[01])|in the (?:19)?\d0'?s|(?:seventies|eighties|nineties|noughties)|decades?|before (?:covid|lockdown|"
    r"the pandemic)|"
    r"(?:in|till?|until|around|about|since) (?:19\d\d|20[01]\d|202[0-3])|when (?:my|our|the) (?:\w+ )?(?:kids|children|boys|girls|"
    r"own)|in my (?:twenties|thirties|forties|20'?s|30'?s|40'?s)|once upon|previous life|yonks|donkey'?s)\b"
)
NOW = re.compile(
    r"\b(?:currently|presently|at the (?:moment|minute)|at present|still|right now|now\b(?! and)|(?:i|we) foster\b|(?:i'?m|im|"
    r"i am|we'?re|we are) (?:a |an |already |both )?(?:\w+ ){0,2}(?:foster\w*|carers?|approved|registered)|in placement|(?:placed|"
    r"living) with (?:me|us)|(?:with|for) (?:an? )?(?:\w+ )?(?:agency|ifa|barnardo'?s|council|fca)|approved carers?|"
    r"(?:have|got|'ve) (?:\w+ ){0,3}(?:placed|placements?|foster (?:child\w*|kids|placement))|since (?:20\d\d)|been (?:one|"
    r"a (?:foster )?carer|fostering) (?:for|since)|years now|i am|we are|existing|approved (?:with|by|for))\b"
)


def carer_now(question: Question, doc: Doc) -> Any:
    """Read whether someone fosters now, or did in the last twelve months."""
    text, said = doc.text, polarity(doc)
    if is_question(doc) or UNSURE.search(text) or CARES_OTHERWISE.search(text):
        return ASK_AGAIN
    if FRIEND_OR_RELATIVE.search(text) and not re.search(r"\b(?:i|we|us|i'?m|i'?ve|we'?ve|me)\b", text):
        return ASK_AGAIN
    if (
        re.search(
            r"\b(?:no|never|not|nope|nah|haven'?t|havent)\b.*\b(?:ever|never|been|one|carer|fostered|"
            r"before)\b",
            text,
        )
        and not HOWEVER.search(text)
        and not (LONG_AGO.search(text) or RECENT.search(text))
    ):
        return "no" if not re.search(r"\b(?:any ?more|now|currently|for)\b", text) else ASK_AGAIN
    if re.search(r"\b(?:not|haven'?t|havent|no)\b.*\bsince (?:19\d\d|20[01]\d|202[0-3])\b", text):
        return "longer_ago"
    since = re.search(rf"\b{N} months? (?:ago|back|since)\b", text)
    past = PAST.search(text)
    if since:
        return (
            "last_12_months"
            if number_in(since.group(1)) < 12
            else (ASK_AGAIN if number_in(since.group(1)) == 12 else "longer_ago")
        )
    if re.search(r"\b(?:a|one|1|about a|over a|nearly a|last) year(?: ago| back)?\b", text) and past:
        return ASK_AGAIN
    if (
        LONG_AGO.search(text)
        and not re.search(r"\bsince (?:19|20)\d\d\b", text)
        and not re.search(r"\b(?:still|currently)\b", text)
    ):
        return ASK_AGAIN if RECENT.search(re.sub(r"\bin (?:may|march)\b", " ", text)) else "longer_ago"
    if RECENT.search(text) and past:
        return "last_12_months" if not re.search(r"\b(?:started|joined|approved in|became)\b", text) else ASK_AGAIN
    if past and not re.search(r"\bstill\b", text):
        return ASK_AGAIN if said is not False else (ASK_AGAIN if HOWEVER.search(text) else "no")
    if said is False:
        return "no" if not HOWEVER.search(text) else ASK_AGAIN
    if NOW.search(text) and not re.search(r"\bnot\b(?! (?:\w+ )?(?:placement|child))", text):
        return "now"
    return ASK_AGAIN if said else None
