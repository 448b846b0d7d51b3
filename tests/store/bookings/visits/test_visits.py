"""Initial visits: times that can be had, keeping one, booking, moving, giving back, and what comes of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bench.support.attempts import page
from enquiry.agencies.agency import Agency
from enquiry.bookings.booking import (
    RESERVED_FOR,
    AlreadyBooked,
    NothingBooked,
    SlotGone,
    SlotTaken,
    TooLate,
)
from enquiry.bookings.find import booking_of
from enquiry.bookings.may_book import changeable_until, check_changeable
from enquiry.bookings.visits.visits import free_times, standing_visit, times_to_offer
from enquiry.dates import LONDON
from enquiry.journey.record import record_answer
from enquiry.setup.seed import seed_agency
from enquiry.store.models import Enquiry, Leave, Visit, Visitor
from tests.support.diary import Diary
from tests.support.maker import Maker

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


def free(make: Maker, now: datetime | None = None, without: str | None = None) -> list[datetime]:
    with make.store.read() as session:
        visit = session.scalar(select(Visit).where(Visit.reference == without)) if without else None
        return free_times(session, make.agency, now or make.now, without=visit)


def test_a_visit_has_a_reference_and_its_time_is_no_longer_offered(make: Maker, diary: Diary) -> None:
    make.visitor()
    at, enquiry = make.moment(), make.enquiry()
    assert at in free(make)
    assert diary.visit(enquiry, at).startswith("VI-")
    assert make.stage(enquiry) == "visit_booked"
    assert not {at, at + HOUR, at - HOUR, at + 1.5 * HOUR} & set(free(make))
    assert {at + 2 * HOUR, at - 2 * HOUR} <= set(free(make))


def test_booking_the_same_time_again_gives_the_visit_that_stands(make: Maker, diary: Diary) -> None:
    make.visitor()
    enquiry, at = make.enquiry(), make.moment()
    assert diary.visit(enquiry, at) == diary.visit(enquiry, at)


def test_a_taken_time_says_so_and_a_second_visit_is_not_booked(make: Maker, diary: Diary) -> None:
    make.visitor()
    at, enquiry = make.moment(), make.enquiry()
    first = diary.visit(enquiry, at)
    for taken in (at, at + HOUR):
        with pytest.raises(SlotTaken):
            diary.visit(make.enquiry(), taken)
    with pytest.raises(AlreadyBooked) as already:
        diary.visit(enquiry, make.moment(days=8))
    assert already.value.booking.reference == first


def test_two_visitors_free_at_one_moment_are_one_choice_and_two_visits(make: Maker, diary: Diary) -> None:
    for name in ("Initial visitor 1", "Initial visitor 2"):
        make.visitor(name)
    at = make.moment()
    assert free(make).count(at) == 1
    first = diary.visit(make.enquiry(), at)
    assert at in free(make)
    second = diary.visit(make.enquiry(), at)
    assert at not in free(make)
    assert diary.visit_of(first).visitor_id != diary.visit_of(second).visitor_id


def test_times_are_offered_from_the_notice_to_the_horizon(make: Maker, diary: Diary, agency: Agency) -> None:
    assert agency.visit_plan
    make.visitor()
    notice, horizon = timedelta(hours=agency.visit_plan.notice_hours), timedelta(days=agency.visit_plan.horizon_days)
    times = free(make)
    assert (times[0], times[-1]) == (make.now + notice, make.now + horizon)
    for beyond in (make.now + notice - timedelta(minutes=30), make.now + horizon + timedelta(minutes=30)):
        with pytest.raises(SlotGone):
            diary.visit(make.enquiry(), beyond)


@pytest.mark.parametrize("hour", [3, 7, 19, 23])
def test_at_a_time_nobody_works_there_is_no_visit(make: Maker, diary: Diary, hour: int) -> None:
    make.visitor()
    with pytest.raises(SlotGone):
        diary.visit(make.enquiry(), make.moment(hour=hour))


def test_a_time_off_the_half_hours_is_not_to_be_had(make: Maker, diary: Diary) -> None:
    make.visitor()
    with pytest.raises(SlotGone):
        diary.visit(make.enquiry(), make.moment() + timedelta(minutes=7))


def test_on_leave_and_for_visitors_who_make_none_any_more_nothing_is_offered(make: Maker, diary: Diary) -> None:
    away, gone = make.visitor("Away"), make.visitor("Gone")
    day = make.moment().astimezone(LONDON).date()
    with make.store.write() as session:
        session.get_one(Visitor, gone).active = False
        session.add(Leave(visitor_id=away, first_day=day - DAY, last_day=day))
    days = {moment.astimezone(LONDON).date() for moment in free(make)}
    assert not {day - DAY, day} & days
    assert {day - 2 * DAY, day + DAY} <= days
    with pytest.raises(SlotGone):
        diary.visit(make.enquiry(), make.moment())


def test_a_visitor_makes_no_more_visits_a_day_than_they_say(make: Maker, diary: Diary) -> None:
    make.visitor(most_a_day=2)
    diary.visit(make.enquiry(), make.moment(hour=8))
    diary.visit(make.enquiry(), make.moment(hour=10))
    assert make.moment(hour=16) not in free(make)
    assert make.moment(days=8, hour=16) in free(make)
    with pytest.raises(SlotTaken):
        diary.visit(make.enquiry(), make.moment(hour=16))


def test_who_goes_to_the_area_first_of_all_makes_the_visit(make: Maker, diary: Diary) -> None:
    near = make.visitor("Z: near", areas=["Charnwood"])
    make.visitor("A: anywhere")
    enquiry, elsewhere = make.enquiry(), make.enquiry()
    for who, area in ((enquiry, "charnwood"), (elsewhere, "blaby")):
        with make.store.write() as session:
            record_answer(session, session.get_one(Enquiry, who), "area", area, make.now)
    assert diary.visit_of(diary.visit(enquiry, make.moment())).visitor_id == near
    diary.give_back(diary.visit(elsewhere, make.moment(days=8)))
    # When the one who goes there is taken, another one comes.
    other = make.enquiry()
    with make.store.write() as session:
        record_answer(session, session.get_one(Enquiry, other), "area", "charnwood", make.now)
    assert diary.visit_of(diary.visit(other, make.moment())).visitor_id != near


def test_visits_are_shared_out_evenly(make: Maker, diary: Diary) -> None:
    ids = [make.visitor(f"Initial visitor {number}") for number in range(3)]
    visits = [diary.visit_of(diary.visit(make.enquiry(), make.moment(hour=hour))) for hour in (8, 11, 14)]
    assert sorted(visit.visitor_id for visit in visits) == sorted(ids)


def test_a_few_times_are_offered_on_different_days_and_at_different_times(
    make: Maker, agency: Agency, now: datetime
) -> None:
    with make.store.write() as session:
        seed_agency(session, agency, now)
    with make.store.read() as session:
        local = [moment.astimezone(LONDON) for moment in times_to_offer(session, agency, now)]
    assert local == sorted(local)
    assert len({moment.date() for moment in local}) == 6
    assert any(moment.hour < 13 for moment in local)
    assert any(moment.hour >= 17 for moment in local)


def test_a_time_is_kept_for_ten_minutes_for_one_household(make: Maker, diary: Diary) -> None:
    make.visitor()
    at, mine = make.moment(), make.enquiry()
    kept = diary.reserve(mine, at)
    with pytest.raises(SlotTaken):
        diary.visit(make.enquiry(), at, make.now + RESERVED_FOR - SECOND)
    assert at not in free(make, make.now + RESERVED_FOR - SECOND)
    assert at in free(make, make.now + RESERVED_FOR)
    assert make.stage(mine) == "new"
    assert diary.visit(mine, at, make.now + RESERVED_FOR - SECOND) == kept
    assert (diary.status(kept), make.stage(mine), make.count(Visit)) == ("booked", "visit_booked", 1)


def test_a_time_that_was_kept_too_long_goes_to_whoever_comes(make: Maker, diary: Diary) -> None:
    make.visitor()
    at, mine, over = make.moment(), make.enquiry(), make.now + RESERVED_FOR
    diary.reserve(mine, at)
    diary.visit(make.enquiry(), at, over)
    with pytest.raises(SlotTaken):
        diary.visit(mine, at, over)
    assert make.count(Visit) == 1


def test_a_time_that_was_kept_too_long_and_nobody_took_is_still_theirs(make: Maker, diary: Diary) -> None:
    make.visitor()
    at, mine = make.moment(), make.enquiry()
    diary.reserve(mine, at)
    assert diary.status(diary.visit(mine, at, make.now + HOUR)) == "booked"
    assert make.count(Visit) == 1


def test_one_time_is_kept_for_a_household_the_latest(make: Maker, diary: Diary) -> None:
    make.visitor()
    at, other, mine = make.moment(), make.moment(days=8), make.enquiry()
    for moment in (at, other, other):
        diary.reserve(mine, moment)
    assert make.count(Visit) == 1
    diary.visit(make.enquiry(), at)
    with pytest.raises(SlotTaken):
        diary.visit(make.enquiry(), other)


def test_who_keeps_one_time_and_books_another_has_that_one(make: Maker, diary: Diary) -> None:
    make.visitor()
    at, other, mine = make.moment(), make.moment(days=8), make.enquiry()
    diary.reserve(mine, at)
    booked = diary.visit(mine, other)
    assert (diary.visit_of(booked).starts_at, make.count(Visit)) == (other, 1)
    with pytest.raises(AlreadyBooked):
        diary.reserve(mine, at)


def test_a_time_that_is_kept_is_let_go_of_by_giving_it_back_and_can_be_found_by_nobody(
    make: Maker, diary: Diary
) -> None:
    make.visitor()
    kept = diary.reserve(make.enquiry(), make.moment())
    with make.store.read() as session:
        assert booking_of(session, kept) is None
    diary.give_back(kept)
    assert make.count(Visit) == 0
    assert make.moment() in free(make)


def test_a_visit_given_back_frees_its_time_and_the_enquiry_goes_back_to_its_event(make: Maker, diary: Diary) -> None:
    make.visitor()
    at, enquiry = make.moment(), make.enquiry()
    diary.book(make.event(), enquiry)
    reference = diary.visit(enquiry, at)
    for _ in range(2):
        diary.give_back(reference)
    assert make.stage(enquiry) == "event_booked"
    assert diary.visit(make.enquiry(), at)
    assert diary.history(reference) == ["booked", "cancelled"]
    assert diary.visit(enquiry, make.moment(days=8)) != reference


def test_an_event_booked_after_a_visit_does_not_take_the_enquiry_back(make: Maker, diary: Diary) -> None:
    make.visitor()
    enquiry = make.enquiry()
    diary.visit(enquiry, make.moment())
    diary.book(make.event(), enquiry)
    assert make.stage(enquiry) == "visit_booked"


def test_a_visit_is_moved_and_keeps_its_reference(make: Maker, diary: Diary) -> None:
    make.visitor()
    at, later = make.moment(), make.moment(days=9, hour=14)
    reference = diary.visit(make.enquiry(), at)
    diary.move_visit(reference, later)
    diary.move_visit(reference, later)
    visit = diary.visit_of(reference)
    assert (visit.starts_at, visit.ends_at, visit.sequence) == (later, later + 1.5 * HOUR, 1)
    assert visit.day == later.astimezone(LONDON).date()
    assert at in free(make)
    assert diary.history(reference) == ["booked", "moved"]


def test_a_visit_can_be_moved_by_half_an_hour_its_own_time_is_free_for_it(make: Maker, diary: Diary) -> None:
    make.visitor(most_a_day=1)
    at = make.moment()
    reference = diary.visit(make.enquiry(), at)
    assert at + HOUR / 2 not in free(make)
    assert at + HOUR / 2 in free(make, without=reference)
    diary.move_visit(reference, at + HOUR / 2)
    assert diary.visit_of(reference).starts_at == at + HOUR / 2


def test_a_move_to_a_taken_time_keeps_the_old_one(make: Maker, diary: Diary) -> None:
    make.visitor()
    at, taken = make.moment(), make.moment(days=8)
    diary.visit(make.enquiry(), taken)
    reference = diary.visit(make.enquiry(), at)
    with pytest.raises(SlotTaken):
        diary.move_visit(reference, taken)
    with pytest.raises(SlotGone):
        diary.move_visit(reference, make.moment(days=1))
    assert (diary.visit_of(reference).starts_at, diary.visit_of(reference).sequence) == (at, 0)


def test_a_move_may_bring_another_visitor(make: Maker, diary: Diary) -> None:
    morning, evening = (
        make.visitor("M", pattern={"0": [["08:00", "12:00"]]}),
        make.visitor("E", pattern={"0": [["17:00", "20:00"]]}),
    )
    reference = diary.visit(make.enquiry(), make.moment())
    assert diary.visit_of(reference).visitor_id == morning
    diary.move_visit(reference, make.moment(hour=17))
    assert diary.visit_of(reference).visitor_id == evening


def test_what_was_given_back_or_only_kept_cannot_be_moved(make: Maker, diary: Diary) -> None:
    make.visitor()
    given_back, kept = diary.visit(make.enquiry(), make.moment()), diary.reserve(make.enquiry(), make.moment(days=8))
    diary.give_back(given_back)
    for reference in (given_back, kept):
        with pytest.raises(NothingBooked):
            diary.move_visit(reference, make.moment(days=9))


def test_a_visit_can_be_changed_until_a_day_before_and_not_after(make: Maker, diary: Diary, agency: Agency) -> None:
    assert agency.visit_plan
    make.visitor()
    visit = diary.visit_of(diary.visit(make.enquiry(), make.moment()))
    until = visit.starts_at - timedelta(hours=agency.visit_plan.change_until_hours)
    assert changeable_until(visit, agency) == until
    check_changeable(visit, page(until - SECOND))
    for late in (until, visit.starts_at, visit.starts_at + DAY):
        with pytest.raises(TooLate):
            check_changeable(visit, page(late))


def test_only_a_booked_visit_stands(make: Maker, diary: Diary) -> None:
    make.visitor()
    enquiry = make.enquiry()

    def stands() -> str | None:
        with make.store.read() as session:
            visit = standing_visit(session, session.get_one(Enquiry, enquiry))
            return visit.reference if visit else None

    diary.reserve(enquiry, make.moment())
    assert stands() is None
    reference = diary.visit(enquiry, make.moment())
    assert stands() == reference
    diary.give_back(reference)
    assert stands() is None


def test_the_day_of_a_visit_is_the_day_people_live_in(make: Maker, diary: Diary) -> None:
    make.visitor(pattern={"0": [["00:00", "02:00"]]})
    summer = datetime(2026, 6, 1, 9, 0, tzinfo=LONDON).astimezone(make.now.tzinfo)
    at = datetime(2026, 6, 8, 0, 30, tzinfo=LONDON).astimezone(make.now.tzinfo)
    assert at.date() == date(2026, 6, 7)
    assert diary.visit_of(diary.visit(make.enquiry(), at, summer)).day == date(2026, 6, 8)
