"""Answers to `dogs`: dogs at home, and whether the law may name their type."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.other_people import LIVES_HERE, of_another
from bot.answers.question import ASK_AGAIN, Question
from bot.answers.yes_no import HOWEVER
from bot.text.polarity import UNSURE, polarity, wavers
from bot.text.questions import is_question

TYPES = r"\b(?:xl bull(?:y|ies)|pit ?bulls?|tosas?|dogo argentinos?|fila brasileiros?|exempt\w*|banned|certificate)\b"
DOG = re.compile(
    r"\b(?:dogs?|doggos?|pooch|pupp(?:y|ies)|pups?|mutt|mongrel|hound|lab(?:rador)?s?|spaniels?|springers?|cockers?|"
    r"poodles?|\w+(?:poo|oodle)s?|terriers?|westies?|jrt|"
    r"jack russell?s?|collies?|retrievers?|greyhounds?|lurchers?|whippets?|beagles?|pugs?|frenchies?|(?:bull|sheep|"
    r"grey)dogs?|dachshunds?|sausage dog|shih ?tzus?|"
    r"chihuahuas?|staff(?:y|ie)s?|rottweilers?|alsatians?|german shepherds?|husk(?:y|ies)|boxers?|dobermans?|schnauzers?|"
    r"pomeranians?|yorkies?|bichons?|"
    r"maltese|corgis?|vizslas?|pointers?|setters?|dalmatians?|great danes?|mastiffs?)\b"
)
OTHER_PET = re.compile(
    r"\b(?:cats?|kittens?|rabbits?|bunn(?:y|ies)|hamsters?|guinea pigs?|fish|budgies?|birds?|tortoises?|chickens|hens|"
    r"horses?|gerbils?|snakes?|lizards?)\b"
)
UNKNOWN_BREED = re.compile(
    r"\bcould be one of (?:them|those)\b|\bunclear\b|\bif (?:he'?s|hes|she'?s|shes|it'?s) (?:legal|banned|allowed)\b|\bsome (?:sort|kind|"
    r"type) of\b|\b(?:nobody|no ?one) (?:could|can|will|would) (?:tell|say)\b|\b(?:told|said|reckon\w*) .*\b(?:cross|mix)\b.*\bbut\b|"
    r"\bmight be (?:one|on|a)\b|\b(?:think|may be|possibly|probably|maybe) .*\b(?:list|banned)\b"
)
LISTED = re.compile(
    r"(?<!not )(?<!nt )(?<!n't )(?<!neither )(?<!none )\b(?:is|he'?s|hes|she'?s|shes|it'?s|they'?re|one of the (?:breeds|types|"
    r"ones))(?: \w+)? "
    r"(?:on the list|they (?:outlawed|banned))\b|(?<!not )\bone of the (?:breeds|types|ones) (?:on the list|they (?:outlawed|banned))\b|"
    r"^(?:yes |yeah )?on the list\b"
)


def dogs(question: Question, doc: Doc) -> Any:
    """Read whether there are dogs, and whether one may be of a type that the law names. A breed alone is never judged."""
    text, said = doc.text, polarity(doc)
    if is_question(doc) or re.search(r"\b(?:love|like|scared of|afraid of|walk|walking|all) dogs\b|\bdogs are\b", text):
        return ASK_AGAIN
    if re.search(r"\bdog[- ]free\b|\bdogless\b", text) or (
        said is False and re.search(r"\bbut (?:no|nope)[ .!]*$", text)
    ):
        return "no"
    if of_another(text):
        return ASK_AGAIN
    if UNKNOWN_BREED.search(text) and not re.search(r"\b(?:papers|certificate|exempt\w*|registered)\b", text):
        return "not_sure"
    if LISTED.search(text):
        return "yes_banned_or_exempt"
    if UNSURE.search(text) or re.search(
        r"\b(?:could be anything|bit of everything|unknown (?:parentage|breed|mix)|heinz|"
        r"no paperwork|couldn'?t (?:swear|say))\b|\b(?:god|who|goodness|heaven) knows\b",
        text,
    ):
        return "not_sure"
    unbanned = re.search(rf"\b(?:not|none|isn'?t|aren'?t|neither|no|nothing|never)\b[^.]{{0,24}}{TYPES}", text)
    if re.search(TYPES, text) and not unbanned:
        return "yes_banned_or_exempt" if said is not False else ASK_AGAIN
    ours = LIVES_HERE.search(text) is not None
    if wavers(doc) or (
        not ours
        and re.search(
            r"\b(?:visits?|comes? (?:round|over)|stays|look after|mum'?s|dad'?s|neighbour'?s|daughter'?s|son'?s|getting|want|soon)\b",
            text,
        )
    ):
        return ASK_AGAIN
    gone = re.search(
        r"\b(?:lost|died|passed|put (?:to sleep|down)|used to have|had (?:a|one|two)|not any ?more|any ?more|rehomed|"
        r"goodbye|not with us|rainbow bridge)\b",
        text,
    )
    if gone:
        return (
            ASK_AGAIN
            if re.search(r"\b(?:(?<!not )now|(?<!not got )(?<!not had )another|still|left|new|other)\b", text)
            else "no"
        )
    if unbanned:
        return "yes" if DOG.search(text) or said is not False else ASK_AGAIN
    if DOG.search(text):
        if re.search(r"\bdo have\b|\bnow have\b", text):
            return "yes"
        if said is False or re.search(r"\b(?:no|not|don'?t|dont|haven'?t|without)\b", text):
            return ASK_AGAIN if HOWEVER.search(text) and not OTHER_PET.search(text) else "no"
        return "yes"
    if said is False:
        return ASK_AGAIN if re.search(r"\b(?:but|yet)\b", text) and not OTHER_PET.search(text) else "no"
    if OTHER_PET.search(text) and said is None:
        return "no"
    return ASK_AGAIN if said else None  # a bare "yes" does not tell whether one is banned
