"""A visitor's hours as staff type them."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry.bookings.visits.hours import HoursBackwards, HoursOverlap, HoursUnreadable, hours_typed, hours_written

MORNING, EVENING = (time(10), time(15, 30)), (time(17, 30), time(19))


@pytest.mark.parametrize(
    "text",
    [
        "10:00-15:30, 17:30-19:00",
        "17:30-19:00,10:00-15:30",
        "10 to 15.30; 17.30 to 19",
        "10am-3:30pm and 5:30pm-7pm",
        "10:00 \u2013 15:30, 17:30 \u2014 19:00",
        " 10:00 until 15:30 , 17:30 until 19:00, ",
    ],
)
def test_hours_are_read_however_they_are_written(text: str) -> None:
    assert hours_typed(text) == (MORNING, EVENING)


@pytest.mark.parametrize("text", ["", "  ", ",", ";"])
def test_an_empty_day_has_no_hours(text: str) -> None:
    assert hours_typed(text) == ()


@pytest.mark.parametrize(
    "text",
    ["mornings", "10:00", "10:00-", "25:00-26:00", "10:60-11:00", "13pm-14pm", "0am-1am", "-", "9-10," * 5, "x" * 9999],
)
def test_what_is_no_hours_is_refused(text: str) -> None:
    with pytest.raises(HoursUnreadable):
        hours_typed(text)


def test_hours_that_end_before_they_begin_or_overlap_are_told_apart() -> None:
    for text in ("15:00-10:00", "10:00-10:00"):
        with pytest.raises(HoursBackwards):
            hours_typed(text)
    with pytest.raises(HoursOverlap):
        hours_typed("10:00-12:00, 11:59-13:00")
    assert hours_typed("10:00-12:00, 12:00-13:00") == ((time(10), time(12)), (time(12), time(13)))


@given(
    st.lists(st.integers(0, 24 * 60 - 1), min_size=2, max_size=8, unique=True).filter(
        lambda minutes: len(minutes) % 2 == 0
    )
)
def test_what_is_written_is_read_again(minutes: list[int]) -> None:
    times = [f"{minute // 60:02d}:{minute % 60:02d}" for minute in sorted(minutes)]
    spans = list(zip(times[::2], times[1::2], strict=True))
    assert [(f"{opens:%H:%M}", f"{closes:%H:%M}") for opens, closes in hours_typed(hours_written(spans))] == spans


@given(st.text(max_size=40))
def test_any_text_is_hours_or_a_named_trouble(text: str) -> None:
    try:
        hours_typed(text)
    except (HoursUnreadable, HoursBackwards, HoursOverlap):
        return
