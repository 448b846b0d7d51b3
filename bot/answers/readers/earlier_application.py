"""Answers to `earlier_application`: earlier applications, and how they ended."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.other_people import FRIEND_OR_RELATIVE
from bot.answers.prefers_to_talk import talks_instead
from bot.answers.question import ASK_AGAIN, Question
from bot.answers.yes_no import HOWEVER
from bot.text.polarity import UNSURE, polarity
from bot.text.questions import is_question

NOT_APPROVED = re.compile(
    r"\b(?:(?:not|n'?t|never|weren'?t|wasn'?t|werent|wasnt|didn'?t|didnt) (?:\w+ ){0,3}(?:approved|accepted|through|success\w*|"
    r"pass(?:ed)?|past|make it|got through|get in)|turned (?:\w+ )?(?:down|away)|knocked (?:\w+ )?back|refus\w*|declin\w*|"
    r"reject\w*|unsuccessful|"
    r"said no|told no|a no\b|got a no|said we (?:couldn'?t|can'?t)|fell at|not suitable|unsuitable|ruled (?:us|me) out|failed|"
    r"no from panel|decided against us|closed our case)\b"
)
WITHDREW = re.compile(
    r"\b(?:withdr\w*|pull(?:ed)? out|dropped out|stopped|changed (?:our|my|his|her) minds?|backed out|(?:didn'?t|didnt|never|"
    r"did not) (?:\w+ )?(?:finish\w*|carr(?:y|ied) on|go (?:through|ahead|any further|further)|went (?:through|ahead)|complet\w*|"
    r"continue|follow\w*|see it through|pursue\w*|get (?:round|far))|half ?way|part ?way|"
    r"paused|put it on hold|left the process|called it off|gave up|life got in|decided (?:it|not to|against it)|(?:not|"
    r"n'?t) the right time|abandon\w*|cancelled|bailed|quit)\b"
)
APPROVED = re.compile(
    r"\b(?:(?:they|panel|who) said yes|approved|signed off|accepted|passed|got through|went through (?:panel|and)|we adopted|i adopted|"
    r"we'?ve adopted|have adopted|"
    r"adopted (?:our|my|two|a|one|three|in|both|him|her)|was (?:a |an )?(?:\w+ ){0,2}(?:foster (?:carer|parent|mum|dad)|"
    r"child ?minder|carer)|were (?:\w+ ){0,2}(?:foster (?:carers|parents)|child ?minders|carers)|used to (?:be a (?:foster|child)|"
    r"foster|child ?mind|be foster)|"
    r"been (?:a |an )?(?:\w+ )?(?:foster carers?|child ?minders?|approved)|registered child ?minders?|(?:am|i'?m) a child ?minder|"
    r"(?:i|we) fostered|fostered (?:for|in|before|with)|child ?minded|adoptive (?:parents|mum|dad)|got approval)\b"
)
FIRST_TIME = re.compile(
    r"\b(?:first (?:time|go|one|attempt|try)|(?:our|a|my) first|brand new|new to|newb\w*|never|not before|neither)\b"
)


def earlier_application(question: Question, doc: Doc) -> Any:
    """Read whether someone applied before and how it ended. The reasons are not asked."""
    text, said = doc.text, polarity(doc)
    if talks_instead(text):
        return "prefer_to_talk"
    if is_question(doc) or UNSURE.search(text):
        return ASK_AGAIN
    if FRIEND_OR_RELATIVE.search(text) and not re.search(r"\b(?:i|we|us|me|our|both)\b", text):
        return ASK_AGAIN
    refused = NOT_APPROVED.search(text)
    rest = NOT_APPROVED.sub(" ", text)
    withdrew, approved = WITHDREW.search(rest), APPROVED.search(WITHDREW.sub(" ", rest))
    if re.search(r"\bonly (?:ever )?(?:thought|looked|enquired)\b", text) and said is False:
        return "no"
    if re.match(r"(?:no|never|nope|nah)\b", text) and not (refused or withdrew or (approved and HOWEVER.search(text))):
        return "no" if not HOWEVER.search(text) else ASK_AGAIN
    if refused:
        return (
            "yes_not_approved"
            if not withdrew
            and not re.search(
                r"\b(?:then|later|after|second time|"
                r"eventually)\b.*\b(?:approved|passed|through)\b",
                text,
            )
            else ASK_AGAIN
        )
    if withdrew and approved:
        return ASK_AGAIN
    if withdrew:
        return "yes_withdrew"
    if approved:
        return "yes_approved" if not re.search(r"\b(?:waiting|not been|being)\b", text) else ASK_AGAIN
    if FIRST_TIME.search(text) or said is False:
        return "no" if not HOWEVER.search(text) else ASK_AGAIN
    return ASK_AGAIN if said else None
