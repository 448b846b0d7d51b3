"""Times for initial visits: hours, notice, leave, clock changes, and what holds whatever is booked."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from enquiry.agencies.agency import load_agency
from enquiry.agencies.working_hours import is_bank_holiday
from enquiry.bookings.visits.slots import Busy, Slot, VisitorPlan, Window, free_slots, spread, visitors_for
from enquiry.dates import LONDON
from enquiry.settings import ROOT

AGENCY = load_agency(ROOT / "data" / "agencies" / "leicestershire.yml")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TEN_TO_THREE = ((time(10), time(15)),)
WEEKDAYS = {day: TEN_TO_THREE for day in range(5)}
ANNA = VisitorPlan("anna", WEEKDAYS, visit=90 * MINUTE, buffer=30 * MINUTE, most_a_day=2)
BEN = dataclasses.replace(ANNA, id="ben")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def window(opens: str, closes: str) -> Window:
    return Window(local(opens), local(closes))


def no_day_off(day: date) -> bool:
    return False


def bank_holiday(day: date) -> bool:
    return is_bank_holiday(day, AGENCY)


def booked(visitor: str, starts_at: str, minutes: int = 120) -> Busy:
    start = local(starts_at)
    return Busy(visitor, start.astimezone(LONDON).date(), start, start + minutes * MINUTE)


def clock(moments: Iterable[datetime]) -> list[str]:
    return [f"{moment.astimezone(LONDON):%H:%M}" for moment in moments]


def starts(slots: Iterable[Slot]) -> list[str]:
    return clock(slot.starts_at for slot in slots)


# Monday 23 November 2026.
MONDAY = window("2026-11-23 00:00", "2026-11-23 23:59")


def test_a_visit_begins_every_half_hour_and_ends_within_the_hours() -> None:
    slots = free_slots([ANNA], [], MONDAY, no_day_off)
    assert starts(slots) == ["10:00", "10:30", "11:00", "11:30", "12:00", "12:30", "13:00", "13:30"]
    assert slots[0] == Slot(
        "anna", local("2026-11-23 10:00"), local("2026-11-23 11:30"), local("2026-11-23 12:00"), date(2026, 11, 23)
    )
    assert all(moment.tzinfo is UTC for slot in slots for moment in (slot.starts_at, slot.ends_at, slot.busy_until))


def test_the_way_is_kept_free_before_and_after_a_booked_visit() -> None:
    # Booked 12:00 to 13:30, on the way until 14:00; a visit before it has to leave time for the way as well.
    assert starts(free_slots([ANNA], [booked("anna", "2026-11-23 12:00")], MONDAY, no_day_off)) == ["10:00"]
    assert starts(free_slots([ANNA], [booked("anna", "2026-11-23 13:30")], MONDAY, no_day_off)) == [
        "10:00",
        "10:30",
        "11:00",
        "11:30",
    ]
    assert starts(free_slots([ANNA], [booked("anna", "2026-11-23 10:00")], MONDAY, no_day_off)) == [
        "12:00",
        "12:30",
        "13:00",
        "13:30",
    ]


def test_what_one_visitor_has_booked_does_not_take_the_time_of_another() -> None:
    slots = free_slots([ANNA, BEN], [booked("anna", "2026-11-23 12:00")], MONDAY, no_day_off)
    assert [slot.visitor for slot in slots if slot.starts_at == local("2026-11-23 12:00")] == ["ben"]


def test_a_long_visit_hides_none_that_began_after_it() -> None:
    taken = [booked("anna", "2026-11-23 09:00", 240), booked("anna", "2026-11-23 09:30", 30)]
    plan = dataclasses.replace(ANNA, most_a_day=9)
    assert starts(free_slots([plan], taken, MONDAY, no_day_off)) == ["13:00", "13:30"]


def test_a_visitor_with_the_most_visits_of_a_day_is_offered_no_more_that_day() -> None:
    taken = [booked("anna", "2026-11-23 08:00", 30), booked("anna", "2026-11-23 18:00", 30)]
    assert free_slots([ANNA], taken, MONDAY, no_day_off) == []
    assert starts(free_slots([ANNA], taken[:1], MONDAY, no_day_off))


def test_on_leave_both_ends_are_counted() -> None:
    away = dataclasses.replace(ANNA, leave=((date(2026, 11, 24), date(2026, 11, 25)),))
    slots = free_slots([away], [], window("2026-11-23 00:00", "2026-11-27 23:59"), no_day_off)
    assert sorted({slot.day.day for slot in slots}) == [23, 26, 27]


def test_notice_and_horizon_are_both_counted_to_the_minute() -> None:
    slots = free_slots([ANNA], [], window("2026-11-23 12:30", "2026-11-24 10:30"), no_day_off)
    assert [(slot.day.day, at) for slot, at in zip(slots, starts(slots), strict=True)] == [
        (23, "12:30"),
        (23, "13:00"),
        (23, "13:30"),
        (24, "10:00"),
        (24, "10:30"),
    ]
    assert starts(free_slots([ANNA], [], window("2026-11-23 12:31", "2026-11-23 23:00"), no_day_off)) == [
        "13:00",
        "13:30",
    ]
    assert free_slots([ANNA], [], window("2026-11-24 00:00", "2026-11-23 00:00"), no_day_off) == []


def test_mornings_and_evenings_are_hours_of_their_own_and_hours_that_overlap_offer_no_time_twice() -> None:
    split = dataclasses.replace(ANNA, pattern={0: ((time(9, 15), time(11)), (time(18), time(20)))})
    assert starts(free_slots([split], [], MONDAY, no_day_off)) == ["09:15", "18:00", "18:30"]
    twice = dataclasses.replace(ANNA, pattern={0: ((time(9), time(11)), (time(9, 30), time(11, 30)))})
    assert starts(free_slots([twice], [], MONDAY, no_day_off)) == ["09:00", "09:30", "10:00"]


def test_hours_too_short_for_a_visit_or_the_wrong_way_round_offer_nothing() -> None:
    odd = dataclasses.replace(ANNA, pattern={0: ((time(10), time(11)), (time(15), time(12)))})
    assert free_slots([odd], [], MONDAY, no_day_off) == []


def test_no_visit_on_a_bank_holiday() -> None:
    christmas = free_slots([ANNA], [], window("2026-12-23 00:00", "2026-12-30 00:00"), bank_holiday)
    # Friday 25 December, and Monday 28 December in place of the Saturday.
    assert sorted({slot.day.day for slot in christmas}) == [23, 24, 29]


def test_the_leap_day_is_a_day_like_others() -> None:
    # 29 February 2028 is a Tuesday.
    slots = free_slots([ANNA], [], window("2028-02-28 00:00", "2028-03-01 23:59"), bank_holiday)
    assert Counter(slot.day for slot in slots) == {date(2028, 2, 28): 8, date(2028, 2, 29): 8, date(2028, 3, 1): 8}


NIGHT = dataclasses.replace(ANNA, pattern={6: ((time(0, 30), time(3, 30)),), **WEEKDAYS}, visit=HOUR)


def test_in_march_the_hour_that_the_clocks_skip_is_not_offered() -> None:
    slots = free_slots([NIGHT], [], window("2027-03-28 00:00", "2027-03-28 23:59"), no_day_off)
    assert starts(slots) == ["00:30", "02:00", "02:30"]
    # An hour is an hour: from half past twelve it ends at half past two on the clock.
    assert clock([slots[0].ends_at]) == ["02:30"]
    assert [slot.starts_at.hour for slot in slots] == [0, 1, 1]
    # With steps of 40 minutes: 1:10 and 1:50 are skipped, and do not come back as 2:10 and 2:50.
    odd = Window(local("2027-03-28 00:00"), local("2027-03-28 23:59"), 40 * MINUTE)
    assert starts(free_slots([NIGHT], [], odd, no_day_off)) == ["00:30", "02:30"]


def test_in_october_the_hour_that_comes_twice_is_offered_once() -> None:
    slots = free_slots([NIGHT], [], window("2027-10-31 00:00", "2027-10-31 23:59"), no_day_off)
    assert starts(slots) == ["00:30", "01:00", "01:30", "02:00", "02:30"]
    assert [f"{slot.starts_at:%d %H:%M}" for slot in slots] == [
        "30 23:30",
        "31 00:00",
        "31 00:30",
        "31 02:00",
        "31 02:30",
    ]


def test_hours_that_end_in_the_skipped_or_the_double_hour_end_the_earlier_way() -> None:
    early = dataclasses.replace(NIGHT, pattern={6: ((time(0), time(1, 30)),)})
    march = free_slots([early], [], window("2027-03-27 12:00", "2027-03-28 23:59"), no_day_off)
    october = free_slots([early], [], window("2027-10-30 12:00", "2027-10-31 23:59"), no_day_off)
    assert march == []
    assert starts(october) == ["00:00", "00:30"]


@pytest.mark.parametrize(
    ("friday", "monday", "hours_of_utc"),
    [("2027-03-26", "2027-03-29", (10, 9)), ("2027-10-29", "2027-11-01", (9, 10))],
)
def test_ten_o_clock_stays_ten_o_clock_when_the_clocks_change(
    friday: str, monday: str, hours_of_utc: tuple[int, int]
) -> None:
    slots = free_slots([ANNA], [], window(f"{friday} 00:00", f"{monday} 23:59"), no_day_off)
    for text, hour in zip((friday, monday), hours_of_utc, strict=True):
        first = next(slot for slot in slots if slot.day == date.fromisoformat(text))
        assert clock([first.starts_at]) == ["10:00"]
        assert first.starts_at.hour == hour


def test_a_step_of_nothing_is_refused_not_searched_for_ever() -> None:
    with pytest.raises(ValueError, match="longer than nothing"):
        Window(MONDAY.opens, MONDAY.closes, timedelta())


def test_slots_are_in_order_of_beginning_then_of_visitor() -> None:
    slots = free_slots([BEN, ANNA], [], MONDAY, no_day_off)
    assert [(slot.starts_at, slot.visitor) for slot in slots] == sorted(
        (slot.starts_at, slot.visitor) for slot in slots
    )


# Who comes.


def order(plans: list[VisitorPlan], busy: list[Busy], area: str | None) -> list[str]:
    slots = free_slots(plans, busy, MONDAY, no_day_off)
    return [slot.visitor for slot in visitors_for(slots, local("2026-11-23 13:00"), busy, plans, area)]


def test_who_prefers_the_area_comes_first_however_it_is_written() -> None:
    near = dataclasses.replace(BEN, areas=frozenset({"blaby", "hinckley and bosworth"}))
    assert order([ANNA, near], [], " Hinckley and Bosworth ") == ["ben", "anna"]
    assert order([ANNA, near], [], "Charnwood") == ["anna", "ben"]
    assert order([ANNA, near], [], None) == ["anna", "ben"]
    # Also when the other has nothing to do all day.
    assert order([ANNA, near], [booked("ben", "2026-11-23 10:00")], "Blaby") == ["ben", "anna"]


def test_among_equals_the_one_with_the_fewest_visits_that_day_then_of_all_comes_first() -> None:
    assert order([ANNA, BEN], [], "Blaby") == ["anna", "ben"]
    assert order([ANNA, BEN], [booked("anna", "2026-11-23 10:00")], "Blaby") == ["ben", "anna"]
    assert order([ANNA, BEN], [booked("anna", "2026-11-24 10:00")], "Blaby") == ["ben", "anna"]
    that_day_counts_more = [
        booked("anna", "2026-11-23 10:00"),
        *(booked("ben", f"2026-11-2{day} 10:00") for day in (4, 5, 6)),
    ]
    assert order([ANNA, BEN], that_day_counts_more, "Blaby") == ["ben", "anna"]


def test_at_a_moment_when_nobody_is_free_nobody_comes() -> None:
    assert visitors_for(free_slots([ANNA], [], MONDAY, no_day_off), local("2026-11-23 10:10"), [], [ANNA], None) == []


# What is offered at first.


def test_the_first_offers_are_on_different_days_at_different_times() -> None:
    slots = free_slots([ANNA, BEN], [], window("2026-11-23 00:00", "2026-12-23 00:00"), no_day_off)
    offered = spread([slot.starts_at for slot in slots], 6)
    assert len({moment.date() for moment in offered}) == 6
    assert len(set(clock(offered))) == 6
    assert any(at < "11:00" for at in clock(offered[:3]))
    assert any(at > "12:30" for at in clock(offered[:3]))


def test_a_second_time_on_a_day_is_offered_only_when_every_day_has_one() -> None:
    moments = [local(f"2026-11-{day} {hour}:00") for day, hours in ((23, (10, 11, 12)), (24, (10,))) for hour in hours]
    assert clock(spread(moments, 2)) == ["10:00", "10:00"]
    assert spread(moments, 3) == [moments[0], moments[2], moments[3]]
    assert spread(moments, 9) == moments
    assert spread(moments, 0) == []
    assert spread([], 3) == []
