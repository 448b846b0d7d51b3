"""Find the date that a whole message tells among other things: "Dawn, 9 December, just me", "no Saturdays? go on then, the 20th".

Pure. A message is looked at piece by piece, since what it says beside the date has numbers and days of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from enquiry.agencies.agency import WEEKDAYS
from enquiry.conversations.date_phrases.choose import Offer, fits, names_a_date, names_a_weekday
from enquiry.conversations.date_phrases.days import DAY, DAY_IN_FULL, MONTH, MONTHS, NUMERIC_DATE, WEEKEND

PIECE = re.compile(r"[.,;!?](?=\s|$)|\n|\s-+\s|\b(?:and|but|then|so|because|cos)\b")
# How many come is no day of the month.
PEOPLE = re.compile(
    r"\b(?:\d|one|two|three|four) (?:of us|people|persons?|adults?|places?|seats?|tickets?|spaces?)\b|"
    r"\bfor (?:just |only |the )*\d\b(?!(?:st|nd|rd|th)|[/.:]| ?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|am|pm))"
)
# When to ring, when somebody can't, and when they were born: none of these is a date they choose.
OF_SOMETHING_ELSE = re.compile(
    r"\b(?:call|ring|phone|text|message|reach|contact|e-?mail|born|birthday|away|busy|holiday|booked|not free|"
    r"can'?t|cannot|couldn'?t|won'?t|not|isn'?t|instead of|rather than|no longer|(?:19|20)\d\d)\b"
)
NONE_ON = re.compile(r"\b(?:no|any|none|nothing|anything)\b")
# "Sat" and "sun" are words of their own: nobody is told that there is no event on one.
FULL_WEEKDAY = re.compile(r"\b((?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b")
MONTH_NAMES = "January February March April May June July August September October November December".split()
DATE, DAY_OF_WEEK, IN_MONTH = "date", "day", "month"


@dataclass(frozen=True)
class Missed:
    """A day that is named and on which nothing is offered: "Saturday", "12 December", "March"; `kind` says which of these."""

    kind: str
    name: str


@dataclass(frozen=True)
class DateTold:
    """The one offer that a message means, by its id, and what it names that there is none on."""

    offer: str | None = None
    missed: Missed | None = None


def date_told(text: str, offers: Sequence[Offer], now: datetime) -> DateTold:
    """Find the date that a message tells. Where it could mean two of those on offer, it tells none.

    Args:
        text: what was typed.
        offers: every date there is, not only those with a button.
        now: the present moment.
    """
    meant: set[str] = set()
    missed: Missed | None = None
    for piece in _pieces(text):
        asked_for = NONE_ON.sub(" ", piece)  # "no Saturdays?" asks for one, and chooses none
        fitting = fits(asked_for, offers, now) or []
        if len(fitting) == 1 and asked_for == piece:
            meant.add(fitting[0].id)
        elif not fitting:
            missed = missed or _named(piece)
    return DateTold(meant.pop() if len(meant) == 1 else None, missed)


def without_people(text: str) -> str:
    """Take out how many come, which is no day of the month: "2 of us"."""
    return PEOPLE.sub(" ", text)


def _pieces(text: str) -> list[str]:
    plain = " ".join(text.replace("\u2019", "'").lower().split())
    pieces = (PEOPLE.sub(" ", piece).strip() for piece in PIECE.split(plain))
    return [piece for piece in pieces if _names_a_day(piece) and not OF_SOMETHING_ELSE.search(piece)]


def _names_a_day(piece: str) -> bool:
    return names_a_date(piece) or names_a_weekday(piece) or WEEKEND.search(piece) is not None


def _named(piece: str) -> Missed | None:
    """Say the day that a piece of a message names, as a sentence has it."""
    weekday = FULL_WEEKDAY.search(piece)
    day_name = _weekday(weekday.group(1)) if weekday else "weekend" if WEEKEND.search(piece) else ""
    if numeric := NUMERIC_DATE.search(piece):
        return Missed(DATE, numeric.group(0))
    month = MONTH.search(piece)
    month_name = MONTH_NAMES[MONTHS.index(next(filter(None, month.groups()))[:3])] if month else ""
    day = DAY_IN_FULL.search(piece) or (DAY.search(piece) if month else None)
    if day and month:
        return Missed(DATE, " ".join(part for part in (day_name if weekday else "", day.group(1), month_name) if part))
    if day:
        return Missed(DATE, f"the {day.group(0)}")
    if month:
        return Missed(IN_MONTH, month_name)
    return Missed(DAY_OF_WEEK, day_name) if day_name else None


def _weekday(said: str) -> str:
    return next(day for day in WEEKDAYS if day.startswith(said[:3])).capitalize()
