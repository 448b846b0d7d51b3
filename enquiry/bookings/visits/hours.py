"""A visitor's hours of one day as staff type them: "10:00-15:30, 17:30-19:00"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time
from itertools import pairwise

# One part of a day: "10:00-15:30", "10 to 15.30", "9.30am-3pm". Phones write longer dashes by themselves.
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?"
_PART = re.compile(rf"{_CLOCK}\s*(?:-|\u2013|\u2014|to|until)\s*{_CLOCK}", re.IGNORECASE)
MOST_PARTS = 4

Span = tuple[time, time]


class HoursUnreadable(ValueError):
    """What was typed is no list of hours."""


class HoursBackwards(ValueError):
    """A part of the day ends before it begins."""


class HoursOverlap(ValueError):
    """Two parts of the day share some time."""


def hours_typed(text: str) -> tuple[Span, ...]:
    """The parts of a day, in order; none for an empty text.

    Raises:
        HoursUnreadable, HoursBackwards, HoursOverlap: it can't be hours.
    """
    parts = [part.strip() for part in re.split(r"[,;]|\band\b", text, flags=re.IGNORECASE) if part.strip()]
    if len(parts) > MOST_PARTS:
        raise HoursUnreadable(text)
    spans = sorted(_span(part) for part in parts)
    if any(before[1] > after[0] for before, after in pairwise(spans)):
        raise HoursOverlap(text)
    return tuple(spans)


def hours_written(spans: Sequence[Sequence[str]]) -> str:
    """The parts of a day as they are kept, as somebody would type them."""
    return ", ".join(f"{opens}-{closes}" for opens, closes in spans)


def _span(text: str) -> Span:
    found = _PART.fullmatch(text)
    if found is None:
        raise HoursUnreadable(text)
    opens, closes = _time(*found.groups()[:3]), _time(*found.groups()[3:])
    if closes <= opens:
        raise HoursBackwards(text)
    return opens, closes


def _time(hour: str, minute: str | None, half: str | None) -> time:
    number = int(hour)
    if half:
        if not 1 <= number <= 12:
            raise HoursUnreadable(hour)
        number = number % 12 + (12 if half.lower() == "pm" else 0)
    try:
        return time(number, int(minute or 0))
    except ValueError:
        raise HoursUnreadable(hour) from None
