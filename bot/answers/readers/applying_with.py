"""Answers to `applying_with`: whether someone applies alone, with a partner or with somebody else."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.question import ASK_AGAIN, Question
from bot.text.polarity import UNSURE, polarity, wavers
from bot.text.questions import is_question

UNDECIDED = re.compile(
    r"\b(?:(?:not|n't|haven'?t|havent|hasn'?t|still|yet to) (?:\w+ )?(?:decid\w*|made (?:up )?(?:my|our)|sure|settled|agreed|"
    r"discussed|talked)|undecided|two minds|(?:not|n't) (?:\w+ )?(?:100 ?%|keen|on board|there) (?:yet|so far)|100 ?%|persuad\w*|"
    r"convinc\w*|jury'?s (?:still )?out|waver\w*|on the form|working on|talk(?:ing)? (?:to|it|with)|talk (?:\w+ ){1,2}(?:round|into)|"
    r"need to ask|(?:ask|check with) (?:him|her|my|the)|maybe|perhaps|possibly|might|we'?ll see|could be either|either|"
    r"on the fence|thinking about it|not keen yet|coming round|considering|unsure|dunno|don'?t know|dont know|no idea)\b"
)
A_PARTNER = re.compile(
    r"\b(?:husband|hubby|hubbie|wife|wifey|partner|boyfriend|girlfriend|bf|gf|fianc\w*|missus|misses|mrs|other half|oh|"
    r"better half|fella|bloke|spouse|him indoors|her indoors|lover|couple|civil partner\w*|married|"
    r"me (?:and|n|&|\+) (?:him|her)|(?:him|her) (?:and|n|&) me|both of us|the two of us|two of us|the pair of us|us both|we both|"
    r"us two|joint\w*|together|chap|man|old man)\b"
)
ANOTHER = re.compile(
    r"\b(?:mum|mam|mom|mother|dad|father|parents?|sisters?|brothers?|siblings?|friends?|mate|bestie|daughters?|sons?|aunt|auntie|"
    r"uncle|cousin|nan|gran|grandma|housemate|flatmate|lodger|niece|nephew|in[- ]?law|colleague)\b"
)
BY_ONESELF = re.compile(
    r"\b(?:on (?:my|me) (?:own|tod|jack|lonesome)|by (?:my|me)self|alone|solo|single\w*|(?:just|only|jus) (?:me|myself|moi|"
    r"the one|one of us|little me)|myself|unattached|widow\w*|divorced?|no (?:partner|husband|wife|one else)|"
    r"nobody else|unmarried|lone|one of me|independently)\b"
)
NOT_WITH = re.compile(
    r"\b(?:without|no|not with|ex|late)[- ]?(?: my| a| any)? (?:husband|wife|partner|boyfriend|girlfriend|hubby)\b|\bex\b|"
    r"\b(?:husband|wife|partner|boyfriend|girlfriend|hubby|other half|fella|he|she)\b[^,.]{0,14}\b(?:doesn'?t|doesnt|does not|"
    r"isn'?t|isnt|not|won'?t|wont|died|passed|left|wouldn'?t)\b(?: \w+){0,3}"
)
ANY_TWO = re.compile(r"together|(?:the )?(?:two|pair|both) of us|(?:we|us) both|us two")  # may be two sisters


def applying_with(question: Question, doc: Doc) -> Any:
    """Read whether someone applies alone, with a partner or with somebody else."""
    text = re.sub(
        r"\b(?:i'?m a |as a |a )?(?:single|lone|solo) (?:mum|mam|mom|dad|mother|father|parent)\b", " single ", doc.text
    )
    if is_question(doc) or re.search(r"\basking for (?:a|my|someone)\b", text):
        return ASK_AGAIN
    if re.search(
        r"\bone (?:man|woman) (?:band|show)\b|\bwon'?t be (?:part of|on)\b.*|\b(?:he|she)'?s not part of\b", text
    ):
        return "alone"
    if (
        re.search(r"\bsure (?:about|if|whether)\b", text)
        or UNDECIDED.search(re.sub(r"\btogether\b", "", text))
        or UNSURE.search(text)
    ):
        return "not_sure"
    if re.search(r"\b(?:separat\w+|splitting|breaking up|depends)\b", text):
        return ASK_AGAIN
    apart = NOT_WITH.search(text)
    rest = NOT_WITH.sub(" ", text)
    partner, other = (
        A_PARTNER.search(rest),
        ANOTHER.search(
            re.sub(
                r"\b(?:kids?|children|my (?:son|daughter)s? (?:is|are)|"
                r"single)\b",
                " ",
                rest,
            )
        ),
    )
    alone = BY_ONESELF.search(text)
    if apart and not partner and not other:
        return "alone"
    with_someone = re.search(
        r"\b(?:me|i|myself) (?:and|n|&|\+|plus|with)\b|\bwith\b|\band (?:me|i|myself)\b|& (?:me|i)\b", rest
    )
    if partner and other and ANY_TWO.fullmatch(partner.group(0)):
        partner = None
    if partner and other:
        return "with_partner" if re.search(r"\bcouple\b|\bmarried\b", text) and "with my" not in text else ASK_AGAIN
    if alone and (not (partner or other) or not with_someone):
        return "alone"
    if other and (with_someone or re.search(r"\b(?:two|us|we|would|both)\b", rest)):
        return "with_other"
    if partner:
        return "with_partner"
    if other:
        return "with_other"
    if wavers(doc):
        return None
    return ASK_AGAIN if polarity(doc) is not None and not alone else ("alone" if alone else None)
