"""Texts go out between 8am and 8pm where the service is, also when the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry.agencies.texting_hours import is_text_hour, when_to_text
from enquiry.dates import LONDON


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        ("2026-11-23T08:00", "2026-11-23T08:00"),
        ("2026-11-23T07:59", "2026-11-23T08:00"),
        ("2026-11-23T19:59", "2026-11-23T19:59"),
        ("2026-11-23T20:00", "2026-11-24T08:00"),
        ("2026-11-23T00:00", "2026-11-23T08:00"),
        ("2026-12-31T23:30", "2027-01-01T08:00"),
        ("2028-02-28T21:00", "2028-02-29T08:00"),
        ("2026-03-28T20:00", "2026-03-29T08:00"),  # the clocks go forward in this night
        ("2026-10-24T20:00", "2026-10-25T08:00"),  # and back in this one
        ("2026-10-25T01:30", "2026-10-25T08:00"),  # an hour there is twice
    ],
)
def test_a_text_goes_at_once_by_day_and_at_eight_after_a_night(asked: str, goes: str) -> None:
    assert when_to_text(local(asked)) == local(goes)


def test_a_night_in_which_the_clocks_change_is_an_hour_shorter_or_longer() -> None:
    lasts = [
        when_to_text(local(evening)) - local(evening).astimezone(UTC)
        for evening in ("2026-03-28T20:00", "2026-10-24T20:00")
    ]
    assert lasts == [timedelta(hours=11), timedelta(hours=13)]


@given(st.integers(0, 4 * 366 * 24 * 60))
def test_no_text_ever_goes_at_night_or_early_and_none_waits_longer_than_a_night(minutes: int) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    goes = when_to_text(moment)
    assert is_text_hour(goes)
    assert moment <= goes <= moment + timedelta(hours=13)
    assert (goes == moment) == is_text_hour(moment)
