"""Moments as staff read them: Europe/London, GOV.UK style. The store keeps UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from enquiry.agencies.agency import LONDON


@dataclass(frozen=True)
class TimeLeft:
    """How long until something is due, or how long it is overdue: whole days, hours and minutes."""

    overdue: bool
    days: int
    hours: int
    minutes: int


def time_left(due_by: datetime, now: datetime) -> TimeLeft:
    """Minutes are rounded down either way, so "due in 0 minutes" is the last minute."""
    minutes = int((due_by - now).total_seconds() // 60) if due_by >= now else int((now - due_by).total_seconds() // 60)
    return TimeLeft(due_by < now, minutes // 1440, minutes // 60 % 24, minutes % 60)


def local(at: datetime) -> datetime:
    """The same moment on a clock in the agency's office."""
    return at.astimezone(LONDON)


def clock(at: datetime) -> str:
    """A time of day, such as 9am or 6:30pm."""
    here = local(at)
    minutes = f":{here.minute:02d}" if here.minute else ""
    return f"{here.hour % 12 or 12}{minutes}{'am' if here.hour < 12 else 'pm'}"


def day(at: datetime | date) -> str:
    """A day in full, such as Wednesday 25 November 2026."""
    here = local(at) if isinstance(at, datetime) else at
    return f"{here:%A} {here.day} {here:%B %Y}"


def short_day(at: datetime | date) -> str:
    """A day in a list, such as Wed 25 Nov."""
    here = local(at) if isinstance(at, datetime) else at
    return f"{here:%a} {here.day} {here:%b}"


def moment(at: datetime) -> str:
    """A day and a time in a list, such as Wed 25 Nov, 6:30pm."""
    return f"{short_day(at)}, {clock(at)}"


def iso(at: datetime) -> str:
    """For a machine: the datetime attribute of a time element."""
    return local(at).isoformat(timespec="minutes")
