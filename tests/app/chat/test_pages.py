"""The pages as a browser without JavaScript gets them, and what every answer tells a browser to keep to."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from enquiry.store.models import Conversation
from tests.app.chat.conftest import Talk
from tests.support.fake_assistant import FakeAssistant
from web.assets import asset_address
from web.dependencies import application_of
from web.rate_limits import RateLimits

CHAT = "/chat/leicestershire"


def conversations(app: FastAPI) -> int:
    with app.state.store.read() as session:
        return session.scalar(select(func.count()).select_from(Conversation)) or 0


def key_in(page: str) -> str:
    found = re.search(r'name="client_key" value="([^"]+)"', page)
    assert found
    return found.group(1)


def test_looking_at_the_chat_begins_nothing(client: TestClient, app: FastAPI) -> None:
    before = conversations(app)
    page = client.get(CHAT)
    assert "automated assistant" in page.text
    assert "0116 305 0505" in page.text
    assert conversations(app) == before
    assert "set-cookie" not in page.headers


def test_the_form_begins_a_conversation_and_the_cookie_goes_on_with_it(
    client: TestClient, app: FastAPI, talk: Talk
) -> None:
    before = conversations(app)
    sent = client.post(CHAT, data={"text": "Can I foster?"}, follow_redirects=False)
    assert sent.status_code == 303
    assert sent.headers["location"] == f"{CHAT}#latest"
    cookie = sent.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/chat/leicestershire" in cookie
    assert "You told me: Can I foster?" in client.get(CHAT).text
    client.post(CHAT, data={"choice": "Come to an event", "text": ""})
    assert "You told me: Come to an event" in client.get(CHAT).text
    assert conversations(app) == before + 1


def test_the_form_sent_twice_is_one_message(client: TestClient, talk: Talk, assistant: FakeAssistant) -> None:
    key = key_in(client.get(CHAT).text)
    for _ in range(2):
        client.post(CHAT, data={"text": "once", "client_key": key})
    client.post(CHAT, data={"text": "changed", "client_key": key})
    assert [sent["message"] for sent in assistant.received] == ["once", "changed"]


@pytest.mark.parametrize(("typed", "words"), [("", "Type a message first"), ("y" * 2001, "2001 characters")])
def test_what_cannot_be_taken_stays_in_the_form(client: TestClient, app: FastAPI, typed: str, words: str) -> None:
    before = conversations(app)
    page = client.post(CHAT, data={"text": typed})
    assert page.status_code == 422
    assert words in page.text
    assert f">{typed}</textarea>" in page.text
    assert conversations(app) == before


@pytest.mark.parametrize(
    "body",
    [
        b"text=%ff%fe",
        b"text=%00",
        b"%%%=&&",
        b"text=a&client_key=%ed%a0%80",
        b"choice=" + b"%F0%9F%98%80" * 10_000,
        b"\xff" * 50,
    ],
)
def test_a_form_that_no_browser_sends_is_a_plain_page(client: TestClient, body: bytes) -> None:
    page = client.post(CHAT, content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert page.status_code in (200, 422)
    assert "0116 305 0505" in page.text


def test_the_form_says_too_many_chats_and_whom_to_ring_not_that_messages_come_too_quickly(
    client: TestClient, app: FastAPI
) -> None:
    limited = replace(app.state.application, rate_limits=RateLimits(100, conversations_per_hour=1))
    app.dependency_overrides[application_of] = lambda: limited
    client.post(CHAT, data={"text": "one"})
    client.cookies.clear()
    page = client.post(CHAT, data={"text": "two"})
    app.dependency_overrides.clear()
    assert page.status_code == 429
    assert "Many chats have been started" in page.text
    assert "60 minutes" in page.text
    assert ">two</textarea>" in page.text


def test_what_was_typed_is_escaped_and_phone_numbers_of_the_assistant_can_be_rung(
    client: TestClient, talk: Talk
) -> None:
    client.post(CHAT, data={"text": "<img src=x onerror=alert(1)> ring 0116 305 0505"})
    page = client.get(CHAT).text
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt; ring 0116 305 0505" in page
    assert '<a class="govuk-link chat-phone" href="tel:01163050505">0116 305 0505</a>' in page


def test_while_the_assistant_is_away_the_form_still_takes_a_message(
    client: TestClient, talk: Talk, assistant: FakeAssistant
) -> None:
    assistant.stop()
    client.post(CHAT, data={"text": "are you there?"})
    page = client.get(CHAT).text
    assert "are you there?" in page
    assert "is kept" in page
    assert "See if there is an answer" in page


def test_a_form_from_another_website_is_not_carried_out(client: TestClient, app: FastAPI) -> None:
    before = conversations(app)
    answer = client.post(CHAT, data={"text": "hello"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "another website" in answer.text
    assert conversations(app) == before


def test_start_again_leaves_the_conversation_and_forget_deletes_it(client: TestClient, app: FastAPI) -> None:
    before = conversations(app)
    client.post(CHAT, data={"text": "apples"})
    assert "Start again?" in client.get(f"{CHAT}/start-again/sure").text
    assert "apples" not in client.post(f"{CHAT}/start-again").text
    assert conversations(app) == before + 1
    client.post(CHAT, data={"text": "pears"})
    assert "Forget this chat?" in client.get(f"{CHAT}/forget/sure").text
    assert "has been forgotten" in client.post(f"{CHAT}/forget").text
    assert conversations(app) == before + 1
    assert "pears" not in client.get(CHAT).text


def test_a_browser_without_a_chat_is_not_told_that_one_was_forgotten(client: TestClient) -> None:
    page = client.post(f"{CHAT}/forget").text
    assert "There is no chat to forget on this device" in page
    assert "has been forgotten" not in page
    assert "0116 305 0505" in page


def test_leaving_quickly_takes_the_key_from_the_browser(client: TestClient) -> None:
    client.post(CHAT, data={"text": "private"})
    left = client.get(f"{CHAT}/leave", follow_redirects=False)
    assert left.status_code == 303
    assert left.headers["location"] == "https://www.bbc.co.uk/weather"
    assert "private" not in client.get(CHAT).text


def test_the_transcript_can_be_kept_without_javascript(client: TestClient, talk: Talk) -> None:
    assert client.get(f"{CHAT}/transcript").status_code == 404
    client.post(CHAT, data={"text": "keep this"})
    assert "keep this" in client.get(f"{CHAT}/transcript").text


def test_a_cookie_that_is_not_ours_is_as_good_as_none(client: TestClient) -> None:
    client.cookies.set("hearth_chat_leicestershire", "nonsense", path=CHAT)
    assert client.get(CHAT).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/chat/nowhere",
        "/chat/leicestershire/nothing/sure",
        "/assets/0/../app.py",
        "/assets/x/%00",
        f"/assets/x/{'y' * 300}",
        f"/assets/images/{'y' * 300}",
    ],
)
def test_an_unknown_address_is_a_kind_page_with_a_phone_number(client: TestClient, path: str) -> None:
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "find that page" in page.text
    assert "0116 305 0505" in page.text


def test_only_the_chat_may_stand_in_a_frame_of_the_agency(client: TestClient) -> None:
    chat = client.get(f"{CHAT}?embed=1").headers["content-security-policy"]
    assert "frame-ancestors 'self' http://testserver https://www.leicestershire.gov.uk" in chat
    assert "frame-ancestors 'none'" in client.get("/").headers["content-security-policy"]
    assert "unsafe" not in chat


@pytest.mark.parametrize("path", ["/", CHAT, f"{CHAT}/forget/sure", "/nothing", "/api/status"])
def test_every_answer_tells_the_browser_to_be_careful(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", CHAT, f"{CHAT}/forget/sure", "/nothing"])
def test_no_page_has_a_script_or_a_style_in_it(client: TestClient, path: str) -> None:
    page = client.get(path).text
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)
    assert '<html lang="en-GB"' in page


def test_an_asset_is_kept_for_ever_under_the_address_of_its_content(client: TestClient) -> None:
    address = asset_address("chat.css")
    kept = client.get(address)
    assert "immutable" in kept.headers["cache-control"]
    assert client.get(address, headers={"If-None-Match": kept.headers["etag"]}).status_code == 304
    assert "immutable" not in client.get("/assets/0000/chat.css").headers["cache-control"]


def test_the_style_sheet_of_the_frontend_comes_without_the_crowns_font(client: TestClient) -> None:
    css = client.get(asset_address("govuk-frontend.min.css")).text
    assert "GDS Transport" not in css
    assert "@font-face" not in css
    assert "system-ui" in css


def test_the_widget_is_small_and_may_be_used_on_other_sites(client: TestClient) -> None:
    script = client.get("/widget.js")
    assert len(script.content) <= 15_000
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"


def test_the_process_says_that_it_is_up_whatever_the_assistant_does(
    client: TestClient, assistant: FakeAssistant
) -> None:
    assistant.stop()
    assert client.get("/health").status_code == 200
