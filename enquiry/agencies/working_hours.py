"""An agency's working hours: what is a working day, and when a number of working hours has passed.

Hours are local time (Europe/London) and bank holidays are days off, so that "two hours" asked for on the evening before a
bank holiday ends in the morning after it, whether or not the clocks change in between.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import holidays

from enquiry.agencies.agency import Agency
from enquiry.dates import LONDON

# Nobody is closed longer; a file with no hours at all would otherwise be searched for ever.
LONGEST_BREAK_DAYS = 60


class NeverOpen(Exception):
    """The agency has no working hours in the next two months."""


def working_period(day: date, agency: Agency) -> tuple[datetime, datetime] | None:
    """When the agency opens and closes on a day (aware UTC), or None on a day off."""
    hours = agency.working_hours.get(day.weekday())
    if hours is None or is_bank_holiday(day, agency):
        return None
    opens = datetime.combine(day, hours.opens, tzinfo=LONDON)
    closes = datetime.combine(day, hours.closes, tzinfo=LONDON)
    return opens.astimezone(UTC), closes.astimezone(UTC)


def is_bank_holiday(day: date, agency: Agency) -> bool:
    """Whether the day is a bank holiday where the agency is, substitute days included."""
    return day in _calendar(agency.bank_holidays)


def add_working_time(start: datetime, hours: float, agency: Agency) -> datetime:
    """The moment at which this many working hours have passed.

    Args:
        start: aware; any hour, also when the agency is closed.
        hours: working hours, more than 0.
    Returns:
        Aware UTC, in working hours.
    Raises:
        NeverOpen: the agency has no working hours in the next two months.
    """
    left = timedelta(hours=hours)
    moment = start.astimezone(UTC)
    while True:
        opens, closes = next_period(moment, agency)
        begin = max(moment, opens)
        if begin + left <= closes:
            return begin + left
        left -= closes - begin
        moment = closes


def end_of_working_day(now: datetime, agency: Agency) -> datetime:
    """When today's work ends; after hours and on days off, two hours into the next working day.

    Raises:
        NeverOpen: the agency has no working hours in the next two months.
    """
    opens, closes = next_period(now.astimezone(UTC), agency)
    if opens.astimezone(LONDON).date() == now.astimezone(LONDON).date():
        return closes
    return min(opens + timedelta(hours=2), closes)


def next_period(moment: datetime, agency: Agency) -> tuple[datetime, datetime]:
    """The working period that is under way or comes next, as opening and closing (aware UTC).

    Raises:
        NeverOpen: there is none in the next two months.
    """
    today = moment.astimezone(LONDON).date()
    for days in range(LONGEST_BREAK_DAYS):
        period = working_period(today + timedelta(days=days), agency)
        if period is not None and period[1] > moment:
            return period
    raise NeverOpen(f"{agency.slug} has no working hours in the next two months.")


@lru_cache(maxsize=8)
def _calendar(place: str) -> holidays.HolidayBase:
    country, _, part = place.partition("-")
    return holidays.country_holidays(country, subdiv=part or None)
