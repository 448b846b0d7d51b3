"""Answers to `adjustments`: what would make the next step easier."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.needs import ASKS_WHAT, HARD_FOR, MANAGES, NOT_NEEDED
from bot.answers.question import ASK_AGAIN, Question
from bot.text.polarity import UNSURE, polarity
from bot.text.questions import is_question

EASIER = (  # in the order of the buttons
    (
        "large_print",
        re.compile(
            r"\b(?:(?:large|larger|big|bigger|bold) (?:print\w*|letters?|text|font|type|writing|lettering)|(?:print|"
            r"text|writing|letters|font|type) (?:\w+ )?(?:large|larger|big|bigger)|small (?:print|writing|text)|tiny print|magnif\w+|"
            r"size 1[4-9]|size 2\d)\b"
        ),
    ),
    (
        "easy_read",
        re.compile(
            r"\b(?:easy[- ]?(?:to )?read\w*|(?:simple|plain|easy|easier|short|shorter) (?:\w+ )?(?:words?|english|"
            r"language|wording|version|sentences)|(?:words? (?:and|with)|with) pictures|pictures (?:and|with)|"
            r"(?:not|less) (?:too |so )?wordy|"
            r"no (?:jargon|long words|big words)|(?:not|don'?t|can'?t|cant) (?:\w+ ){0,3}(?:read(?:er|"
            r"ing)?(?: \w+){0,2}? (?:well|good|much)|"
            r"(?:good|great|strong) (?:at reading|reader)))\b"
        ),
    ),
    (
        "access",
        re.compile(
            r"\b(?:step[- ]?free|(?:no|without|avoid|few|any) (?:stairs|steps)|(?:can'?t|cant|cannot|don'?t|struggle(?: "
            r"with| on)?|not good (?:on|with)) (?:\w+ ){0,2}(?:stairs|steps|walk\w*)|(?:wheel|electric |"
            r"power)\s?chairs?|ramps?|ground floor|"
            r"a lift|lifts?|level (?:access|entrance)|(?:disabled|blue badge|accessible) (?:\w+ )?(?:parking|"
            r"toilet|loo|space|access|bay|venue|"
            r"building|room)|accessible|crutches|walking (?:stick|frame|aid)|scooter|zimmer|parking (?:close|near)|walk with a stick)\b"
        ),
    ),
    (
        "hearing",
        re.compile(
            r"\b(?:hearing(?: \w+)?|deaf|bsl|sign(?:ed|ing)? (?:language|interpreter)|signer|sign lang\w*|lip[- ]?read\w*|"
            r"hard of hearing|captions?|sub ?titles?|(?:induction )?loop|(?:can'?t|cant|don'?t|dont|not) (?:always |really )?hear|"
            r"interpreter for the deaf)\b"
        ),
    ),
    (
        "quiet",
        re.compile(
            r"\b(?:quiet(?:er)?(?! (?:word|chat))|calm(?:er)?|(?:not|no|nothing|without|away from|avoid|fewer|hate|don'?t "
            r"like|scared of|too many) (?:\w+ ){0,3}(?:noise|noisy|crowds?|crowded|loud|busy|groups?|people|"
            r"bustle)|crowds|small(?:er)? group|"
            r"one[- ](?:to|2)[- ]one|less (?:busy|noise|noisy)|on my own with (?:someone|you)|low[- ]key|(?:just|only) (?:one|1) person)\b"
        ),
    ),
    (
        "time_to_call",
        re.compile(
            r"\b(?:(?:set|fixed|certain|agreed|particular|specific|arranged|regular|exact|booked) (?:time|slot|"
            r"appointment)|time (?:to|for) (?:a|the|my) call|call at a|(?:text|email|message|warn(?:ing)?|notice|let me know|tell me|"
            r"heads? up)(?: \w+){0,4} (?:before\w*|first|when (?:you|someone|they)|call|ring)|(?:text|email|message) first|(?:ring|call|"
            r"phone)(?: me)? (?:after|before|between|at \w+|only)|book (?:the|a|my) call|out of the blue|know when)\b"
        ),
    ),
    (
        "other",
        re.compile(
            r"\b(?:something else|another thing|braille|audio\w*|colou?red (?:paper|overlay)|(?:yellow|blue|cream|pastel) "
            r"paper|advocate|(?:support worker|carer|friend|mum|sister|husband|wife|partner|someone|somebody|"
            r"pa)(?: \w+){0,2} (?:with me|come|"
            r"there|sit in|too)|bring (?:my|a|someone|somebody)|guide dog|assistance dog|creche|child ?care|"
            r"breaks|female|woman|prayer|halal|"
            r"(?:on|over) (?:zoom|teams|video)|explain|tell you (?:later|then|when)|(?:email|text|letter) (?:not|instead|rather)|(?:not|"
            r"rather than|instead of) (?:by |the |on the )*(?:phone|call\w*|ring\w*))\b"
        ),
    ),
)


def adjustments(question: Question, doc: Doc) -> Any:
    """Read what would make the next step easier. Only what is asked for counts: nothing follows from a condition somebody names."""
    text = doc.text
    if ASKS_WHAT.match(text):
        return ASK_AGAIN
    wanted = NOT_NEEDED.sub(" ", text)
    found = [value for value, pattern in EASIER if pattern.search(wanted)]
    if found:
        return found
    if is_question(doc) or UNSURE.search(text) or re.search(r"\b(?:maybe|perhaps|depends|might)\b", text):
        return ASK_AGAIN
    said = polarity(doc)
    if HARD_FOR.search(text):
        return None
    if (said is False or MANAGES.search(text)) and not re.search(r"\b(?:but|except|apart from|only|unless)\b", text):
        return ["none"] if said is not True or MANAGES.search(text) else ASK_AGAIN
    return ASK_AGAIN if said is not None else None
