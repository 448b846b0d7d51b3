"""Answers to `experience`: time with children."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.question import ASK_AGAIN, Question
from bot.answers.yes_no import HOWEVER
from bot.text.polarity import UNSURE, polarity, wavers
from bot.text.questions import is_question

NO_OWN = re.compile(
    r"\b(?:no|not got|don'?t have|never had|haven'?t (?:got|had)|without) (?:any )?(?:of my own|kids|children)(?: of (?:my|"
    r"our) own)?\b"
)
KNOWS: dict[str, re.Pattern[str]] = {
    "own_children": re.compile(
        r"\b(?:my|our) own(?! (?:business|home|house|foster))\b|\bown (?:kids|children|sons?|daughters?|"
        r"boys|girls)\b|\b(?:my|our) (?:\w+ )?(?:kids|children|sons?|daughters?|boys|girls|"
        r"step ?\w+)\b|\b(?:raised|brought up|bringing up|raising) (?:my|our|\d|a|an|the|them|two|three|four|five|six)\b|"
        r"\b(?:i'?ve|i have|we'?ve|we have|got) (?:got )?(?:a |\w+ )?(?:kids|children|"
        r"sons?|daughters?|boys|girls)\b|\b(?:mum|mam|dad|mother|father|parent) (?:of|to) (?:a |\d|two|three|four|five|six|my)|"
        r"^(?:i have |i'?ve (?:got )?|got |with |yes )?(?:\d|one|two|three|four|five|six) (?:kids|children|boys|girls|sons|"
        r"daughters|grown)\b"
    ),
    "family": re.compile(
        r"(?:^|[,&]|\band|\bplus) ?(?:in |with |through |my |the )*family(?=$| ?(?:[,.&]|and\b|plus\b))|"
        r"\b(?:nieces?|nephews?|grand ?(?:children|child|kids?|sons?|daughters?)|god ?(?:children|child|son|daughter)|"
        r"babys[ai]t\w*|cousins?|(?:my )?(?:younger|little|baby|kid) (?:brothers?|sisters?|siblings?)|(?:friends'?|friend's|"
        r"family'?s?) (?:kids|children)|(?:mates?|friends?|neighbours?|sisters?|brothers?)'?s? (?:little |two |three )?(?:boys?|girls?|"
        r"kids|"
        r"children|lads?|one|son|daughter)|(?:nan|gran|grandma|grandad|nana) (?:to|of))\b"
    ),
    "work": re.compile(
        r"\b(?:through|at|from|via) (?:my |our )?(?:work|job)\b|(?:^|[,&]|\band|\bplus) ?(?:my )?(?:work|job)(?=$| ?[,.&])|"
        r"\b(?:teach(?:er|ing|es)?|ta|nursery|child ?minder|childminding|(?<!after )school(?! run)|nurse|midwife|nanny|au pair|"
        r"youth worker|"
        r"social worker|support worker|dinner lady|play ?worker|paediatric\w*|(?:work|job|worked|working) (?:with|in|as|at))\b"
    ),
    "volunteering": re.compile(
        r"\b(?:volunt\w+|cubs?|scouts?|brownies|guides|beavers|rainbows|sunday school|coach(?:ing)?|youth (?:club|group)|"
        r"mentor\w*|football team)\b"
    ),
    "care_experience": re.compile(
        r"\b(?:i (?:was|grew up|went|been|spent)|i'?ve been|grew up|brought up|raised|was) (?:\w+ ){0,3}in (?:foster )?care\b|"
        r"\bmy (?:own )?foster (?:mum|dad|parents?|carers?|family)\b|\bfoster kid myself\b|\b\w+ placements growing up\b|"
        r"\bcare[- ](?:leaver|experienced?)\b|\b(?:i was|was|been) fostered\b|\blooked after child\b"
    ),
}


def experience(question: Question, doc: Doc) -> Any:
    """Read every kind of time with children that is named."""
    text = NO_OWN.sub(" ", doc.text)
    if is_question(doc):
        return ASK_AGAIN
    if re.search(
        r"\b(?:not (?:really |exactly )?(?:been|had|spent|done|around)|zero|zilch|nil|practically none|"
        r"next to (?:nothing|none)|can'?t say (?:i have|there)|cant say i have|haven'?t (?:really )?(?:been|had|spent)|beginner|"
        r"barely)\b",
        text,
    ) and not HOWEVER.search(text):
        return ["little_or_none"]
    if wavers(doc) or UNSURE.search(text):
        return ASK_AGAIN
    found: list[str] = [name for name, pattern in KNOWS.items() if pattern.search(text)]
    if "volunteering" in found and "work" in found and not re.search(r"\band\b|,|&", text):
        found.remove("work")
    if found:
        return found
    if re.search(r"\b(?:not (?:much|a lot|loads|any|very much)|none|little|hardly any|no experience|nothing)\b", text):
        return ["little_or_none"]
    said = polarity(doc)
    if said is False and not HOWEVER.search(text):
        return ["little_or_none"]
    return ASK_AGAIN if said else None
