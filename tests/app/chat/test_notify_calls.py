"""GOV.UK Notify calls us: STOP, and what became of messages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from enquiry.outbox.opt_outs import is_stopped, start_messages
from enquiry.settings import Settings
from enquiry.store.models import OutboxMessage

TOKEN = "a-token-that-nobody-guesses"
NUMBER = "+447700900123"


@pytest.fixture
def known(app: FastAPI) -> Iterator[FastAPI]:
    """The application with a token for Notify in its settings."""
    settings: Settings = app.state.settings
    app.state.settings = settings.model_copy(update={"notify_callback_token": TOKEN})
    yield app
    app.state.settings = settings
    with app.state.store.write() as session:
        start_messages(session, NUMBER)


def call(client: TestClient, what: str, token: str | None = TOKEN, **sent: Any) -> Response:
    headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
    response: Response = client.post(f"/api/notify/{what}", headers=headers, **sent)
    return response


def is_problem(response: Response, status: int) -> bool:
    return (
        response.status_code == status == response.json()["status"]
        and response.headers["content-type"] == "application/problem+json"
    )


def message_in(app: FastAPI) -> str:
    now = datetime.now(UTC)
    with app.state.store.write() as session:
        message = OutboxMessage(
            agency="leicestershire",
            occasion=f"notify-test:{now}",
            kind="place_booked",
            channel="text",
            recipient=NUMBER,
            subject="s",
            body="b",
            created_at=now,
            next_try_at=now,
            attempts=1,
            sent_at=now,
        )
        session.add(message)
        session.flush()
        return message.id


def found(app: FastAPI, message: str) -> OutboxMessage:
    with app.state.store.read() as session:
        one: OutboxMessage = session.get_one(OutboxMessage, message)
        return one


def test_without_a_token_in_the_settings_there_is_nothing_there(client: TestClient) -> None:
    assert is_problem(call(client, "received", json={"source_number": "447700900123", "message": "STOP"}), 404)
    assert is_problem(call(client, "delivered", token="", json={"reference": "x", "status": "delivered"}), 404)


@pytest.mark.parametrize("token", [None, "", "another", TOKEN + "x", "é"])
def test_nobody_else_gets_in(client: TestClient, known: FastAPI, token: str | None) -> None:
    headers = {} if token is None else {"Authorization": f"Bearer {token}".encode()}
    for what in ("received", "delivered"):
        answer = client.post(
            f"/api/notify/{what}", headers=headers, json={"source_number": "447700900123", "message": "STOP"}
        )
        assert is_problem(answer, 401)
    with known.state.store.read() as session:
        assert not is_stopped(session, NUMBER)


def test_stop_is_respected_and_start_as_well(client: TestClient, known: FastAPI) -> None:
    for word, stopped in (("Stop.", True), ("hello", True), ("START", False)):
        sent = {"id": "x", "source_number": "447700900123", "destination_number": "07537417379", "message": word}
        assert call(client, "received", json=sent).status_code == 204
        with known.state.store.read() as session:
            assert is_stopped(session, NUMBER) is stopped


@pytest.mark.parametrize("status", ["permanent-failure", "temporary-failure", "technical-failure"])
def test_a_message_that_did_not_arrive_is_given_up_with_the_reason(
    client: TestClient, known: FastAPI, status: str
) -> None:
    message = message_in(known)
    answer = call(client, "delivered", json={"id": "y", "reference": message, "to": NUMBER, "status": status})
    assert (answer.status_code, answer.content) == (204, b"")
    after = found(known, message)
    assert after.given_up_at is not None
    assert after.sent_at is None
    assert after.last_error


@pytest.mark.parametrize("status", ["delivered", "sending", "whatever comes"])
def test_any_other_status_changes_nothing(client: TestClient, known: FastAPI, status: str) -> None:
    message = message_in(known)
    assert call(client, "delivered", json={"reference": message, "status": status}).status_code == 204
    assert found(known, message).sent_at is not None


@pytest.mark.parametrize("reference", [None, "", "f" * 32, "\x00", "x" * 200])
def test_a_message_that_is_not_ours_is_nobodys_business(
    client: TestClient, known: FastAPI, reference: str | None
) -> None:
    assert call(client, "delivered", json={"reference": reference, "status": "permanent-failure"}).status_code == 204


@pytest.mark.parametrize("number", ["", "\x00", "Fostering", "60777"])
def test_a_sender_that_is_no_number_changes_nothing(client: TestClient, known: FastAPI, number: str) -> None:
    assert call(client, "received", json={"source_number": number, "message": "STOP"}).status_code == 204


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'"STOP"', b"{}", b'{"source_number": 1, "message": []}', b"\xff\xfe", b"[" * 10_000]
)
@pytest.mark.parametrize("what", ["received", "delivered"])
def test_what_can_not_be_read_is_a_problem_with_a_sentence(
    client: TestClient, known: FastAPI, what: str, content: bytes
) -> None:
    answer = call(client, what, content=content)
    assert answer.status_code in (400, 413, 422)
    assert is_problem(answer, answer.status_code)
