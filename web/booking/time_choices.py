"""Dates of events and times for visits to choose from, as the booking pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from enquiry.dates import clock, clock_span, day_in_words, in_words, local
from enquiry.store.models import Event

# From this many places on nobody has to hurry, and the exact number is nobody's business.
PLENTY = 6
NOON, EVENING = 12, 17


@dataclass(frozen=True)
class Date:
    """An information event to choose."""

    id: str
    title: str
    venue: str
    day: str
    hours: str
    when: str
    left: int
    is_online: bool

    @classmethod
    def of(cls, event: Event) -> Date:
        """Take what is shown from a row. How to join an online event is for those with a place."""
        return cls(
            id=event.id,
            title=event.title,
            venue=event.venue,
            day=day_in_words(event.starts_at),
            when=in_words(event.starts_at),
            hours=clock_span(event.starts_at, event.ends_at),
            left=event.places - event.taken,
            is_online=event.online_url is not None,
        )

    @property
    def places(self) -> str:
        """The name of the sentence for how many places are left."""
        if self.left >= PLENTY:
            return "places_plenty"
        return {0: "places_none", 1: "places_one"}.get(self.left, "places_few")


@dataclass(frozen=True)
class FreeTime:
    """A time for a visit: its moment as a form sends it, and as people say it."""

    at: str
    clock: str
    when: str


@dataclass(frozen=True)
class Day:
    """The free times of one day, by part of the day (`morning`, `afternoon`, `evening`)."""

    day: str
    parts: tuple[tuple[str, tuple[FreeTime, ...]], ...]


def free_time(moment: datetime) -> FreeTime:
    """A moment to choose."""
    return FreeTime(moment.isoformat(), clock(moment), in_words(moment))


def by_day(moments: Sequence[datetime]) -> tuple[Day, ...]:
    """Moments in order, grouped by day and part of the day."""
    days = groupby(moments, key=lambda moment: local(moment).date())
    return tuple(_day(list(of_day)) for _, of_day in days)


def _day(moments: list[datetime]) -> Day:
    parts = groupby(moments, key=_part_of)
    return Day(day_in_words(moments[0]), tuple((part, tuple(map(free_time, of_part))) for part, of_part in parts))


def _part_of(moment: datetime) -> str:
    hour = local(moment).hour
    return "morning" if hour < NOON else "afternoon" if hour < EVENING else "evening"
