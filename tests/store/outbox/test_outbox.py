"""The outbox and the worker that empties it."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from enquiry.agencies.agency import Agency
from enquiry.enums import HandoffReason
from enquiry.handoffs.handoff import make_handoff
from enquiry.operating.heartbeat import last_beat
from enquiry.outbox.delivery import LEASE, LONGEST_WAIT, due_messages, mark_not_sent, mark_sent, wait_after
from enquiry.outbox.failures import Reason
from enquiry.settings import ROOT
from enquiry.store.models import Conversation, Enquiry, OutboxMessage
from tests.support.letters_out import INVITATION
from tests.support.maker import Maker
from tests.support.outbox_queue import deliver, due, failures, queue, take
from worker.providers.contract import HandOver, NotSent
from worker.providers.files import FileProvider


class Broken:
    """A provider that never works."""

    def send(self, message: OutboxMessage, hand_over: HandOver) -> None:
        raise NotSent(Reason.NOT_TAKEN, "no route")


def test_an_occasion_is_told_of_once(make: Maker) -> None:
    assert queue(make) is not None
    assert queue(make) is None
    assert queue(make, "two") is not None
    assert make.count(OutboxMessage) == 2


def test_what_one_worker_has_taken_another_does_not_get_unless_the_first_ends_in_the_middle(make: Maker) -> None:
    message = queue(make)
    assert due(make) == [message]
    assert due(make) == []
    assert due(make, LEASE) == [message]


def test_two_workers_at_once_share_the_work(make: Maker) -> None:
    for number in range(6):
        queue(make, str(number))
    with make.store.write() as session:
        first = {message.id for message in due_messages(session, make.now, limit=3)}
    second = set(due(make))
    assert len(first) == len(second) == 3
    assert not first & second


def test_a_message_that_was_sent_is_not_sent_again(make: Maker) -> None:
    queue(make)
    (message,) = take(make)
    with make.store.write() as session:
        mark_sent(session, message, make.now)
    assert due(make, timedelta(days=1)) == []


def test_a_message_that_was_not_sent_is_tried_again_later_and_later_up_to_an_hour(make: Maker) -> None:
    queue(make)
    (message,) = take(make)
    with make.store.write() as session:
        mark_not_sent(session, message, "no route", failures(), make.now)
    assert due(make, wait_after(1) - timedelta(seconds=1)) == []
    assert due(make, wait_after(1)) == [message.id]
    waits = [wait_after(attempts) for attempts in range(1, 40)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT


def test_nothing_goes_to_a_person_who_has_asked_not_to_be_written_to_since(make: Maker) -> None:
    enquiry = make.enquiry()
    queue(make, enquiry=enquiry)
    with make.store.write() as session:
        session.get_one(Enquiry, enquiry).safe_to_message = False
    assert due(make) == []


def test_nothing_goes_to_a_person_after_a_sign_of_domestic_abuse(make: Maker, agency: Agency) -> None:
    enquiry = make.enquiry()
    queue(make, enquiry=enquiry)
    with make.store.write() as session:
        make_handoff(
            session,
            session.get_one(Conversation, make.conversation_of(enquiry)),
            agency=agency,
            wording=make.wording,
            reason=HandoffReason.DISCLOSURE,
            summary="x",
            category="domestic_abuse",
            pauses_messages=True,
            now=make.now,
        )
    assert due(make) == []


def test_each_message_becomes_one_file_for_the_owner_alone(make: Maker, tmp_path: Path) -> None:
    message = queue(make)
    folder = tmp_path / "outbox"
    assert deliver(make.store, FileProvider(folder), make.now) == 1
    assert deliver(make.store, FileProvider(folder), make.now + timedelta(days=1)) == 0
    (file,) = folder.iterdir()
    assert file.name == f"20261123T100000-{message}.txt"
    assert file.read_text() == "To: robin@home.example\nBy: email\nSubject: Hello\n\nText with £ and é\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_worker_that_ended_after_writing_the_file_leaves_one_file(make: Maker, tmp_path: Path) -> None:
    queue(make, calendar=INVITATION)
    (message,) = take(make)
    FileProvider(tmp_path).send(message, lambda: None)
    assert deliver(make.store, FileProvider(tmp_path), make.now + LEASE) == 1
    (text,), (calendar,) = tmp_path.glob("*.txt"), tmp_path.glob("*.ics")
    assert text.stem == calendar.stem
    assert calendar.read_bytes() == INVITATION.encode()


def test_a_provider_that_does_not_work_leaves_the_message_and_the_reason(make: Maker, tmp_path: Path) -> None:
    queue(make)
    assert deliver(make.store, Broken(), make.now) == 0
    with make.store.read() as session:
        message = session.scalars(select(OutboxMessage)).one()
        why = failures().say(Reason.NOT_TAKEN, "no route")
        assert (message.sent_at, message.last_error, message.attempts) == (None, why, 1)
    assert deliver(make.store, FileProvider(tmp_path), make.now + wait_after(1)) == 1


def test_a_folder_that_cannot_be_written_is_a_reason_not_an_end(make: Maker, tmp_path: Path) -> None:
    queue(make)
    in_the_way = tmp_path / "outbox"
    in_the_way.write_text("a file, not a folder")
    assert deliver(make.store, FileProvider(in_the_way), make.now) == 0


def test_the_worker_process_sends_what_is_due_and_ends_when_asked(make: Maker, tmp_path: Path) -> None:
    queue(dataclasses.replace(make, now=datetime.now(UTC)))
    environment = {**os.environ, "HEARTH_STATE_DIR": str(tmp_path / "state"), "HEARTH_DATABASE_URL": make.store.url}
    process = subprocess.Popen([sys.executable, "-m", "worker"], cwd=ROOT, env=environment, stderr=subprocess.PIPE)
    try:
        until = time.monotonic() + 30
        while not list((tmp_path / "state").glob("outbox/*.txt")):
            assert process.poll() is None, process.stderr
            assert time.monotonic() < until, "nothing was sent"
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=15) == 0
    finally:
        process.kill()
        _out, trouble = process.communicate()
    told = [json.loads(line) for line in trouble.splitlines()]
    assert {line["level"] for line in told} == {"info"}
    assert {"process_started", "outbox_sent", "process_stopping"} <= {line["event"] for line in told}
    assert b"home.example" not in trouble
    assert last_beat(tmp_path / "state") is not None
    for made in (tmp_path / "state", *(tmp_path / "state").rglob("*")):
        assert stat.S_IMODE(made.stat().st_mode) & 0o077 == 0, made


def test_a_worker_whose_store_is_away_says_the_kind_of_error_and_nothing_else(tmp_path: Path) -> None:
    nowhere = f"sqlite:///{tmp_path}/private-name/hearth.db"
    environment = {**os.environ, "HEARTH_STATE_DIR": str(tmp_path / "state"), "HEARTH_DATABASE_URL": nowhere}
    process = subprocess.Popen(
        [sys.executable, "-m", "worker"], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stderr is not None
        lines = iter(process.stderr.readline, "")
        said = next(line for line in lines if json.loads(line)["event"] == "chore_failed")
        assert process.poll() is None
    finally:
        process.kill()
        process.communicate()
    assert json.loads(said)["error"] == "OperationalError"
    assert json.loads(said)["caused_by"] == "OperationalError:SQLITE_CANTOPEN"
    assert "unable to open" not in said
    assert "SELECT" not in said
