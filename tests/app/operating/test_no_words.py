"""Whatever is typed, sent or provoked, nothing of it gets into the log of the web process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bench.support.waiting import wait_until
from enquiry.bookings.events.places import coming_events
from enquiry.store.engine import Store
from tests.support.fake_assistant import FakeAssistant
from tests.support.log_lines import LogLines

MARKER = "quillfeather"
EVERYWHERE = {
    "User-Agent": MARKER,
    "Referer": f"http://localhost:8000/{MARKER}",
    "Accept-Language": MARKER,
    "X-Request-Id": f"{MARKER} of 9 Vole Lane",
    "X-Forwarded-For": MARKER,
    "Cookie": f"hearth_staff={MARKER}; hearth_leicestershire={MARKER}; other={MARKER}",
}
PATHS = (
    "/{0}",
    "/chat/{0}",
    "/chat/leicestershire?{0}={0}",
    "/chat/leicestershire/return/{0}",
    "/chat/leicestershire/{0}/sure",
    "/booking/{0}",
    "/booking/{0}/change",
    "/book/leicestershire/visit/{0}",
    "/book/leicestershire/find?reference={0}",
    "/calendar/{0}.ics",
    "/assets/{0}/{0}.css",
    "/console/enquiries/{0}",
    "/console/sign-in?next={0}",
    "/api/conversations/{0}/messages",
    "/api/bookings/{0}",
    "/api/enquiries/{0}",
    "/api/availability/events?agency={0}",
)


def in_a_form(client: TestClient, path: str, **fields: str) -> int:
    return client.post(path, data=fields, headers={**EVERYWHERE, "Sec-Fetch-Site": "same-origin"}).status_code


def do_everything(client: TestClient, event_id: str, say: Callable[..., dict[str, Any]]) -> list[int]:
    """Send the marker in by every door. Gives the statuses, to see that the doors are there."""
    found = [client.get(path.format(MARKER), headers=EVERYWHERE).status_code for path in PATHS]
    found.append(say(f"My name is {MARKER}, my number 07700 900123")["status"])
    found.append(client.post("/api/return", json={"secret": MARKER}, headers=EVERYWHERE).status_code)
    found.append(client.post("/api/conversations", json={"agency": MARKER}, headers=EVERYWHERE).status_code)
    found.append(client.post("/api/conversations", content=b'{"' + MARKER.encode(), headers=EVERYWHERE).status_code)
    found.append(in_a_form(client, "/chat/leicestershire", text=MARKER, client_key=MARKER))
    found.append(
        in_a_form(client, "/console/sign-in", email=f"{MARKER}@home.example", password=MARKER, next=f"/{MARKER}")
    )
    somebody = {
        "name": MARKER,
        "phone": "07700 900123",
        "email": f"{MARKER}@home.example",
        "safe": "yes",
        "people": "2",
    }
    event = f"/book/leicestershire/events/{event_id}"
    found.append(in_a_form(client, event, form=f"{1:032x}", act="book", **somebody))
    found.append(in_a_form(client, event, form=MARKER, act=MARKER, **somebody, needs=MARKER))
    booking = {"agency": "leicestershire", "event_id": event_id, "name": MARKER, "contact": f"{MARKER}@home.example"}
    found.append(client.post("/api/bookings", json=booking, headers=EVERYWHERE).status_code)
    found.append(in_a_form(client, "/book/leicestershire/find", reference=MARKER, contact=MARKER))
    received = {"source_number": MARKER, "message": f"STOP {MARKER}"}
    found.append(client.post("/api/notify/received", json=received, headers=EVERYWHERE).status_code)
    bearer = {**EVERYWHERE, "Authorization": f"Bearer {MARKER}"}
    found += [client.get(path, headers=bearer).status_code for path in ("/api/enquiries", "/api/figures", "/metrics")]
    return found


def first_event(store: Store) -> str:
    with store.read() as session:
        return coming_events(session, "leicestershire", datetime.now(UTC))[0].id


def test_no_word_of_anybody_is_told_when_all_goes_well(
    client: TestClient, say: Callable[..., dict[str, Any]], store: Store, lines: LogLines
) -> None:
    wait_until(lambda: client.get("/api/status").json()["assistant"] == "awake", "the assistant to be noticed")
    found = do_everything(client, first_event(store), say)
    assert {200, 404, 422} <= set(found)
    assert 500 not in found
    assert {"message_answered", "sign_in_refused", "request_done", "booking_changed"} <= set(lines.events())
    assert MARKER not in lines.text.lower()
    assert "900123" not in lines.text


@pytest.mark.parametrize("table", ["messages", "conversations", "enquiries", "staff", "events", "places"])
def test_nor_when_the_store_is_broken_in_the_middle_of_it(
    client: TestClient, say: Callable[..., dict[str, Any]], store: Store, lines: LogLines, table: str
) -> None:
    event_id = first_event(store)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA legacy_alter_table = ON")
        connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO elsewhere")

    def say_all_the_same(text: str) -> dict[str, Any]:
        try:
            return say(text)
        except ValueError:
            return {"status": 500}

    assert 500 in do_everything(client, event_id, say_all_the_same)
    assert lines.of("request_failed")
    assert MARKER not in lines.text.lower()
    assert "900123" not in lines.text


@pytest.mark.parametrize(
    "answer",
    [
        [{"text": {MARKER: MARKER}, "choices": MARKER, "links": [MARKER], "question": [MARKER]}],
        [{"text": MARKER, "choices": [{"title": MARKER, "text": MARKER}], "question": MARKER * 10}],
        [MARKER],
        MARKER,
    ],
)
def test_nor_when_the_assistant_says_something_odd(
    client: TestClient, say: Callable[..., dict[str, Any]], assistant: FakeAssistant, lines: LogLines, answer: Any
) -> None:
    wait_until(lambda: client.get("/api/status").json()["assistant"] == "awake", "the assistant to be noticed")
    assistant.answer = lambda _text: answer
    say(f"{MARKER} again")
    assert lines.of("message_received")
    assert MARKER not in lines.text.lower()
