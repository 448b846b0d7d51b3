"""Reminders before, thanks after, and a word to those who wanted to hear from us later."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from bench.support.attempts import worker
from enquiry.agencies.agency import Agency
from enquiry.bookings.reminders import (
    LATE_KEEPING_IN_TOUCH,
    OF_NO_USE_BEFORE,
    SOON,
    THANKED_WITHIN,
    TODAY,
    anything_due,
    make_reminders,
)
from enquiry.bookings.visits.outcomes import VisitOutcome
from enquiry.enums import BookingStatus, HandoffReason, Role, Stage
from enquiry.handoffs.handoff import finish_handoff, make_handoff
from enquiry.journey.stages import change_stage
from enquiry.outbox.queue import queue_message
from enquiry.store.models import Conversation, Enquiry, Handoff, NoMessages, OutboxMessage, Staff
from tests.support.diary import Diary
from tests.support.maker import Maker

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
EMAIL = {"contact_email": "robin@home.example"}


def begins(diary: Diary, reference: str) -> datetime:
    return diary.place(reference).event.starts_at if reference.startswith("EV") else diary.visit_of(reference).starts_at


def sent(make: Maker) -> None:
    with make.store.write() as session:
        session.execute(update(OutboxMessage).values(sent_at=make.now))


def booked(make: Maker, diary: Diary, what: str) -> str:
    """A place or a visit in twelve days, of somebody with an e-mail address."""
    if what == "place":
        return diary.book(make.event(days=12), make.enquiry(**EMAIL))
    make.visitor()
    return diary.visit(make.enquiry(**EMAIL), make.moment(days=12))


@pytest.mark.parametrize("what", ["place", "visit"])
def test_a_reminder_goes_three_days_and_three_hours_before_once_each(make: Maker, diary: Diary, what: str) -> None:
    reference = booked(make, diary, what)
    starts = begins(diary, reference)
    assert diary.remind(starts - SOON - SECOND) == []
    assert diary.remind(starts - SOON) == [f"{what}_soon"]
    assert diary.remind(starts - SOON + HOUR) == []
    assert diary.remind(starts - TODAY - SECOND) == []
    assert diary.remind(starts - TODAY) == [f"{what}_today"]
    assert diary.remind(starts - TODAY + HOUR) == []
    assert {letter.expires_at for letter in diary.letters(f"{what}_soon", f"{what}_today")} == {
        starts - OF_NO_USE_BEFORE
    }


@pytest.mark.parametrize("what", ["place", "visit"])
def test_a_reminder_that_would_come_too_late_is_not_made(make: Maker, diary: Diary, what: str) -> None:
    reference = booked(make, diary, what)
    starts = begins(diary, reference)
    assert diary.remind(starts - OF_NO_USE_BEFORE) == []
    assert diary.remind(starts) == []
    assert diary.remind(starts - OF_NO_USE_BEFORE - SECOND) == [f"{what}_today"]


@pytest.mark.parametrize("what", ["place", "visit"])
def test_who_has_just_booked_is_not_reminded_at_once(make: Maker, diary: Diary, what: str) -> None:
    starts = begins(diary, booked(make, diary, what))
    with make.store.write() as session:
        session.execute(update(OutboxMessage).values(created_at=starts - 2 * DAY))
    assert diary.remind(starts - 2 * DAY + HOUR) == []
    assert diary.remind(starts - DAY) == [f"{what}_soon"]


def test_what_is_moved_is_reminded_of_anew_and_not_of_the_old_time(make: Maker, diary: Diary) -> None:
    make.visitor()
    at = make.moment(days=12)
    reference = diary.visit(make.enquiry(**EMAIL), at)
    assert diary.remind(at - SOON) == ["visit_soon"]
    later = at + 7 * DAY
    diary.move_visit(reference, later, at - 2 * DAY)
    assert diary.remind(at - TODAY) == []
    assert diary.remind(later - SOON) == ["visit_soon"]
    assert diary.remind(later - TODAY) == ["visit_today"]


def test_an_event_that_is_moved_is_reminded_of_anew(make: Maker, diary: Diary) -> None:
    event = make.event(days=12)
    reference = diary.book(event, make.enquiry(**EMAIL))
    at = begins(diary, reference)
    assert diary.remind(at - SOON) == ["place_soon"]
    diary.change_event(event, at - SOON + HOUR, starts_at=at + 7 * DAY)
    assert diary.remind(at - TODAY) == []
    assert diary.remind(at + 7 * DAY - SOON) == ["place_soon"]


def test_another_number_of_people_is_no_reason_to_remind_twice(make: Maker, diary: Diary) -> None:
    event, enquiry = make.event(days=12), make.enquiry(**EMAIL)
    at = begins(diary, diary.book(event, enquiry))
    assert diary.remind(at - SOON) == ["place_soon"]
    sent(make)
    diary.book(event, enquiry, 2, at - 2.5 * DAY)
    assert diary.remind(at - DAY) == []


@pytest.mark.parametrize("status", ["waiting", "offered", "cancelled"])
def test_only_who_has_a_place_is_reminded(make: Maker, diary: Diary, status: str) -> None:
    event = make.event(places=1, days=4)
    first = diary.book(event, make.enquiry())
    reference = diary.wait(event, make.enquiry(**EMAIL))
    if status == "offered":
        diary.give_back(first)
    if status == "cancelled":
        diary.cancel_event(event)
    assert diary.status(reference) == status
    starts = begins(diary, reference)
    for before in (SOON, DAY, TODAY, HOUR):
        assert diary.remind(starts - before) == []


@pytest.mark.parametrize("what", ["place", "visit"])
def test_who_came_is_thanked_once_and_who_did_not_is_not(make: Maker, diary: Diary, what: str) -> None:
    reference = booked(make, diary, what)
    starts = begins(diary, reference)
    ends = starts + 1.5 * HOUR
    assert diary.remind(ends + HOUR) == []
    if what == "place":
        diary.attend(reference, BookingStatus.ATTENDED, starts)
    else:
        diary.outcome(reference, VisitOutcome.HELD, starts)
    assert diary.remind(ends - SECOND) == []
    assert diary.remind(ends) == [f"{what}_thanks"]
    sent(make)
    if what == "visit":  # a slip, put right, is no reason to thank twice
        diary.outcome(reference, VisitOutcome.NOT_AT_HOME, ends)
        diary.outcome(reference, VisitOutcome.HELD, ends)
    assert diary.remind(ends + DAY) == []


def test_thanks_that_come_days_late_are_not_said(make: Maker, diary: Diary) -> None:
    reference = booked(make, diary, "place")
    starts = begins(diary, reference)
    diary.attend(reference, BookingStatus.ATTENDED, starts + 4 * DAY)
    assert diary.remind(starts + 1.5 * HOUR + THANKED_WITHIN) == []


@pytest.mark.parametrize("reason", ["no contact", "a landline", "not safe", "stopped", "a sign of abuse"])
def test_who_cannot_be_written_to_is_not_and_holds_nobody_up(
    make: Maker, diary: Diary, agency: Agency, reason: str
) -> None:
    contact: dict[str, object] = dict(EMAIL)
    match reason:
        case "no contact":
            contact = {}
        case "a landline":
            contact = {"contact_phone": "+441163050505"}
        case "not safe":
            contact["safe_to_message"] = False
    event, enquiry = make.event(days=12), make.enquiry(**contact)
    reference = diary.book(event, enquiry)
    with make.store.write() as session:
        if reason == "stopped":
            session.add(NoMessages(recipient=EMAIL["contact_email"], at=make.now))
        if reason == "a sign of abuse":
            conversation = session.get_one(Conversation, make.conversation_of(enquiry))
            make_handoff(
                session,
                conversation,
                agency=agency,
                wording=make.wording,
                reason=HandoffReason.DISCLOSURE,
                summary="…",
                now=make.now,
                category="domestic_abuse",
                pauses_messages=True,
                audience=(Role.SAFEGUARDING,),
            )
    starts = begins(diary, reference)
    with make.store.read() as session:
        assert not anything_due(session, agency.slug, starts - SOON)
    diary.book(event, make.enquiry(contact_email="other@home.example"))
    assert diary.remind(starts - SOON) == ["place_soon"]


def test_each_agency_is_reminded_by_itself_and_one_whose_file_is_gone_does_no_harm(make: Maker, diary: Diary) -> None:
    reference = booked(make, diary, "place")
    starts = begins(diary, reference)
    with make.store.write() as session:
        assert not anything_due(session, "coventry", starts - SOON)
        assert make_reminders(session, "coventry", worker(starts - SOON)) == 0
        assert make_reminders(session, "elsewhere", worker(starts - SOON)) == 0
        assert anything_due(session, make.agency.slug, starts - SOON)


def keep_in_touch(make: Maker, agency: Agency, due: datetime, **contact: object) -> str:
    enquiry = make.enquiry(**contact)
    with make.store.write() as session:
        conversation = session.get_one(Conversation, make.conversation_of(enquiry))
        handoff = make_handoff(
            session,
            conversation,
            agency=agency,
            wording=make.wording,
            reason=HandoffReason.KEEP_IN_TOUCH,
            summary="Later",
            now=make.now,
        )
        handoff.due_by = due
        return handoff.id


def test_who_wanted_to_hear_from_us_later_does_on_that_day_once(make: Maker, diary: Diary, agency: Agency) -> None:
    due = make.now + 60 * DAY
    keep_in_touch(make, agency, due, **EMAIL)
    assert diary.remind(due - SECOND) == []
    assert diary.remind(due) == ["keep_in_touch"]
    assert diary.remind(due + DAY) == []
    (letter,) = diary.letters("keep_in_touch")
    assert letter.recipient == EMAIL["contact_email"]
    assert f"/book/{agency.slug}" in letter.body


@pytest.mark.parametrize("why", ["somebody rang them", "further on", "weeks late", "not safe"])
def test_who_need_not_hear_from_us_any_more_does_not(make: Maker, diary: Diary, agency: Agency, why: str) -> None:
    due = make.now + 60 * DAY
    handoff = keep_in_touch(make, agency, due, **EMAIL, **({"safe_to_message": False} if why == "not safe" else {}))
    with make.store.write() as session:
        found = session.get_one(Handoff, handoff)
        enquiry = session.get_one(Enquiry, found.enquiry_id)
        if why == "somebody rang them":
            who = {"email": "s@x.example", "name": "S", "role": Role.MANAGER.value, "password_hash": "x"}
            staff = Staff(agency=agency.slug, created_at=make.now, **who)
            session.add(staff)
            session.flush()
            finish_handoff(session, found, staff, "Rang", make.now + DAY)
        if why == "further on":
            change_stage(session, enquiry, Stage.WITHDRAWN, who="x", why="x", now=make.now)
    assert diary.remind(due + (LATE_KEEPING_IN_TOUCH if why == "weeks late" else timedelta())) == []


def test_a_letter_of_another_household_with_the_same_occasion_is_none_of_theirs(make: Maker, diary: Diary) -> None:
    reference = booked(make, diary, "place")
    starts = begins(diary, reference)
    with make.store.write() as session:
        queue_message(
            session,
            agency_slug=make.agency.slug,
            occasion="place_soon:somebody:else",
            channel="email",
            recipient="x@x.example",
            subject="s",
            body="b",
            now=starts - SOON,
        )
    assert "place_soon" in diary.remind(starts - SOON)
