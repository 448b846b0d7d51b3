"""Answers to `firearms`: firearms and other weapons at home."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.prefers_to_talk import talks_instead
from bot.answers.question import ASK_AGAIN, Question
from bot.answers.yes_no import DENIED_BEFORE, HOWEVER, yes_or_no
from bot.text.polarity import UNSURE, polarity, wavers
from bot.text.questions import is_question

TOYS = re.compile(
    r"\b(?:nerf|toy|water|pop|plastic|pretend|cap|play|foam|lego|kitchen|bread|paintball|airsoft|bb|glue|nail|"
    r"staple) ?(?:guns?|pistols?|knives|knife|swords?|weapons?|rifles?)?\b"
)
WEAPON = re.compile(
    r"\b(?:shot ?guns?|\w*rifles?|air ?(?:guns?|pistols?)|guns?|firearms?|pistols?|revolvers?|muskets?|clays?|cross ?bows?|"
    r"archery|bow and arrows?|bows?|swords?|katanas?|samurai|"
    r"bayonets?|daggers?|machetes?|deactivated|ammunition|shoots?|shooting|game ?keeper|(?:gun|locked|steel) cabinet|(?:shotgun|"
    r"firearms?|fac|gun) (?:certificate|licen[cs]e)|weapons?|kirpan|armou?ry)\b"
)
NOT_HERE = re.compile(
    r"\b(?:brother|neighbour|dad|father|uncle|friend|mate|grandad|grandfather|sister)\b.*\b(?:has|does|keeps|shoots|owns|had)\b|"
    r"\belsewhere\b|\bused to\b|\bat the (?:club|range)\b|"
    r"\bnot (?:at|in) (?:home|the house|our)\b|\bthinking (?:of|about)\b|\bsold\b|\bhanded in\b"
)


def firearms(question: Question, doc: Doc) -> Any:
    """Read whether there are firearms or other weapons at home. Toys and kitchen knives are none."""
    text = doc.text
    if talks_instead(text):
        return "prefer_to_talk"
    if is_question(doc) or UNSURE.search(text):
        return ASK_AGAIN
    real = TOYS.sub(" ", text)
    found = WEAPON.search(real)
    if NOT_HERE.search(text):
        return ASK_AGAIN
    if (
        re.search(r"\bso (?:yes|yeah|we do|there (?:is|are))\b|\b(?:farmer|gamekeeper)\b", text)
        and polarity(doc) is not False
    ):
        return "yes"
    if found and not DENIED_BEFORE.search(real[: found.start()]):
        return "yes" if polarity(doc) is not False or HOWEVER.search(text) else ASK_AGAIN
    if found and (however := HOWEVER.search(text)):
        return "yes" if WEAPON.search(real, however.end()) else ASK_AGAIN
    if found:
        return "no"
    if TOYS.search(text) and polarity(doc) is not True:
        return "no" if re.search(r"\b(?:only|just|no|apart|unless|except|other than)\b", text) else ASK_AGAIN
    if wavers(doc):
        return None
    if polarity(doc) is False and re.search(r"\b(?:but|except|apart from|unless)\b", text):
        return ASK_AGAIN
    return yes_or_no(question, doc)
