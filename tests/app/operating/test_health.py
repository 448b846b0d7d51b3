"""/health and /ready: what each part says, which make it 503, and that neither hangs."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from bench.support.attempts import project_catalogue
from bench.support.ports import free_port
from enquiry.operating.heartbeat import FILE, beat
from enquiry.outbox.queue import queue_message
from enquiry.settings import Settings
from enquiry.store.engine import Store
from enquiry.store.models import OutboxMessage
from tests.app.operating.conftest import HERE
from tests.support.fake_assistant import FakeAssistant
from web.app import create_app
from web.operating.deadline import AskedInTime, NoAnswer

PARTS = {"store", "migrations", "outbox", "assistant", "actions", "worker"}


def parts_not_ok(client: TestClient, status: int) -> dict[str, str]:
    answer = client.get("/ready")
    assert answer.status_code == status, answer.text
    found = answer.json()
    assert found["ready"] is (status == 200)
    assert set(found["parts"]) == PARTS
    return {part: said for part, said in found["parts"].items() if said != "ok"}


def test_every_part_is_ok(client: TestClient) -> None:
    assert parts_not_ok(client, 200) == {}
    assert client.get("/health").text == "up\n"


def test_without_the_assistant_people_are_served_all_the_same(client: TestClient, assistant: FakeAssistant) -> None:
    assistant.stop()
    said = parts_not_ok(client, 200)
    assert set(said) == {"assistant", "actions"}
    assert all("kept" in sentence for sentence in said.values())


def test_without_its_store_no_person_can_be_served(client: TestClient, settings: Settings) -> None:
    file = settings.state_dir / "hearth.db"
    file.rename(file.with_name("gone.db"))
    assert set(parts_not_ok(client, 503)) == {"store", "migrations", "outbox"}
    assert client.get("/health").text == "up\n"


@pytest.mark.parametrize("revision", ["0001", "9999"])
def test_tables_of_another_hearth_serve_nobody(client: TestClient, store: Store, revision: str) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")
    assert set(parts_not_ok(client, 503)) == {"migrations"}


def test_a_worker_that_was_never_seen_or_not_lately_is_named(client: TestClient, settings: Settings) -> None:
    long_ago = (datetime.now(UTC) - timedelta(minutes=7, seconds=5)).timestamp()
    os.utime(settings.state_dir / FILE, (long_ago, long_ago))
    assert "7 minutes" in parts_not_ok(client, 200)["worker"]
    (settings.state_dir / FILE).unlink()
    assert "not been seen" in parts_not_ok(client, 200)["worker"]
    beat(settings.state_dir)
    assert parts_not_ok(client, 200) == {}


def test_that_messages_to_people_do_not_go_is_told(client: TestClient, store: Store) -> None:
    with store.write() as session:
        for number in range(2):
            queue_message(
                session,
                agency_slug="leicestershire",
                occasion=f"place-booked:{number}",
                channel="email",
                recipient="robin@home.example",
                subject="Your place",
                body="Dear Robin",
                now=datetime.now(UTC) - timedelta(hours=1),
            )
    said = parts_not_ok(client, 200)
    assert set(said) == {"outbox"}
    with store.write() as session:
        for message in session.query(OutboxMessage):
            message.sent_at = datetime.now(UTC)
    assert parts_not_ok(client, 200) == {}


def test_nothing_in_it_helps_an_attacker(client: TestClient, settings: Settings) -> None:
    (settings.state_dir / "hearth.db").unlink()
    text = client.get("/ready").text
    for secret in (str(settings.state_dir), "sqlite", "hearth.db", str(settings.rasa_port), "Error", "Traceback"):
        assert secret not in text


@pytest.fixture
def hanging_port() -> Iterator[int]:
    """A port where connections are taken and nothing is ever said."""
    with socket.create_server(("127.0.0.1", free_port())) as server:
        yield server.getsockname()[1]


def test_an_assistant_that_hangs_does_not_make_it_hang(settings: Settings, store: Store, hanging_port: int) -> None:
    beat(settings.state_dir)
    hung = settings.model_copy(update={"rasa_port": hanging_port})
    with TestClient(create_app(hung, store, project_catalogue()), **HERE) as client:
        assert set(parts_not_ok(client, 200)) == {"assistant"}


def test_a_question_that_hangs_is_asked_once_and_again_only_when_it_came_back() -> None:
    asked, may_answer = [], threading.Event()

    def question() -> int:
        asked.append(threading.get_ident())
        may_answer.wait(30)
        return len(asked)

    slow = AskedInTime(question, 0.01)
    for _ in range(3):
        with pytest.raises(NoAnswer):
            asyncio.run(slow.answer())
    assert len(asked) == 1
    may_answer.set()
    patient = AskedInTime(question, 30)
    assert asyncio.run(patient.answer()) == 2
    assert asyncio.run(patient.answer()) == 3


def test_a_question_that_ends_in_an_error_has_no_answer_and_is_asked_again() -> None:
    answers = iter([ValueError("no"), 7])

    def question() -> int:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    asked = AskedInTime(question, 30)
    with pytest.raises(NoAnswer):
        asyncio.run(asked.answer())
    assert asyncio.run(asked.answer()) == 7
