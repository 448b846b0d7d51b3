"""/metrics: who may read it, what is counted, and what the store is asked for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from bench.support.attempts import chat
from bench.support.waiting import wait_until
from enquiry.bookings.booking import EventFull
from enquiry.bookings.events.places import book_place, coming_events
from enquiry.conversations.conversation import open_conversation
from enquiry.journey.record import enquiry_of
from enquiry.settings import Settings
from enquiry.store.engine import Store
from tests.app.operating.conftest import METRICS_TOKEN
from tests.support.fake_assistant import FakeAssistant

TOKEN = {"Authorization": f"Bearer {METRICS_TOKEN}"}


def figures(client: TestClient) -> dict[tuple[str, ...], float]:
    """Each figure by its name and the values of its labels."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def from_outside(client: TestClient, address: str = "203.0.113.9", host: str = "hearth.example") -> TestClient:
    return TestClient(client.app, base_url=f"https://{host}", client=(address, 50000))


def test_this_machine_may_read_it_and_the_public_finds_nothing(client: TestClient) -> None:
    assert client.get("/metrics").status_code == 200
    outside = from_outside(client).get("/metrics")
    assert outside.status_code == 404
    assert "hearth_" not in outside.text


@pytest.mark.parametrize(
    "name", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "X-Forwarded-Proto", "X-Forwarded-Host"]
)
def test_what_comes_through_a_proxy_on_this_machine_comes_from_the_public(client: TestClient, name: str) -> None:
    assert client.get("/metrics", headers={name: "127.0.0.1"}).status_code == 404


def test_a_name_of_the_public_on_this_machine_is_the_public(client: TestClient) -> None:
    assert from_outside(client, "127.0.0.1").get("/metrics").status_code == 404


def test_from_elsewhere_it_takes_the_token(client: TestClient) -> None:
    outside = from_outside(client)
    assert outside.get("/metrics", headers=TOKEN).status_code == 200
    for wrong in ("", "Bearer", "Bearer ", "Bearer wrong", f"Basic {METRICS_TOKEN}", METRICS_TOKEN):
        assert outside.get("/metrics", headers={"Authorization": wrong}).status_code == 404


def test_without_a_token_in_the_settings_no_token_opens_it(client: TestClient, settings: Settings) -> None:
    settings.metrics_token = ""
    for tried in ("Bearer ", "Bearer", "Bearer x"):
        assert from_outside(client).get("/metrics", headers={"Authorization": tried}).status_code == 404


def test_answers_are_counted_by_what_came_of_them(
    client: TestClient, say: Callable[..., dict[str, Any]], assistant: FakeAssistant
) -> None:
    wait_until(lambda: client.get("/api/status").json()["assistant"] == "awake", "the assistant to be noticed")
    assert figures(client)["hearth_assistant_awake",] == 1
    say("hello")
    assistant.may_answer.clear()
    say("hello again")
    assistant.stop()
    wait_until(lambda: client.get("/api/status").json()["assistant"] != "awake", "the assistant to be missed")
    say("and again")
    found = figures(client)
    assert found["hearth_assistant_awake",] == 0
    for outcome in ("answered", "too_late", "assistant_away"):
        assert found["hearth_reply_seconds_count", outcome] == 1, outcome
    assert found["hearth_events_total", "message_received"] == 3
    assert found["hearth_messages_waiting", "leicestershire"] >= 1
    assert found["hearth_messages_waiting_oldest_seconds", "leicestershire"] > 0


def test_refusals_are_counted(client: TestClient, say: Callable[..., dict[str, Any]]) -> None:
    for _ in range(6):
        last = say("hello")
    assert last["status"] == 429
    own = {"Sec-Fetch-Site": "same-origin"}
    client.post("/console/sign-in", data={"email": "nobody@home.example", "password": "wrong"}, headers=own)
    found = figures(client)
    assert found["hearth_limits_hit_total", "message"] == 1
    assert found["hearth_sign_ins_refused_total", "wrong_password"] == 1


def test_bookings_are_counted_by_kind_and_by_what_came_of_them(client: TestClient, store: Store) -> None:
    now = datetime.now(UTC)
    with store.write() as session:
        event = coming_events(session, "leicestershire", now)[0]
        event.places = 3
    for _ in range(2):
        with store.write() as session:
            enquiry = enquiry_of(session, open_conversation(session, "leicestershire", now), now)
            try:
                book_place(session, event.id, enquiry, 2, chat(now))
            except EventFull:
                continue
    found = figures(client)
    assert found["hearth_bookings_total", "place", "booked"] == 1
    assert found["hearth_bookings_total", "place", "event_full"] == 1


def test_a_booking_that_is_undone_is_not_counted(client: TestClient, store: Store) -> None:
    now = datetime.now(UTC)
    with suppress(ZeroDivisionError), store.write() as session:
        enquiry = enquiry_of(session, open_conversation(session, "leicestershire", now), now)
        book_place(session, coming_events(session, "leicestershire", now)[0].id, enquiry, 1, chat(now))
        raise ZeroDivisionError
    assert ("hearth_bookings_total", "place", "booked") not in figures(client)


def test_while_the_store_does_not_answer_the_other_figures_are_there(client: TestClient, settings: Settings) -> None:
    assert figures(client)["hearth_store_answers",] == 1
    (settings.state_dir / "hearth.db").rename(settings.state_dir / "gone.db")
    found = figures(client)
    assert found["hearth_store_answers",] == 0
    assert "hearth_assistant_awake" in {name for name, *_ in found}
    assert "hearth_messages_waiting" not in {name for name, *_ in found}


def test_its_labels_hold_words_of_hearth_alone(client: TestClient, say: Callable[..., dict[str, Any]]) -> None:
    answer = say("My name is Quillfeather", **{"X-Request-Id": "quillfeather-01"})
    text = client.get("/metrics").text
    assert "quillfeather" not in text.lower()
    assert answer["conversation"] not in text
    assert timedelta(seconds=figures(client)["process_cpu_seconds_total",]) > timedelta(0)
