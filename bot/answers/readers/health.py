"""Answers to `health`: whether someone would like to talk about health or a disability."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.other_people import of_another
from bot.answers.question import ASK_AGAIN, Question
from bot.answers.yes_no import HOWEVER, NEGATED, yes_or_no
from bot.text.polarity import UNSURE, polarity, wavers
from bot.text.preferences import RATHER_TALK
from bot.text.questions import is_question

AT_ANOTHER_TIME = re.compile(
    r"\b(?:later|another (?:time|day)|not (?:just |right )?now|not (?:just )?yet|not today|not at this (?:stage|point)|some other time|"
    r"when (?:we|i|someone|they|you|somebody)\b.*\b(?:meet|come|comes|visit|visits|see|speak)|at the (?:visit|meeting|event|interview)|"
    r"in person|face to face|further (?:down|along)|down the line|rather wait|can it wait|it can wait|come back to|skip|in time|"
    r"tell the (?:visitor|social worker|worker)|leave (?:it|that) (?:for now|til\w*)|hold off|next time)\b"
)
CONDITION = re.compile(
    r"\b(?:diabet\w*|asthma\w*|epilep\w*|depress\w*|anxi\w+|cancer|ms|arthritis|bad (?:back|knees?|hip|leg|heart)|heart|disab\w*|"
    r"deaf\w*|blind|wheelchair|adhd|autis\w*|aspergers|bipolar|fibro\w*|ptsd|stroke|blood pressure|medication|meds|"
    r"tablets|operation|surgery|crohn\w*|colitis|copd|lupus|parkinson\w*|mental health|breakdown|hearing aids?|my (?:back|knees?|"
    r"hip|legs?|heart|nerves|thyroid)|migraines|condition|illness|chronic|transplant|remission|my sight|mobility)\b"
)


def health(question: Question, doc: Doc) -> Any:
    """Read whether someone would like to talk about health or a disability. What it is, is neither asked nor kept."""
    text, said = doc.text, polarity(doc)
    if of_another(text):
        return ASK_AGAIN
    if is_question(doc) and not re.match(
        r"(?:can|could) (?:i|we|it|you|someone|somebody) (?:\w+ )?(?:talk|speak|ring|call|do|"
        r"leave|wait|say|tell|please|do)",
        text,
    ):
        return ASK_AGAIN
    if AT_ANOTHER_TIME.search(text):
        return "later" if said is not True and not re.search(r"\bno(?:thing)?,? (?:but|except)\b", text) else ASK_AGAIN
    if RATHER_TALK.search(text) or re.search(
        r"\b(?:like|want|need) (?:to |a )?(?:talk|chat|mention|speak|word|ask|check)\b|"
        r"\bwant to (?:check|ask|mention)\b",
        text,
    ):
        return (
            "yes"
            if said is not False
            and not re.search(
                r"\b(?:don'?t|dont|not|no) (?:\w+ )?(?:need|want|like|"
                r"wish)\b",
                text,
            )
            else ("no" if said is False or NEGATED.search(text) else ASK_AGAIN)
        )
    if UNSURE.search(text) or (wavers(doc) and not CONDITION.search(text)):
        return ASK_AGAIN
    if re.match(r"(?:all |we'?re |i'?m |im )?(?:fine|ok|okay)\b|no (?:worries|problems?|bother|issues?)\b", text):
        return "no" if not HOWEVER.search(text) else ASK_AGAIN
    if re.search(
        r"\b(?:fit as|fighting fit|right as rain|good as gold|tip top|never better|(?:fit|well) and (?:well|healthy)|"
        r"fit n healthy|perfect(?:ly)? (?:health\w*|well|fine)|in good (?:health|nick|shape)|healthy|good health|all (?:good|fine|"
        r"well)|touch wood)\b",
        text,
    ):
        unwell = CONDITION.search(text) or re.search(r"\b(?:not|un)\b ?healthy", text)
        return ASK_AGAIN if unwell or HOWEVER.search(text) else "no"
    if CONDITION.search(text):
        if said is False:
            return ASK_AGAIN if HOWEVER.search(text) else "no"
        settled = re.search(
            r"\b(?:but|under control|managed|doesn'?t (?:affect|stop|bother)|years ago|nothing (?:to|that))\b", text
        )
        return ASK_AGAIN if settled and said is None else "yes"
    return yes_or_no(question, doc)
