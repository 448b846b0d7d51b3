"""Answers to `carer_child`: whether a foster child lives with someone now."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.ages import CHILD_WORDS
from bot.answers.prefers_to_talk import talks_instead
from bot.answers.question import ASK_AGAIN, Question
from bot.answers.yes_no import HOWEVER, NEGATED, yes_or_no
from bot.text.numbers import N
from bot.text.polarity import UNSURE, polarity, wavers
from bot.text.questions import is_question

PLACED = re.compile(
    rf"\b(?:have|'ve|got|has|there'?s|there is|looking after|caring for|fostering)(?: (?:a|an|the|one|{N}|currently|"
    rf"just))* (?:\w+ ){{0,3}}?(?:child(?:ren)?|kids?|boys?|girls?|lads?|lass|teen\w*|bab(?:y|ies)|toddlers?|siblings?|brothers?|sisters?|"
    rf"placements?|little ones?|{N})\b|\b(?:he|she|they)(?:'s|'re|'ve| is| are| has| have)(?: been)? (?:with (?:us|me)|here|living)\b|"
    rf"\bin placement\b|^(?:just |only )?(?:{N}|a|an)(?: (?:of them|\w+ ){{0,2}}(?:child(?:ren)?|kids?|boys?|girls?|lads?|teen\w*|bab(?:y|"
    rf"ies)|toddlers?|siblings?|brothers?|sisters?|year old))?(?: (?:at the (?:minute|moment)|now|currently|here|with us))*$"
)
NOBODY_PLACED = re.compile(
    r"\b(?:between placements|no placements?|empty|vacan(?:t|cy)|waiting for|(?:moved|gone|went) (?:on|home|back)|on hold|none (?:at|right|"
    r"just|now)|no ?(?:one|body) (?:at|right|just|now|here|placed|yet)|not (?:at the (?:moment|minute)|currently|now|right now|just now|"
    r"at present))\b"
)
NOT_SETTLED = re.compile(
    r"\b(?:soon|next|coming|due|about to|leaving|might|may be|weekends?|respite|on and off|sometimes|now and then|used to|had|own|birth|"
    r"adopted|grand\w+|staying put|over 18)\b"
)


def carer_child(question: Question, doc: Doc) -> Any:
    """Read whether a foster child lives with someone now. Who it is, is nobody's business here."""
    text, said = doc.text, polarity(doc)
    if talks_instead(text):
        return "prefer_to_talk"
    if is_question(doc) or UNSURE.search(text) or wavers(doc):
        return ASK_AGAIN
    if re.search(r"\b(?:just|only) (?:my|our) own\b", text):
        return "no"
    nobody = NOBODY_PLACED.search(text) is not None or re.match(r"(?:0|zero)\b", text) is not None
    if NOT_SETTLED.search(text):
        return ASK_AGAIN if not nobody or HOWEVER.search(text) else "no"
    if nobody:
        return "no" if said is not True and not HOWEVER.search(text) else ASK_AGAIN
    if (
        said is not False
        and not NEGATED.search(text)
        and not HOWEVER.search(text)
        and (PLACED.search(text) or (said is True and CHILD_WORDS.search(text)))
    ):
        return "yes"
    return yes_or_no(question, doc)
