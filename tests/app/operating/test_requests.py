"""A message is followed by its request id; a request is one line, with no key and no address in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from fastapi.testclient import TestClient

from bench.support.waiting import wait_until
from enquiry.store.engine import Store
from tests.support.fake_assistant import FakeAssistant
from tests.support.log_lines import LogLines

Say = Callable[..., dict[str, Any]]
MADE = re.compile(r"[0-9a-f]{32}")


def awake(client: TestClient) -> bool:
    return bool(client.get("/api/status").json()["assistant"] == "awake")


def test_a_request_id_comes_back_and_goes_to_the_assistant(
    client: TestClient, say: Say, assistant: FakeAssistant, lines: LogLines
) -> None:
    wait_until(lambda: awake(client), "the assistant to be noticed")
    answer = say("hello there", **{"X-Request-Id": "follow-me-001"})
    assert answer["headers"]["X-Request-Id"] == "follow-me-001"
    (received,) = assistant.received
    assert received["metadata"] == {
        "agency": "leicestershire",
        "question": None,
        "previous_question": None,
        "asked_again": False,
        "chosen": False,
        "last_answer": None,
        "after_disclosure": None,
        "after_certainty": None,
        "request_id": "follow-me-001",
    }
    told = [line for line in lines.all if line.get("request_id") == "follow-me-001"]
    assert [line["event"] for line in told] == ["message_received", "message_answered", "request_done"]
    assert {line["conversation_id"] for line in told} == {answer["conversation"]}
    assert told[1]["replies"] == 1


def test_one_that_is_none_is_not_taken_nor_told(client: TestClient, lines: LogLines) -> None:
    for stated in ("robin fell", "x", "<script>alert(1)</script>", "a" * 65):
        made = client.get("/console/sign-in", headers={"X-Request-Id": stated}).headers["X-Request-Id"]
        assert MADE.fullmatch(made)
    assert "script" not in lines.text
    assert "robin" not in lines.text


def test_every_answer_has_one_also_one_that_went_wrong(client: TestClient, store: Store, lines: LogLines) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE conversations RENAME TO elsewhere")
    answer = client.post(
        "/api/conversations", json={"agency": "leicestershire"}, headers={"X-Request-Id": "went-wrong"}
    )
    assert answer.status_code == 500
    assert answer.headers["X-Request-Id"] == "went-wrong"
    (failed,) = lines.of("request_failed")
    assert failed["request_id"] == "went-wrong"
    assert failed["route"] == "/api/conversations"
    assert failed["status"] == 500
    assert failed["error"] == "OperationalError"
    assert failed["caused_by"] == "OperationalError:SQLITE_ERROR"
    assert failed["place"].startswith("enquiry/conversations/conversation.py:")
    for path in ("/nowhere", "/health", "/chat/leicestershire/leave"):
        assert MADE.fullmatch(client.get(path, follow_redirects=False).headers["X-Request-Id"])


def test_a_request_is_told_by_its_route_and_not_by_its_address(client: TestClient, lines: LogLines) -> None:
    client.get("/booking/quillfeather")
    client.get("/quillfeather?name=quillfeather")
    client.request("QUILLFEATHER", "/console/sign-in")
    told = [(line["method"], line["route"], line["status"]) for line in lines.of("request_done")]
    assert told == [("GET", "/booking/{key}", 404), ("GET", "none", 404), ("other", "/console/sign-in", 405)]
    assert all(line["milliseconds"] > 0 for line in lines.of("request_done"))
    assert "quillfeather" not in lines.text.lower()


def test_what_is_asked_for_all_the_time_is_not_told_while_it_goes_well(client: TestClient, lines: LogLines) -> None:
    for path in ("/health", "/ready", "/metrics", "/api/status", "/widget.js"):
        assert client.get(path).status_code == 200
    assert lines.of("request_done") == []


def test_a_message_that_is_answered_late_is_still_told_under_its_own_request(
    client: TestClient, say: Say, assistant: FakeAssistant, lines: LogLines
) -> None:
    wait_until(lambda: awake(client), "the assistant to be noticed")
    assistant.may_answer.clear()
    say("is anybody there?", **{"X-Request-Id": "waits-long-1"})
    assert [line["request_id"] for line in lines.of("message_too_late")] == ["waits-long-1"]
    assistant.may_answer.set()
    wait_until(lambda: bool(lines.of("message_answered_later")), "the answer")
    assert [line["request_id"] for line in lines.of("message_answered_later")] == ["waits-long-1"]


def test_an_assistant_that_goes_and_comes_back_is_told_with_what_was_missing(
    client: TestClient, say: Say, assistant: FakeAssistant, lines: LogLines
) -> None:
    wait_until(lambda: awake(client), "the assistant to be noticed")
    assistant.stop()
    say("hello?", **{"X-Request-Id": "nobody-here-1"})
    assert [line["request_id"] for line in lines.of("message_assistant_away")] == ["nobody-here-1"]
    assert [line["missing"] for line in lines.of("assistant_away")] == ["rasa,actions"]
    assistant.start()
    wait_until(lambda: bool(lines.of("message_answered_later")), "the answer")
    assert [line["request_id"] for line in lines.of("message_answered_later")] == ["nobody-here-1"]
    assert len(lines.of("assistant_awake")) == 2
    assert assistant.received[-1]["metadata"]["request_id"] == "nobody-here-1"


def test_an_assistant_that_says_nothing_is_told(
    client: TestClient, say: Say, assistant: FakeAssistant, lines: LogLines
) -> None:
    wait_until(lambda: awake(client), "the assistant to be noticed")
    assistant.answer = lambda _text: []
    say("hello?")
    assert lines.of("assistant_silent")[0]["reason"] == "nothing_said"
