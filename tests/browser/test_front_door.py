"""The main job from end to end: real pages, real Rasa and action servers, a real store, and what staff then see.

With HEARTH_PICTURES=<folder> the pictures of the README are taken on the way.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.support.servers import Servers
from tests.browser.conftest import DESKTOP, TALL_PHONE, say

SLOW = 20_000  # milliseconds an answer may take on a machine under strain
UP_TO_CONTACT = (
    ("34", "the person you would foster with"),
    ("36", "Which council"),
    ("Charnwood", "right to live and work"),
    ("yes", "counting you"),
    ("three of us", "Do any children"),
    ("sorry, I meant two", "I have changed"),
    ("what if my dog is a big softie?", "You can have a dog"),
    ("two boys 7 and 12", "bedroom a child could have"),
    ("we converted the loft last year", "smoke or vape"),
    ("not since 2019", "any dogs"),
    ("one old labrador", "How does your week look"),
    ("Part-time work", "spent time with children"),
)
PRIVATE = (
    ("No", "big changing at home"),
    ("No", "applied before to foster"),
    ("No", "Are you a foster carer now"),
    ("No", "applying to adopt"),
    ("No", "convictions or cautions mean"),
    ("No, nothing to talk about", "contact with children's social care"),
    ("No, nothing to talk about", "an interpreter"),
)


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    running = Servers(tmp_path_factory.mktemp("front-door"))
    try:
        running.start_all()
        yield running
    finally:
        running.stop_all()


def talk(page: Page, text: str, answer: str) -> None:
    """Type something and wait for a sentence in what is said to it."""
    before = page.get_by_text(answer).count()
    say(page, text)
    expect(page.get_by_text(answer)).to_have_count(before + 1, timeout=SLOW)


def choose(page: Page, title: str | re.Pattern[str], answer: str) -> None:
    """Choose a button and wait for a sentence in what is said to it."""
    before = page.get_by_text(answer).count()
    page.get_by_role("group", name=re.compile("or type below", re.IGNORECASE)).get_by_role(
        "button", name=title, exact=True
    ).first.click()
    expect(page.get_by_text(answer)).to_have_count(before + 1, timeout=SLOW)


def tick(page: Page, title: str, answer: str) -> None:
    """Tick one of several that may be picked, send it, and wait for a sentence in what is said to it."""
    before = page.get_by_text(answer).count()
    page.get_by_role("checkbox", name=title, exact=True).first.check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text(answer)).to_have_count(before + 1, timeout=SLOW)


def picture(page: Page, name: str) -> None:
    """Take a picture for the README, where one is asked for."""
    folder = os.environ.get("HEARTH_PICTURES")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def test_one_person_books_an_event_another_is_to_be_talked_to_first_and_staff_see_both(
    browser: Browser, servers: Servers
) -> None:
    event_reference, first = sam_books_an_event(browser, servers)
    second = alex_would_rather_talk(browser, servers)
    assert servers.prepared is not None
    password = next(
        account.password
        for account in servers.prepared.accounts
        if account.email == "coordinator@leicestershire.example"
    )
    page = browser.new_context(viewport=DESKTOP, locale="en-GB", timezone_id="Europe/London").new_page()
    sign_in(page, servers, password)
    queue = page.get_by_role("main")
    expect(queue.get_by_text("Alex")).to_be_visible()
    expect(queue.get_by_text("Sam")).to_have_count(0)
    picture(page, "queue")
    queue.get_by_role("link", name=second).click()
    expect(page.get_by_role("heading", name=re.compile("Alex"))).to_be_visible()
    expect(
        page.get_by_text("Would like a private call with the recruitment manager (convictions or cautions)").first
    ).to_be_visible()
    picture(page, "enquiry")
    page.goto(f"{servers.address}/console/enquiries/{first}")
    for text in ("Sam", "Two of us", event_reference, "Yes, none of them banned"):
        expect(page.get_by_text(text).first).to_be_visible()
    page.goto(f"{servers.address}/console/events")
    page.get_by_role("main").get_by_role("link").first.click()
    expect(page.get_by_text("Sam").first).to_be_visible()
    page.context.close()


def sam_books_an_event(browser: Browser, servers: Servers) -> tuple[str, str]:
    """Two questions, screening with one correction and one digression, a place at an event; gives both references."""
    page = browser.new_context(viewport=TALL_PHONE, locale="en-GB", timezone_id="Europe/London").new_page()
    page.goto(f"{servers.address}/chat/leicestershire")
    talk(page, "Can I foster if I rent my home?", "You can foster if you rent")
    talk(page, "how long does it all take", "month")
    talk(page, "could we foster? check please", "What would you like to do")
    choose(page, "Start fostering", "kind of fostering you have in mind")
    choose(page, "I don't know yet", "on your own or with someone")
    choose(page, "With my partner", "Which age group are you in")
    picture(page, "chat")
    for text, answer in UP_TO_CONTACT:
        talk(page, text, answer)
    tick(page, "My own children", "Shall I ask them now")
    choose(page, "Leave them for the visit", "Shall I go on")
    choose(page, "Go on", "about health or disability")
    for text, answer in PRIVATE:
        choose(page, text, answer)
    choose(page, "No, thank you", "make the next step easier")
    choose(page, "No, thank you", "hear about us")
    choose(page, "A foster carer", "What should we call you")
    talk(page, "I'm Sam", "phone number or email")
    talk(page, "07700 900123", "leave a message there")
    choose(page, "Yes", "good time to call")
    choose(page, "Evenings", "Have I got that right")
    expect(page.get_by_text("Private questions: answered").first).to_be_visible()
    choose(page, "That is right", "What would you like to do next")
    reference = re.search(r"HE-\w+", page.locator("#log").inner_text())
    assert reference, "the outcome gives a reference"
    choose(page, "Come to an event", "Which of these evenings")
    choose(page, re.compile("County Hall"), "How many of you")
    talk(page, "two of us", "You are booked in")
    place = re.search(r"EV-\w+", page.locator("#log").inner_text())
    assert place, "the booking gives a reference"
    page.reload()
    expect(page.get_by_text("You are booked in")).to_be_visible(timeout=SLOW)
    page.context.close()
    return place.group(0), reference.group(0)


def alex_would_rather_talk(browser: Browser, servers: Servers) -> str:
    """Screening on a desktop, with something to talk about in private; gives the reference."""
    page = browser.new_context(viewport=DESKTOP, locale="en-GB", timezone_id="Europe/London").new_page()
    page.goto(f"{servers.address}/")
    page.get_by_role("button", name="Chat about fostering").click()
    chat = page.frame_locator("iframe")
    chat.get_by_role("button", name="Check if I could foster").click()
    expect(chat.get_by_text("What would you like to do")).to_be_visible(timeout=SLOW)
    answers = (
        ("i want to foster", "kind of fostering you have in mind"),
        ("no idea yet", "on your own or with someone"),
        ("just me", "Which age group are you in"),
        ("25 or over", "Which council"),
        ("Blaby", "right to live and work"),
        ("british citizen", "counting you"),
        ("just me", "Do any children"),
        ("no kids", "bedroom a child could have"),
        ("yes", "smoke or vape"),
        ("no", "any dogs"),
        ("no dogs", "How does your week look"),
        ("mostly at home", "spent time with children"),
        ("nieces and nephews", "Shall I ask them now"),
        ("leave them for the visit", "Shall I go on"),
        ("go on", "about health or disability"),
        ("no", "big changing at home"),
        ("no", "applied before to foster"),
        ("no", "Are you a foster carer now"),
        ("no", "applying to adopt"),
        ("no", "convictions or cautions mean"),
        ("yes, there is something", "contact with children's social care"),
        ("no", "an interpreter"),
        ("no", "make the next step easier"),
        ("no", "hear about us"),
        ("pass", "What should we call you"),
        ("Alex", "phone number or email"),
        ("0116 496 0123", "leave a message there"),
        ("no, better not", "good time to call"),
        ("mornings", "Have I got that right"),
        ("that is right", "One of the team would like to talk with you first"),
    )
    for text, answer in answers:
        say(chat, text)
        expect(chat.get_by_text(answer).last).to_be_visible(timeout=SLOW)
    picture(page, "widget")
    expect(chat.get_by_text("A person in the team looks at this")).to_be_visible()
    reference = re.search(r"HE-\w+", chat.locator("#log").inner_text())
    assert reference, "the outcome gives a reference"
    page.context.close()
    return reference.group(0)


def sign_in(page: Page, servers: Servers, password: str) -> None:
    """The coordinator's first sign-in, with the one-time password."""
    page.goto(f"{servers.address}/console")
    page.get_by_label("Email").fill("coordinator@leicestershire.example")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    fields = page.locator("input[type=password]")
    expect(fields.nth(1)).to_be_visible()
    fields.nth(0).fill(password)
    for place in range(1, fields.count()):
        fields.nth(place).fill("kettle-orchard-lantern")
    page.get_by_role("button", name=re.compile("password", re.IGNORECASE)).click()
    expect(page.get_by_role("heading", name="Queue")).to_be_visible()
