"""The chat API to those who may use it, and to those who may not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from enquiry.enums import HandoffReason, Priority
from enquiry.handoffs.handoff import make_handoff
from enquiry.store.models import Conversation
from tests.app.chat.conftest import SteppedClock, Talk
from tests.support.fake_assistant import FakeAssistant
from web.dependencies import application_of
from web.rate_limits import Counted, RateLimits, TooFast


def assert_problem(response: Response, status: int, words: str) -> None:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert words in problem["detail"]
    assert "Traceback" not in response.text


@pytest.fixture
def use_application(app: FastAPI) -> Iterator[Callable[..., None]]:
    """Let the application work with some other parts for one test."""

    def use(**others: Any) -> None:
        app.dependency_overrides[application_of] = lambda: replace(app.state.application, **others)

    yield use
    app.dependency_overrides.clear()


def test_a_conversation_begins_with_what_the_assistant_is_and_how_to_reach_a_person(client: TestClient) -> None:
    opened = client.post("/api/conversations", json={"agency": "leicestershire"})
    assert opened.status_code == 201
    said = " ".join(message["text"] for message in opened.json()["messages"])
    for words in ("automated", "not a person", "staff can read", "call 999"):
        assert words in said
    assert [choice["title"] for choice in opened.json()["messages"][-1]["choices"]] == [
        "What are the steps?",
        "Check if I could foster",
        "Come to an event",
        "Talk to a person",
    ]


def test_an_unknown_agency_is_not_found(client: TestClient) -> None:
    assert_problem(client.post("/api/conversations", json={"agency": "atlantis"}), 404, "no fostering service")


@pytest.mark.parametrize("text", ["", "   \n\t", "/", "\x00\x01", "// /"])
def test_an_empty_message_is_asked_for_again(talk: Talk, text: str) -> None:
    assert_problem(talk.send(text), 422, "Type a message first")


def test_a_message_that_is_too_long_is_told_the_limit(talk: Talk, assistant: FakeAssistant) -> None:
    assert talk.send("x" * 2000).status_code == 200
    assert_problem(talk.send("x" * 2001), 422, "2000")
    assert_problem(talk.send("x" * 10_000), 422, "10000 characters")
    assert len(assistant.received) == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'{"text": 5}', b'{"text": null}', b'{"text": "x", "client_key": "no"}', b"\xff\xfe"],
)
def test_a_body_that_is_not_a_message_is_a_clear_error(talk: Talk, body: bytes) -> None:
    headers = {**talk.headers, "Content-Type": "application/json"}
    response = talk.client.post(f"{talk.path}/messages", content=body, headers=headers)
    assert_problem(response, 422, "could not be read")


def test_half_a_sign_is_not_a_message(talk: Talk) -> None:
    headers = {**talk.headers, "Content-Type": "application/json"}
    sent = talk.client.post(f"{talk.path}/messages", content=b'{"text": "\\ud800"}', headers=headers)
    assert_problem(sent, 422, "Type a message first")


def test_a_body_larger_than_any_message_is_refused_before_it_is_read(talk: Talk) -> None:
    response = talk.client.post(f"{talk.path}/messages", content=b"x" * 300_000, headers=talk.headers)
    assert_problem(response, 413, "2000 characters")


def test_markup_is_kept_as_the_words_that_were_typed(talk: Talk) -> None:
    talk.send("<script>alert(1)</script>")
    assert talk.texts("enquirer") == ["<script>alert(1)</script>"]


def test_nobody_reads_a_conversation_with_the_key_of_another(talk: Talk, begin: Callable[[], Talk]) -> None:
    other = begin()
    for path in ("messages", "events", "transcript"):
        assert_problem(talk.client.get(f"{other.path}/{path}", headers=talk.headers), 403, "only read your own")
    assert_problem(talk.client.delete(other.path, headers=talk.headers), 403, "only read your own")
    sent = talk.client.post(f"{other.path}/messages", json={"text": "x"}, headers=talk.headers)
    assert_problem(sent, 403, "only read your own")
    assert other.texts("enquirer") == []


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Bearer x.y.z", "Basic abc", "Bearer \u00e9"])
def test_without_a_good_key_nothing_opens(talk: Talk, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header.encode("latin-1")}
    response = talk.client.get(f"{talk.path}/messages", headers=headers)
    assert_problem(response, 401, "start a new chat" if header and header.strip() == "Bearer x.y.z" else "chat")
    assert response.headers["www-authenticate"] == "Bearer"


def test_an_old_key_is_told_that_it_is_too_old(talk: Talk, clock: SteppedClock) -> None:
    clock.ahead = timedelta(days=29)
    assert talk.texts()
    clock.ahead = timedelta(days=31)
    assert_problem(talk.client.get(f"{talk.path}/messages", headers=talk.headers), 401, "long time")


def test_a_conversation_that_is_forgotten_is_gone(talk: Talk, app: FastAPI) -> None:
    talk.send("forget this")
    assert talk.client.delete(talk.path, headers=talk.headers).json() == {"forgotten": True}
    assert_problem(talk.client.get(f"{talk.path}/messages", headers=talk.headers), 404, "not here any more")
    assert_problem(talk.send("hello?"), 404, "new one")
    with app.state.store.read() as session:
        assert session.get(Conversation, talk.id) is None


def test_what_a_disclosure_keeps_is_not_opened_by_the_old_key(talk: Talk, app: FastAPI) -> None:
    with app.state.store.write() as session:
        conversation = session.get(Conversation, talk.id)
        make_handoff(
            session,
            conversation,
            agency=app.state.agencies["leicestershire"],
            wording=app.state.wording,
            reason=HandoffReason.DISCLOSURE,
            summary="Worried about a child.",
            now=app.state.clock(),
            priority=Priority.NOW,
            category="worried_about_child",
        )
    assert talk.client.delete(talk.path, headers=talk.headers).status_code == 200
    assert talk.client.get(f"{talk.path}/messages", headers=talk.headers).status_code in (401, 404)


def test_a_key_for_a_conversation_that_never_was_finds_nothing(client: TestClient, app: FastAPI) -> None:
    nowhere = uuid4().hex
    headers = {"Authorization": f"Bearer {app.state.application.conversation_keys.key_for(nowhere)}"}
    assert_problem(client.get(f"/api/conversations/{nowhere}/messages", headers=headers), 404, "not here any more")


def test_the_transcript_says_who_said_what_and_is_a_file(talk: Talk) -> None:
    talk.send("Can I foster?")
    response = talk.client.get(f"{talk.path}/transcript", headers=talk.headers)
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert "attachment" in response.headers["content-disposition"]
    assert "You, " in response.text
    assert "Can I foster?" in response.text
    assert "You told me: Can I foster?" in response.text


def test_too_many_messages_are_told_when_to_go_on(talk: Talk, use_application: Callable[..., None]) -> None:
    use_application(rate_limits=RateLimits(messages_per_minute=2, conversations_per_hour=2))
    assert [talk.send(str(number)).status_code for number in range(2)] == [200, 200]
    refused = talk.send("three")
    assert_problem(refused, 429, "very quickly")
    assert 1 <= int(refused.headers["retry-after"]) <= 60


def test_too_many_conversations_from_one_address_are_told_to_ring(
    client: TestClient, use_application: Callable[..., None]
) -> None:
    use_application(rate_limits=RateLimits(messages_per_minute=2, conversations_per_hour=1))
    client.post("/api/conversations", json={"agency": "leicestershire"})
    assert_problem(client.post("/api/conversations", json={"agency": "leicestershire"}), 429, "0116 305 0505")


def test_a_message_has_one_shape_wherever_it_is_sent(talk: Talk) -> None:
    shape = {"id", "author", "text", "choices", "links", "question", "at"}
    said = talk.send("hello").json()
    known = talk.client.get(f"{talk.path}/messages", headers=talk.headers).json()["messages"]
    opened = talk.client.post("/api/conversations", json={"agency": "leicestershire"}).json()["messages"]
    for message in (said["message"], *said["messages"], *known, *opened):
        assert set(message) == shape
    assert said["message"] in known


def test_each_conversation_has_a_minute_of_its_own() -> None:
    limits = RateLimits(messages_per_minute=1, conversations_per_hour=1)
    limits.count(Counted.MESSAGE, "one")
    limits.count(Counted.MESSAGE, "another")
    with pytest.raises(TooFast):
        limits.count(Counted.MESSAGE, "one")


def test_the_event_stream_takes_up_after_the_last_event_and_ends_when_the_process_does(
    talk: Talk, app: FastAPI
) -> None:
    talk.send("one")
    talk.send("two")
    numbers: list[int] = []
    with talk.client.stream(
        "GET", f"{talk.path}/events?after=3", headers={**talk.headers, "Last-Event-ID": "4"}
    ) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.iter_lines()
        for line in lines:
            if line.startswith("id: "):
                numbers.append(int(line.removeprefix("id: ")))
            if line.startswith("data: ") and numbers:
                assert set(json.loads(line.removeprefix("data: "))) == {
                    "id",
                    "author",
                    "text",
                    "choices",
                    "links",
                    "question",
                    "at",
                }
            if len(numbers) == 2:
                app.state.application.notifier.close()
    assert numbers == [5, 6]
    app.state.application.notifier.closing = False


def test_a_chat_is_listened_to_in_five_places_at_most(talk: Talk, begin: Callable[[], Talk], app: FastAPI) -> None:
    notifier = app.state.application.notifier
    places = [notifier.join(talk.id) for _ in range(5)]
    refused = talk.client.get(f"{talk.path}/events", headers=talk.headers)
    assert_problem(refused, 429, "too many places")
    assert int(refused.headers["retry-after"]) > 0
    for place in places[:-1]:
        notifier.leave(talk.id, place)
    notifier.closing = True
    assert talk.client.get(f"{talk.path}/events", headers=talk.headers).status_code == 200
    notifier.closing = False
    notifier.leave(talk.id, places[-1])


def test_a_chat_with_an_agency_that_is_no_longer_here_is_told_so_and_can_be_forgotten(talk: Talk, app: FastAPI) -> None:
    talk.send("hello")
    with app.state.store.write() as session:
        session.get_one(Conversation, talk.id).agency = "atlantis"
    assert_problem(talk.send("hello?"), 410, "not here any more")
    assert_problem(talk.client.get(f"{talk.path}/transcript", headers=talk.headers), 410, "not here any more")
    assert "hello" in talk.texts()
    assert talk.client.delete(talk.path, headers=talk.headers).json() == {"forgotten": True}


def test_unknown_addresses_and_methods_are_sentences(client: TestClient) -> None:
    assert_problem(client.get("/api/nothing"), 404, "nothing at this address")
    assert_problem(client.put("/api/conversations"), 405, "can't be done")


def test_trouble_inside_is_a_sentence_and_never_a_traceback(talk: Talk, use_application: Callable[..., None]) -> None:
    use_application(store=None)
    trouble = talk.client.get(f"{talk.path}/messages", headers=talk.headers)
    assert_problem(trouble, 500, "sorry")
    assert trouble.headers["x-content-type-options"] == "nosniff"


def test_the_description_of_the_api_has_the_chat_routes_and_no_pages(client: TestClient, app: FastAPI) -> None:
    paths = set(client.get("/api/openapi.json").json()["paths"])
    assert {"/api/conversations", "/api/conversations/{conversation_id}/messages", "/api/status"} <= paths
    assert all(path.startswith("/api/") for path in paths)
