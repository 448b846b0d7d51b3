"""Answers to `children`: the age groups of the children at home."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.ages import (
    ADULT_AT,
    CHILD_AGE_GROUPS,
    NOT_THIS_NUMBER,
    OLDEST,
    PLAINLY_25_PLUS,
    SCHOOL_YEAR,
    STARTS_SCHOOL_AT,
    child_age_group,
)
from bot.answers.question import ASK_AGAIN, Question
from bot.text.numbers import WORD_NUMBERS, N, number_in, numbers
from bot.text.polarity import polarity, wavers
from bot.text.questions import is_question
from bot.text.reading import read

VERY_YOUNG = re.compile(
    rf"\b{N}[- ]?(?:months?|weeks?|wks?|mths?)\b|\b(?:months?|weeks?)[- ]old\b|\bnew ?born\b|\bbab(?:y|ies)\b|\btoddlers?\b|"
    rf"\binfant\b(?! school)|\b(?:in|still in) (?:a |the |his |her )?(?:pram|pushchair|buggy|nappies|cot)\b|\bpre-?school\w*\b|\bnursery\b|"
    rf"\b(?:not|isn'?t|aren'?t|n't) (?:at|in|started) school\b|\bbefore school\b"
)
AT_SCHOOL = (  # a stage that names an age group by itself, where no age is told
    (re.compile(r"\b(?:primary|juniors?|infants|infant school|junior school)\b"), ("5-10",)),
    (
        re.compile(
            r"\b(?:early teens?|young(?:er)? teen\w*|secondary|comp|comprehensive|high school|big school|senior school|pre-?teens?)\b"
        ),
        ("11-15",),
    ),
    (re.compile(r"\b(?:sixth form\w*|a[- ]levels?|late teens?|older teen\w*)\b"), ("16-17",)),
    (re.compile(r"\bteenagers\b|\bteens\b"), ("11-15", "16-17")),
)
A_TEENAGER = re.compile(r"\b(?:teen(?:ager)?|adolescent)\b")
NOT_YET = re.compile(
    rf"\b(?:turn(?:s|ing)?|nearly|almost|about to be|will be|coming up(?: to)?|going on|soon) {N}\b|\b{N}\b(?= (?:next|after|soon|"
    rf"at (?:christmas|"
    rf"easter)|in (?:january|february|march|april|may|june|july|august|september|october|november|december|a (?:week|month))))"
)
STILL = re.compile(rf"\b(?:but |only |and )?still (?:only )?{N}\b")
NOT_TOLD = re.compile(
    r"\b(?:died|passed|lost|stillborn|miscarr\w*|used to|expecting|pregnant|on the way|due|liv(?:es?|ing) with (?:his|her|"
    r"their|my ex))\b|\bunder 1[1-8]\b"
)
NO_CHILDREN = re.compile(
    r"\b(?:no (?:kids|children)|none|(?:couldn'?t|never) (?:have|had) (?:them|any|kids|children)|left home|moved out|"
    r"(?:all )?grown[- ]?up|(?:have|all|has|'ve) flown|flown the (?:nest|coop)|"
    r"don'?t have (?:any )?(?:kids|"
    r"children)|childless|child free)\b|"
    r"^(?:it'?s )?just (?:the |my |a |our )?(?:me|us|dogs?|cats?|hubby|husband|wife|partner)\b"
)
ADULTS = re.compile(rf"\b{N} (?:adults?|grown ?-?ups?)\b")
NONE_COUNTED = re.compile(r"(?:0|zero|nil|zilch)(?: (?:kids|children|of them))?[ .!]*")
COUNT = re.compile(
    rf"\b{N}\s+(?:(?:young|little|small|lovely|step)\s*)*(?:kids?|children|child|boys?|girls?|of them|sons?|daughters?|lads?|"
    rf"little ones?|teenagers?|others?|under|at)\b"
)
UNDER_FIVE = re.compile(r"\bunder (?:5|five|4|four|3|three|2|two)s?\b")
SPAN = re.compile(r"\b(\d{1,2})\s*(?:-|to)\s*(\d{1,2})\b")
BARE_COUNT = 5  # a number up to this, alone, may as well be how many there are


def children(question: Question, doc: Doc) -> Any:
    """Read the age groups of the children at home."""
    text = SCHOOL_YEAR.sub(
        lambda year: f" aged {number_in(year.group(1)) + STARTS_SCHOOL_AT} ", NOT_THIS_NUMBER.sub(" ", doc.text)
    )
    text = re.sub(r"\bone (?=(?:in|at|doing|just)\b)", " ", ADULTS.sub(" ", text))
    if is_question(doc) or wavers(doc):
        return None
    if NONE_COUNTED.fullmatch(text):
        return ["none"]
    if NOT_TOLD.search(text):
        return (
            ["none"]
            if polarity(doc) is False and re.search(r"\bunder 1[1-8]\b", text) and "but" not in text
            else ASK_AGAIN
        )
    still = STILL.search(text)
    text = still.group(0) + " years old" if still else text
    text = NOT_YET.sub(lambda soon: f" aged {max(0, number_in(soon.group(1) or soon.group(2)) - 1)} ", text)
    ages = _ages(text)
    groups = {child_age_group(years) for years in ages if years < ADULT_AT}
    if VERY_YOUNG.search(text) or UNDER_FIVE.search(text):
        groups.add("0-4")
    rest, staged = text, False
    for pattern, named in () if groups - {"0-4"} else AT_SCHOOL:
        if pattern.search(rest) and polarity(doc) is not False:
            groups.update(named)
            rest, staged = pattern.sub(" ", rest), True
    if A_TEENAGER.search(text) and not groups & {"11-15", "16-17"} and polarity(doc) is not False:
        return ASK_AGAIN  # which of two groups is not said, and leaving them out would be wrong
    if staged and any(ADULT_AT <= years < OLDEST for years in ages):
        return ASK_AGAIN
    if groups:
        return [group for group in CHILD_AGE_GROUPS if group in groups]
    if polarity(doc) is False and re.search(r"\b(?:but|except|apart from)\b", text):
        return ASK_AGAIN
    if (
        polarity(doc) is False
        or NO_CHILDREN.search(text)
        or PLAINLY_25_PLUS.search(text)
        or any(ADULT_AT <= years < OLDEST for years in ages)
    ):
        return ["none"]
    return ASK_AGAIN if numbers(doc) or polarity(doc) else None


def _ages(text: str) -> list[int]:
    """Find the numbers that are ages rather than counts: "two boys, 7 and 12" has two of them."""
    text = re.sub(
        rf"\b{N} (?:months?|weeks?|wks?|mths?)\b|\bunder \w+\b|\bhalf (?:the|of the) week\b|\b{N} (?:days|nights|weekends)\b",
        " ",
        text,
    )
    span = SPAN.search(text)
    if span:
        low, high = sorted((int(span.group(1)), int(span.group(2))))
        return list(range(low, min(high, OLDEST) + 1))
    counted = COUNT.search(text)
    given = numbers(read(COUNT.sub(" ", text)))
    leading = re.match(rf"(?:yes,? |we have |i have |i've got |got )?{N}\b\s*([,:(-]|aged|ages)?", text)
    if (
        not counted
        and leading
        and len(given) > 1
        and given[0] == len(given) - 1
        and given[0] == number_in(leading.group(1))
    ):
        word = leading.group(1) in WORD_NUMBERS or leading.group(2) in ("(", ":", "-", "aged", "ages")
        return (
            given[1:]
            if word
            else ([] if child_age_group(given[0]) not in {child_age_group(years) for years in given[1:]} else given[1:])
        )
    if (
        len(given) == 1
        and given[0] <= BARE_COUNT
        and not re.search(
            r"\b(?:aged?|years?|yrs?|yr|yo|is|he'?s|she'?s|turning|old|"
            r"(?:lad|girl|boy|son|daughter|child|one|tot) of)\b",
            text,
        )
    ):
        return []
    spelled = leading and leading.group(1) == "one" and len(given) > 1
    return given[1:] if spelled else given
