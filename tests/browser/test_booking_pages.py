"""The booking pages in a real browser: book, move, change, give back, wait and answer an offer; on a phone and on a desktop."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from enquiry.store.models import Event
from tests.browser.conftest import DESKTOP, PHONE, Site

SIZES = [PHONE, DESKTOP]
# Where to leave pictures of the pages, for somebody to look at; none are taken without it.
PICTURES = os.environ.get("HEARTH_TEST_PICTURES", "")
_numbers = count(1)
Check = Callable[[Page], None]


@pytest.fixture(params=SIZES, ids=["phone", "desktop"])
def sized(request: pytest.FixtureRequest, page: Page) -> Page:
    """A page of each size."""
    page.set_viewport_size(request.param)
    return page


@pytest.fixture
def look(check_accessibility: Check) -> Check:
    """Whether everyone can use a page as it stands: axe, nothing wider than the screen, nothing too small to tap."""

    def check(page: Page) -> None:
        check_accessibility(page)
        width = page.viewport_size["width"] if page.viewport_size else 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        too_small = page.evaluate(
            "Array.from(document.querySelectorAll('.booking button, .booking .govuk-button, .booking summary, .booking .booking-link'))"
            ".filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 40).map(e => e.outerHTML)"
        )
        assert too_small == []
        hard_to_hit = page.evaluate(
            "Array.from(document.querySelectorAll('a:not(.govuk-skip-link), label, summary, button')).filter(e => e.checkVisibility()"
            " && e.getBoundingClientRect().height < 24).map(e => e.outerHTML)"
        )
        assert hard_to_hit == []
        if PICTURES:
            name = f"{next(_numbers):02d}-{width}-{page.title().split(' – ')[0].replace(' ', '-').replace(':', '').replace('?', '')}"
            page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)

    return check


@pytest.fixture
def event(site: Site) -> str:
    """Id of an event with two places, four days and some minutes from now."""
    return new_event(site, places=2)


def new_event(site: Site, *, places: int) -> str:
    starts_at = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(days=4, minutes=next(_numbers))
    with site.store() as store, store.write() as session:
        made = Event(
            agency="leicestershire",
            title="Find out about fostering",
            venue="County Hall, Glenfield",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=90),
            places=places,
        )
        session.add(made)
        session.flush()
        return made.id


def dates(site: Site) -> str:
    return f"{site.address}/book/leicestershire"


def fill(page: Page, *, phone: str = "07700 900123", people: str = "2") -> None:
    """Type what is asked for, but do not send it."""
    page.get_by_label("What can we call you?").fill("Robin")
    page.get_by_label("Phone number").fill(phone)
    page.get_by_label("Yes, you can send me messages").check()
    page.get_by_role("group", name="How many of you will come?").get_by_label(people, exact=True).check()


def book(page: Page, site: Site, event: str, **typed: str) -> str:
    """Book a place, or join the waiting list; the address of the booking."""
    page.goto(f"{dates(site)}/events/{event}")
    fill(page, **typed)
    page.locator("button[name=act]").first.click()
    page.wait_for_url("**/booking/**")
    return page.url.partition("?")[0]


def heading(page: Page, words: str) -> Locator:
    return page.get_by_role("heading", level=1, name=words)


def test_a_place_is_booked_changed_moved_and_given_back(sized: Page, site: Site, look: Check) -> None:
    new_event(site, places=20)
    sized.goto(dates(site))
    look(sized)
    sized.get_by_role("link", name="Book a place").first.click()
    look(sized)
    sized.get_by_role("button", name="Book my place").click()
    summary = sized.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    assert sized.title().startswith("Error: ")
    look(sized)
    summary.get_by_role("link").first.click()
    expect(sized.get_by_label("Phone number")).to_be_focused()
    fill(sized)
    sized.get_by_label("An interpreter", exact=True).check()
    sized.get_by_label("Which language").fill("Polish")
    sized.get_by_role("button", name="Book my place").click()
    expect(heading(sized, "You have a place")).to_be_visible()
    look(sized)
    sized.get_by_role("link", name="Change how many are coming").click()
    look(sized)
    sized.get_by_role("group", name="How many of you will come?").get_by_label("3", exact=True).check()
    sized.get_by_role("button", name="Save").click()
    expect(sized.get_by_text("Your booking is changed.")).to_be_visible()
    sized.get_by_role("link", name="Choose another date").click()
    look(sized)
    sized.get_by_role("radio").first.check()
    sized.get_by_role("button", name="Change to this date").click()
    expect(sized.get_by_text("Your booking is moved.")).to_be_visible()
    sized.get_by_role("link", name="Cancel my place").click()
    look(sized)
    sized.get_by_role("button", name="Yes, cancel my place").click()
    expect(heading(sized, "Your place is cancelled")).to_be_visible()
    look(sized)


def test_a_full_event_its_waiting_list_and_the_offer(sized: Page, site: Site, event: str, look: Check) -> None:
    first = book(sized, site, event)
    sized.goto(f"{dates(site)}/events/{event}")
    expect(heading(sized, "Join the waiting list")).to_be_visible()
    look(sized)
    waits = book(sized, site, event, phone="07700 900456")
    expect(heading(sized, "You are on the waiting list")).to_be_visible()
    look(sized)
    sized.goto(first)
    sized.get_by_role("link", name="Cancel my place").click()
    sized.get_by_role("button", name="Yes, cancel my place").click()
    sized.goto(waits)
    expect(heading(sized, "A place is free for you")).to_be_visible()
    look(sized)
    sized.get_by_role("button", name="Yes, I would like it").click()
    expect(heading(sized, "You have a place")).to_be_visible()


def test_an_event_that_fills_up_while_one_types_loses_nothing(
    sized: Page, site: Site, event: str, browser: Browser, look: Check
) -> None:
    new_event(site, places=20)
    sized.goto(f"{dates(site)}/events/{event}")
    fill(sized)
    elsewhere = browser.new_page()
    book(elsewhere, site, event, phone="07700 900456")
    elsewhere.close()
    sized.get_by_role("button", name="Book my place").click()
    expect(sized.get_by_text("This event has just filled up")).to_be_visible()
    expect(sized.get_by_label("Phone number")).to_have_value("07700 900123")
    look(sized)
    sized.get_by_role("button", name="Book the date I chose").click()
    expect(sized.locator(".govuk-error-summary").get_by_text("Choose one of the dates")).to_be_visible()
    look(sized)
    sized.get_by_role("group", name="Which date would you like?").get_by_role("radio").first.check()
    sized.get_by_role("button", name="Book the date I chose").click()
    expect(heading(sized, "You have a place")).to_be_visible()


def test_a_visit_is_booked_moved_and_cancelled(sized: Page, site: Site, look: Check) -> None:
    sized.goto(f"{dates(site)}/visit")
    look(sized)
    sized.locator("summary.booking-day__summary").nth(2).click()
    sized.locator("details[open] input[type=radio]").last.check()
    sized.get_by_role("button", name="Keep this time for me").click()
    expect(sized.get_by_text("We will keep this time for you until")).to_be_visible()
    look(sized)
    sized.get_by_label("Email address").fill("robin@home.example")
    sized.get_by_label("Yes, you can send me messages").check()
    sized.get_by_label("Blaby").check()
    sized.get_by_role("button", name="Book my visit").click()
    expect(heading(sized, "Your visit is booked")).to_be_visible()
    look(sized)
    sized.get_by_role("link", name="Choose another time").click()
    look(sized)
    sized.get_by_role("radio").first.check()
    sized.get_by_role("button", name="Change to this time").click()
    expect(sized.get_by_text("Your booking is moved.")).to_be_visible()
    sized.get_by_role("link", name="Cancel the visit").click()
    sized.get_by_role("button", name="Yes, cancel the visit").click()
    expect(heading(sized, "This visit is cancelled")).to_be_visible()


def test_a_booking_is_found_by_its_reference(sized: Page, site: Site, event: str, look: Check) -> None:
    address = book(sized, site, event)
    reference = sized.locator("dd strong").inner_text()
    sized.goto(f"{site.address}/booking")
    sized.get_by_label("Reference").fill(reference.lower())
    sized.get_by_label("The phone number or email address").fill("07700 900999")
    sized.get_by_role("button", name="Find it").click()
    expect(sized.locator(".govuk-error-summary")).to_be_focused()
    look(sized)
    sized.get_by_label("The phone number or email address").fill("07700 900123")
    sized.get_by_role("button", name="Find it").click()
    expect(heading(sized, "You have a place")).to_be_visible()
    assert sized.url == address
    sized.goto(f"{address}x")
    expect(heading(sized, "This link does not open a booking")).to_be_visible()
    look(sized)


def test_a_service_without_dates_has_a_page_for_everyone(sized: Page, site: Site, look: Check) -> None:
    for slug in ("coventry", "leicester_city"):
        sized.goto(f"{site.address}/book/{slug}")
        look(sized)


def test_what_matters_to_few_is_asked_only_of_them(sized: Page, site: Site, event: str) -> None:
    sized.goto(f"{dates(site)}/events/{event}")
    way, language = sized.get_by_role("group", name="If you give both"), sized.get_by_label("Which language")
    expect(way).to_be_hidden()
    expect(language).to_be_hidden()
    fill(sized)
    expect(way).to_be_hidden()
    sized.get_by_label("Email address").fill("robin@home.example")
    expect(way).to_be_visible()
    sized.get_by_label("An interpreter", exact=True).check()
    language.fill("Polish")
    sized.get_by_label("An interpreter", exact=True).uncheck()
    expect(language, "nothing that is sent is hidden").to_be_visible()


def test_letters_twice_as_large_reach_over_no_edge(page: Page, site: Site, event: str) -> None:
    page.set_viewport_size(ViewportSize(width=640, height=800))
    address = book(page, site, event)
    for where in (
        dates(site),
        f"{dates(site)}/events/{event}",
        f"{dates(site)}/visit",
        f"{site.address}/booking",
        address,
    ):
        page.goto(where)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, where


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A phone whose browser runs no scripts."""
    context = browser.new_context(viewport=PHONE, locale="en-GB", java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_without_scripts_by_keyboard_alone_a_place_is_booked_and_given_back(
    plain: Page, site: Site, event: str
) -> None:
    plain.goto(f"{dates(site)}/events/{event}")
    plain.get_by_label("Phone number").focus()
    plain.keyboard.type("07700 900123")
    plain.get_by_label("Yes, you can send me messages").focus()
    plain.keyboard.press("Space")
    plain.get_by_role("group", name="How many of you will come?").get_by_label("2", exact=True).focus()
    plain.keyboard.press("Space")
    plain.get_by_role("button", name="Book my place").focus()
    plain.keyboard.press("Enter")
    expect(heading(plain, "You have a place")).to_be_visible()
    plain.get_by_role("link", name="Cancel my place").focus()
    plain.keyboard.press("Enter")
    plain.get_by_role("button", name="Yes, cancel my place").focus()
    plain.keyboard.press("Enter")
    expect(heading(plain, "Your place is cancelled")).to_be_visible()


def test_a_double_click_is_one_booking(page: Page, site: Site, event: str) -> None:
    page.goto(f"{dates(site)}/events/{event}")
    fill(page, people="1")
    page.get_by_role("button", name="Book my place").dblclick()
    expect(heading(page, "You have a place")).to_be_visible()
    with site.store() as store, store.read() as session:
        assert session.get_one(Event, event).taken == 1


def test_while_the_assistant_is_away_the_chat_shows_the_way_to_the_booking_pages(page: Page, site: Site) -> None:
    site.assistant.stop()
    # A page that was opened before asks again only after a while.
    site.wait_for_presence("away")
    page.goto(site.chat)
    page.locator("#presence").get_by_role("link", name="Book a place without the chat").click()
    expect(heading(page, "Come and meet us")).to_be_visible()


def test_the_exit_is_on_every_page_and_none_breaks_its_own_policy(page: Page, site: Site, event: str) -> None:
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None,
    )
    address = book(page, site, event)
    for where in (dates(site), f"{dates(site)}/visit", f"{site.address}/booking", address, f"{address}/give-back"):
        page.goto(where)
        expect(page.get_by_role("link", name="Leave this site quickly")).to_be_in_viewport()
    assert complaints == []
