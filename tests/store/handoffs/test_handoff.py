"""Handoffs: made once, due in time, read by those they are for, done with a note."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from enquiry.agencies.agency import Agency
from enquiry.enums import HandoffReason, Priority, Role
from enquiry.handoffs.handoff import (
    AlreadyDone,
    AlreadyTaken,
    MayNotRead,
    NoteMissing,
    finish_handoff,
    make_handoff,
    open_handoffs,
    take_handoff,
)
from enquiry.store.models import Conversation, Handoff, OutboxMessage, Staff
from tests.support.maker import Maker

SAFEGUARDING_ONLY = (Role.SAFEGUARDING, Role.MANAGER)


def hand_over(
    make: Maker, agency: Agency, conversation: str, reason: HandoffReason = HandoffReason.CALL_BACK, **more: object
) -> str:
    with make.store.write() as session:
        given = {"summary": "Please ring", "now": make.now, **more}
        found = session.get_one(Conversation, conversation)
        return make_handoff(session, found, agency=agency, wording=make.wording, reason=reason, **given).id  # type: ignore[arg-type]


def staff(make: Maker, role: Role, email: str, agency: str | None = None) -> str:
    with make.store.write() as session:
        name = email.split("@")[0]
        someone = Staff(
            agency=agency or make.agency.slug,
            email=email,
            name=name,
            role=role.value,
            password_hash="x",
            created_at=make.now,
        )
        session.add(someone)
        session.flush()
        return someone.id


def act(make: Maker, what: object, handoff: str, who: str, *more: str) -> None:
    with make.store.write() as session:
        what(session, session.get_one(Handoff, handoff), session.get_one(Staff, who), *more, make.now)  # type: ignore[operator]


def test_asking_twice_is_one_handoff_with_the_newer_summary_and_the_first_due_time(make: Maker, agency: Agency) -> None:
    conversation = make.conversation()
    first = hand_over(make, agency, conversation, summary="one")
    again = hand_over(make, agency, conversation, summary="two", now=make.now + timedelta(hours=1))
    assert again == first
    with make.store.read() as session:
        handoff = session.get_one(Handoff, first)
        assert (handoff.summary, handoff.due_by) == ("two", make.now + timedelta(hours=2))


def test_one_that_becomes_more_urgent_is_due_sooner_and_never_later_again(make: Maker, agency: Agency) -> None:
    conversation = make.conversation()
    handoff = hand_over(make, agency, conversation)
    hand_over(make, agency, conversation, priority=Priority.NOW, now=make.now + timedelta(minutes=1))
    hand_over(make, agency, conversation, priority=Priority.NORMAL)
    with make.store.read() as session:
        found = session.get_one(Handoff, handoff)
        assert (found.priority, found.due_by) == ("now", make.now + timedelta(minutes=1))


def test_other_reasons_categories_and_conversations_are_handoffs_of_their_own(make: Maker, agency: Agency) -> None:
    conversation = make.conversation()
    made = {
        hand_over(make, agency, conversation),
        hand_over(make, agency, conversation, HandoffReason.TALK_FIRST),
        hand_over(make, agency, conversation, HandoffReason.DISCLOSURE, category="domestic_abuse"),
        hand_over(make, agency, conversation, HandoffReason.DISCLOSURE, category="kinship_crisis"),
        hand_over(make, agency, make.conversation()),
    }
    assert len(made) == 5


def test_after_one_is_done_the_next_request_is_a_new_one(make: Maker, agency: Agency) -> None:
    conversation, someone = make.conversation(), staff(make, Role.COORDINATOR, "a@x.example")
    first = hand_over(make, agency, conversation)
    act(make, finish_handoff, first, someone, "Rang back.")
    assert hand_over(make, agency, conversation) != first


@pytest.mark.parametrize(
    ("priority", "due"),
    [
        (Priority.NOW, datetime(2026, 11, 23, 10, 0, tzinfo=UTC)),
        (Priority.SAME_DAY, datetime(2026, 11, 23, 17, 0, tzinfo=UTC)),
        (Priority.NORMAL, datetime(2026, 11, 23, 12, 0, tzinfo=UTC)),
    ],
)
def test_when_it_is_due_follows_from_its_priority(
    make: Maker, agency: Agency, priority: Priority, due: datetime
) -> None:
    handoff = hand_over(make, agency, make.conversation(), priority=priority)
    with make.store.read() as session:
        assert session.get_one(Handoff, handoff).due_by == due


def test_where_no_number_of_hours_is_known_it_is_due_by_the_end_of_the_working_day(make: Maker, agency: Agency) -> None:
    handoff = hand_over(make, replace(agency, reply_within_hours=None), make.conversation())
    with make.store.read() as session:
        assert session.get_one(Handoff, handoff).due_by == datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


def test_the_queue_has_the_one_due_first_at_the_top_and_nothing_done_or_of_others(make: Maker, agency: Agency) -> None:
    someone = staff(make, Role.COORDINATOR, "a@x.example")
    normal = hand_over(make, agency, make.conversation())
    urgent = hand_over(make, agency, make.conversation(), priority=Priority.NOW)
    done = hand_over(make, agency, make.conversation())
    act(make, finish_handoff, done, someone, "Done.")
    with make.store.read() as session:
        assert [handoff.id for handoff in open_handoffs(session, agency.slug, Role.COORDINATOR)] == [urgent, normal]
        assert open_handoffs(session, "elsewhere", Role.COORDINATOR) == []


def test_a_disclosure_is_read_taken_and_done_by_its_audience_alone(make: Maker, agency: Agency) -> None:
    outsider, insider = staff(make, Role.COORDINATOR, "a@x.example"), staff(make, Role.SAFEGUARDING, "b@x.example")
    handoff = hand_over(
        make,
        agency,
        make.conversation(),
        HandoffReason.DISCLOSURE,
        category="allegation_carer_or_worker",
        audience=SAFEGUARDING_ONLY,
    )
    with make.store.read() as session:
        assert open_handoffs(session, agency.slug, Role.COORDINATOR) == []
        assert len(open_handoffs(session, agency.slug, Role.SAFEGUARDING)) == 1
    with pytest.raises(MayNotRead):
        act(make, take_handoff, handoff, outsider)
    with pytest.raises(MayNotRead):
        act(make, finish_handoff, handoff, outsider, "Done.")
    act(make, take_handoff, handoff, insider)


def test_staff_of_another_agency_may_do_nothing(make: Maker, agency: Agency) -> None:
    stranger = staff(make, Role.MANAGER, "c@x.example", agency="elsewhere")
    with pytest.raises(MayNotRead):
        act(make, take_handoff, hand_over(make, agency, make.conversation()), stranger)


def test_of_two_who_take_it_the_second_is_told_who_has_it(make: Maker, agency: Agency) -> None:
    first, second = staff(make, Role.COORDINATOR, "ann@x.example"), staff(make, Role.MANAGER, "bob@x.example")
    handoff = hand_over(make, agency, make.conversation())
    act(make, take_handoff, handoff, first)
    act(make, take_handoff, handoff, first)
    with pytest.raises(AlreadyTaken) as taken:
        act(make, take_handoff, handoff, second)
    assert taken.value.by.name == "ann"


def test_of_two_who_look_at_the_same_page_the_second_to_finish_is_told_who_did(make: Maker, agency: Agency) -> None:
    first, second = staff(make, Role.COORDINATOR, "ann@x.example"), staff(make, Role.MANAGER, "bob@x.example")
    handoff = hand_over(make, agency, make.conversation())
    with make.store.read() as session:
        stale = session.get_one(Handoff, handoff)
    act(make, finish_handoff, handoff, first, " Rang back. ")
    with make.store.write() as session:
        session.add(stale)
        late = session.get_one(Staff, second)
        with pytest.raises(AlreadyDone) as done:
            finish_handoff(session, stale, late, "Me too.", make.now)
        with pytest.raises(AlreadyDone):
            take_handoff(session, stale, late, make.now)
    assert done.value.by.name == "ann"
    with make.store.read() as session:
        found = session.get_one(Handoff, handoff)
        assert (found.done_note, found.done_by, found.taken_by) == ("Rang back.", first, first)


@pytest.mark.parametrize("note", ["", "  \n "])
def test_nothing_is_done_without_a_note(make: Maker, agency: Agency, note: str) -> None:
    someone, handoff = staff(make, Role.COORDINATOR, "a@x.example"), hand_over(make, agency, make.conversation())
    with pytest.raises(NoteMissing):
        act(make, finish_handoff, handoff, someone, note)


def test_a_disclosure_alerts_its_audience_once_and_tells_nothing_of_it(make: Maker, agency: Agency) -> None:
    for role, email in (
        (Role.SAFEGUARDING, "s@x.example"),
        (Role.MANAGER, "m@x.example"),
        (Role.VISITOR, "v@x.example"),
    ):
        staff(make, role, email)
    staff(make, Role.SAFEGUARDING, "other@x.example", agency="elsewhere")
    conversation = make.conversation()
    for summary in ("he hits her", "he hits her again"):
        hand_over(
            make,
            agency,
            conversation,
            HandoffReason.DISCLOSURE,
            summary=summary,
            category="domestic_abuse",
            audience=SAFEGUARDING_ONLY,
        )
    with make.store.read() as session:
        alerts = list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.recipient)))
    assert [alert.recipient for alert in alerts] == ["m@x.example", "s@x.example"]
    for alert in alerts:
        assert "flagged enquiry" in alert.subject
        assert not any(word in alert.subject + alert.body for word in ("hits", "domestic", "abuse", conversation))


def test_a_second_disclosure_while_the_first_is_open_alerts_again_once_an_hour(make: Maker, agency: Agency) -> None:
    staff(make, Role.SAFEGUARDING, "s@x.example")
    conversation = make.conversation()
    for minutes in (0, 30, 59, 60, 90, 120):
        now = make.now + timedelta(minutes=minutes)
        hand_over(
            make,
            agency,
            conversation,
            HandoffReason.DISCLOSURE,
            category="domestic_abuse",
            audience=SAFEGUARDING_ONLY,
            now=now,
        )
    with make.store.read() as session:
        alerts = list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.created_at)))
    assert [(alert.created_at - make.now).total_seconds() / 60 for alert in alerts] == [0, 60, 120]
    assert make.count(Handoff) == 1


def test_an_ordinary_handoff_alerts_nobody(make: Maker, agency: Agency) -> None:
    staff(make, Role.COORDINATOR, "a@x.example")
    hand_over(make, agency, make.conversation())
    assert make.count(OutboxMessage) == 0
