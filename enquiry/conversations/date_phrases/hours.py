"""Read the wished time in a text: "Tuesday evening", "next week after 5", "not before 3". Pure; a wish is a list of conditions.

What is said of days is in enquiry/conversations/date_phrases/days.py, what is said of hours here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time

from enquiry.conversations.date_phrases.days import (
    BEFORE_A_DAY,
    FROM_A_DAY,
    UNIT_OF_DAYS,
    Condition,
    days_said,
    excluded_days,
)
from enquiry.dates import LONDON

# A number alone is an hour after "at" or "around" only; elsewhere it may be the day of a month.
CLOCK = re.compile(
    r"\b([0-9]{1,2})(?:[:.]([0-9]{2}))? ?(am|pm)\b|\b([0-9]{1,2})[:.]([0-9]{2})\b|\b([0-9]{1,2}) ?o'?clock\b|"
    r"\b(?:at|around|about) ([0-9]{1,2})(?!st|nd|rd|th|[0-9]|[:.][0-9]| ?(?:am|pm)\b)\b"
)
PARTS_OF_DAY = {
    "morning": range(0, 12),
    "afternoon": range(12, 17),
    "evening": range(17, 24),
    "night": range(17, 24),
    "lunch": range(12, 14),
    "first thing": range(0, 11),
    "last thing": range(16, 24),
}
PART = "|".join(PARTS_OF_DAY)
_T = r"([0-9]{1,2})(?:[:.]([0-9]{2}))? ?(am|pm|o'?clock)?(?!st|nd|rd|th|[0-9])\b"
BETWEEN = re.compile(
    rf"\b(?:between|from) {_T} ?(?:and|-|to|until|till) ?{_T}|\b{_T} ?(?:-|to) ?([0-9]{{1,2}})(?:[:.]([0-9]{{2}}))? ?(am|pm)\b"
)
AFTER = re.compile(rf"\b(?:after|from|past|not before|no earlier than|later than|earliest) (?:about )?{_T}")
BEFORE = re.compile(rf"\b(?:before|by|until|till|not after|no later than|earlier than|latest) (?:about )?{_T}")
_UNIT = rf"(?:{UNIT_OF_DAYS}|(?:{PART})\w*)"
_SMALL = r"(?: (?:on|in|at|a|an|the|any|for|of))*"
EXCEPT = re.compile(
    rf"\b(?:not|no|except|but not|(?:anything|any day|any time) but|can'?t (?:do|make|manage)|cannot (?:do|make|manage))"
    rf"{_SMALL} ({_UNIT}(?: (?:or|and|nor){_SMALL} {_UNIT})*)"
)
# How people say a number or a date that everybody knows.
_HOURS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_HOUR = re.compile(
    rf"\b(after|before|at|around|about|from|until|till|by|past|between|half|half past|and|to) ({'|'.join(_HOURS)})\b(?! of us)|"
    rf"\b({'|'.join(_HOURS)}) ?(am|pm|o'?clock)\b"
)
_HALF = re.compile(r"\bhalf (?:past )?([0-9]{1,2})\b")
# "I work until 5", "the kids are at school 9 to 3", "I get home at half 5": what is free comes after.
_BUSY = r"\b(?:work\w*|school|nursery|college|busy|out|away|shifts?|job|not (?:free|home|in|back))\b[^.,;]{0,20}?"
_BUSY_UNTIL = re.compile(
    rf"{_BUSY} (?:(?:from |between )?[0-9]{{1,2}}(?:[:.][0-9]{{2}})? ?(?:am|pm)? ?(?:-|to|until|till|and)|until|till|til) ?(?=[0-9])|"
    r"\b(?:finish\w*|(?:get|am|'m|be) (?:home|back|in|done)|off work) (?:at|by|around|about) (?=[0-9])"
)
_KNOWN = (
    (re.compile(r"\b(?:noon|mid ?day)\b"), "12pm"),
    (re.compile(r"\bchristmas(?: day)?\b|\bxmas\b"), "25 december"),
    (re.compile(r"\bnew year'?s?(?: day)?\b"), "1 january"),
)


def conditions(text: str, now: datetime | None) -> list[Condition]:
    """Everything a text says of a time; nothing where it says nothing of one.

    Args:
        text: in small letters.
        now: the present moment, for "tomorrow" and "next week"; without it they say nothing.
    """
    today = now.astimezone(LONDON).date() if now is not None else None
    rest = _in_figures(text)
    excluded = [condition for match in EXCEPT.finditer(rest) for condition in _excluded(match.group(1), today)]
    rest = EXCEPT.sub(" ", rest)
    either = [_said(part, today) for part in re.split(r"\bor\b", rest)]
    if len(either) > 1 and all(days and hours for days, hours in either):
        # "Tuesday evening or Thursday morning" is not Tuesday morning.
        return [*excluded, lambda local: any(all(holds(local) for holds in (*days, *hours)) for days, hours in either)]
    days, hours = _said(rest, today)
    return [*excluded, *days, *hours]


def _in_figures(text: str) -> str:
    for pattern, known in _KNOWN:
        text = pattern.sub(known, text)
    text = _HOUR.sub(
        lambda match: f"{match[1]} {_number(match[2])}" if match[1] else f"{_number(match[3])}{match[4]}", text
    )
    return _BUSY_UNTIL.sub(" after ", _HALF.sub(r"\1:30", text))


def _number(said: str) -> int:
    return _HOURS.index(said) + 1


def _excluded(units: str, today: date | None) -> Iterator[Condition]:
    for condition in (*excluded_days(units, today), *_parts_of_day(units)):
        yield lambda local, condition=condition: not condition(local)  # type: ignore[misc]


def _said(text: str, today: date | None) -> tuple[list[Condition], list[Condition]]:
    """What is said of days, and what of hours."""
    bounds = [match.group(0) for pattern in (FROM_A_DAY, BEFORE_A_DAY) for match in pattern.finditer(text)]
    rest = BEFORE_A_DAY.sub(" ", FROM_A_DAY.sub(" ", text))
    hours: list[Condition] = []
    for pattern, read in ((BETWEEN, _between), (AFTER, _after), (BEFORE, _before)):
        for match in pattern.finditer(rest):
            hours += read(*match.groups())
        rest = pattern.sub(" ", rest)
    clocks = list(CLOCK.finditer(rest))
    if clocks:
        hours.append(lambda local: any(_is_at(clock, local) for clock in clocks))
    hours += _parts_of_day(rest)
    return [*days_said(CLOCK.sub(" ", rest), bounds, today)], hours


def _parts_of_day(text: str) -> list[Condition]:
    said = [hours for part, hours in PARTS_OF_DAY.items() if re.search(rf"\b{part}", text)]
    return [lambda local: any(local.hour in hours for hours in said)] if said else []


def _between(*parts: str | None) -> list[Condition]:
    first, last = (parts[:3], parts[3:6]) if parts[0] else (parts[6:9], parts[9:12])
    half = first[2] or (last[2] if parts[0] is None and last[2] == "am" else None)
    begins, ends = _time(first[0], first[1], half), _time(last[0], last[1], last[2])
    return [lambda local: begins <= local.time() <= ends] if begins and ends else []


def _after(hour: str | None, minute: str | None, half: str | None) -> list[Condition]:
    first = _time(hour, minute, half)
    return [lambda local: local.time() >= first] if first else []


def _before(hour: str | None, minute: str | None, half: str | None) -> list[Condition]:
    last = _time(hour, minute, half)
    return [lambda local: local.time() < last] if last else []


def _time(hour: str | None, minute: str | None, half: str | None) -> time | None:
    """A time of day; without "am" or "pm", 1 to 7 are in the afternoon: nobody is visited before eight."""
    number, minutes = int(hour or 24), int(minute or 0)
    if number > 23 or minutes > 59:
        return None
    if half == "pm" and number < 12:
        number += 12
    elif half == "am":
        number %= 12
    elif half != "pm" and 1 <= number <= 7:
        number += 12
    return time(number, minutes)


def _is_at(match: re.Match[str], local: datetime) -> bool:
    """Whether a time of day is this one's; without "am" or "pm" a time may be either."""
    hour = int(match.group(1) or match.group(4) or match.group(6) or match.group(7))
    minute = match.group(2) or match.group(5)
    if minute is not None and int(minute) != local.minute:
        return False
    if match.group(3):
        return hour % 12 + (12 if match.group(3) == "pm" else 0) == local.hour
    return local.hour in (hour, hour + 12)
