"""Who gets into the console, and from where a form may come."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from enquiry.store.models import Staff
from enquiry.words import Role
from tests.console_example import PASSWORD, Example

from .conftest import Browser, Clock

WRONG = "That email and password do not go together."


def test_a_page_asks_a_stranger_to_sign_in_and_remembers_where_they_were_going(stranger: Browser) -> None:
    answer = stranger.get("/console/enquiries?search=Amina")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/console/sign-in?next=/console/enquiries%3Fsearch%3DAmina"


def test_signing_in_leads_on_to_the_page_that_was_asked_for(stranger: Browser) -> None:
    answer = stranger.post("/console/sign-in", email="coordinator@leicestershire.example", password=PASSWORD, next="/console/visits")
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/visits")


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "/console/\\elsewhere", "/chat/x", "javascript:x"]
)
def test_signing_in_never_leads_out_of_the_console(stranger: Browser, elsewhere: str) -> None:
    answer = stranger.post("/console/sign-in", email="coordinator@leicestershire.example", password=PASSWORD, next=elsewhere)
    assert answer.headers["location"] == "/console"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(stranger: Browser) -> None:
    cookie = stranger.post("/console/sign-in", email="coordinator@leicestershire.example", password=PASSWORD).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/console" in cookie


def test_an_unknown_email_and_a_wrong_password_get_the_same_sentence(stranger: Browser) -> None:
    unknown = stranger.post("/console/sign-in", email="nobody@leicestershire.example", password=PASSWORD)
    wrong = stranger.post("/console/sign-in", email="coordinator@leicestershire.example", password="not this one")
    assert unknown.status_code == wrong.status_code == 422
    assert WRONG in unknown.text
    assert WRONG in wrong.text


def test_after_five_wrong_tries_the_account_rests_and_the_page_says_until_when(stranger: Browser, clock: Clock) -> None:
    for _ in range(5):
        stranger.post("/console/sign-in", email="manager@leicestershire.example", password="not this one")
    answer = stranger.post("/console/sign-in", email="manager@leicestershire.example", password=PASSWORD)
    assert answer.status_code == 422
    assert "You can try again at 2:45pm" in answer.text
    clock.now += timedelta(minutes=16)
    assert stranger.post("/console/sign-in", email="manager@leicestershire.example", password=PASSWORD).status_code == 303


@pytest.mark.parametrize("fields", [{}, {"email": "\x00", "password": "\x00"}, {"email": "a" * 20_000, "password": "b" * 20_000}])
def test_a_nonsense_sign_in_gets_the_kind_sentence(stranger: Browser, fields: dict[str, str]) -> None:
    answer = stranger.post("/console/sign-in", **fields)
    assert answer.status_code == 422
    assert WRONG in answer.text


def test_a_one_time_password_has_to_be_changed_before_anything_is_shown(example: Example, stranger: Browser) -> None:
    with example.store.write() as session:
        session.scalars(select(Staff).where(Staff.role == Role.COORDINATOR)).one().must_change = True
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
        ("not this one", "a kettle and two chairs", "a kettle and two chairs", "That is not the password you signed in with."),
        (PASSWORD, "too short", "too short", "at least 12 characters"),
        (PASSWORD, PASSWORD, PASSWORD, "different from the one you have now"),
        (PASSWORD, "a kettle and two chairs", "a kettle and three", "The two new passwords are not the same."),
    ],
)
def test_a_password_that_will_not_do_is_explained(coordinator: Browser, old: str, new: str, again: str, sentence: str) -> None:
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


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://console.example"},
    ],
)
def test_a_form_from_another_site_changes_nothing(coordinator: Browser, example: Example, headers: dict[str, str]) -> None:
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
