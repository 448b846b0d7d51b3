"""Answers to `ages`: the ages of child that someone has in mind."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.ages import CHILD_AGE_GROUPS, SCHOOL_YEAR, STARTS_SCHOOL_AT, child_age_group
from bot.answers.question import ASK_AGAIN, Question
from bot.text.numbers import N, number_in, numbers
from bot.text.polarity import UNSURE, polarity
from bot.text.questions import is_question
from bot.text.reading import read

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
# "any age really but not babies": every one but those.
EVERY_AGE = re.compile(r"\b(?:any(?:one|thing)?(?: age)?|all(?: ages)?|every(?: age)?|whatever(?: age)?)\b")
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


def ages(question: Question, doc: Doc) -> Any:
    """Read the ages of child someone has in mind: every one that is named."""
    text = YEARS_TO.sub(lambda years: f" {number_in(years.group(1)) + 5} to {number_in(years.group(2)) + 5} ", doc.text)
    text = UP_TO.sub(r"\1 to \2", text)
    if is_question(doc):
        return ASK_AGAIN
    without = re.search(r"^(.*\S.*)\b(?:but |just )?not (.*)$", text)
    if without and _groups_in_words(without.group(1)) and _groups_in_words(without.group(2)) and not numbers(doc):
        left = _groups_in_words(without.group(1)) - _groups_in_words(without.group(2))
        return [group for group in CHILD_AGE_GROUPS if group in left] or ASK_AGAIN
    if (
        without
        and EVERY_AGE.search(without.group(1))
        and not numbers(doc)
        and (none_of := _groups_in_words(without.group(2)))
    ):
        return [group for group in CHILD_AGE_GROUPS if group not in none_of] or ASK_AGAIN
    groups = _groups_in_words(text)
    top = re.search(rf"\b(?:up to|until|till) (?:about |around )?{N}\b", text)
    if groups and top:
        least = CHILD_AGE_GROUPS.index(min(groups, key=CHILD_AGE_GROUPS.index))
        groups = set(
            CHILD_AGE_GROUPS[
                least : CHILD_AGE_GROUPS.index(child_age_group(min(number_in(top.group(1)), OLDEST_CHILD))) + 1
            ]
        )
    else:
        groups |= _groups_in_numbers(
            SCHOOL_YEAR.sub(lambda year: f" {number_in(year.group(1)) + STARTS_SCHOOL_AT} ", text)
        )
    said_not = re.search(
        r"\b(?:not|no|except|apart from|but not|anything but|without|never|nothing|older than me|"
        r"younger than (?:my|mine|our))\b",
        ANY_AGE.sub(" ", text),
    )
    if said_not and groups and not re.search(rf"\b{N}\s*(?:-|to)\s*{N}\b", text):
        return ASK_AGAIN
    found: list[str] = [group for group in CHILD_AGE_GROUPS if group in groups]
    if SIBLINGS.search(text):
        found.append("siblings")
    if found:
        return found
    if ANY_AGE.search(text) or UNSURE.search(text):
        return ["no_idea"]
    return ASK_AGAIN if numbers(doc) or polarity(doc) is not None else None


def _groups_in_words(text: str) -> set[str]:
    found: set[str] = set()
    for pattern, named in AGE_WORDS:
        if pattern.search(text):
            found.update(named)
            text = pattern.sub(" ", text)
    return found


def _groups_in_numbers(typed: str) -> set[str]:
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
        return {child_age_group(years) for years in range(low, min(high, OLDEST_CHILD) + 1)}
    below = re.search(
        rf"\b(?:under|below|less than|younger than|up to|until|no older than)(?: the age of| about|"
        rf" around)? {N}(?:s|'s)?\b",
        re.sub(r"(\d)'?s\b", r"\1", text),
    )
    if below:
        top = number_in(below.group(1)) - (0 if re.search(r"up to|until|no older", below.group(0)) else 1)
        return {child_age_group(years) for years in range(0, min(max(top, 0), OLDEST_CHILD) + 1)}
    above = re.search(
        rf"\b(?:over|above|older than|from|at least) (?:the age of |about )?{N}\b|\b{N} ?(?:\+|plus|and (?:over|up|"
        rf"above|older)|up\b|upwards|onwards|or (?:over|older))",
        re.sub(r"(\d)'?s\b", r"\1", text),
    )
    if above:
        least = number_in(next(group for group in above.groups() if group))
        return {child_age_group(years) for years in range(least, OLDEST_CHILD + 1)}
    given = [number for number in numbers(read(re.sub(r"(\d)'s\b", r"\1", text))) if 0 <= number <= OLDEST_CHILD]
    if (
        len(given) == 1
        and given[0] <= 4
        and not re.search(r"\b(?:age\w*|years?|yrs?|old|about|around|roughly)\b", text)
    ):
        return set()  # may as well be how many
    return {child_age_group(years) for years in given}
