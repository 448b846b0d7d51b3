"""Dates and times as people read them: Europe/London, in the style of GOV.UK ("Wednesday 2 December at 6:30pm"). The store keeps UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class TimeLeft:
    """How long until something is due, or how long it is overdue: whole days, hours and minutes."""

    overdue: bool
    days: int
    hours: int
    minutes: int


def local(at: datetime) -> datetime:
    """Read a moment off a clock in the agency's office."""
    return at.astimezone(LONDON)


def in_words(at: datetime) -> str:
    """Say a moment: `Wednesday 2 December at 6:30pm`."""
    return f"{day_in_words(at)} at {clock(at)}"


def day_in_words(at: datetime) -> str:
    """Say a day that is near: `Wednesday 2 December`."""
    here = local(at)
    return f"{here:%A} {here.day} {here:%B}"


def month_in_words(at: datetime) -> str:
    """Say a day that is far off: `the middle of March 2027`."""
    here = local(at)
    part = ("the beginning", "the middle", "the end")[min((here.day - 1) // 10, 2)]
    return f"{part} of {here:%B %Y}"


def clock(at: datetime) -> str:
    """Say a time of day: `9am`, `6:30pm`."""
    here = local(at)
    minutes = f":{here.minute:02d}" if here.minute else ""
    return f"{here.hour % 12 or 12}{minutes}{'am' if here.hour < 12 else 'pm'}"


def clock_span(starts_at: datetime, ends_at: datetime) -> str:
    """Say from when to when: `6:30pm to 8pm`."""
    return f"{clock(starts_at)} to {clock(ends_at)}"


def full_day(at: datetime | date) -> str:
    """Write a day with its year: `Wednesday 25 November 2026`."""
    here = _day(at)
    return f"{here:%A} {here.day} {here:%B %Y}"


def short_day(at: datetime | date) -> str:
    """Write a day in a list: `Wed 25 Nov`."""
    here = _day(at)
    return f"{here:%a} {here.day} {here:%b}"


def short_moment(at: datetime) -> str:
    """Write a day and a time in a list: `Wed 25 Nov, 6:30pm`."""
    return f"{short_day(at)}, {clock(at)}"


def iso(at: datetime) -> str:
    """Write a moment for a machine: the datetime attribute of a time element."""
    return local(at).isoformat(timespec="minutes")


def time_left(due_by: datetime, now: datetime) -> TimeLeft:
    """Count how long is left. Minutes are rounded down either way, so "due in 0 minutes" is the last minute."""
    minutes = int((due_by - now).total_seconds() // 60) if due_by >= now else int((now - due_by).total_seconds() // 60)
    return TimeLeft(due_by < now, minutes // 1440, minutes // 60 % 24, minutes % 60)


def _day(at: datetime | date) -> date:
    return local(at).date() if isinstance(at, datetime) else at
