"""Times that can be offered for initial visits: hours of work, leave, days off and what is booked already, put together. Pure.

Pure: what is booked and which days are off are passed in. The hours are local time (Europe/London), so that ten o'clock
stays ten o'clock when the clocks change. The store has the last word on who gets a time; this only says what to offer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate

from enquiry.dates import LONDON

Hours = tuple[time, time]

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class VisitorPlan:
    """What the calculation knows of one initial visitor."""

    id: str
    # Day of the week (Monday 0) to hours of visits, local time. Hours do not go over midnight.
    pattern: Mapping[int, tuple[Hours, ...]]
    # Length of a visit, and what is kept free after it for the way to the next.
    visit: timedelta
    buffer: timedelta
    most_a_day: int
    # First and last day, both counted.
    leave: tuple[tuple[date, date], ...] = ()
    # Names of districts in lower case, where this visitor goes first of all. None: anywhere alike.
    areas: frozenset[str] = frozenset()

    def is_away(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.leave)


@dataclass(frozen=True)
class Busy:
    """A visit that is booked or reserved. `day` is its local date; `busy_until` its end with the time for the way."""

    visitor: str
    day: date
    starts_at: datetime
    busy_until: datetime


@dataclass(frozen=True)
class Window:
    """From when to when visits may begin, both counted."""

    # Now and the agency's shortest notice; aware UTC.
    opens: datetime
    # Now and the horizon; aware UTC.
    closes: datetime
    # Counted from the beginning of each of a visitor's working hours.
    step: timedelta = timedelta(minutes=30)

    def __post_init__(self) -> None:
        if self.step <= timedelta():
            raise ValueError("A step is longer than nothing.")


@dataclass(frozen=True)
class Slot:
    """A time at which one visitor could come. Moments are aware UTC, `day` is the local date."""

    visitor: str
    starts_at: datetime
    ends_at: datetime
    busy_until: datetime
    day: date


def free_slots(
    plans: Sequence[VisitorPlan], busy: Sequence[Busy], window: Window, is_day_off: Callable[[date], bool]
) -> list[Slot]:
    """Every time a visit could begin, by beginning and then by visitor.

    Args:
        busy: of these visitors, all that touches the window; others do no harm.
        is_day_off: whether nobody works on a local date, such as a bank holiday.
    """
    visits_a_day = Counter((entry.visitor, entry.day) for entry in busy)
    taken_by_visitor = _by_visitor(busy)
    nothing = _Taken([])
    # Visitors often work the same hours; the clocks need asking only once. A set: hours that overlap give no time twice.
    known: dict[tuple[tuple[Hours, ...], timedelta], set[tuple[datetime, datetime]]] = {}
    slots: list[Slot] = []
    for day in _days(window):
        if is_day_off(day):
            continue
        known.clear()
        for plan in plans:
            hours = plan.pattern.get(day.weekday(), ())
            if not hours or visits_a_day[plan.id, day] >= plan.most_a_day or plan.is_away(day):
                continue
            if (hours, plan.visit) not in known:
                known[hours, plan.visit] = {
                    visit for part in hours for visit in _visits_within(day, part, plan.visit, window)
                }
            taken = taken_by_visitor.get(plan.id, nothing)
            for starts_at, ends_at in known[hours, plan.visit]:
                busy_until = ends_at + plan.buffer
                if not taken.overlaps(starts_at, busy_until):
                    slots.append(Slot(plan.id, starts_at, ends_at, busy_until, day))
    slots.sort(key=lambda slot: (slot.starts_at, slot.visitor))
    return slots


def visitors_for(
    slots: Sequence[Slot], starts_at: datetime, busy: Sequence[Busy], plans: Sequence[VisitorPlan], area: str | None
) -> list[Slot]:
    """The slots that begin at a moment, the best visitor first.

    Best is who goes to the area first of all, then who has the fewest visits that day, then the fewest of all in `busy`;
    the id decides what is left, so that the answer is the same every time.

    Args:
        area: the name of a district in any case, or None when it is not known.
    """
    name = area.strip().lower() if area is not None else None
    prefers = {plan.id for plan in plans if name in plan.areas}
    that_day = Counter((entry.visitor, entry.day) for entry in busy)
    of_all = Counter(entry.visitor for entry in busy)
    return sorted(
        (slot for slot in slots if slot.starts_at == starts_at),
        key=lambda slot: (
            slot.visitor not in prefers,
            that_day[slot.visitor, slot.day],
            of_all[slot.visitor],
            slot.visitor,
        ),
    )


def spread(starts: Sequence[datetime], limit: int) -> list[datetime]:
    """Moments to offer at first, sorted: one a day at changing times of day, before there is a second on any day.

    Somebody who works in the mornings should find an afternoon among the first few, and the other way round.

    Args:
        starts: aware; two visitors who are free at the same moment are one choice.
    """
    days: defaultdict[date, list[datetime]] = defaultdict(list)
    for moment in sorted(set(starts)):
        days[moment.astimezone(LONDON).date()].append(moment)
    left = [days[day] for day in sorted(days)]
    chosen: list[datetime] = []
    used: list[int] = []
    while len(chosen) < limit and any(left):
        for day in left:
            if day and len(chosen) < limit:
                moment = min(day, key=lambda moment: _likeness(_minute_of_day(moment), used))
                day.remove(moment)
                chosen.append(moment)
                used.append(_minute_of_day(moment))
    return sorted(chosen)


class _Taken:
    """The busy times of one visitor, to be asked quickly. They may overlap one another."""

    def __init__(self, entries: Sequence[Busy]) -> None:
        entries = sorted(entries, key=lambda entry: entry.starts_at)
        self._starts = [entry.starts_at for entry in entries]
        # The latest end of all that began so far: what begins before a moment and ends after another is seen at a glance.
        self._latest = list(accumulate((entry.busy_until for entry in entries), max))

    def overlaps(self, starts_at: datetime, busy_until: datetime) -> bool:
        begun = bisect_left(self._starts, busy_until)
        return begun > 0 and self._latest[begun - 1] > starts_at


def _by_visitor(busy: Sequence[Busy]) -> dict[str, _Taken]:
    entries: defaultdict[str, list[Busy]] = defaultdict(list)
    for entry in busy:
        entries[entry.visitor].append(entry)
    return {visitor: _Taken(own) for visitor, own in entries.items()}


def _days(window: Window) -> Iterator[date]:
    day = window.opens.astimezone(LONDON).date()
    last = window.closes.astimezone(LONDON).date()
    while day <= last:
        yield day
        day += _DAY


def _visits_within(day: date, hours: Hours, length: timedelta, window: Window) -> Iterator[tuple[datetime, datetime]]:
    """Beginning and end (aware UTC) of every visit of a length that fits into hours of a day and begins in the window."""
    opens, closes = (datetime.combine(day, at) for at in hours)
    # A closing time that the clocks skip or have twice is taken the earlier way: nobody works longer than they said.
    latest_end = min(closes.replace(tzinfo=LONDON, fold=fold).astimezone(UTC) for fold in (0, 1))
    local = opens
    while local < closes:
        starts_at = _moment(local)
        if starts_at is not None and window.opens <= starts_at <= window.closes and starts_at + length <= latest_end:
            yield starts_at, starts_at + length
        local += window.step


@lru_cache(maxsize=8192)
def _moment(local: datetime) -> datetime | None:
    """A local time as aware UTC: the first of two in October, None for one that is skipped in March."""
    moment = local.replace(tzinfo=LONDON).astimezone(UTC)
    return moment if moment.astimezone(LONDON).replace(tzinfo=None) == local else None


def _minute_of_day(moment: datetime) -> int:
    local = moment.astimezone(LONDON)
    return local.hour * 60 + local.minute


def _likeness(minute: int, used: Sequence[int]) -> tuple[int, int, int]:
    """How like the times of day offered already one more is, the least like first: far from all, then seldom used, then early."""
    nearest = min((abs(minute - other) for other in used), default=0)
    return (-nearest, used.count(minute), minute)
