"""Answers to `home_business`: childminding or a business at home."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.question import ASK_AGAIN, Question
from bot.answers.yes_no import DENIED_BEFORE, HOWEVER, yes_or_no
from bot.text.polarity import UNSURE, polarity, wavers
from bot.text.questions import is_question

MINDS = re.compile(
    r"\b(?:child ?-?mind\w*|(?:i|we|she|he|wife|husband|partner|daughter|mum|who) (?:also |still )?minds?\b|minding|"
    r"mind (?:\w+ ){0,2}(?:kids|children|little ones|others)|"
    r"(?:other|others'?|different) (?:people'?s|parents'?|families'?)? ?(?:kids|children)|after[- ]school (?:care|"
    r"club) (?:at|in|from)|wrap ?around|ofsted|nanny share|"
    r"childcare (?:in|at|from)|day ?care (?:in|at|from)|nursery (?:in|at|from) (?:my|our|home|the house))\b"
)
BUSINESS = re.compile(
    r"\b(?:hair ?dress\w*|hair\b|barber\w*|nails?|beaut\w+|salon|lashes|brows|make-?up artist|bak(?:e|es|ing|ery)|cakes?|etsy|"
    r"shop|store|online (?:business|shop|selling)|groom\w*|kennels?|cattery|"
    r"(?:dog|cat|pet) (?:boarding|sitting|walking|breed\w*)|book ?-?keep\w*|accounts?|accountan\w*|tutor\w*|(?:music|piano|guitar|"
    r"singing|swimming|art|dance) (?:lessons|teacher|classes)|"
    r"(?:teach|give|gives) (?:\w+ )?(?:lessons|piano|guitar|music|yoga)|yoga|massage|reiki|therap\w+|counsel\w*|clients|physio|"
    r"workshop|garage|mechanic|air ?bnb|bed and breakfast|b ?& ?b|guest ?house|"
    r"business|company|sell(?:s|ing)?|self[- ]employed|my own company|our company|studio|seamstress|sew(?:ing)?|alterations|"
    r"dressmak\w*|crafts?|"
    r"jewell?ery|candles?|upholst\w*|catering|photograph\w*|farm\w*|"
    r"breed\w*|market stall|pottery|web design\w*|car boot|takeaway|pub|freelanc\w*|small holding|smallholding|tattoo\w*|"
    r"chiropod\w*|florist\w*|gardening|cleaning business|resell\w*|dropship\w*)\b"
)
UNSETTLED = re.compile(
    r"\b(?:used to|thinking|planning|might|hobby|sometimes|vinted|avon|officially|years ago|going to|one day|"
    r"would like|stopped|gave up|retired from|closed)\b"
)
ELSEWHERE = re.compile(
    r"\b(?:not|no|isn'?t|but not|never|nothing)\b[^,;]{0,20}\b(?:from|at|in) (?:home|here|the house)\b|"
    r"\b(?:rented|separate|town|high street|office|premises|unit|away from home|elsewhere)\b"
)
FOR_A_FIRM = re.compile(r"\bw\.?f\.?h\b|\bwork(?:s|ing)? (?:mostly |mainly )?(?:from|at) home\b")


def home_business(question: Question, doc: Doc) -> Any:
    """Read whether someone childminds or runs a business at home."""
    text = doc.text
    if is_question(doc) or UNSURE.search(text):
        return ASK_AGAIN
    if UNSETTLED.search(text):
        return (
            "no"
            if polarity(doc) is False
            and re.search(
                r"\b(?:used to|stopped|gave up|closed|"
                r"retired)\b",
                text,
            )
            and not re.search(r"\bnow\b", text)
            else ASK_AGAIN
        )
    if FOR_A_FIRM.search(text) and re.search(r"\bfor (?:a|an|the|my|bt|hmrc)\b|\bmy job\b", text):
        return ASK_AGAIN
    said = polarity(doc)
    minds, runs = MINDS.search(text), BUSINESS.search(text)
    minds_denied = minds is not None and DENIED_BEFORE.search(text[: minds.start()]) is not None
    runs_denied = runs is not None and DENIED_BEFORE.search(text[: runs.start()]) is not None
    minds_too, runs_too = minds is not None and not minds_denied, runs is not None and not runs_denied
    if ELSEWHERE.search(text) and not minds_too:
        return "no" if said is not True else ASK_AGAIN
    if said is False and not HOWEVER.search(text):
        return "no" if not (minds_too or runs_too) else ASK_AGAIN
    if minds_too:
        one_thing = re.search(r"\bchild ?-?mind\w* business|business.{0,12}child", text)
        return ASK_AGAIN if runs_too and not one_thing and re.search(r"\band\b", text) else "childminding"
    if runs_too:
        return "other"
    if FOR_A_FIRM.search(text):
        return ASK_AGAIN
    if minds_denied or runs_denied:
        return "no" if not HOWEVER.search(text) else ASK_AGAIN
    if wavers(doc):
        return None
    if said:
        return ASK_AGAIN  # yes to which of the two
    return yes_or_no(question, doc)
