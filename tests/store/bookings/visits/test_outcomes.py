"""After a visit: what came of it, the record, the weekly list, and telling the person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from enquiry.agencies.agency import Agency
from enquiry.bookings.booking import NothingBooked, SlotGone
from enquiry.bookings.visits.outcomes import (
    LONGEST_RECORD,
    NotHeld,
    RecordIncomplete,
    TooSoon,
    VisitOutcome,
    WrittenUp,
    outcomes_due,
    record_due_by,
    records_due,
    tell_applicant,
    to_be_decided,
    to_be_told,
    write_record,
)
from enquiry.enums import BookingStatus, Decision, Role
from enquiry.journey.decisions import record_decision
from enquiry.store.models import DecisionRecord, Enquiry, Staff, Visit, VisitRecord
from tests.support.diary import Diary
from tests.support.maker import Maker

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HELD, NOT_AT_HOME = VisitOutcome.HELD, VisitOutcome.NOT_AT_HOME
GOOD = WrittenUp("Knows what it is about.", "Wants to give something back.", "Patient. ")


@pytest.fixture
def visitor(make: Maker) -> str:
    make.visitor()
    with make.store.write() as session:
        who = {"email": "v@x.example", "name": "Jo", "role": Role.MANAGER.value, "password_hash": "x"}
        staff = Staff(agency=make.agency.slug, created_at=make.now, **who)
        session.add(staff)
        session.flush()
        return staff.id


def write(make: Maker, reference: str, staff: str, written: WrittenUp = GOOD) -> None:
    with make.store.write() as session:
        visit = session.scalars(select(Visit).where(Visit.reference == reference)).one()
        write_record(session, visit, session.get_one(Staff, staff), written, make.now + 8 * DAY)


def decide(make: Maker, enquiry: str, staff: str, decision: Decision, days: int = 9) -> None:
    with make.store.write() as session:
        found = session.get_one(Enquiry, enquiry)
        record_decision(session, found, session.get_one(Staff, staff), decision, "Because.", make.now + days * DAY)


def lists(make: Maker, now: timedelta = 10 * DAY) -> dict[str, list[str]]:
    """The references in each list of what is to be done."""
    slug = make.agency.slug
    with make.store.read() as session:
        return {
            "outcome": [visit.reference for visit in outcomes_due(session, slug, make.now + now)],
            "record": [visit.reference for visit in records_due(session, slug)],
            "decide": [visit.reference for visit in to_be_decided(session, slug)],
            "tell": [decision.enquiry_id for decision in to_be_told(session, slug)],
        }


def test_a_visit_goes_through_the_lists_one_after_the_other(make: Maker, diary: Diary, visitor: str) -> None:
    enquiry, at = make.enquiry(), make.moment()
    reference = diary.visit(enquiry, at)
    nothing: dict[str, list[str]] = {"outcome": [], "record": [], "decide": [], "tell": []}
    assert lists(make, now=at - make.now + HOUR) == nothing
    assert lists(make) == {**nothing, "outcome": [reference]}
    diary.outcome(reference, HELD, at + 2 * HOUR)
    assert make.stage(enquiry) == "visited"
    assert lists(make) == {**nothing, "record": [reference]}
    assert record_due_by(diary.visit_of(reference)) == at + 1.5 * HOUR + 2 * DAY
    write(make, reference, visitor)
    assert lists(make) == {**nothing, "decide": [reference]}
    decide(make, enquiry, visitor, Decision.PROGRESSING)
    assert lists(make) == {**nothing, "tell": [enquiry]}
    with make.store.write() as session:
        decision = session.scalars(select(DecisionRecord)).one()
        for how in ("phone", "visit"):
            tell_applicant(session, decision, session.get_one(Staff, visitor), how, make.now + 9 * DAY)
        assert decision.told_how == "phone"
    assert lists(make) == nothing


def test_only_the_latest_decision_is_to_be_told_and_only_by_phone_or_at_a_visit(
    make: Maker, diary: Diary, visitor: str
) -> None:
    enquiry = make.enquiry()
    reference = diary.visit(enquiry, make.moment())
    diary.outcome(reference, HELD, make.now + 8 * DAY)
    for days, decision in ((9, Decision.WAIT), (10, Decision.PROGRESSING)):
        decide(make, enquiry, visitor, decision, days)
    assert lists(make)["tell"] == [enquiry]
    with make.store.write() as session, pytest.raises(ValueError, match="email"):
        tell_applicant(
            session, session.scalars(select(DecisionRecord)).first(), session.get_one(Staff, visitor), "email", make.now
        )


def test_before_it_begins_nobody_can_say_what_came_of_it(make: Maker, diary: Diary, visitor: str) -> None:
    reference = diary.visit(make.enquiry(), make.moment())
    for outcome in (HELD, NOT_AT_HOME):
        with pytest.raises(TooSoon):
            diary.outcome(reference, outcome, make.moment() - timedelta(seconds=1))
    diary.outcome(reference, HELD, make.moment())


def test_nobody_at_home_is_told_kindly_and_may_book_again(make: Maker, diary: Diary, visitor: str) -> None:
    enquiry, at = make.enquiry(contact_email="robin@home.example"), make.moment()
    reference = diary.visit(enquiry, at)
    diary.outcome(reference, NOT_AT_HOME, at + HOUR)
    assert (diary.status(reference), make.stage(enquiry)) == ("missed", "new")
    assert [letter.kind for letter in diary.letters() if letter.created_at > make.now] == ["visit_missed"]
    assert diary.visit(enquiry, at + 7 * DAY, at + HOUR) != reference
    with pytest.raises(NotHeld):
        write(make, reference, visitor)


@pytest.mark.parametrize("slips", [1, 2, 3])
def test_the_later_word_counts_between_held_and_not_at_home(
    make: Maker, diary: Diary, visitor: str, slips: int
) -> None:
    enquiry, at = make.enquiry(), make.moment()
    reference = diary.visit(enquiry, at)
    said = [HELD, NOT_AT_HOME, HELD, NOT_AT_HOME][: slips + 1]
    for number, outcome in enumerate(said):
        diary.outcome(reference, outcome, at + (number + 1) * HOUR)
    held = said[-1] is HELD
    assert (diary.status(reference), make.stage(enquiry)) == (("attended", "visited") if held else ("missed", "new"))
    assert lists(make)["record"] == ([reference] if held else [])


def test_not_at_home_that_was_a_slip_brings_the_visit_back_onto_the_lists(
    make: Maker, diary: Diary, visitor: str
) -> None:
    enquiry, at = make.enquiry(), make.moment()
    reference = diary.visit(enquiry, at)
    diary.outcome(reference, NOT_AT_HOME, at + HOUR)
    diary.outcome(reference, HELD, at + 2 * HOUR)
    write(make, reference, visitor)
    assert lists(make)["decide"] == [reference]
    diary.outcome(reference, NOT_AT_HOME, at + 3 * HOUR)
    assert lists(make)["decide"] == []


def test_a_second_visit_called_off_does_not_undo_the_first(make: Maker, diary: Diary, visitor: str) -> None:
    enquiry, at = make.enquiry(), make.moment()
    diary.attend(diary.book(make.event(), enquiry), BookingStatus.ATTENDED, make.now)
    first = diary.visit(enquiry, at)
    diary.outcome(first, HELD, at + HOUR)
    write(make, first, visitor)
    second = diary.visit(enquiry, at + 7 * DAY, at + HOUR)
    assert make.stage(enquiry) == "visit_booked"
    diary.give_back(second, at + 2 * HOUR)
    assert make.stage(enquiry) == "visited"
    assert lists(make)["decide"] == [first]


def test_a_visit_is_moved_or_called_off_by_the_visitor_with_everyone_told(
    make: Maker, diary: Diary, visitor: str, agency: Agency
) -> None:
    at, later = make.moment(), make.moment(days=9)
    reference = diary.visit(make.enquiry(contact_email="robin@home.example"), at)
    with pytest.raises(ValueError, match="new time"):
        diary.outcome(reference, VisitOutcome.MOVED, make.now)
    with pytest.raises(SlotGone):
        diary.outcome(reference, VisitOutcome.MOVED, make.now, moved_to=make.moment(hour=3))
    diary.outcome(reference, VisitOutcome.MOVED, make.now + HOUR, moved_to=later)
    assert diary.visit_of(reference).starts_at == later
    diary.outcome(reference, VisitOutcome.CANCELLED, make.now + 2 * HOUR)
    assert diary.status(reference) == "cancelled"
    assert [letter.kind for letter in diary.letters()] == ["visit_cancelled_by_us"]
    for outcome in VisitOutcome:
        with pytest.raises(NothingBooked):
            diary.outcome(reference, outcome, later + HOUR, moved_to=later + DAY)


@pytest.mark.parametrize("part", range(3))
@pytest.mark.parametrize("text", ["", "  \n", "x" * (LONGEST_RECORD + 1)])
def test_a_record_with_an_empty_part_or_too_long_is_told(
    make: Maker, diary: Diary, visitor: str, part: int, text: str
) -> None:
    reference = diary.visit(make.enquiry(), make.moment())
    diary.outcome(reference, HELD, make.now + 8 * DAY)
    parts = ["a", "b", "c"]
    parts[part] = text
    with pytest.raises(RecordIncomplete):
        write(make, reference, visitor, WrittenUp(*parts))
    assert make.count(VisitRecord) == 0


def test_a_record_written_again_takes_the_place_of_the_first(make: Maker, diary: Diary, visitor: str) -> None:
    reference = diary.visit(make.enquiry(), make.moment())
    diary.outcome(reference, HELD, make.now + 8 * DAY)
    for _ in range(2):
        write(make, reference, visitor)
    with make.store.read() as session:
        assert session.scalars(select(VisitRecord.strengths)).all() == ["Patient."]


def test_the_lists_of_another_agency_are_its_own(make: Maker, diary: Diary, visitor: str) -> None:
    diary.visit(make.enquiry(), make.moment())
    with make.store.read() as session:
        assert outcomes_due(session, "coventry", make.now + 30 * DAY) == []
