"""What the worker clears away: message files and conversations nobody came back to."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bench.support.attempts import worker
from enquiry.agencies.agency import Agency
from enquiry.enums import HandoffReason
from enquiry.handoffs.handoff import make_handoff
from enquiry.outbox.queue import queue_message
from enquiry.retention.forget import forget_conversation
from enquiry.store.models import Conversation, Enquiry, Message
from tests.support.letters_out import INVITATION
from tests.support.maker import Maker
from tests.support.outbox_queue import deliver
from worker.providers.files import FileProvider
from worker.retention import delete_abandoned
from worker.sweeping import sweep_files

DAYS = timedelta(days=1)


def _sent(make: Maker, folder: Path, enquiry_id: str, calendar: str | None = None) -> None:
    with make.store.write() as session:
        queue_message(
            session,
            agency_slug=make.agency.slug,
            occasion=f"one:{enquiry_id}",
            channel="email",
            recipient="robin@home.example",
            subject="Hello",
            body="Robin",
            calendar=calendar,
            enquiry=session.get_one(Enquiry, enquiry_id),
            now=make.now,
        )
    deliver(make.store, FileProvider(folder), make.now)


@pytest.fixture
def outbox(tmp_path: Path) -> Path:
    """Where the message files are."""
    folder = tmp_path / "outbox"
    folder.mkdir()
    return folder


def test_the_message_files_of_a_forgotten_person_go_and_those_of_others_stay(make: Maker, outbox: Path) -> None:
    forgotten, other = make.enquiry(), make.enquiry()
    for enquiry in (forgotten, other):
        _sent(make, outbox, enquiry)
    assert sweep_files(make.store, outbox, make.now) == 0
    conversation = make.conversation_of(forgotten)
    with make.store.write() as session:
        forget_conversation(session, conversation, worker(make.now))
    assert sweep_files(make.store, outbox, make.now) == 1
    assert len(list(outbox.iterdir())) == 1


def test_a_message_file_and_its_calendar_go_a_week_after_it_was_sent(make: Maker, outbox: Path) -> None:
    _sent(make, outbox, make.enquiry(), INVITATION)
    assert sweep_files(make.store, outbox, make.now + 7 * DAYS - timedelta(seconds=1)) == 0
    assert sweep_files(make.store, outbox, make.now + 7 * DAYS) == 2
    assert list(outbox.iterdir()) == []


def test_half_a_file_of_a_message_that_is_gone_is_removed_and_what_the_outbox_did_not_write_stays(
    make: Maker, outbox: Path
) -> None:
    half, foreign = outbox / f".20261123T100000-{'a' * 32}.txt.half", outbox / "notes.txt"
    for file in (half, foreign):
        file.write_text("x")
    assert sweep_files(make.store, outbox, make.now) == 1
    assert list(outbox.iterdir()) == [foreign]


def test_without_an_outbox_there_is_nothing_to_sweep(make: Maker, tmp_path: Path) -> None:
    assert sweep_files(make.store, tmp_path / "none", make.now) == 0


def test_a_conversation_nobody_came_back_to_for_thirty_days_is_deleted_with_its_messages(make: Maker) -> None:
    make.message(make.conversation(), "hello")
    assert delete_abandoned(make.store, make.now + 30 * DAYS) == 0
    assert delete_abandoned(make.store, make.now + 30 * DAYS + timedelta(seconds=1)) == 1
    assert (make.count(Conversation), make.count(Message)) == (0, 0)


def test_a_conversation_that_was_taken_up_again_is_kept(make: Maker) -> None:
    conversation = make.conversation()
    make.message(conversation, "hello again", now=make.now + 20 * DAYS)
    assert delete_abandoned(make.store, make.now + 40 * DAYS) == 0


def test_a_conversation_with_an_enquiry_or_a_handoff_is_kept(make: Maker, agency: Agency) -> None:
    make.enquiry()
    conversation = make.conversation()
    with make.store.write() as session:
        found = session.get_one(Conversation, conversation)
        make_handoff(
            session,
            found,
            agency=agency,
            wording=make.wording,
            reason=HandoffReason.NOT_UNDERSTOOD,
            summary="x",
            now=make.now,
        )
    assert delete_abandoned(make.store, make.now + 400 * DAYS) == 0
    assert make.count(Conversation) == 2
