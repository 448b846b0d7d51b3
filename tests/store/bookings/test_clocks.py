"""Bookings and reminders when the clocks change, on bank holidays and on the leap day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from enquiry.agencies.agency import Agency, load_agency
from enquiry.agencies.working_hours import is_bank_holiday
from enquiry.bookings.events.events import EventDetails, make_event, plan_dates, plan_events
from enquiry.bookings.reminders import SOON, TODAY
from enquiry.bookings.visits.visits import free_times
from enquiry.dates import LONDON, in_words
from enquiry.settings import ROOT
from enquiry.store.models import Event, Visit
from tests.support.diary import Diary
from tests.support.maker import Maker

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
# The last Sundays of March and October, on which the clocks change, and the days around.
CHANGES = [date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31), date(2028, 3, 26)]
AROUND = [change + number * DAY for change in CHANGES for number in (-1, 0, 1)]
# In 2027 the clocks change on Easter Sunday, and the day after is a bank holiday.
EASTER_MONDAY = date(2027, 3, 29)
WORKED = [day for day in AROUND if day != EASTER_MONDAY]
AGENCY = load_agency(ROOT / "data" / "agencies" / "leicestershire.yml")


def local(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=LONDON).astimezone(UTC)


def planned(make: Maker, agency: Agency, now: datetime) -> list[Event]:
    with make.store.write() as session:
        plan_events(session, agency, now)
    with make.store.read() as session:
        return list(session.scalars(select(Event).order_by(Event.planned_on)))


@pytest.mark.parametrize("now", [datetime(2026, 10, 5, 9, 0, tzinfo=UTC), datetime(2027, 3, 1, 9, 0, tzinfo=UTC)])
def test_planned_events_keep_their_local_time_when_the_clocks_change(
    make: Maker, agency: Agency, now: datetime
) -> None:
    assert agency.event_plan
    events = planned(make, agency, now)
    assert {event.starts_at.astimezone(LONDON).time() for event in events} == {time(18, 30)}
    assert {event.ends_at.astimezone(LONDON).time() for event in events} == {agency.event_plan.ends}
    assert len({event.starts_at.time() for event in events}) == 2


def test_an_event_on_a_bank_holiday_is_a_week_later_and_the_rhythm_stays(make: Maker, agency: Agency) -> None:
    # Christmas Day 2030 is a Wednesday, and so is New Year's Day a week later.
    events = planned(make, agency, datetime(2030, 11, 28, 9, 0, tzinfo=UTC))
    assert [str(event.planned_on) for event in events] == ["2030-12-04", "2030-12-25", "2031-01-15", "2031-02-05"]
    held = [event.starts_at.astimezone(LONDON).date().isoformat() for event in events]
    assert held == ["2030-12-04", "2031-01-08", "2031-01-15", "2031-02-05"]
    # Months later the plan goes on from its own dates.
    assert str(planned(make, agency, datetime(2031, 1, 20, 9, 0, tzinfo=UTC))[-1].planned_on) == "2031-03-19"


@given(st.dates(date(2026, 1, 1), date(2035, 1, 1)), st.one_of(st.none(), st.integers(0, 400)))
def test_the_dates_of_the_plan_are_ahead_on_its_weekday_and_in_its_rhythm(today: date, days_ago: int | None) -> None:
    plan = AGENCY.event_plan
    assert plan
    now = datetime.combine(today, time(9), tzinfo=UTC)
    after = None if days_ago is None else today - days_ago * DAY
    dates = plan_dates(AGENCY, after, now)
    assert len(dates) <= plan.how_many
    assert after is not None or len(dates) == plan.how_many
    assert all(day > today and day.weekday() == plan.weekday for day in dates)
    assert {later - day for day, later in pairwise(dates)} <= {timedelta(weeks=plan.every_weeks)}
    if after is not None and after.weekday() == plan.weekday:
        assert all((day - after) % timedelta(weeks=plan.every_weeks) == timedelta() for day in dates)


@pytest.mark.parametrize("day", [*WORKED, date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)])
@pytest.mark.parametrize("what", ["place", "visit"])
def test_reminders_go_three_days_and_three_hours_before_and_say_the_local_time(
    make: Maker, diary: Diary, day: date, what: str
) -> None:
    at, booked = local(day, 18, 30), local(day, 10) - 20 * DAY
    if what == "place":
        with make.store.write() as session:
            details = EventDetails("Find out about fostering", "County Hall", at, at + timedelta(minutes=90), 20)
            event = make_event(session, make.agency.slug, details).id
        diary.book(event, make.enquiry(contact_email="robin@home.example"), 1, booked)
    else:
        make.visitor()
        reference = diary.visit(make.enquiry(contact_email="robin@home.example"), at, booked)
        assert diary.visit_of(reference).day == day
    assert diary.remind(at - SOON - SECOND) == []
    assert diary.remind(at - SOON) == [f"{what}_soon"]
    assert diary.remind(at - TODAY - SECOND) == []
    assert diary.remind(at - TODAY) == [f"{what}_today"]
    for letter in diary.letters(f"{what}_soon", f"{what}_today"):
        assert in_words(at) in letter.body
        assert "at 6:30pm" in letter.body


@pytest.mark.parametrize("day", WORKED)
def test_visits_are_offered_at_the_local_hours_around_a_change_of_the_clocks(
    make: Maker, diary: Diary, agency: Agency, day: date
) -> None:
    make.visitor(pattern={str(weekday): [["10:00", "12:00"], ["18:00", "20:00"]] for weekday in range(7)})
    with make.store.read() as session:
        free = [moment.astimezone(LONDON) for moment in free_times(session, agency, local(day, 9) - 10 * DAY)]
    that_day = [moment.time() for moment in free if moment.date() == day]
    assert that_day == [time(10), time(10, 30), time(18), time(18, 30)]


def test_in_the_night_of_the_change_an_hour_is_left_out_or_had_once(make: Maker, diary: Diary, agency: Agency) -> None:
    make.visitor(pattern={"6": [["00:30", "06:00"]]}, visit_minutes=30, buffer_minutes=0)
    for day, skipped in ((date(2027, 3, 28), {time(1), time(1, 30)}), (date(2026, 10, 25), set[time]())):
        with make.store.read() as session:
            free = free_times(session, agency, local(day, 9) - 10 * DAY)
        moments = [moment.astimezone(LONDON) for moment in free if moment.astimezone(LONDON).date() == day]
        times = [moment.time() for moment in moments]
        assert len(times) == len(set(times))
        assert not skipped & set(times)
        assert {time(0, 30), time(2), time(5)} <= set(times)
        for moment in (moments[1], moments[2]):
            assert diary.visit(make.enquiry(), moment.astimezone(UTC), local(day, 9) - 10 * DAY)


@pytest.mark.parametrize(
    "day",
    [date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2027, 3, 26), EASTER_MONDAY, date(2027, 5, 3)],
    ids=str,
)
def test_no_visit_is_offered_on_a_bank_holiday_and_some_are_on_the_next_day(
    make: Maker, diary: Diary, agency: Agency, day: date
) -> None:
    make.visitor()
    assert is_bank_holiday(day, agency)
    after = next(later for number in range(1, 9) if not is_bank_holiday(later := day + number * DAY, agency))
    with make.store.read() as session:
        days = {moment.astimezone(LONDON).date() for moment in free_times(session, agency, local(day, 9) - 10 * DAY)}
    assert day not in days
    assert after in days


def test_the_leap_day_has_visits_and_an_event_may_be_held_on_it(make: Maker, diary: Diary, agency: Agency) -> None:
    make.visitor()
    at, now = local(date(2028, 2, 29), 10), local(date(2028, 2, 15), 9)
    reference = diary.visit(make.enquiry(), at, now)
    with make.store.read() as session:
        assert session.scalars(select(Visit.day)).one() == date(2028, 2, 29)
    diary.move_visit(reference, at + DAY, now)
    assert diary.visit_of(reference).day == date(2028, 3, 1)
    plan = [day.isoformat() for day in plan_dates(agency, date(2028, 2, 9), now)]
    assert plan[0] == "2028-03-01"
