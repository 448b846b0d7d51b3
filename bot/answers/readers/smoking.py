"""Answers to `smoking`: whether anyone at home smokes or vapes."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.other_people import of_another
from bot.answers.prefers_to_talk import talks_instead
from bot.answers.question import ASK_AGAIN, Question
from bot.answers.yes_no import NEGATED, yes_or_no
from bot.text.numbers import NUMBER_WORD
from bot.text.polarity import UNSURE, polarity, wavers
from bot.text.questions import is_question

STOPPED = re.compile(
    r"\b(?:not any ?more|not any longer|no longer|not since|gave (?:it )?up|given (?:it )?up|quit(?: it)? (?:\d|\w+ (?:years|months|"
    r"ago)|in|years|months|ages|last|"
    r"when|for|after)|used to|ex[- ]?smokers?|"
    r"stopped|packed (?:it )?in|(?:haven'?t|not) (?:smoked|vaped|touched)\b.*\b(?:for|since|in)|non[- ]?smok\w*|"
    r"not for (?:\w+ )?(?:years|months|ages|decades)|kicked (?:it|the habit)|jacked it|reformed|smoke[- ]?free|nobody|no one|"
    r"neither|none of us)\b"
)
# Days or weeks, not years: still in the middle of it.
JUST_STOPPED = re.compile(
    rf"\b(?:stopped|quit|gave (?:it |them )?up|given (?:it |them )?up|packed (?:it )?in|"
    rf"jacked (?:it )?in)\b.{{0,24}}\b(?:{NUMBER_WORD}|\d+|a few|"
    rf"couple of|a|last|this|yester)\s?(?:days?|weeks?)\b|\b(?:{NUMBER_WORD}|\d+|few|couple of) (?:days?|weeks?) (?:off|without|clean|free|"
    rf"smoke[- ]?free|in\b)|\b(?:day|week) (?:{NUMBER_WORD}|\d+) (?:without|off|of|clean)\b"
)
A_DAY = re.compile(rf"\b(?:{NUMBER_WORD}|\d+|few|couple)(?: or (?:{NUMBER_WORD}|\d+|so))? a day\b")
STOPPING = re.compile(
    r"\b(?:giving (?:it )?up|stop smoking (?:nurse|service|clinic|group|course|app|advis\w+)|quit (?:clinic|line|date)|wean\w+|"
    r"lozenges|hypno\w+|trying (?:\w+ ){0,2}to (?:quit|stop|give|cut|pack|kick|knock|come off)|down to (?:\d+|one|two|three|four|five|"
    r"a few)|cutting (?:down|back)|patches|stopping|quitting|gum|champix)\b"
)
SMOKES = re.compile(
    r"\b(?:vapes?|vaping|vaper|smokes?|smoking|smoker|e-?cig\w*|cigars?|pipe|roll[- ]?ups?|ciggies?|fags?|outside|garden|"
    r"socially|sometimes|occasional\w*|"
    r"now and (?:then|again)|odd one|weekends?|at parties|when (?:i|we|he|she) drinks?|(?:half|husband|hubby|wife|partner|"
    r"mum|dad|son|daughter|mother|father|lodger|one|he|she|they|both|of us|i|we) do(?:es)?)\b"
)
DENIED = re.compile(
    r"\b(?:don'?t|dont|doesn'?t|doesnt|do not|does not|never|not|no|nobody|no one|neither|none|hates?|isn'?t|"
    r"aren'?t)\b[^,.]*?\b(?:smok\w*|vap\w*|does|do|cigg\w*|cigarettes?|fags?)\b"
)
YET = re.compile(r"\b(?:but|although|though|except(?: for)?|apart from|only|just|however)\b(.*)$")


def smoking(question: Question, doc: Doc) -> Any:
    """Read whether anyone at home smokes or vapes: one who does is enough."""
    text = doc.text
    if talks_instead(text):
        return "prefer_to_talk"
    if (
        is_question(doc)
        or UNSURE.search(text)
        or re.search(r"\b(?:not (?:much|a lot|often)|might again|used to and)\b", text)
    ):
        return ASK_AGAIN
    if re.search(r"\bdepends\b|\bon and off\b", text) or (
        of_another(text) and re.search(r"\b(?:died|dead|used to|smoked)\b", text)
    ):
        return ASK_AGAIN
    if JUST_STOPPED.search(text) and polarity(doc) is not True:
        return "giving_up"
    if A_DAY.search(text) and not re.search(r"\b(?:down|from|used|was|were|gave|stopped|quit|cut\w*|not?|n't)\b", text):
        return "yes"
    yet = YET.search(text)
    if yet and yet.group(1) and polarity(doc) is not True:
        rest = DENIED.sub(" ", yet.group(1))
        if STOPPING.search(rest):
            return "giving_up"
        if STOPPED.search(rest):
            return "no" if not SMOKES.search(STOPPED.sub(" ", rest)) else "yes"
        if SMOKES.search(rest):
            return "yes"
        return ASK_AGAIN if re.match(r"(?:except|apart)", yet.group(0)) or polarity(doc) is False else None
    if wavers(doc):
        return ASK_AGAIN
    if STOPPED.search(text):
        left = SMOKES.search(re.sub(r"\b(?:smoking|cigarettes?|fags?)\b", " ", STOPPED.sub(" ", DENIED.sub(" ", text))))
        if left and polarity(doc) is not False:
            return "yes" if re.search(r"\b(?:now|still|these days|instead)\b", text) else ASK_AGAIN
        return "no"
    if STOPPING.search(text):
        return "giving_up"
    if SMOKES.search(DENIED.sub(" ", text)):
        return "yes" if polarity(doc) is not False or re.search(r",", text) else ASK_AGAIN
    if DENIED.search(text):
        return "no"
    if re.search(r"\b(?:room|bedroom|dogs?|kids|children)\b", text):
        return ASK_AGAIN  # about something else
    if polarity(doc) is True or (re.search(r"\byes\b", text) and not NEGATED.search(text)):
        return "yes"
    return yes_or_no(question, doc)
