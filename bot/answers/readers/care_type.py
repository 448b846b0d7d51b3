"""Answers to `care_type`: the kind of fostering that someone has in mind."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.question import ASK_AGAIN, Question
from bot.text.normalise import trim_punctuation
from bot.text.polarity import UNSURE, opening, polarity
from bot.text.questions import is_question

CARE_TYPES: dict[str, re.Pattern[str]] = {
    "parent_and_child": re.compile(
        r"\b(?:mothers?|mum|mums|mam|mom|dad|dads|fathers?|parents?|lass|girl|couple)(?: (?:and|&|n|with|plus|\+) | ?[&+/] ?)(?:(?:her|his|"
        r"their|a|the|small|little|new|young) )*(?:bab(?:y|ies)|child(?:ren)?|new ?borns?|toddlers?|bubs?|infants?|tots?|little ones?|"
        r"bairns?|kids?)\b|\b(?:teen\w*|young|new) (?:mums?|mothers?|parents?|dads?|fathers?)\b"
    ),
    "specialist": re.compile(
        r"\b(?:speciali\w+|therapeutic\w*|complex|challenging|trauma\w*|residential|step[- ]?down|remand|one ?(?:2|to) ?one|high needs|"
        r"(?:additional|special|extra) needs|enhanced)\b"
    ),
    "emergency": re.compile(
        r"\b(?:emergenc\w+|(?:at |with )?(?:short|no|a moment'?s|moments) notice|middle of the night|out of hours|same[- ]day|"
        r"last[- ]minute|drop everything|on call|urgent\w*|in a crisis|police (?:station|protection))\b"
    ),
    "respite": re.compile(
        r"\b(?:respite|weekends?|holiday cover|half terms?|(?:a |one |two )?nights? a month|give (?:\w+ ){0,3}carers? (?:a )?(?:break|rest|"
        r"breather|night off)|cover(?:ing)? for (?:other |another )?(?:foster )?carers?)\b"
    ),
    "short_term": re.compile(
        r"\b(?:short(?:er|ish)?[- ]?(?:terms?|ones?|stays?|placements?|stints?)|temporary|interim|bridging|(?<!every )(?:few|"
        r"couple of) (?:weeks|months)(?: or months)?|(?:weeks|months) (?:not|rather than) years|(?:until|till?) (?:they|he|she|mum|"
        r"the parents?) (?:can |is |are )?(?:(?:able to )?(?:go|gets?) (?:back|home)|well|better)|(?:until|till?|"
        r"while) (?:\w+ ){1,3}(?:gets? (?:back|sorted)|(?:find|sort)\w*|calms?)|go back (?:to|home)|stop[- ]gap)\b|^shorts?$"
    ),
    "long_term": re.compile(
        r"\b(?:long(?:er)?[- ]?(?:terms?|ones?|stays?|placements?|haul)|permanen\w+|for (?:good|ever|years|life|keeps)|forever|(?:until|"
        r"till?|to) (?:they'?re |they are |he'?s |she'?s )?(?:18|eighteen|21|adult\w*|grown|they grow up|independent|they leave home)|"
        r"years (?:not|rather than) months)\b|^long$"
    ),
}
NEEDS_A_TALK = ("parent_and_child", "specialist")  # beside another kind these are no "either will do"
LEFT_OUT = re.compile(
    r"\b(?:not|no|nothing|don'?t want(?: to do)?|dont want(?: to do)?|rather than|instead of|anything but|except|apart from|won'?t do|"
    r"wouldn'?t do)\b (?:(?:too|any|a|the|do|really|for) )*(?=[a-z])"
)
NO_NOTICE = re.compile(r"\bno notice\b")
ANY_KIND = re.compile(
    r"\b(?:any(?:thing|where)?(?: of (?:them|those|it)| kind| type| sort)|anything|whatever|whichever|either|all of (?:them|it)|all sorts|"
    r"don'?t mind|dont mind|not (?:fussed|bothered|fussy|decided|thought)|no (?:preference|particular)|open to|flexible|undecided|"
    r"haven'?t (?:\w+ )?(?:thought|decided)|havent (?:\w+ )?(?:thought|decided)|you (?:tell|decide|choose)|up to you|advi[cs]e|guid(?:ed|"
    r"ance)|not yet)\b"
)
NOTHING_IN_MIND = re.compile(
    r"^(?:no|nope|nah|none|nothing|any|not)(?:,? (?:no|not|yet|really|particularly|specifically|in particular|specific|special|in mind|"
    r"thanks|sorry|at the moment|as such|to be honest|tbh))*$"
)


def care_type(question: Question, doc: Doc) -> Any:
    """Read the kind of fostering someone has in mind. Several that start alike leave it open, which is an answer of its own."""
    text = doc.text
    if is_question(doc):
        return ASK_AGAIN
    found, left_out = _kinds(text)
    unsure = UNSURE.search(text) is not None or ANY_KIND.search(text) is not None
    if len(found) == 1 and not unsure:
        return found[0]
    if set(found) & set(NEEDS_A_TALK):
        return ASK_AGAIN
    if unsure or (len(found) > 1 and re.search(r"\b(?:or|and|both|&|n)\b|[/,+]", text)):
        return "not_sure"
    if found or left_out:
        return ASK_AGAIN
    if NOTHING_IN_MIND.match(trim_punctuation(opening(text))):
        return "not_sure"
    return ASK_AGAIN if polarity(doc) is True and len(doc) <= 3 else None


def _kinds(text: str) -> tuple[list[str], bool]:
    """Find the kinds that are named, and whether one was named only to be left out."""
    text = NO_NOTICE.sub("short notice", text)
    wanted, unwanted = [], False
    for value, pattern in CARE_TYPES.items():
        for match in pattern.finditer(text):
            before = LEFT_OUT.search(text[: match.start()] + "x")
            if before and before.end() >= match.start():
                unwanted = True
            elif value not in wanted:
                wanted.append(value)
    return wanted, unwanted
