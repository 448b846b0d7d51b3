"""What is typed while the assistant is silent: handed to a person, and read as what it may be, a disclosure."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bench.support.attempts import project_catalogue
from enquiry.agencies.agency import Agency
from enquiry.catalogue import Catalogue
from enquiry.conversations.conversation import add_message
from enquiry.enums import Author, Role
from enquiry.handoffs.handoff import finish_handoff, open_handoffs
from enquiry.handoffs.silence import hand_over_silent
from enquiry.store.models import Conversation, Handoff, Message, OutboxMessage, Staff
from tests.support.maker import Maker
from worker.silence import SilenceWatch

MINUTES = timedelta(minutes=1)


def _staff(make: Maker) -> None:
    with make.store.write() as session:
        for role in Role:
            session.add(
                Staff(
                    agency=make.agency.slug,
                    email=f"{role.value}@x.example",
                    name=role.value,
                    role=role.value,
                    password_hash="x",
                    created_at=make.now,
                )
            )


def _type(make: Maker, conversation: str, text: str, after: timedelta) -> None:
    make.message(conversation, text, now=make.now + after, waiting=True)


def _alerted(make: Maker) -> list[str]:
    with make.store.read() as session:
        alerts = list(
            session.scalars(select(OutboxMessage).order_by(OutboxMessage.created_at, OutboxMessage.recipient))
        )
    assert all("flagged enquiry" in alert.subject for alert in alerts)
    return [alert.recipient.split("@")[0] for alert in alerts]


def _finish(make: Maker, after: timedelta) -> None:
    with make.store.write() as session:
        someone = session.scalars(select(Staff).where(Staff.role == Role.COORDINATOR.value)).one()
        finish_handoff(session, session.scalars(select(Handoff)).one(), someone, "Rang.", make.now + after)


def _wait_for_the_assistant(make: Maker, conversation: str) -> None:
    with make.store.write() as session:
        found = session.get_one(Conversation, conversation)
        add_message(session, found, author=Author.ENQUIRER, text="hello?", now=make.now, waiting=True)


def _hand_over(make: Maker, after: timedelta) -> int:
    with make.store.write() as session:
        return hand_over_silent(session, project_catalogue(), make.now + after)


def test_a_message_unanswered_for_more_than_two_minutes_is_handed_to_a_person_once(make: Maker) -> None:
    conversation = make.conversation()
    _wait_for_the_assistant(make, conversation)
    assert _hand_over(make, timedelta(minutes=2)) == 0
    assert _hand_over(make, timedelta(minutes=2, seconds=1)) == 1
    assert _hand_over(make, timedelta(minutes=3)) == 0
    with make.store.read() as session:
        handoff = session.scalars(select(Handoff)).one()
    assert handoff.reason == "assistant_silent"
    assert "Monday 23 November at 10am" in handoff.summary


def test_a_silence_that_staff_have_dealt_with_is_not_handed_over_again(make: Maker, agency: Agency) -> None:
    conversation = make.conversation()
    _wait_for_the_assistant(make, conversation)
    _hand_over(make, timedelta(minutes=5))
    with make.store.write() as session:
        someone = Staff(
            agency=agency.slug,
            email="a@x.example",
            name="A",
            role=Role.COORDINATOR.value,
            password_hash="x",
            created_at=make.now,
        )
        session.add(someone)
        session.flush()
        finish_handoff(
            session, session.scalars(select(Handoff)).one(), someone, "Rang.", make.now + timedelta(minutes=6)
        )
    assert _hand_over(make, timedelta(minutes=7)) == 0


def test_a_message_the_assistant_has_dealt_with_is_not_handed_over(make: Maker) -> None:
    _wait_for_the_assistant(make, make.conversation())
    with make.store.write() as session:
        session.scalars(select(Message)).one().waiting = False
    assert _hand_over(make, timedelta(hours=1)) == 0


def test_a_silence_is_for_today_and_alerts_safeguarding_and_managers_at_once(make: Maker, agency: Agency) -> None:
    _staff(make)
    _wait_for_the_assistant(make, make.conversation())
    _hand_over(make, timedelta(minutes=3))
    with make.store.read() as session:
        handoff = session.scalars(select(Handoff)).one()
        assert (handoff.priority, handoff.due_by) == ("same_day", datetime(2026, 11, 23, 17, 0, tzinfo=UTC))
        for role in Role:
            assert len(open_handoffs(session, agency.slug, role)) == 1, role
    assert _alerted(make) == ["manager", "safeguarding"]


def test_what_is_typed_after_staff_have_dealt_with_a_silence_is_handed_over_anew(make: Maker) -> None:
    _staff(make)
    conversation = make.conversation()
    _wait_for_the_assistant(make, conversation)
    _hand_over(make, 3 * MINUTES)
    _finish(make, 10 * MINUTES)
    _type(make, conversation, "he hits her", 20 * MINUTES)
    assert _hand_over(make, 21 * MINUTES) == 0
    assert _hand_over(make, 23 * MINUTES) == 1
    assert make.count(Handoff) == 2


def test_what_is_typed_while_a_silence_is_open_alerts_again_but_once_an_hour(make: Maker) -> None:
    _staff(make)
    conversation = make.conversation()
    _wait_for_the_assistant(make, conversation)
    _hand_over(make, 3 * MINUTES)
    assert _hand_over(make, 90 * MINUTES) == 0
    _type(make, conversation, "he hits her", 10 * MINUTES)
    assert _hand_over(make, 15 * MINUTES) == 0
    assert _hand_over(make, 60 * MINUTES) == 1
    assert _hand_over(make, 61 * MINUTES) == 0
    assert _hand_over(make, 200 * MINUTES) == 0
    assert make.count(Handoff) == 1
    assert _alerted(make) == ["manager", "safeguarding"] * 2


def test_a_silence_nobody_can_be_told_of_is_logged_once_an_hour_without_what_was_typed(
    make: Maker, catalogue: Catalogue, caplog: pytest.LogCaptureFixture
) -> None:
    conversation = make.conversation()
    _type(make, conversation, "he hits her", timedelta())
    watch = SilenceWatch(make.store, replace(catalogue, agencies={}))
    with caplog.at_level(logging.ERROR):
        for after in (3, 4, 5, 64):
            assert watch.look(make.now + after * MINUTES) == 0
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]
    assert "unknown_agency" in caplog.text
    assert conversation in caplog.text
    assert "hits" not in caplog.text
    assert make.count(Handoff) == 0


def test_one_agency_that_is_gone_holds_back_no_other(make: Maker, catalogue: Catalogue) -> None:
    with make.store.write() as session:
        lost = Conversation(agency="gone", started_at=make.now, last_at=make.now)
        session.add(lost)
        session.flush()
        add_message(session, lost, author=Author.ENQUIRER, text="hello?", now=make.now, waiting=True)
    _wait_for_the_assistant(make, make.conversation())
    assert SilenceWatch(make.store, catalogue).look(make.now + 3 * MINUTES) == 1
