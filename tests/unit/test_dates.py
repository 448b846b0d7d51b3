"""Dates and times are said as GOV.UK says them, in local time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry.dates import clock_span, full_day, in_words, month_in_words, short_day, short_moment


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 12, 2, 18, 30, tzinfo=UTC), "Wednesday 2 December at 6:30pm"),
        (datetime(2026, 7, 1, 9, 0, tzinfo=UTC), "Wednesday 1 July at 10am"),
        (datetime(2026, 1, 5, 12, 0, tzinfo=UTC), "Monday 5 January at 12pm"),
        (datetime(2026, 1, 5, 0, 5, tzinfo=UTC), "Monday 5 January at 12:05am"),
    ],
)
def test_a_moment_is_said_in_local_time(moment: datetime, words: str) -> None:
    assert in_words(moment) == words


def test_hours_are_said_from_when_to_when() -> None:
    summer = datetime(2026, 7, 1, 17, 30, tzinfo=UTC), datetime(2026, 7, 1, 19, 0, tzinfo=UTC)
    assert clock_span(*summer) == "6:30pm to 8pm"


@pytest.mark.parametrize(
    ("day", "part"), [(1, "the beginning"), (10, "the beginning"), (11, "the middle"), (31, "the end")]
)
def test_a_day_far_off_is_said_as_a_part_of_its_month(day: int, part: str) -> None:
    assert month_in_words(datetime(2027, 3, day, 12, tzinfo=UTC)) == f"{part} of March 2027"


def test_a_date_without_a_time_is_the_same_day_everywhere() -> None:
    assert full_day(date(2026, 11, 25)) == "Wednesday 25 November 2026"
    assert short_day(date(2026, 11, 25)) == "Wed 25 Nov"


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - the zone is beside them
def test_no_moment_is_said_with_a_dot_or_a_leading_zero(at: datetime) -> None:
    for said in (in_words(at), short_moment(at)):
        assert "." not in said
        assert not any(word.startswith("0") for word in said.split())
