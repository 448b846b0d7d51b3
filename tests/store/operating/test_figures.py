"""What is open, counted on both databases: what waits for the assistant, for the worker and for a person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from enquiry.agencies.agency import Agency
from enquiry.enums import HandoffReason, Priority, Role
from enquiry.handoffs.handoff import finish_handoff, make_handoff
from enquiry.handoffs.silence import SILENT_AFTER
from enquiry.outbox.opt_outs import stop_messages
from enquiry.queries.figures import (
    Group,
    messages_are_stuck,
    outbox_by_state,
    overdue_handoffs,
    untaken_disclosures,
    waiting_messages,
)
from enquiry.staff.accounts import add_staff
from enquiry.store.models import Conversation, Handoff, OutboxMessage
from enquiry.store.probe import StoreSilent, ask
from tests.support.maker import Maker
from tests.support.outbox_queue import queue

MINUTE = timedelta(minutes=1)


def counted(groups: list[Group]) -> list[tuple[str, int]]:
    return sorted((group.kind, group.number) for group in groups)


def test_messages_that_wait_and_conversations_left_unanswered(make: Maker) -> None:
    talkative, patient = make.conversation(), make.conversation()
    for _ in range(2):
        make.message(talkative, "hello?", waiting=True)
    make.message(patient, "hello?", now=make.now + 3 * MINUTE, waiting=True)
    make.message(patient, "answered", waiting=False)
    with make.store.read() as session:
        waiting, silent = waiting_messages(session, make.now + SILENT_AFTER)
        assert waiting == [Group(make.agency.slug, "", 3, make.now)]
        assert silent == []
        _, silent = waiting_messages(session, make.now + 4 * MINUTE)
        assert silent == [Group(make.agency.slug, "", 1, make.now)]


def test_what_staff_have_dealt_with_waits_no_more(make: Maker, agency: Agency) -> None:
    conversation_id = make.conversation()
    make.message(conversation_id, "hello?", waiting=True)
    with make.store.write() as session:
        conversation = session.get_one(Conversation, conversation_id)
        silence = HandoffReason.ASSISTANT_SILENT
        made = make_handoff(
            session, conversation, agency=agency, wording=make.wording, reason=silence, summary="Silent", now=make.now
        )
        staff, _ = add_staff(session, agency.slug, "manager@council.example", "A manager", Role.MANAGER, make.now)
        finish_handoff(session, made, staff, "Rang them", make.now + 5 * MINUTE)
    with make.store.read() as session:
        assert waiting_messages(session, make.now + timedelta(hours=1)) == ([], [])
    make.message(conversation_id, "and now?", now=make.now + 9 * MINUTE, waiting=True)
    with make.store.read() as session:
        assert [group.number for group in waiting_messages(session, make.now + timedelta(hours=1))[1]] == [1]


def test_the_outbox_by_state(make: Maker) -> None:
    for occasion in ("waits", "sent", "given-up", "in-doubt", "later"):
        queue(make, occasion)
    with make.store.write() as session:
        rows = {row.occasion: row for row in session.query(OutboxMessage)}
        rows["sent"].sent_at = make.now
        rows["given-up"].given_up_at = make.now
        rows["in-doubt"].given_up_at = rows["in-doubt"].handing_over_at = make.now
        rows["later"].next_try_at = make.now + timedelta(hours=3)
    with make.store.read() as session:
        assert counted(outbox_by_state(session, make.now)) == [("given_up", 1), ("in_doubt", 1), ("waiting", 1)]


def test_a_message_that_must_not_go_does_not_count_as_waiting(make: Maker) -> None:
    message = queue(make)
    assert message is not None
    late = make.now + timedelta(hours=1)
    with make.store.read() as session:
        assert messages_are_stuck(session, late)
        assert not messages_are_stuck(session, make.now + 14 * MINUTE)
    with make.store.write() as session:
        session.get_one(OutboxMessage, message).enquiry_id = make.enquiry(safe_to_message=False)
    with make.store.read() as session:
        assert not messages_are_stuck(session, late)
        assert outbox_by_state(session, late) == []


def test_a_message_that_is_tried_again_and_again_is_stuck_also_while_it_waits_for_its_next_try(make: Maker) -> None:
    message = queue(make)
    assert message is not None
    with make.store.write() as session:
        row = session.get_one(OutboxMessage, message)
        row.attempts, row.next_try_at = 7, make.now + timedelta(hours=1)
    with make.store.read() as session:
        assert messages_are_stuck(session, make.now)
    with make.store.write() as session:
        stop_messages(session, session.get_one(OutboxMessage, message).recipient, make.now)
    with make.store.read() as session:
        assert not messages_are_stuck(session, make.now)


def handed_over(make: Maker, agency: Agency, reason: HandoffReason, priority: Priority) -> str:
    with make.store.write() as session:
        conversation = session.get_one(Conversation, make.conversation())
        made = make_handoff(
            session,
            conversation,
            agency=agency,
            wording=make.wording,
            reason=reason,
            priority=priority,
            summary="A call",
            now=make.now,
        )
        return made.id


def test_handoffs_that_are_overdue_by_reason_and_disclosures_nobody_has_taken(make: Maker, agency: Agency) -> None:
    disclosure = handed_over(make, agency, HandoffReason.DISCLOSURE, Priority.NOW)
    handed_over(make, agency, HandoffReason.CALL_BACK, Priority.NORMAL)
    with make.store.read() as session:
        assert counted(overdue_handoffs(session, make.now + MINUTE)) == [("disclosure", 1)]
        assert counted(overdue_handoffs(session, make.now + timedelta(days=9))) == [("call_back", 1), ("disclosure", 1)]
        assert untaken_disclosures(session) == [Group(agency.slug, "", 1, make.now)]
    with make.store.write() as session:
        session.get_one(Handoff, disclosure).taken_at = make.now
    with make.store.read() as session:
        assert untaken_disclosures(session) == []
        assert counted(overdue_handoffs(session, make.now + MINUTE)) == [("disclosure", 1)]


def test_a_question_of_its_own_is_answered_and_a_table_that_is_not_there_is_silence(make: Maker) -> None:
    assert ask(make.store.url, "SELECT count(*) FROM outbox", 2) == [(0,)]
    with pytest.raises(StoreSilent):
        ask(make.store.url, "SELECT count(*) FROM nowhere", 2)


def test_a_database_that_holds_a_question_up_is_silent_in_time(make: Maker, database: str) -> None:
    if database == "sqlite":
        pytest.skip("on SQLite nobody who reads is ever held up")
    with make.store.engine.begin() as connection:
        connection.execute(text("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE"))
        with pytest.raises(StoreSilent):
            ask(make.store.url, "SELECT version_num FROM alembic_version", 1)


def test_a_server_that_is_not_there_is_silent() -> None:
    with pytest.raises(StoreSilent):
        ask("postgresql+psycopg://nobody@127.0.0.1:1/hearth", "SELECT 1", 2)
