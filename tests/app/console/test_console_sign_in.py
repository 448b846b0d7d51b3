"""Who gets into the console, and from where a form may come."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from enquiry.enums import Role
from enquiry.staff.accounts import SignedIn, WrongPassword
from enquiry.store.engine import Store
from enquiry.store.models import Staff
from tests.support.console_example import PASSWORD, Example
from tests.support.foreign_forms import FOREIGN
from web.rate_limits import RateLimits

from .conftest import FROM_HERE, Browser, Clock

WRONG = "That email and password do not go together, or this account is resting"


def test_a_page_asks_a_stranger_to_sign_in_and_remembers_where_they_were_going(stranger: Browser) -> None:
    answer = stranger.get("/console/enquiries?search=Amina")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/console/sign-in?next=/console/enquiries%3Fsearch%3DAmina"


def test_signing_in_leads_on_to_the_page_that_was_asked_for(stranger: Browser) -> None:
    answer = stranger.post(
        "/console/sign-in", email="coordinator@leicestershire.example", password=PASSWORD, next="/console/visits"
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/visits")


@pytest.mark.parametrize(
    "elsewhere",
    ["https://elsewhere.example/", "//elsewhere.example", "/console/\\elsewhere", "/chat/x", "javascript:x"],
)
def test_signing_in_never_leads_out_of_the_console(stranger: Browser, elsewhere: str) -> None:
    answer = stranger.post(
        "/console/sign-in", email="coordinator@leicestershire.example", password=PASSWORD, next=elsewhere
    )
    assert answer.headers["location"] == "/console"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(stranger: Browser) -> None:
    cookie = stranger.post("/console/sign-in", email="coordinator@leicestershire.example", password=PASSWORD).headers[
        "set-cookie"
    ]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/console" in cookie


def test_an_unknown_email_and_a_wrong_password_get_the_same_sentence(stranger: Browser) -> None:
    unknown = stranger.post("/console/sign-in", email="nobody@leicestershire.example", password=PASSWORD)
    wrong = stranger.post("/console/sign-in", email="coordinator@leicestershire.example", password="not this one")
    assert unknown.status_code == wrong.status_code == 422
    assert WRONG in unknown.text
    assert WRONG in wrong.text


def test_a_resting_account_gets_the_sentence_that_an_unknown_one_gets(stranger: Browser, clock: Clock) -> None:
    for _ in range(5):
        stranger.post("/console/sign-in", email="manager@leicestershire.example", password="not this one")
    resting = stranger.post("/console/sign-in", email="manager@leicestershire.example", password=PASSWORD)
    unknown = stranger.post("/console/sign-in", email="nobody99@leicestershire.example", password=PASSWORD)
    assert resting.status_code == unknown.status_code == 422
    assert "resting after several tries. Try again in 15 minutes" in resting.text
    assert resting.text.replace("manager@", "nobody99@") == unknown.text
    clock.now += timedelta(minutes=16)
    assert (
        stranger.post("/console/sign-in", email="manager@leicestershire.example", password=PASSWORD).status_code == 303
    )


def test_every_refusal_takes_as_long_whether_or_not_there_is_an_account(
    stranger: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.console.sign_in.REFUSAL_SECONDS", 60)
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("web.console.sign_in.asyncio.sleep", sleep)
    for name in ("manager", "nobody"):
        stranger.post("/console/sign-in", email=f"{name}@leicestershire.example", password="not this one")
    assert [round(seconds, -1) for seconds in slept if seconds > 30] == [60, 60]


def test_the_eleventh_try_in_a_minute_from_one_address_is_asked_to_wait_and_nothing_is_hashed(
    stranger: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []

    def refuse(store: Store, email: str, password: str, now: datetime) -> SignedIn:
        hashed.append(email)
        raise WrongPassword

    monkeypatch.setattr("web.console.sign_in.sign_in", refuse)
    answers = [stranger.post("/console/sign-in", email=f"n{number}@x.example", password="x") for number in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert "Please wait a minute" in answers[-1].text
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert len(hashed) == 10


def test_two_passwords_at_most_are_hashed_at_once(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    app.state.application = replace(app.state.application, rate_limits=RateLimits(30, 60, sign_ins_per_minute=100))
    at_once: list[int] = []
    inside: set[str] = set()
    may_go_on = threading.Event()

    def slow(store: Store, email: str, password: str, now: datetime) -> SignedIn:
        inside.add(email)
        at_once.append(len(inside))
        may_go_on.wait(10)
        inside.discard(email)
        raise WrongPassword

    async def ask_all() -> list[int]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://console.example") as client:
            tries = [
                asyncio.create_task(
                    client.post("/console/sign-in", data={"email": f"n{number}@x.example"}, headers=FROM_HERE)
                )
                for number in range(8)
            ]
            while len(at_once) < 2:
                await asyncio.sleep(0.01)
            # Signing in fills nothing that others need: a page is still answered.
            page = await client.get("/console/sign-in")
            may_go_on.set()
            return [page.status_code, *[(await one).status_code for one in tries]]

    monkeypatch.setattr("web.console.sign_in.sign_in", slow)
    assert asyncio.run(ask_all()) == [200] + [422] * 8
    assert len(at_once) == 8
    assert max(at_once) == 2


@pytest.mark.parametrize(
    "fields", [{}, {"email": "\x00", "password": "\x00"}, {"email": "a" * 20_000, "password": "b" * 20_000}]
)
def test_a_nonsense_sign_in_gets_the_kind_sentence(stranger: Browser, fields: dict[str, str]) -> None:
    answer = stranger.post("/console/sign-in", **fields)
    assert answer.status_code == 422
    assert WRONG in answer.text


def test_a_one_time_password_has_to_be_changed_before_anything_is_shown(example: Example, stranger: Browser) -> None:
    with example.store.write() as session:
        session.scalars(select(Staff).where(Staff.email == example.email(Role.COORDINATOR))).one().must_change = True
    signed = stranger.post("/console/sign-in", email=Example.email(Role.COORDINATOR), password=PASSWORD)
    assert signed.headers["location"] == "/console/password"
    assert stranger.get("/console").headers["location"] == "/console/password"
    new = "a kettle and two chairs"
    changed = stranger.post("/console/password", old=PASSWORD, new=new, again=new)
    assert changed.headers["location"] == "/console?said=password_changed"
    assert "Your new password is set." in stranger.get("/console?said=password_changed").text


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        (
            "not this one",
            "a kettle and two chairs",
            "a kettle and two chairs",
            "That is not the password you signed in with.",
        ),
        (PASSWORD, "too short", "too short", "at least 12 characters"),
        (PASSWORD, PASSWORD, PASSWORD, "different from the one you have now"),
        (PASSWORD, "a kettle and two chairs", "a kettle and three", "The two new passwords are not the same."),
    ],
)
def test_a_password_that_will_not_do_is_explained(
    coordinator: Browser, old: str, new: str, again: str, sentence: str
) -> None:
    answer = coordinator.post("/console/password", old=old, new=new, again=again)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_signing_out_ends_the_session_and_not_only_the_cookie(coordinator: Browser) -> None:
    secret = coordinator.client.cookies["hearth_staff"]
    coordinator.post("/console/sign-out")
    coordinator.client.cookies.set("hearth_staff", secret)
    assert "Sign in to the Hearth console" in coordinator.get("/console").text


def test_a_session_ends_after_twelve_hours(coordinator: Browser, clock: Clock) -> None:
    clock.now += timedelta(hours=12, minutes=1)
    assert "Sign in to the Hearth console" in coordinator.get("/console").text


@pytest.mark.parametrize("headers", [*FOREIGN, {"Sec-Fetch-Site": "cross-site", **FROM_HERE}])
def test_a_form_from_another_site_changes_nothing(
    coordinator: Browser, example: Example, headers: dict[str, str]
) -> None:
    address = f"/console/handoffs/{example.handoffs['tom']}/take"
    answer = coordinator.client.post(address, headers=headers)
    assert answer.status_code == 403
    assert "nothing was changed" in answer.text
    assert "Nobody yet" in coordinator.get(address.removesuffix("/take")).text


def test_a_form_from_our_own_page_is_taken_on_the_browsers_word(coordinator: Browser, example: Example) -> None:
    address = f"/console/handoffs/{example.handoffs['tom']}/take"
    assert coordinator.client.post(address, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_no_page_of_the_console_is_kept_or_framed(coordinator: Browser) -> None:
    headers = coordinator.get("/console").headers
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
