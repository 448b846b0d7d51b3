"""Answers to `language`: whether help with English is wanted, or sign language, which is something else."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.languages import TONGUES
from bot.answers.question import ASK_AGAIN, Question
from bot.answers.yes_no import HOWEVER, yes_or_no
from bot.text.polarity import UNSURE, polarity, wavers
from bot.text.preferences import RATHER_TALK
from bot.text.questions import is_question

WANTS_HELP = re.compile(
    rf"\b(?:interpret\w*|interprit\w*|translat\w*|help (?:me )?with (?:my |the )?english|{TONGUES} (?:please|speaker|speaking|"
    rf"would|interpret\w*|is better)|(?:in|someone who speaks|speaks?|need|want) {TONGUES}|"
    rf"speak my language|my (?:own )?language|english (?:is )?(?:not|isn'?t|no(?! problem)|bad|poor|weak|small|little|limited|"
    rf"basic)|(?:not|"
    rf"no|little|bad|poor|don'?t) (?:\w+ ){{0,3}}english)\b"
)
SIGNS = re.compile(
    r"\b(?:bsl|makaton|lip[- ]?read\w*|(?:sign|signs|signer|signing)(?! (?:\w+ )?(?:up|in|on|here|off)\b))\b"
)
NO_SIGNS = re.compile(r"\b(?:no|not|don'?t|dont|never|without) (?:\w+ ){0,3}(?:bsl|sign\w*|lip[- ]?read\w*)\b")
ENGLISH_IS_FINE = re.compile(
    r"\b(?:fluent\w*|english (?:is )?(?:fine|good|ok|okay|great|perfect|excellent|native)|first language|only language|all i (?:know|"
    r"speak)|mother tongue|native|"
    r"born (?:and bred |and raised |and brought up )?(?:here|in (?:england|the uk|britain|leicester\w*))|"
    r"speak (?:it|english) (?:well|fine|ok|perfectly|fluently|good)|no need|not (?:needed|necessary|required)|(?:don'?t|dont|"
    r"do not|won'?t|wont) (?:need|want|require)|(?:i'?m|im|we'?re|i am|all|we are) (?:\w+ )?(?:ok|okay|fine|good|english)|"
    r"manage|understand (?:everything|you|english)|i'?m english|british(?! sign)|you'?re alright|raised here|schooled here)\b"
)


def language(question: Question, doc: Doc) -> Any:
    """Read whether help with English is wanted, or signs are. The level is never guessed from the spelling."""
    text = doc.text
    if RATHER_TALK.search(text) and not WANTS_HELP.search(text):
        return "prefer_to_talk"
    if is_question(doc) and not re.match(r"(?:can|could) (?:i|we|you) (?:have|get|please)", text):
        return ASK_AGAIN
    if SIGNS.search(text) and not NO_SIGNS.search(text):
        return "signs"  # a need, whatever is said of English beside it
    if UNSURE.search(text) or re.search(r"\b(?:sometimes|maybe|spelling|dyslexi\w*|test)\b", text):
        return ASK_AGAIN
    said, fine = polarity(doc), ENGLISH_IS_FINE.search(text)
    wants = WANTS_HELP.search(
        re.sub(
            r"\b(?:no|not|without|don'?t|dont|do not|never) (?:\w+ ){0,4}?(?:interpret\w*|translat\w*|"
            r"help(?: with (?:my )?english)?)\b|\bno problems? with (?:my )?english\b|\bnot bad\b",
            " ",
            text,
        )
    )
    if fine and wants:
        return (
            ASK_AGAIN
            if not re.search(r"\bbut\b.*\b(?:mum|mother|husband|wife|partner|dad|nan)\b", text)
            else "yes_interpreter"
        )
    if wants:
        lacks = re.match(r"(?:no|not|little) (?:\w+ ){0,2}english", text)
        return "yes_interpreter" if said is not False or lacks or HOWEVER.search(text) else ASK_AGAIN
    if fine and not re.search(r"\b(?:but|(?:husband|wife|partner|mum|he|she)(?:'?s)?)\b", text):
        return "no" if said is not True or re.search(r"\b(?:fluent|fine|english)\b", text) else ASK_AGAIN
    if re.fullmatch(rf"(?:yes|yeah|yep|maybe)?[ ,]*{TONGUES}[ .!]*", text):
        return "yes_interpreter"
    if wavers(doc):
        return None
    if said is True and not HOWEVER.search(text):
        return "yes_interpreter"
    return yes_or_no(question, doc)
