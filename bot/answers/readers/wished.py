"""What someone would like: the ages of child they have in mind, and what would make the next step easier for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from bot.answers.readers.ages import BANDS, SCHOOL_YEAR, STARTS_SCHOOL_AT, band_of_child
from bot.answers.yes_no import ASK_AGAIN
from bot.text.numbers import N, number_in, numbers
from bot.text.polarity import UNSURE, polarity
from bot.text.questions import is_question
from bot.text.reading import read

if TYPE_CHECKING:
    from bot.answers.question import Question

SIBLINGS = re.compile(
    r"\b(?:siblings?|sibs|brothers? (?:and|n|&|or) sisters?|brothers|sisters|twins|(?:families|family|them|kids|"
    r"children|ones|two) together|(?:two|three|small|little|young|set of|pair of) brothers|family groups?|(?:from|of) the same family|"
    r"a pair)\b"
)
ANY_AGE = re.compile(
    r"\b(?:any(?:one|body|thing)?(?: age)?|all ages|every age|open|not (?:fussed|bothered|fussy|thought|really thought|decided)|"
    r"don'?t mind|dont mind|no preference|no strong|whatever|whoever|haven'?t (?:\w+ )?thought|havent (?:\w+ )?thought|no idea|"
    r"not sure|no clue|not a clue|doesn'?t matter|doesnt matter|flexible|unsure|undecided|easy|dunno|don'?t know|dont know|idk|"
    r"see how|you (?:tell|decide)|up to you|most need\w*|needs? (?:us|me|it|a home)|guided by)\b"
)
AGE_WORDS = (
    (re.compile(r"\binfants (?:and|&|or|n|to) juniors\b"), ("5-10",)),
    (
        re.compile(
            r"\b(?:in (?:a |the )?(?:pram|pushchair|buggy|cot|nappies)|nappies|bab(?:y|ies)|new ?borns?|infants?(?! school)|"
            r"toddlers?|tots?|tiny|tinies|under (?:5|five)s?|pre-?school\w*|"
            r"nursery|before school|(?:really |very )?little (?:little )?ones|wee ones|nippers)\b"
        ),
        ("0-4",),
    ),
    (re.compile(r"\b(?:primary|juniors?|infant school|key ?stage (?:1|2|one|two)|reception|middle ones)\b"), ("5-10",)),
    (
        re.compile(
            r"\b(?:secondary|tweens?|(?:young(?:er)?|early) teen\w*|pre-?teens?|high school|big school|key ?stage (?:3|"
            r"three))\b"
        ),
        ("11-15",),
    ),
    (
        re.compile(
            r"\b(?:older teen\w*|late teens|college age\w*|sixth form\w*|(?:nearly|almost) (?:adults?|grown)|young adults|"
            r"about to leave care|(?:much |the )?older (?:ones|kids|children|end)|care leavers)\b"
        ),
        ("16-17",),
    ),
    (re.compile(r"\b(?:teen\w*|adolescents?)\b"), ("11-15", "16-17")),
)
OLDEST_CHILD = 17
YEARS_TO = re.compile(rf"\b(?:years?|yrs?) {N}\s*(?:-|to|till?)\s*{N}\b")
UP_TO = re.compile(
    rf"\b{N} ?(?:upwards|and up|plus|onwards|up)\b(?:[ ,]+[a-z]+(?<!up)){{0,5}}?,? (?:and )?(?:up )?(?:to|till?|"
    rf"until) (?:about )?{N}\b"
)


def wished_ages(question: Question, doc: Doc) -> Any:
    """The ages of child someone has in mind: every one that is named."""
    text = YEARS_TO.sub(lambda years: f" {number_in(years.group(1)) + 5} to {number_in(years.group(2)) + 5} ", doc.text)
    text = UP_TO.sub(r"\1 to \2", text)
    if is_question(doc):
        return ASK_AGAIN
    without = re.search(r"^(.*\S.*)\b(?:but |just )?not (.*)$", text)
    if without and _bands_in_words(without.group(1)) and _bands_in_words(without.group(2)) and not numbers(doc):
        left = _bands_in_words(without.group(1)) - _bands_in_words(without.group(2))
        return [band for band in BANDS if band in left] or ASK_AGAIN
    bands = _bands_in_words(text)
    top = re.search(rf"\b(?:up to|until|till) (?:about |around )?{N}\b", text)
    if bands and top:
        least = BANDS.index(min(bands, key=BANDS.index))
        bands = set(BANDS[least : BANDS.index(band_of_child(min(number_in(top.group(1)), OLDEST_CHILD))) + 1])
    else:
        bands |= _bands_in_numbers(
            SCHOOL_YEAR.sub(lambda year: f" {number_in(year.group(1)) + STARTS_SCHOOL_AT} ", text)
        )
    said_not = re.search(
        r"\b(?:not|no|except|apart from|but not|anything but|without|never|nothing|older than me|"
        r"younger than (?:my|mine|our))\b",
        ANY_AGE.sub(" ", text),
    )
    if said_not and bands and not re.search(rf"\b{N}\s*(?:-|to)\s*{N}\b", text):
        return ASK_AGAIN
    found: list[str] = [band for band in BANDS if band in bands]
    if SIBLINGS.search(text):
        found.append("siblings")
    if found:
        return found
    if ANY_AGE.search(text) or UNSURE.search(text):
        return ["no_idea"]
    return ASK_AGAIN if numbers(doc) or polarity(doc) is not None else None


def _bands_in_words(text: str) -> set[str]:
    found: set[str] = set()
    for pattern, named in AGE_WORDS:
        if pattern.search(text):
            found.update(named)
            text = pattern.sub(" ", text)
    return found


def _bands_in_numbers(typed: str) -> set[str]:
    text = re.sub(
        rf"\b{N} (?:kids|children|of them|child|siblings?|brothers?|sisters?)\b|\b(?:one|two|three|a couple) (?:or|"
        rf"of) (?:two|three|them)?\b",
        " ",
        typed,
    )
    span = re.search(rf"\b{N}\s*(?:-|to|till?|until|through|and|up to)\s*{N}\b", text)
    if span and re.search(
        r"\d\s*-|\bto\b|\btill?\b|\buntil\b|\bthrough\b|\bup to\b|"
        r"\bbetween\b",
        span.group(0) + (" between" if "between" in text else ""),
    ):
        low, high = sorted((number_in(span.group(1)), number_in(span.group(2))))
        return {band_of_child(years) for years in range(low, min(high, OLDEST_CHILD) + 1)}
    below = re.search(
        rf"\b(?:under|below|less than|younger than|up to|until|no older than)(?: the age of| about|"
        rf" around)? {N}(?:s|'s)?\b",
        re.sub(r"(\d)'?s\b", r"\1", text),
    )
    if below:
        top = number_in(below.group(1)) - (0 if re.search(r"up to|until|no older", below.group(0)) else 1)
        return {band_of_child(years) for years in range(0, min(max(top, 0), OLDEST_CHILD) + 1)}
    above = re.search(
        rf"\b(?:over|above|older than|from|at least) (?:the age of |about )?{N}\b|\b{N} ?(?:\+|plus|and (?:over|up|"
        rf"above|older)|up\b|upwards|onwards|or (?:over|older))",
        re.sub(r"(\d)'?s\b", r"\1", text),
    )
    if above:
        least = number_in(next(group for group in above.groups() if group))
        return {band_of_child(years) for years in range(least, OLDEST_CHILD + 1)}
    given = [number for number in numbers(read(re.sub(r"(\d)'s\b", r"\1", text))) if 0 <= number <= OLDEST_CHILD]
    if (
        len(given) == 1
        and given[0] <= 4
        and not re.search(r"\b(?:age\w*|years?|yrs?|old|about|around|roughly)\b", text)
    ):
        return set()  # may as well be how many
    return {band_of_child(years) for years in given}


EASIER = (  # in the order of the buttons
    (
        "large_print",
        re.compile(
            r"\b(?:(?:large|larger|big|bigger|bold) (?:print\w*|letters?|text|font|type|writing|lettering)|(?:print|"
            r"text|writing|letters|font|type) (?:\w+ )?(?:large|larger|big|bigger)|small (?:print|writing|text)|tiny print|magnif\w+|"
            r"size 1[4-9]|size 2\d)\b"
        ),
    ),
    (
        "easy_read",
        re.compile(
            r"\b(?:easy[- ]?(?:to )?read\w*|(?:simple|plain|easy|easier|short|shorter) (?:\w+ )?(?:words?|english|"
            r"language|wording|version|sentences)|(?:words? (?:and|with)|with) pictures|pictures (?:and|with)|"
            r"(?:not|less) (?:too |so )?wordy|"
            r"no (?:jargon|long words|big words)|(?:not|don'?t|can'?t|cant) (?:\w+ ){0,3}(?:read(?:er|"
            r"ing)?(?: \w+){0,2}? (?:well|good|much)|"
            r"(?:good|great|strong) (?:at reading|reader)))\b"
        ),
    ),
    (
        "access",
        re.compile(
            r"\b(?:step[- ]?free|(?:no|without|avoid|few|any) (?:stairs|steps)|(?:can'?t|cant|cannot|don'?t|struggle(?: "
            r"with| on)?|not good (?:on|with)) (?:\w+ ){0,2}(?:stairs|steps|walk\w*)|(?:wheel|electric |"
            r"power)\s?chairs?|ramps?|ground floor|"
            r"a lift|lifts?|level (?:access|entrance)|(?:disabled|blue badge|accessible) (?:\w+ )?(?:parking|"
            r"toilet|loo|space|access|bay|venue|"
            r"building|room)|accessible|crutches|walking (?:stick|frame|aid)|scooter|zimmer|parking (?:close|near)|walk with a stick)\b"
        ),
    ),
    (
        "hearing",
        re.compile(
            r"\b(?:hearing(?: \w+)?|deaf|bsl|sign(?:ed|ing)? (?:language|interpreter)|signer|sign lang\w*|lip[- ]?read\w*|"
            r"hard of hearing|captions?|sub ?titles?|(?:induction )?loop|(?:can'?t|cant|don'?t|dont|not) (?:always |really )?hear|"
            r"interpreter for the deaf)\b"
        ),
    ),
    (
        "quiet",
        re.compile(
            r"\b(?:quiet(?:er)?(?! (?:word|chat))|calm(?:er)?|(?:not|no|nothing|without|away from|avoid|fewer|hate|don'?t "
            r"like|scared of|too many) (?:\w+ ){0,3}(?:noise|noisy|crowds?|crowded|loud|busy|groups?|people|"
            r"bustle)|crowds|small(?:er)? group|"
            r"one[- ](?:to|2)[- ]one|less (?:busy|noise|noisy)|on my own with (?:someone|you)|low[- ]key|(?:just|only) (?:one|1) person)\b"
        ),
    ),
    (
        "time_to_call",
        re.compile(
            r"\b(?:(?:set|fixed|certain|agreed|particular|specific|arranged|regular|exact|booked) (?:time|slot|"
            r"appointment)|time (?:to|for) (?:a|the|my) call|call at a|(?:text|email|message|warn(?:ing)?|notice|let me know|tell me|"
            r"heads? up)(?: \w+){0,4} (?:before\w*|first|when (?:you|someone|they)|call|ring)|(?:text|email|message) first|(?:ring|call|"
            r"phone)(?: me)? (?:after|before|between|at \w+|only)|book (?:the|a|my) call|out of the blue|know when)\b"
        ),
    ),
    (
        "other",
        re.compile(
            r"\b(?:something else|another thing|braille|audio\w*|colou?red (?:paper|overlay)|(?:yellow|blue|cream|pastel) "
            r"paper|advocate|(?:support worker|carer|friend|mum|sister|husband|wife|partner|someone|somebody|"
            r"pa)(?: \w+){0,2} (?:with me|come|"
            r"there|sit in|too)|bring (?:my|a|someone|somebody)|guide dog|assistance dog|creche|child ?care|"
            r"breaks|female|woman|prayer|halal|"
            r"(?:on|over) (?:zoom|teams|video)|explain|tell you (?:later|then|when)|(?:email|text|letter) (?:not|instead|rather)|(?:not|"
            r"rather than|instead of) (?:by |the |on the )*(?:phone|call\w*|ring\w*))\b"
        ),
    ),
)
NOT_NEEDED = re.compile(
    r"\b(?:don'?t|dont|do not|doesn'?t|didn'?t|won'?t) (?:\w+ )?(?:need|want|require)\b[^,.;]*?(?=\bbut\b|\bjust\b|\bonly\b|[,.;]|$)|"
    r"\b(?:not|no|except|apart from|no need for) (?:the |a |any )?(?=large|easy|bsl|sign|hearing|loop|quiet|ramp|braille)[\w ]*?(?=\bbut\b|"
    r"[,.;]|$)"
)
MANAGES = re.compile(
    r"\b(?:i'?m|im|we'?re|i am|we are|it'?s|that'?s|all) (?:\w+ )?(?:fine|good|ok|okay|grand|alright|all right|sorted)\b|\bnothing\b|"
    r"\bno need\b|\bnot (?:needed|necessary|required|for me|really)\b|\b(?:i|we)'?ll manage\b|\bdon'?t need\b|\bnone\b"
)
HARD_FOR = re.compile(
    r"\b(?:don'?t|can'?t|cant|cannot|not)\b(?! (?:need|want|require|think|really|for|at|that|any|necessary|bother|"
    r"worry))|\b(?:struggle|hard|"
    r"difficult\w*|trouble|hate)\b"
)
ASKS_WHAT = re.compile(r"^(?:so |and |but )?(?:what|what's|whats|why|how|which|who|where|when)\b")


def adjustments(question: Question, doc: Doc) -> Any:
    """What would make the next step easier. Only what is asked for counts: nothing follows from a condition somebody names."""
    text = doc.text
    if ASKS_WHAT.match(text):
        return ASK_AGAIN
    wanted = NOT_NEEDED.sub(" ", text)
    found = [value for value, pattern in EASIER if pattern.search(wanted)]
    if found:
        return found
    if is_question(doc) or UNSURE.search(text) or re.search(r"\b(?:maybe|perhaps|depends|might)\b", text):
        return ASK_AGAIN
    said = polarity(doc)
    if HARD_FOR.search(text):
        return None
    if (said is False or MANAGES.search(text)) and not re.search(r"\b(?:but|except|apart from|only|unless)\b", text):
        return ["none"] if said is not True or MANAGES.search(text) else ASK_AGAIN
    return ASK_AGAIN if said is not None else None
