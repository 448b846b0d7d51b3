"""What holds of the times for initial visits, whatever is booked and whoever works when."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from enquiry.agencies.agency import load_agency
from enquiry.agencies.working_hours import is_bank_holiday
from enquiry.bookings.visits.slots import Busy, Slot, VisitorPlan, Window, free_slots, spread
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


FIRST_DAY = date(2027, 3, 22)
PEOPLE = ("anna", "ben", "cora")
QUARTERS = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
PATTERNS = st.dictionaries(
    st.integers(0, 6), st.lists(st.tuples(QUARTERS, QUARTERS), min_size=1, max_size=2).map(tuple), max_size=7
)


@st.composite
def plans_of_visitors(draw: st.DrawFn) -> list[VisitorPlan]:
    chosen = draw(st.lists(st.sampled_from(PEOPLE), unique=True, min_size=1))
    return [
        VisitorPlan(
            person,
            draw(PATTERNS),
            visit=draw(st.integers(1, 12)) * 15 * MINUTE,
            buffer=draw(st.integers(0, 4)) * 15 * MINUTE,
            most_a_day=draw(st.integers(0, 4)),
            leave=tuple(
                (FIRST_DAY + first * DAY, FIRST_DAY + (first + more) * DAY)
                for first, more in draw(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 3)), max_size=1))
            ),
        )
        for person in chosen
    ]


@st.composite
def busy_entries(draw: st.DrawFn) -> Busy:
    start = datetime.combine(FIRST_DAY, time(), UTC) + draw(st.integers(0, 14 * 96)) * 15 * MINUTE
    end = start + draw(st.integers(1, 20)) * 15 * MINUTE
    return Busy(draw(st.sampled_from(PEOPLE)), start.astimezone(LONDON).date(), start, end)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    # Over the beginning of summer time, on 28 March 2027.
    opens = datetime.combine(FIRST_DAY, time(), UTC) + draw(st.integers(0, 5 * 1440)) * MINUTE
    return Window(opens, opens + draw(st.integers(0, 12 * 1440)) * MINUTE, draw(st.sampled_from((15, 30, 40))) * MINUTE)


DAYS_OFF = st.sets(st.integers(0, 20).map(lambda days: FIRST_DAY + days * DAY), max_size=3)
CASES = {
    "plans": plans_of_visitors(),
    "busy": st.lists(busy_entries(), max_size=15),
    "seen": windows(),
    "off": DAYS_OFF,
}


@given(**CASES)
def test_nothing_is_offered_that_overlaps_what_is_booked(
    plans: list[VisitorPlan], busy: list[Busy], seen: Window, off: set[date]
) -> None:
    for slot in free_slots(plans, busy, seen, off.__contains__):
        for entry in busy:
            assert (
                entry.visitor != slot.visitor
                or entry.starts_at >= slot.busy_until
                or entry.busy_until <= slot.starts_at
            )


@given(**CASES)
def test_nothing_is_offered_beyond_the_most_a_day(
    plans: list[VisitorPlan], busy: list[Busy], seen: Window, off: set[date]
) -> None:
    most = {plan.id: plan.most_a_day for plan in plans}
    count = Counter((entry.visitor, entry.day) for entry in busy)
    assert all(
        count[slot.visitor, slot.day] < most[slot.visitor] for slot in free_slots(plans, busy, seen, off.__contains__)
    )


@given(**CASES)
def test_all_that_is_offered_keeps_hours_notice_horizon_leave_and_days_off(
    plans: list[VisitorPlan], busy: list[Busy], seen: Window, off: set[date]
) -> None:
    by_id = {plan.id: plan for plan in plans}
    slots = free_slots(plans, busy, seen, off.__contains__)
    assert len({(slot.visitor, slot.starts_at) for slot in slots}) == len(slots)
    for slot in slots:
        plan = by_id[slot.visitor]
        begins, ends = (moment.astimezone(LONDON).replace(tzinfo=None) for moment in (slot.starts_at, slot.ends_at))
        assert seen.opens <= slot.starts_at <= seen.closes
        assert (slot.ends_at - slot.starts_at, slot.busy_until - slot.ends_at) == (plan.visit, plan.buffer)
        assert begins.date() == ends.date() == slot.day
        assert slot.day not in off
        assert not any(first <= slot.day <= last for first, last in plan.leave)
        assert any(
            opens <= begins.time()
            and ends.time() <= closes
            and (begins - datetime.combine(slot.day, opens)) % seen.step == timedelta()
            for opens, closes in plan.pattern[slot.day.weekday()]
        )


@given(more=busy_entries(), **CASES)
def test_what_is_booked_in_addition_never_adds_a_time(
    plans: list[VisitorPlan], busy: list[Busy], seen: Window, off: set[date], more: Busy
) -> None:
    before = free_slots(plans, busy, seen, off.__contains__)
    after = free_slots(plans, [*busy, more], seen, off.__contains__)
    assert set(after) <= set(before)
    assert [slot for slot in after if slot.visitor != more.visitor] == [
        slot for slot in before if slot.visitor != more.visitor
    ]


@given(chance=st.randoms(use_true_random=False), **CASES)
def test_the_order_of_visitors_and_bookings_does_not_matter(
    plans: list[VisitorPlan], busy: list[Busy], seen: Window, off: set[date], chance: Random
) -> None:
    other_plans, other_busy = list(plans), list(busy)
    chance.shuffle(other_plans)
    chance.shuffle(other_busy)
    assert free_slots(other_plans, other_busy, seen, off.__contains__) == free_slots(
        plans, busy, seen, off.__contains__
    )


@given(**CASES)
@settings(max_examples=60)
def test_once_every_offer_is_booked_in_turn_the_rules_still_hold(
    plans: list[VisitorPlan], busy: list[Busy], seen: Window, off: set[date]
) -> None:
    taken = list(busy)
    fresh: list[Slot] = []
    while slots := free_slots(plans, taken, seen, off.__contains__):
        slot = slots[len(slots) // 2]
        assert all(
            slot.visitor != one.visitor or slot.starts_at >= one.busy_until or one.starts_at >= slot.busy_until
            for one in fresh
        )
        fresh.append(slot)
        taken.append(Busy(slot.visitor, slot.day, slot.starts_at, slot.busy_until))
    most = {plan.id: plan.most_a_day for plan in plans}
    assert all(
        count <= most[visitor] for (visitor, _), count in Counter((slot.visitor, slot.day) for slot in fresh).items()
    )


@given(
    moments=st.lists(
        st.integers(0, 14 * 48).map(lambda half_hours: datetime(2027, 3, 22, tzinfo=UTC) + half_hours * 30 * MINUTE)
    ),
    limit=st.integers(0, 12),
)
def test_what_is_offered_at_first_is_distinct_sorted_and_one_a_day_before_a_second(
    moments: list[datetime], limit: int
) -> None:
    offered = spread(moments, limit)
    assert offered == sorted(set(offered))
    assert set(offered) <= set(moments)
    assert len(offered) == min(limit, len(set(moments)))
    available = Counter(moment.astimezone(LONDON).date() for moment in set(moments))
    shown = Counter(moment.astimezone(LONDON).date() for moment in offered)
    most = max(shown.values(), default=0)
    assert all(shown[day] >= min(number, most - 1) for day, number in available.items())
