"""Gates of the questions: what a statement has to say before it counts as an answer that was volunteered.

A gate sees a statement as bot/volunteered/facts.py writes it: "i'm …", "we have …", "i don't have …", "i live …", "my …". Private questions
have none: what is private is only ever asked.
"""

from __future__ import annotations

import re
from typing import Any

from bot.text.numbers import NUMBER, NUMBER_WORD, number_in

TENS = rf"(?:{NUMBER_WORD})[- ]?(?:{NUMBER_WORD})?"
SOMEONE = (
    r"friends?|mates?|neighbours?|sisters?|brothers?|mums?|dads?|nans?|sons?|daughters?|aunts?|uncles?|cousins?|exs?|parents?|boss|"
    r"landlords?|lodgers?|grand\w+|step\w+"
)
# Words that may stand between "we have" and what is had: nothing that leads elsewhere ("we have a friend with a labrador").
GAP = rf"(?:(?!(?:to|been|with|who|whose|that|for|of|had|not|never|a lot|{SOMEONE})\b)[a-z0-9-]+ ){{0,4}}"
CHILD = r"(?:kids?|children|child|sons?|daughters?|boys?|girls?|teenagers?|toddlers?|lads?|little ones?|twins)"
AGED = (
    rf"(?:,|:| -|'s)?(?: (?:who|who's|is|are|aged?|ages|both|just|only|now|turned))* \(?{NUMBER}\b(?! (?:of|by|who)\b)"
)
# A dog without a breed is asked about, for the question is also about types that the law names; so is a breed close to one of them.
BREED = (
    r"(?:lab(?:rador)?s?|labradoodles?|spaniels?|springers?|cockers?|cockapoos?|cavapoos?|cavachons?|poodles?|terriers?|westies?|"
    r"jack russell?s?|"
    r"border collies?|collies?|(?:golden )?retrievers?|greyhounds?|lurchers?|whippets?|beagles?|pugs?|frenchies?|french bulldogs?|"
    r"dachshunds?|"
    r"sausage dogs?|shih ?tzus?|chihuahuas?|german shepherds?|alsatians?|husk(?:y|ies)|dobermans?|schnauzers?|pomeranians?|yorkies?|"
    r"bichons?(?: frises?)?|maltese|corgis?|vizslas?|pointers?|setters?|dalmatians?|great danes?|sheepdogs?|rottweilers?)"
    r"(?! (?:breed\w*|owners?|walkers?|lovers?|groom\w*|rescue (?:centre|charity)|fans?|person))"
)
AT_WORK_WITH_CHILDREN = (
    r"(?:children|kids|nurser(?:y|ies)|school|pre-?school|playgroup|young people|teenagers|teens|pupils|students|children's home|"
    r"early years)"
)
ROLE = (
    r"(?:(?:primary|secondary|infant|junior|school|special needs|supply|head|sen|retired|qualified|full[- ]time|part[- ]time|former|"
    r"nursery) )*"
    r"(?:teacher|teaching assistant|ta|nursery nurse|nursery worker|nursery manager|childminder|nanny|youth worker|learning mentor|"
    r"early years (?:worker|teacher|practitioner)|play ?worker)"
)

GATES: dict[str, re.Pattern[str]] = {
    "age": re.compile(
        rf"^(?:i'm|we're)(?: both)? (?:(?:only|just|now|already|nearly|almost|over|about|around|a|an|turned|aged|age) )*(?:{TENS}|"
        rf"\d{{2,3}})"
        r"(?:$| ?(?:years?|yrs?|yo|y/o)(?:[ -]old)?\b(?! (?:sober|clean|into|married|together|ago|of|experience|from))|[- ](?:year|"
        r"yr)[- ]old\b|"
        r" (?:now|today)$)|"
        r"^(?:i'm|we're)(?: both)? in (?:my|our) (?:early |mid |late |mid-|late-|early-)?(?:thirties|forties|fifties|sixties|"
        r"seventies|[3-7]0'?s)$"
    ),
    "area": re.compile(
        r"^(?:i|we) (?:live|living|rent)(?: (?:over|up|down|out))? (?:in|at)\b|^(?:i'm|we're) (?:based |living |"
        r"over )?in\b|"
        r"^my postcode(?:'s| is)\b"
    ),
    "household": re.compile(
        r"^i live (?:with|alone|by myself|on my own)\b|^we live with\b|^it's (?:just|only) (?:me|the two|us two)\b|"
        rf"^there(?:'s| is) (?:just|only)\b|^just me and\b|^(?:there are|we're) {NUMBER} adults\b"
    ),
    "children": re.compile(
        rf"^(?:i|we) have {GAP}{CHILD}{AGED}|^(?:my|our) (?:(?:{NUMBER}|own|only|lovely|little|young|older|younger|birth) )*{CHILD}{AGED}|"
        r"^(?:i|we) (?:have no|don't have (?:any )?)(?: ?(?:kids|children))(?: of (?:my|our) own| at home| yet)?$"
    ),
    "bedroom": re.compile(
        rf"^(?:i|we) have {GAP}(?:spare|empty|free|extra|vacant)(?: (?:double|single|big|large))? (?:bed)?rooms?\b"
        rf"(?! (?:problem|issue|(?:in|at) (?:my|his|her|the|a) (?!house|home|flat|own)))|"
        rf"^(?:i|we) have (?:a |one |two )?(?:big |large )?(?:bed)?rooms? (?:spare|free|going spare)\b|"
        r"^(?:i|we) don't have (?:a |any |enough )?(?:spare|extra|free|empty) (?:bed)?rooms?\b(?! (?:problem|issue))|"
        r"^(?:my|our) (?:spare|empty) (?:bed)?room is\b"
    ),
    "housing": re.compile(
        r"^(?:i|we) (?:rent|own) (?:off|from|it|our|my|a|the|with|privately)\b|^(?:i|we) (?:rent|own)$"
    ),
    "smoking": re.compile(
        r"^(?:i|we|my \w+)(?: both)? (?:smokes?|vapes?)\b|^(?:i'm|we're)(?: both)? (?:a |heavy |an? occasional |"
        r"social )*(?:smokers?|vapers?)\b|"
        r"^we(?: both)? don't (?:smoke|vape)\b|"
        r"^we're (?:both |all )?(?:a )?non[- ]?smok\w+|^(?:nobody|no one|noone|neither of us|none of us)\b.*\b(?:smokes?|vapes?)\b|"
        r"^(?:i'm|we're)(?: both)? (?:giving up|quitting|stopping) (?:smoking|vaping|the vapes?|the fags|cigarettes)\b"
    ),
    "dogs": re.compile(
        rf"^(?:i|we) have {GAP}{BREED}\b|^(?:my|our) (?:(?!(?:{SOMEONE})\b)[a-z0-9-]+ ){{0,2}}{BREED}\b(?!'s)|^our dog is (?:a |"
        rf"an )?(?:\w+ ){{0,2}}{BREED}\b|"
        r"^my dog is (?:a |an )?(?:\w+ )?"
        + BREED
        + r"\b|^(?:i|we) (?:have no|don't have (?:a|any|any other)) (?:dogs?|pets?)\b"
    ),
    "availability": re.compile(
        r"^(?:i|we) (?:both )?(?:work|working|do)\b.*\b(?:part[- ]?time|from home|nights?|shifts?|days? a week|days? per week|"
        r"mornings|afternoons|"
        r"school hours|term[- ]time|full[- ]?time|nine to five|9 ?(?:to|-|til) ?5)\b|"
        r"^(?:i'm|we're)(?: both)? (?:a |now |semi |an? )*(?:retired|unemployed|not working|stay[- ]at[- ]home|housewife|homemaker|"
        r"working (?:from home|"
        r"part[- ]time|nights|shifts))\b|^i'm (?:a |an )?[a-z ]{2,30} (?:on|working) (?:nights|shifts)\b|^i don't work(?: any ?more|"
        r" at the moment| at all)?$"
    ),
    "experience": re.compile(
        rf"^(?:i|we|i have|we have) (?:have )?(?:raised|brought up) |^(?:i'm|we're) (?:a |an )?(?:[a-z]+ ){{0,2}}(?:mum|mam|mother|"
        rf"dad|father|parents?) "
        rf"(?:of|to) (?:{NUMBER}|a)\b|^i(?: have)? (?:work|worked|working) (?:with|in|at|as)\b.*\b(?:{AT_WORK_WITH_CHILDREN}|{ROLE})\b|"
        rf"^i'm an? {ROLE}\b|"
        r"^i (?:volunteer|help|run)\b.*\b(?:cubs?|scouts?|brownies|guides|beavers|rainbows|youth (?:club|group)|sunday school|"
        r"children|kids|cadets)\b"
    ),
}

# No statement counts that tells of the past, of a wish, or of something that is not certain.
UNCERTAIN = re.compile(
    r"\b(?:used to|was|were|had|lost|died|passed|ago|wants?|wanted|would|wish|hop(?:e|ing)|plan\w*|going to|gonna|getting|thinking|think|"
    r"considering|looking (?:for|at|to|into)|might|may|could|should|will|maybe|perhaps|probably|possibly|soon|next|not sure|unsure|guess|"
    r"dream\w*|need\w*|about to|expecting|pregnant|previously|ex|sometimes|occasionally|foster\w*|don't know|no idea|supposed to|trying|"
    r"another|enough|weekends?)\b|'ll\b|'d\b"
)
# What, anywhere in the message, makes a question one to be asked after all.
IN_DOUBT: dict[str, re.Pattern[str]] = {
    "bedroom": re.compile(
        r"\b(?:box ?room|office|study|storage|tiny|small|sleep\w*|shar\w+|lodger|mov(?:e|es|ing)|plan\w*|conver\w+|decorat\w*|build\w*|"
        r"extension|clear\w*|lounge|sofa|used (?:as|for)|use it|at my (?:mum|dad|parents)\w*|holiday)\b"
    ),
    "dogs": re.compile(
        r"\b(?:cross\w*|x breed|mix(?:ed)?|bull(?:y|ies)|pit ?bulls?|staff\w*|exempt\w*|banned|illegal|tosa|"
        r"bit(?:es?|ten)|walk dogs)\b"
    ),
    "children": re.compile(
        r"\b(?:liv(?:e|es|ing) with (?:his|her|their|my ex|the other)|with (?:their|his|her) (?:dad|mum|father|mother)|their (?:dad|"
        r"mum)|half the week|"
        r"shared custody|50/50|foster\w*|step\w*|grand\w*|died|taken|removed|in care|expecting|pregnant|due|youngest|oldest|eldest|"
        r"middle|"
        r"godson|goddaughter|other kids|teach\w*|class|visit\w*|weekends?)\b"
    ),
    "household": re.compile(
        r"\b(?:lodger|away|uni|university|sometimes|separat\w*|divorc\w*|moving|at the moment|temporar\w*|"
        r"for now|half)\b"
    ),
    "area": re.compile(
        r"\b(?:mov(?:e|ed|ing)|near|between|border|both councils)\b|\b(?:road|rd|street|avenue|ave|lane|close|drive|"
        r"crescent)\b"
    ),
    "smoking": re.compile(r"\b(?:weed|cannabis|outside the|visitors?|apart from|except)\b"),
    "availability": re.compile(r"\b(?:volunt\w+ (?:part|two|one)|looking for work|off sick|signed off)\b"),
    "experience": re.compile(r"\bin care\b|\bcare leaver\b"),
}
TAKEN: dict[str, frozenset[Any]] = {
    "age": frozenset(("18_20", "21_24", "25_plus")),  # who may be a child is asked, and nothing is inferred
    "bedroom": frozenset(("yes", "no")),
    "housing": frozenset(("rent", "own")),
    "smoking": frozenset(("yes", "no", "giving_up")),
    "dogs": frozenset(("yes", "no")),  # a type that the law may name is asked about
}
NO_CHILDREN = re.compile(r"\b(?:no|any|have) (?:kids|children)\b")
COUNTED = re.compile(rf"\b({NUMBER}) (?:(?:young|little|lovely|small|own|grown[- ]up|teenage) )*{CHILD}\b")
ONE_CHILD = re.compile(
    r"(?:my|our) (?!only )(?:[a-z]+ ){0,2}(?:child|son|daughter|boy|girl|teenager|toddler|lad|little one)\b"
)
ADULT_AT = 18
OTHERS_AGE = re.compile(
    rf"\b(?:husband|hubby|wife|partner|fiancee?|boyfriend|girlfriend|other half|he|she)(?:'s| is| who is|,)? (?:only |just |now |"
    rf"nearly |about )*({NUMBER})\b"
)


def spoils(question: str, statement: str, text: str) -> bool:
    """Check whether a statement, or what stands around it, leaves too much doubt to take it for an answer."""
    doubt = IN_DOUBT.get(question)
    return UNCERTAIN.search(statement) is not None or (doubt is not None and doubt.search(text) is not None)


def taken_as_told(question: str, value: Any, statement: str) -> bool:
    """Check whether a value is one that may be noted without asking: never one that a person has to look at or that the law is about."""
    if isinstance(value, list):
        if "none" in value:
            return NO_CHILDREN.search(statement) is not None
        return "care_experience" not in value and "little_or_none" not in value
    if question == "area":
        return value not in ("not_sure",)
    return value in TAKEN[question] if question in TAKEN else True


def children_left_out(text: str, statements: list[str]) -> bool:
    """Check whether there may be more children than are told of: "three kids, my son is 7", or a son alone, who may have a sister.

    Args:
        text: the whole message.
        statements: those that told of children.
    """
    if any(NO_CHILDREN.search(statement) for statement in statements):
        return False
    if len(statements) == 1 and ONE_CHILD.match(statements[0]):
        return True
    counted = sum(number_in(word) for word in COUNTED.findall(text))
    told = [word for word in re.findall(rf"\b(?:{NUMBER})\b", COUNTED.sub(" ", text)) if number_in(word) < ADULT_AT]
    return len(told) < counted


def age_of_another(text: str) -> bool:
    """Check whether somebody else's age is told that could be the one that counts: the younger of a couple."""
    return any(number_in(word) < 25 for word in OTHERS_AGE.findall(text))
