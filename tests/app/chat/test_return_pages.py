"""Coming back by a link: the page, the cookie, the welcome, the interface for machines."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from bench.support.attempts import worker
from enquiry.agencies.agency import load_agencies
from enquiry.conversations.return_links import make_link
from enquiry.journey.record import answers_of, enquiry_of, record_answer
from enquiry.retention.forget import forget_conversation
from enquiry.settings import ROOT
from enquiry.store.models import Conversation
from tests.app.chat.conftest import SteppedClock, Talk
from web.dependencies import application_of
from web.rate_limits import RateLimits

CHAT = "/chat/leicestershire"
WELCOME_BACK = "Welcome back. I have kept what you told me."
FROM_A_PAGE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(app: FastAPI) -> Iterator[None]:
    """The tries of one test are not those of the next."""
    unused = replace(app.state.application, rate_limits=RateLimits(1000, 100_000, sign_ins_per_minute=10))
    app.dependency_overrides[application_of] = lambda: unused
    yield
    app.dependency_overrides.clear()


@pytest.fixture
def link(app: FastAPI, clock: SteppedClock) -> Callable[..., str]:
    """Make a link for a conversation in which the questions were begun."""

    def made(talk: Talk, begun: bool = True) -> str:
        with app.state.store.write() as session:
            conversation = session.get_one(Conversation, talk.id)
            if begun:
                record_answer(session, enquiry_of(session, conversation, clock()), "age", "25_plus", clock())
            return make_link(session, conversation, clock())

    return made


def change(app: FastAPI, talk: Talk, **values: Any) -> None:
    with app.state.store.write() as session:
        conversation = session.get_one(Conversation, talk.id)
        for name, value in values.items():
            setattr(conversation, name, value)


def come_back(client: TestClient, secret: str, **more: Any) -> Response:
    answer: Response = client.post(f"{CHAT}/return/{secret}", headers=FROM_A_PAGE, follow_redirects=False, **more)
    return answer


def take_up(client: TestClient, secret: str) -> Response:
    answer: Response = client.post("/api/return", json={"secret": secret})
    return answer


def test_opening_the_link_changes_nothing_since_mail_scanners_open_links(
    client: TestClient, talk: Talk, link: Callable[..., str]
) -> None:
    secret = link(talk)
    before = talk.texts()
    for _ in range(3):
        page = client.get(f"{CHAT}/return/{secret}")
        assert page.status_code == 200
        assert '<button class="govuk-button">Carry on</button>' in page.text
    assert talk.texts() == before
    assert "set-cookie" not in page.headers


def test_the_page_of_a_link_is_kept_and_told_to_nobody_and_does_not_say_what_it_is_about(
    client: TestClient, talk: Talk, link: Callable[..., str]
) -> None:
    secret = link(talk)
    for answer in (
        client.get(f"{CHAT}/return/{secret}"),
        come_back(client, secret),
        client.get(f"{CHAT}/return/nothing"),
    ):
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
        assert "noindex" in answer.headers["x-robots-tag"]
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "foster" not in answer.text.lower()
    assert "x-robots-tag" not in client.get(CHAT).headers


def test_carrying_on_opens_the_conversation_in_this_browser_with_a_welcome(
    client: TestClient, talk: Talk, link: Callable[..., str]
) -> None:
    talk.send("I live in Blaby")
    answer = come_back(client, link(talk))
    assert (answer.status_code, answer.headers["location"]) == (303, f"{CHAT}?returned=1#latest")
    for words in ("HttpOnly", "SameSite=lax", f"Path={CHAT}"):
        assert words in answer.headers["set-cookie"]
    page = client.get(CHAT).text
    assert "You told me: I live in Blaby" in page
    assert WELCOME_BACK in page
    assert 'value="Carry on with the questions"' in page
    assert 'value="Talk to a person"' in page


def test_the_welcome_stands_once_until_the_person_says_something(
    client: TestClient, talk: Talk, link: Callable[..., str]
) -> None:
    first, second = link(talk), link(talk)
    for secret in (first, second, first):
        come_back(client, secret)
    assert talk.texts().count(WELCOME_BACK) == 1
    talk.send("Carry on with the questions")
    come_back(client, first)
    assert talk.texts().count(WELCOME_BACK) == 2
    assert talk.texts()[-1] == WELCOME_BACK


def test_coming_back_keeps_every_answer_and_the_question_that_was_open(
    client: TestClient, talk: Talk, link: Callable[..., str], app: FastAPI
) -> None:
    secret = link(talk)
    change(app, talk, question="work_pattern", previous_question="dogs")

    def kept() -> tuple[Any, ...]:
        with app.state.store.read() as session:
            conversation = session.get_one(Conversation, talk.id)
            assert conversation.enquiry is not None
            return (
                conversation.question,
                conversation.previous_question,
                conversation.enquiry.goal,
                answers_of(conversation.enquiry),
            )

    before = kept()
    come_back(client, secret)
    assert kept() == before == ("work_pattern", "dogs", None, {"age": "25_plus"})


def test_who_had_begun_nothing_is_offered_to_begin(client: TestClient, talk: Talk, link: Callable[..., str]) -> None:
    come_back(client, link(talk, begun=False))
    assert 'value="Check if I could foster"' in client.get(CHAT).text


def test_two_devices_go_on_with_one_conversation_at_once(
    client: TestClient, talk: Talk, link: Callable[..., str]
) -> None:
    taken_up = take_up(client, link(talk)).json()
    other = Talk(client, taken_up["id"], taken_up["token"])
    assert other.id == talk.id
    other.send("from the tablet")
    talk.send("from the phone")
    assert talk.texts() == other.texts()
    assert talk.texts("enquirer") == ["from the tablet", "from the phone"]


def test_the_interface_gives_all_messages_with_the_welcome_at_the_end(
    client: TestClient, talk: Talk, link: Callable[..., str]
) -> None:
    talk.send("kept")
    taken_up = take_up(client, link(talk)).json()
    assert [message["text"] for message in taken_up["messages"]] == talk.texts()
    assert taken_up["messages"][-1]["text"] == WELCOME_BACK
    assert taken_up["messages"][-1]["choices"][0]["title"] == "Carry on with the questions"


def test_another_chat_of_this_browser_is_named_before_it_is_replaced_and_stays_in_the_store(
    client: TestClient, talk: Talk, link: Callable[..., str], app: FastAPI
) -> None:
    secret = link(talk)
    assert "There is another chat open" not in client.get(f"{CHAT}/return/{secret}").text
    client.post(CHAT, data={"text": "the other one"})
    assert "There is another chat open" in client.get(f"{CHAT}/return/{secret}").text
    with app.state.store.read() as session:
        before = session.query(Conversation).count()
    come_back(client, secret)
    assert "the other one" not in client.get(CHAT).text
    assert "There is another chat open" not in client.get(f"{CHAT}/return/{secret}").text
    with app.state.store.read() as session:
        assert session.query(Conversation).count() == before


@pytest.mark.parametrize("why", ["unknown", "expired", "forgotten", "stopped", "another agency", "agency gone"])
def test_a_link_that_opens_nothing_gives_the_same_friendly_page_whatever_the_reason(
    client: TestClient, talk: Talk, link: Callable[..., str], app: FastAPI, clock: SteppedClock, why: str
) -> None:
    unknown = client.get(f"{CHAT}/return/{'a' * 32}")
    unknown_to_machines = take_up(client, "a" * 32)
    secret = link(talk) if why != "unknown" else "b" * 32
    match why:
        case "expired":
            clock.ahead = timedelta(days=30, seconds=1)
        case "forgotten":
            with app.state.store.write() as session:
                forget_conversation(session, talk.id, worker(clock()))
        case "stopped":
            change(app, talk, collecting_stopped=True)
        case "another agency" | "agency gone":
            change(app, talk, agency="elsewhere")
    for answer in (client.get(f"{CHAT}/return/{secret}"), come_back(client, secret)):
        assert (answer.status_code, answer.text) == (404, unknown.text)
        assert "set-cookie" not in answer.headers
    assert "start a new chat" in unknown.text
    assert 'href="tel:01163050505"' in unknown.text
    answer = take_up(client, secret)
    assert (answer.status_code, answer.json()) == (404, unknown_to_machines.json())


@pytest.mark.parametrize("other", sorted(set(load_agencies(ROOT / "data/agencies")) - {"leicestershire"}))
def test_a_link_of_one_agency_opens_nothing_at_another(
    client: TestClient, talk: Talk, link: Callable[..., str], other: str
) -> None:
    secret = link(talk)
    assert client.get(f"/chat/{other}/return/{secret}").status_code == 404
    assert client.post(f"/chat/{other}/return/{secret}", follow_redirects=False).status_code == 404


@pytest.mark.parametrize(
    "secret", ["%00", "%ff%fe", "%ED%A0%80", "é", "y" * 3000, "%2e%2e", "<script>alert(1)</script>", "' OR 1=1", "sure"]
)
def test_a_hostile_link_is_the_friendly_page_and_nothing_of_it_is_shown(client: TestClient, secret: str) -> None:
    for answer in (client.get(f"{CHAT}/return/{secret}"), come_back(client, secret)):
        assert answer.status_code in (404, 405)
        assert "alert(1)" not in answer.text
        assert "Traceback" not in answer.text


@pytest.mark.parametrize("body", [b"{}", b'{"secret": 5}', b'{"secret": null}', b"[]", b"x", b""])
def test_a_request_without_a_secret_says_what_is_wrong(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/return", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("secret", ["", "\ud800", "x" * 100_000])
def test_an_odd_secret_opens_nothing(client: TestClient, secret: str) -> None:
    # Written out here: the client's own JSON can't carry half a surrogate pair.
    answer = client.post(
        "/api/return", content=json.dumps({"secret": secret}), headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 404


def test_guessing_is_slowed_down_on_the_page_and_at_the_interface_together(
    client: TestClient, talk: Talk, link: Callable[..., str]
) -> None:
    secret = link(talk)
    for number in range(5):
        client.get(f"{CHAT}/return/{number}")
        take_up(client, str(number))
    for answer in (client.get(f"{CHAT}/return/{secret}"), come_back(client, secret), take_up(client, secret)):
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) > 0
        assert "seconds" in answer.text
    assert WELCOME_BACK not in talk.texts()


def test_another_website_cannot_put_a_conversation_into_somebodys_browser(
    client: TestClient, talk: Talk, link: Callable[..., str]
) -> None:
    answer = client.post(
        f"{CHAT}/return/{link(talk)}", headers={"Sec-Fetch-Site": "cross-site"}, follow_redirects=False
    )
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert WELCOME_BACK not in talk.texts()


def test_the_interface_is_described(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    operation = described["paths"]["/api/return"]["post"]
    assert set(operation["responses"]) == {"200", "404", "422", "429"}
    assert set(described["components"]["schemas"]["ConversationTakenUp"]["properties"]) == {"id", "token", "messages"}


def test_no_script_and_no_style_stands_in_the_page(client: TestClient, talk: Talk, link: Callable[..., str]) -> None:
    page = client.get(f"{CHAT}/return/{link(talk)}").text
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", page)
