"""Reading of what a message tells of coming to an event, whatever it was asked: how many, what to get ready, whether it names a day.

Asked how many come, a person may say nearly anything (bot/answers/readers/event_places.py). Unasked it has to be plain, because what is
kept is not asked any more: a number counts only with the words that say whom it counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.answers.ages import CHILD_WORDS
from bot.answers.languages import language_named
from bot.answers.needs import NOT_NEEDED
from bot.text.coming_words import ALONE, COUNTED, DAY_NAMED, TWO
from bot.text.names import could_be_a_name
from bot.text.numbers import N, number_in
from bot.text.questions import is_question
from bot.text.reading import read

MOST_PEOPLE = 9  # a larger number counts something else
# What was so and is so no more: "not 2 of us", "instead of the two of us".
TAKEN_BACK = re.compile(
    rf"\b(?:not|instead of|rather than|was|were|no longer)(?: for)?(?: just| only| the)? (?:{N} of us|me\b|two\b|\d\b)"
)
AND_WHO = re.compile(r"\b(?:just |only )?(?:me|myself) (?:and|n|&|\+|plus) (?P<who>[^\W\d_][\w'-]*)")
# At home it counts who lives there, and not who comes.
OF_THE_HOME = re.compile(
    r"\b(?:liv(?:e|es|ing)|at home|household|in the house|raised|brought up|bedrooms?|foster\w*)\b"
)
NEEDED = {
    "step_free": re.compile(
        r"\b(?:wheel ?chair|ramp|step[- ]?free|(?:disabled|level) (?:access|entrance)|no (?:steps|stairs)|"
        r"(?:can'?t|cannot|can not) (?:do|manage|climb|use) (?:the )?(?:steps|stairs)|crutches|walking frame|blue badge)\b"
    ),
    "hearing_loop": re.compile(r"\b(?:hearing loop|loop system|hearing aids?|hard of hearing)\b"),
    "large_print": re.compile(r"\b(?:large|big) print\b"),
    "interpreter": re.compile(r"\b(?:interpreter|translator|bsl|sign language)\b"),
}


@dataclass(frozen=True)
class Coming:
    """Who comes to an event and what to get ready for them, as far as a message tells; `day` says whether it names a day."""

    people: int | None = None
    needs: tuple[str, ...] = ()
    language: str | None = None
    day: bool = False

    @property
    def told(self) -> bool:
        """Check whether it tells anything."""
        return self.people is not None or bool(self.needs) or self.day


def coming_in(text: str) -> Coming:
    """Find what a normalised text tells of coming to an event."""
    needs = _needs_in(text)
    language = language_named(text) if "interpreter" in needs else None
    return Coming(people_in(text), needs, language, DAY_NAMED.search(text) is not None)


def people_in(text: str) -> int | None:
    """Count who comes; None where it isn't told plainly, where two numbers are told, and where children would have to be counted."""
    said = TAKEN_BACK.sub(" ", text)
    if CHILD_WORDS.search(said) or OF_THE_HOME.search(said):
        return None
    counts = {number_in(match.group(1)) for pattern in COUNTED for match in pattern.finditer(said)}
    named = AND_WHO.search(said)
    if TWO.search(said) or (named is not None and _is_a_name(named.group("who"))):
        counts.add(2)
    elif ALONE.search(said) and named is None:
        counts.add(1)
    counts = {count for count in counts if 0 < count <= MOST_PEOPLE}
    return counts.pop() if len(counts) == 1 else None


def _needs_in(text: str) -> tuple[str, ...]:
    wanted = NOT_NEEDED.sub(" ", text)
    if is_question(read(text)) and not re.search(r"\bneeds?\b", wanted):
        return ()  # "do you have a ramp" asks; the question what to get ready still comes
    return tuple(need for need, pattern in NEEDED.items() if pattern.search(wanted))


def _is_a_name(word: str) -> bool:
    return could_be_a_name(word.capitalize())
