"""Adults at home, told as a list of people ("me, the husband and twins who are 20") or as a number with a remark."""

from __future__ import annotations

import re

from bot.answers.ages import ADULT_AT, OLDEST
from bot.text.numbers import N, number_in
from bot.text.reading import ADULT

YOUNG = r"(?:sons?|daughters?|lads?|lass(?:es)?|boys?|girls?|kids?|child(?:ren)?|twins|triplets|teenagers?|eldest|youngest|oldest|one|ones)"
AGED = (
    r"(?:,|\(|-)? ?(?:(?:who|whos|who's|who is|who are|they're|theyre|they are|he's|hes|she's|shes|is|are|both|aged?|just turned|turned|"
    r"now) ?)*"
)
WHOSE = (
    r"(?:(?:my|the|our|his|her|their|a|an|both|other|old|dear|lovely|best|younger|little|big|elderly|late teens?) )*"
)
OLD = r"(?:[- ]?(?:years?|yrs?)[- ]?olds?|yo)?"
SEVERAL_AGED = re.compile(rf"\b(?:{WHOSE})(?:{N} )?{YOUNG}{AGED}{N}{OLD} ?(?:,|and|&|n|\+) {N}{OLD}(?: last \w+)?\)?")
ONE_AGED = re.compile(rf"\b{WHOSE}(?:({N}|twin) )?({YOUNG})(?:'?s)?{AGED}{N}{OLD}(?: (?:last|next|this|in) \w+)?\)?")
AGE_FIRST = re.compile(rf"\b{WHOSE}{N}[- ]?(?:years?|yrs?|yr)[- ]?olds?(?: {YOUNG})?\b|\b{WHOSE}{N} ?yo(?: {YOUNG})?\b")
GROWN_ONES = re.compile(
    rf"\b{WHOSE}(?:{N} )?(?:grown[- ]?up|grown|adult|older) (sons?|daughters?|lads?|girls?|boys?|kids|children|child|ones)\b"
    r"(?: (?:still )?(?:not moved out|at home|living (?:here|at home)|here))*"
)
BACK_HOME = re.compile(
    rf"\b{WHOSE}(?:son|daughter|lad|lass|boy|girl|eldest|youngest|oldest)(?: who'?s| is|'s)? (?:back|home) (?:from|"
    rf"after) uni\b"
)
PAIR = r"(?:us two|us pair|we two|us both|both of us|(?:the |us )?(?:two|2|pair) of us|(?:a |married |an old )?couple)"
SELF = r"(?:me|i|myself|moi|yours truly|muggins|meself)"
BOTH = r"(?:parents|folks|in-?laws|in laws|grandparents|parents-in-law)"
SINGLES = "|".join(sorted((re.escape(word) for word in ADULT), key=len, reverse=True))
ONE = (
    rf"(?:{SINGLES}|mum[- ]in[- ]law|dad[- ]in[- ]law|mother[- ]in[- ]law|father[- ]in[- ]law|brother[- ]in[- ]law|"
    rf"sister[- ]in[- ]law|(?:mother|mum|mam|father|dad|sister|brother) (?:of|to) (?:my |"
    rf"the )?(?:husband|hubby|wife|partner)|other half|better half|him|her|him indoors|her indoors|cousin|chap|lodger|nanna|granny|eldest|"
    rf"(?:husband|wife|partner)'?s (?:mum|dad|mother|father|brother|sister))"
)
PLACED = (
    r"(?: (?:in the (?:annexe?|granny flat|extension|loft|spare room)|upstairs|downstairs|here|too|as well|at home|now|living here|"
    r"who lives (?:here|with us)|lives? (?:here|with us)))*"
)
SMALL = r"(?:baby|babies|toddlers?|little ones?|little one|kids?|children|newborn|bairns?|pets?|cats?|dogs?|cat|dog|fish|hamster|rabbits?)"
OPENS = re.compile(
    r"^(?:(?:it'?s|there'?s|there is|there are|just|only|so|we have|well|yes|we'?re|we are|living here|that'?s|"
    r"i live with) )+"
)
TOTAL = re.compile(
    rf"^(?:(?:there'?s|there are|we are|we'?re|just|only|about|that'?s|so) )*{N} ?(adults?|grown ?-?ups?|of us|people)?"
    r"(?: (?:here|at home|in total|now|altogether))*[ ,(]*(?:incl\w*\.?|including|counting|if (?:you|we|i) count|with|one of (?:them|whom)|"
    r"one is|two of them)\b(.*)$"
)
UNSETTLED = re.compile(
    r"\b(?:comes? and goes?|half the (?:time|week)|in and out|on and off|depends|some(?:times| weeks)|when (?:he|"
    r"she|they)|"
    r"moving (?:in|out)|moved out|left home)\b"
)


def unsettled(text: str) -> bool:
    """Check whether somebody lives here only at times."""
    return UNSETTLED.search(text) is not None and not re.search(r"\bnot moved out\b", text)


def told_total(text: str) -> int | None:
    """Read the number someone begins with, where a remark follows that does not change it ("4, if you count the daughter who's 18")."""
    found = TOTAL.match(text)
    if found is None:
        return None
    rest = _marked(found.group(3))
    if found.group(2) in (None, "people", "of us") and re.search(rf"\b{YOUNG}\b|\b{SMALL}\b|MINOR", rest):
        return None  # the number may count children
    return number_in(found.group(1))


def people_listed(typed: str) -> int | None:
    """Count the adults a list names, the person who types among them; None where one part of it is not plain."""
    text = OPENS.sub("", _marked(typed).strip(" .!"))
    parts = [
        part.strip(" .!()")
        for part in re.split(r"\s*(?:,|;|\band\b|\bplus\b|\+|&|\bn\b|\bwith\b|\balso\b|\bthen\b)\s*", text)
    ]
    adults, spoken_for, several = 0, False, 0
    for part in filter(None, parts):
        number = _adults_in(part)
        if number is None:
            return None
        adults += number
        several += 1
        spoken_for = spoken_for or re.fullmatch(rf"(?:just |only )?(?:{SELF}|{PAIR})", part) is not None
    if several < 2 or not (adults or spoken_for):
        return None
    return adults if spoken_for else adults + 1


def _adults_in(part: str) -> int | None:
    part = re.sub(r"^(?:just|only|then|there'?s|also) ", "", part)
    marks = re.fullmatch(r"GROWN(\d+)", part)
    if marks:
        return int(marks.group(1))
    if part == "MINOR" or re.fullmatch(rf"{WHOSE}(?:{N} )?(?:small |young )?{SMALL}(?: who is \w+)?", part):
        return 0
    if re.fullmatch(PAIR, part) or re.fullmatch(rf"(?:both )?{WHOSE}{BOTH}{PLACED}", part):
        return 2
    if re.fullmatch(SELF, part) or re.fullmatch(rf"{WHOSE}{ONE}{PLACED}", part):
        return 1
    many = re.fullmatch(rf"{WHOSE}{N} (?:lodgers|sisters|brothers|friends|housemates|flatmates|mates){PLACED}", part)
    return number_in(many.group(1)) if many else None


def _marked(typed: str) -> str:
    """Write grown-up children as GROWN1, GROWN2 … and children under 18 as MINOR."""
    text = SEVERAL_AGED.sub(lambda found: _mark([age for age in found.groups() if age][-2:], 1), typed)
    text = AGE_FIRST.sub(lambda found: _mark([next(age for age in found.groups() if age)], 1), text)
    text = ONE_AGED.sub(_mark_one, text)
    text = BACK_HOME.sub(" GROWN1 ", text)
    text = GROWN_ONES.sub(_mark_grown, text)
    return " ".join(text.split())


def _mark(ages: list[str], each: int) -> str:
    grown = sum(each for age in ages if ADULT_AT <= number_in(age) < OLDEST)
    return f" GROWN{grown} " if grown else " MINOR "


def _mark_one(found: re.Match[str]) -> str:
    count = found.group(1)
    if found.group(3) in ("twins",) or count == "twin":
        each = 2
    elif count:
        each = number_in(count)
    elif re.fullmatch(r"sons|daughters|lads|lasses|boys|girls|kids|children|ones", found.group(3)):
        return found.group(0)
    else:
        each = 3 if found.group(3) == "triplets" else 1
    return _mark([[age for age in found.groups() if age][-1]], each)


def _mark_grown(found: re.Match[str]) -> str:
    if found.group(1):
        return f" GROWN{number_in(found.group(1))} "
    return " GROWN1 " if found.group(2) in ("son", "daughter", "lad", "girl", "boy", "child") else found.group(0)
