"""Ages as people tell them, and the age groups of adults and of children."""

from __future__ import annotations

import re

from bot.text.numbers import N, number_in, numbers
from bot.text.reading import read

NOT_THIS_NUMBER = re.compile(rf"(?:,|\b(?:and|it'?s|was|its))?\s*\bnot {N}\b(?! yet)")  # "two, not three"
YOUNGEST, OLDEST = 5, 110  # numbers outside are not ages of people who type
ADULT_AT = 18
PLAINLY_25_PLUS = re.compile(
    r"\b(?:thirties|forties|fifties|sixties|seventies|eighties|[3-8]0'?s|middle[- ]aged|pensioner|oap|big (?:three|four|five|six|"
    r"seven|3|4|5|6|7)[- ]?(?:oh?|0)|late (?:20'?s|"
    r"twenties))\b"
)
NOT_AN_AGE = re.compile(
    rf"\bfor (?:over |about |nearly )?{N} (?:years?|yrs|months)\b(?! old)|\b{N} (?:years?|yrs|months) (?:ago|together|"
    rf"married|now|experience|later|of)\b|"
    rf"\b{N} (?:kids|children|sons|daughters|boys|girls|bed\w*|dogs?|cats?)\b|\b(?:mum|mother|dad|father|nan\w*|gran\w*|grand\w+|"
    rf"aunt\w*|parent) (?:of|to) (?:1?\d\b(?!\d)|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
)
CHILD_WORDS = re.compile(
    r"\b(?:kids?|children|child|sons?|daughters?|boys?|girls?|teenagers?|toddler|baby|babies|little ones?|twins)\b"
)
MY_AGE = re.compile(
    rf"\b(?:i'?m|i am|i'?ll be|i was|i turn(?:ed)?|me|aged?|both)\b(?: (?:are|only|just|now|nearly|almost|over|turned|about|"
    rf"already|a|actually|is))* {N}\b"
)
NEARLY = re.compile(
    rf"\b(?:turn|turning|nearly|almost|soon be|soon|will be|i'?ll be|about to be|coming up(?: to)?|going on|not yet|not quite|"
    rf"short of|a (?:bit|little|tad) off|next)\b[^.\d]{{0,12}}\b{N}\b|\bnot {N} yet\b|\b{N}(?:st|nd|rd|th)\b.{{0,12}}\b(?:next|soon|in)\b|"
    rf"\b{N} (?:next (?:week|month|year)|in (?:a|\d+|two|three|six) (?:weeks?|months?))\b"
)
CHILD_AGE_GROUPS = ("0-4", "5-10", "11-15", "16-17")
SCHOOL_YEAR = re.compile(rf"\b(?:in )?(?:year|yr) {N}\b(?! old)")
STARTS_SCHOOL_AT = 5  # most of the children of year 3 are 8 by its end


def age_group(years: int) -> str:
    """The age group of an age in years."""
    if years < 18:
        return "under_18"
    if years <= 20:
        return "18_20"
    return "21_24" if years <= 24 else "25_plus"


def child_age_group(years: int) -> str:
    """The age group of a child's age in years."""
    if years <= 4:
        return "0-4"
    if years <= 10:
        return "5-10"
    return "11-15" if years <= 15 else "16-17"


def age_group_told(typed: str) -> str | None:
    """The age group of the one adult whose age a text tells ("34 next month"), or None where it could be two.

    Args:
        typed: a normalised text. Where it speaks of somebody else, the caller has written "i'm" in their place.
    """
    text = NOT_AN_AGE.sub(" ", NOT_THIS_NUMBER.sub(" ", re.sub(rf"\b{N} going on {N}\b", r"\1", typed)))
    if re.search(r"\b19\d\d\b", text) or PLAINLY_25_PLUS.search(text):
        return "25_plus"
    if re.search(r"\b(?:early|mid|late)?[- ]?(?:20'?s|twenties|teens?|(?:twenty|20)[- ](?:something|odd))\b", text):
        return None
    given = [number for number in numbers(read(text)) if YOUNGEST <= number <= OLDEST]
    if re.search(r"\b(?:my|our) (?:\w+ )?[a-z]+", text) and not re.search(
        r"\b(?:i|i'?m|me|we|we'?re|both|birthday|age|own|\d+(?:st|nd|rd|th))\b", text
    ):
        return None  # somebody else's age
    limit = re.search(rf"\b(over|above|older than|more than|under|below|younger than|less than|at least)\s+{N}\b", text)
    if limit and len(given) == 1:
        return _beyond(limit.group(1), given[0])
    if not given:
        return None
    today = re.search(rf"\b{N} (?:now|currently|at the moment|today)\b|\b(?:now|currently) {N}\b", text)
    if today:
        return age_group(number_in(next(group for group in today.groups() if group)))
    if NEARLY.search(text):
        return age_group(given[0] - 1) if len(given) == 1 else None
    if re.search(r"ish\b|\b(?:about|around|roughly|approx\w*|ish)\b", text):
        groups = {age_group(number + wide) for number in given for wide in (-2, 2)}
        return groups.pop() if len(groups) == 1 else None
    return _own_group(text, given)


def _own_group(text: str, given: list[int]) -> str | None:
    own = MY_AGE.search(text)
    adults = {age_group(number) for number in given if number >= ADULT_AT}
    if own:
        mine = numbers(read(own.group(1)))
        groups = (
            {age_group(number) for number in given if number in mine}
            if own.group(1).isdigit()
            else {age_group(given[0])}
        )
        groups |= adults
        return groups.pop() if len(groups) == 1 else None
    if any(number < ADULT_AT for number in given) and adults:
        return adults.pop() if len(adults) == 1 and CHILD_WORDS.search(text) else None
    groups = {age_group(number) for number in given}
    return groups.pop() if len(groups) == 1 else None


def _beyond(word: str, bound: int) -> str | None:
    if word in ("under", "below", "younger than", "less than"):
        return "under_18" if bound <= ADULT_AT else None
    return "25_plus" if age_group(bound) == "25_plus" else None
