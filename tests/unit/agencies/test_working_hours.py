"""Working hours: clock changes, bank holidays, evenings, and what holds for every moment."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry.agencies.agency import Agency, load_agency
from enquiry.agencies.working_hours import (
    NeverOpen,
    add_working_time,
    end_of_working_day,
    is_bank_holiday,
    working_period,
)
from enquiry.dates import LONDON
from enquiry.settings import ROOT

AGENCY = load_agency(ROOT / "data" / "agencies" / "leicestershire.yml")
# hypothesis wants the bounds without a zone and puts it on itself.
FIRST, LAST = (datetime(year, 1, 1) for year in (2024, 2035))  # noqa: DTZ001
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
HOURS = st.floats(0.01, 60, allow_nan=False)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("start", "hours", "end", "because"),
    [
        ("2026-11-23 10:00", 2, "2026-11-23 12:00", "within a Monday"),
        ("2026-11-23 16:00", 2, "2026-11-24 09:30", "over a Monday's end at 5pm"),
        ("2026-11-24 17:30", 2, "2026-11-24 19:30", "a Tuesday is open until 8pm"),
        ("2026-11-24 21:00", 2, "2026-11-25 10:30", "after hours"),
        ("2026-11-23 06:00", 2, "2026-11-23 10:30", "before opening"),
        ("2026-11-27 16:00", 2, "2026-11-30 10:00", "over a weekend"),
        ("2026-11-28 12:00", 2, "2026-11-30 10:30", "on a Saturday"),
        ("2026-12-24 19:00", 2, "2026-12-29 09:30", "over Christmas and its substitute Monday"),
        ("2026-04-02 19:00", 2, "2026-04-07 09:30", "over Good Friday and Easter Monday"),
        ("2026-10-23 16:00", 2, "2026-10-26 10:00", "over the end of summer time"),
        ("2026-03-27 16:00", 2, "2026-03-30 10:00", "over the beginning of summer time"),
        ("2026-11-23 08:30", 8.5, "2026-11-23 17:00", "a whole day"),
        ("2026-11-23 17:00", 0.5, "2026-11-24 09:00", "at the very end of a day"),
    ],
)
def test_a_number_of_working_hours_has_passed(start: str, hours: float, end: str, because: str) -> None:
    assert add_working_time(local(start), hours, AGENCY) == local(end), because


@pytest.mark.parametrize(
    ("now", "end", "because"),
    [
        ("2026-11-23 10:00", "2026-11-23 17:00", "a Monday"),
        ("2026-11-23 07:00", "2026-11-23 17:00", "before opening"),
        ("2026-11-24 18:00", "2026-11-24 20:00", "a late Tuesday"),
        ("2026-11-23 17:00", "2026-11-24 10:30", "after hours: the next day's first two hours"),
        ("2026-11-28 12:00", "2026-11-30 10:30", "a Saturday"),
        ("2026-12-25 12:00", "2026-12-29 10:30", "Christmas Day"),
    ],
)
def test_the_end_of_the_working_day(now: str, end: str, because: str) -> None:
    assert end_of_working_day(local(now), AGENCY) == local(end), because


@given(start=MOMENTS, hours=HOURS)
def test_the_result_is_after_the_start_inside_working_hours_and_never_on_a_bank_holiday(
    start: datetime, hours: float
) -> None:
    end = add_working_time(start, hours, AGENCY)
    day = end.astimezone(LONDON).date()
    period = working_period(day, AGENCY)
    assert end > start
    assert period is not None
    assert period[0] <= end <= period[1]
    assert not is_bank_holiday(day, AGENCY)
    assert end - start >= timedelta(hours=hours) - timedelta(microseconds=1)


@given(start=MOMENTS, later=st.timedeltas(timedelta(0), timedelta(days=20)), hours=HOURS, more=HOURS)
def test_later_or_longer_never_ends_sooner(start: datetime, later: timedelta, hours: float, more: float) -> None:
    end = add_working_time(start, hours, AGENCY)
    assert add_working_time(start + later, hours, AGENCY) >= end
    assert add_working_time(start, hours + more, AGENCY) > end


@given(start=MOMENTS, quarters=st.integers(1, 100), more=st.integers(1, 100))
def test_hours_in_two_parts_end_where_their_sum_ends(start: datetime, quarters: int, more: int) -> None:
    start = start.replace(second=0, microsecond=0)
    halfway = add_working_time(start, quarters / 4, AGENCY)
    assert add_working_time(halfway, more / 4, AGENCY) == add_working_time(start, (quarters + more) / 4, AGENCY)


@given(start=MOMENTS, hours=HOURS)
def test_the_working_time_between_start_and_end_is_what_was_asked_for(start: datetime, hours: float) -> None:
    end = add_working_time(start, hours, AGENCY)
    passed = timedelta()
    day = start.astimezone(LONDON).date()
    while day <= end.astimezone(LONDON).date():
        period = working_period(day, AGENCY)
        if period is not None:
            passed += max(timedelta(), min(period[1], end) - max(period[0], start))
        day += timedelta(days=1)
    assert passed == timedelta(hours=hours)


def test_an_agency_that_is_never_open_is_an_error_not_an_endless_search() -> None:
    closed: Agency = dataclasses.replace(AGENCY, working_hours={})
    with pytest.raises(NeverOpen):
        add_working_time(local("2026-11-23 10:00"), 2, closed)
    with pytest.raises(NeverOpen):
        end_of_working_day(local("2026-11-23 10:00"), closed)
