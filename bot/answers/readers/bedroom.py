"""Answers to `bedroom`: whether a child could have a room to themselves."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.question import ASK_AGAIN, Question
from bot.answers.yes_no import HOWEVER, NEGATED, yes_or_no
from bot.text.numbers import NUMBER_WORD, WORD_NUMBERS
from bot.text.polarity import UNSURE, opening, polarity, wavers
from bot.text.questions import is_question

PLANNED = re.compile(
    r"\b(?:moving|moves? out|leaving|leaves|knocking|build(?:ing|ers)|extending|extension|converting|clearing|will (?:be|have)|"
    r"going to (?:have|"
    r"be|get|do|make)|gonna|soon|plan(?:ning|ned)?|"
    r"(?:got|need|have|has) to (?:empty|clear|shift|move|sort|decorate)|hoping|once (?:we|i|my|the|he|she|they)|working on|"
    r"being (?:done|built|decorated|finished|converted)|getting (?:one|it|"
    r"a room) ready|(?:by|before) (?:the )?(?:summer|christmas|spring|autumn|easter|new year)|we get the keys|become a bedroom|"
    r"next (?:year|month|week|spring|summer)|in (?:the )?(?:spring|summer|autumn|new year|january|february|march|"
    r"april|may|june|july|"
    r"august|september|october|november|december)|when (?:he|she|they|my|our|the))\b"
)
NO_ROOM = re.compile(
    r"\b(?:no|not|don'?t|dont|haven'?t|havent|isn'?t|without|lack)\b[^,.]{0,24}\b(?:spare|room|bedroom|space)\b|"
    r"\b(?:have|need|has) to share\b|\bshar(?:e|ing) (?:with|a room)\b|\bnot (?:at the moment|at present|right now|"
    r"currently)\b|\b(?:one|1|studio)[- ](?:bed\w*|flat)\b|\b(?:studio|bedsit|overcrowded|doubled up|full up|packed in|sofa|"
    r"camp bed)\b|\balready shar(?:e|ing)\b|\bshar(?:e|ing) already\b|\b(?:put|be) (?:them |him |her )?in with\b|\b(?:all|"
    r"every) (?:the |our )?rooms? (?:is |are |'s )?(?:\w+ )?(?:full|taken|used|in use)\b|"
    r"\brooms? (?:is|are) (?:full|taken|used)\b"
)
ROOM = re.compile(
    r"\bspare (?:bed)?rooms?\b|\bspare (?:double|single)\b|\bempty (?:bed)?room\b|\bconverted\b|\bown (?:bed)?room\b|"
    r"\b(?:going spare|(?:is|are|it'?s|sat|sits|stands|just|lies) (?:free|vacant|empty|unused)|(?:room|double|"
    r"single|bedroom) free|nobody(?:'s)? (?:uses|sleeps|in)|no ?one (?:uses|sleeps in)|not used|(?:guest|extra|"
    r"empty) (?:bed)?room|all ready|made up|room to spare|plenty of (?:room|space)|turned .* into a bedroom|room empty)\b"
)
BEDS = re.compile(rf"\b(\d|{NUMBER_WORD})[- ]?bed")
LIVE_HERE = re.compile(
    rf"\b(?:just|only) (me|us|two|the two)\b|\b(\d|{NUMBER_WORD}) of us\b|\b(on my own|by myself|alone)\b|"
    rf"\b(us two)\b|\bonly use (\d|{NUMBER_WORD})\b|\buse (\d|{NUMBER_WORD})(?: of them)?$"
)


def bedroom(question: Question, doc: Doc) -> Any:
    """Read whether a child could have a room to themselves."""
    text, said = doc.text, polarity(doc)
    if is_question(doc):
        return ASK_AGAIN
    if UNSURE.search(text):
        return "not_sure"
    if wavers(doc):
        return ASK_AGAIN
    planned = PLANNED.search(text) and not re.search(
        r"\b(?:never|not|no|aren'?t) (?:\w+ )?(?:plan\w*|going|moving|soon)\b", text
    )
    if planned:
        return ASK_AGAIN if said and not re.search(r"\bthen yes\b", text) else "planned"
    if re.match(r"not yet", opening(text)):
        return ASK_AGAIN
    if _beds_to_spare(text) and not NEGATED.search(text):
        return "yes"
    rest = re.sub(r"^(?:(?:no|oh|wait|sorry|actually|hang on)\b[ ,.]*)+", "", text)
    if re.search(r"\bwait\b|\bsorry\b|\bactually\b", text) and ROOM.search(rest) and not NEGATED.search(rest):
        return "yes"
    if NO_ROOM.search(text):
        return ASK_AGAIN if said or HOWEVER.search(text.replace("only", "")) else "no"
    if ROOM.search(text) and not NEGATED.search(text) and not HOWEVER.search(text):
        return "yes"
    if said is False and not HOWEVER.search(text.replace("only", "")):
        return "no"
    if re.search(r"\b(?:shares?|sharing|box ?room|office|study|dining room|lounge|sofa|tiny|box)\b", text):
        return ASK_AGAIN
    return yes_or_no(question, doc)


def _beds_to_spare(text: str) -> bool:
    """ "Four bed semi and only us two in it": more bedrooms than people."""
    beds, people = BEDS.search(text), LIVE_HERE.search(text)
    if not beds or not people:
        return False
    who = next(group for group in people.groups() if group)
    living = (
        1
        if who in ("me", "on my own", "by myself", "alone")
        else WORD_NUMBERS.get(who, int(who) if who.isdigit() else 2)
    )
    rooms = beds.group(1)
    return (int(rooms) if rooms.isdigit() else WORD_NUMBERS[rooms]) > living
