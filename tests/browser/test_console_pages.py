"""The console in a real browser: a working day's pages, on a desk and on a phone, by keyboard, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, expect
from sqlalchemy import select

from enquiry.conversations.conversation import open_conversation
from enquiry.enums import HandoffReason, Role
from enquiry.handoffs.handoff import make_handoff
from enquiry.store.models import Staff
from tests.browser.conftest import DESKTOP, PHONE, TALL_PHONE
from tests.support.console_example import NOW, PASSWORD, Example, make_example
from tests.support.served_console import Console, serve

PAGES = (
    "/console",
    "/console?show=mine",
    "/console/enquiries",
    "/console/enquiries?search=nobody",
    "/console/decisions",
    "/console/events",
    "/console/visits",
    "/console/password",
    "/console/enquiries/HE-ZZZZZZ",
)


@pytest.fixture
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    with serve(make_example(tmp_path_factory.mktemp("console"))) as console:
        yield console


@pytest.fixture
def desk(console: Console, page: Page) -> Page:
    """The coordinator's browser."""
    console.sign_in(page)
    return page


def test_the_first_morning_from_one_time_password_to_a_disclosure_that_is_done(console: Console, page: Page) -> None:
    with console.example.store.write() as session:
        session.scalars(
            select(Staff).where(Staff.email == console.example.email(Role.COORDINATOR))
        ).one().must_change = True
    page.goto(f"{console.address}/console")
    page.get_by_label("Email").fill(Example.email(Role.COORDINATOR))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose a password of your own")
    page.get_by_label("One-time password").fill(PASSWORD)
    page.get_by_label("New password", exact=True).fill("a kettle and two chairs")
    page.get_by_label("New password again").fill("a kettle and two chairs")
    page.get_by_role("button", name="Save password").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Queue")

    page.get_by_role("link", name="A worry about a child").click()
    page.get_by_role("button", name="Take it").click()
    expect(page.get_by_text("It is yours now.")).to_be_visible()
    page.get_by_role("button", name="Mark done").click()
    expect(page.get_by_role("alert")).to_contain_text("Write down what was done")
    page.get_by_label("What was done").fill("Passed on by phone at half past two.")
    page.get_by_role("button", name="Mark done").click()
    expect(page.get_by_role("alert")).to_contain_text("Say who was told.")
    expect(page.get_by_label("What was done")).to_have_value("Passed on by phone at half past two.")
    page.get_by_label("First Response").check()
    page.get_by_role("button", name="Mark done").click()
    expect(page.get_by_text("Told: First Response.")).to_be_visible()
    page.get_by_role("link", name="Queue").first.click()
    expect(page.get_by_role("link", name="A worry about a child")).to_have_count(0)


def test_of_two_who_take_it_the_second_sees_who_has_it(console: Console, desk: Page, browser: Browser) -> None:
    other = browser.new_context().new_page()
    console.sign_in(other, Role.RECRUITMENT)
    desk.goto(console.handoff("tom"))
    other.goto(console.handoff("tom"))
    desk.get_by_role("button", name="Take it").click()
    other.get_by_role("button", name="Take it").click()
    expect(other.get_by_text("Meera Example took this one just before you.")).to_be_visible()
    other.context.close()


def test_the_queue_brings_itself_up_to_date_and_leaves_the_focus_where_it_is(console: Console, desk: Page) -> None:
    desk.clock.install()
    desk.goto(f"{console.address}/console")
    focused = f"handoff-{console.example.handoffs['dana']}"
    desk.locator(f"#{focused}").focus()
    _new_handoff(console)
    desk.clock.run_for(11_000)
    expect(desk.get_by_role("link", name="The assistant did not understand")).to_be_visible()
    assert desk.evaluate("document.activeElement.id") == focused
    expect(desk.locator("#queue-news")).to_have_text("There is something new in the queue.")
    expect(desk).to_have_title("(6) Queue – Hearth")


def test_a_queue_that_can_not_be_brought_up_to_date_says_so_until_it_can(console: Console, desk: Page) -> None:
    desk.clock.install()
    desk.goto(f"{console.address}/console")
    desk.route("**/console/queue?*", lambda route: route.abort())
    desk.clock.run_for(11_000)
    expect(desk.get_by_text("This list could not be brought up to date.")).to_be_visible()
    desk.unroute("**/console/queue?*")
    desk.clock.run_for(11_000)
    expect(desk.get_by_text("This list could not be brought up to date.")).to_be_hidden()


def test_everything_works_without_javascript(console: Console, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    console.sign_in(page)
    page.goto(f"{console.address}/console")
    page.get_by_role("link", name="Talk first").click()
    page.get_by_role("button", name="Take it").click()
    page.get_by_label("What was done").fill("Rang; will come to the event.")
    page.get_by_role("button", name="Mark done").click()
    expect(page.get_by_text("Marked done.")).to_be_visible()
    page.goto(console.enquiry("Tom Example"))
    page.get_by_label("Add a note").fill("Rang this afternoon.")
    page.get_by_role("button", name="Save note").click()
    expect(page.get_by_text("Rang this afternoon.")).to_be_visible()
    page.context.close()


def test_the_keyboard_skips_to_the_content_and_reaches_the_first_handoff(console: Console, desk: Page) -> None:
    desk.goto(f"{console.address}/console")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="Skip to main content")).to_be_focused()
    desk.keyboard.press("Enter")
    for _ in range(4):
        desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="A worry about a child")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("A worry about a child")


def test_an_attendance_list_prints_without_the_console_around_it(console: Console, desk: Page) -> None:
    desk.goto(f"{console.address}/console/events/{console.example.event}")
    expect(desk.get_by_role("button", name="Print this list")).to_be_visible()
    desk.emulate_media(media="print")
    expect(desk.get_by_role("cell", name="Amina Example", exact=True)).to_be_visible()
    expect(desk.get_by_text("Cancel place")).to_be_hidden()
    expect(desk.get_by_role("navigation", name="Console")).to_be_hidden()
    expect(desk.get_by_text("Print this list")).to_be_hidden()


@pytest.mark.parametrize("size", [PHONE, TALL_PHONE, DESKTOP], ids=["320", "390", "1280"])
def test_every_page_is_accessible_fits_and_runs_without_a_complaint(
    console: Console, desk: Page, check_accessibility: Callable[[Page], None], size: ViewportSize
) -> None:
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "404" not in message.text:
            complaints.append(message.text)

    desk.on("console", heard)
    desk.set_viewport_size(size)
    handoffs = [console.handoff(name) for name in ("worried", "tom", "person", "allegation")]
    enquiries = [console.enquiry(name) for name in ("Amina Example", "Tom Example", "Kim Example")]
    event = f"{console.address}/console/events/{console.example.event}"
    for address in [*(console.address + path for path in PAGES), *handoffs, *enquiries, event]:
        desk.goto(address)
        check_accessibility(desk)
        assert desk.evaluate("document.documentElement.scrollWidth") <= size["width"], address
    assert [text for text in complaints if "403" not in text] == []


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["320", "1280"])
def test_a_decision_is_recorded_by_keyboard_and_what_is_missing_is_said(
    console: Console, page: Page, check_accessibility: Callable[[Page], None], size: ViewportSize
) -> None:
    console.sign_in(page, Role.MANAGER)
    page.set_viewport_size(size)
    page.goto(console.enquiry("Tom Example"))
    check_accessibility(page)
    page.get_by_role("button", name="Record decision").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Choose what was decided.")
    check_accessibility(page)
    page.get_by_role("link", name="Choose what was decided.").press("Enter")
    expect(page.get_by_role("radio", name="Going on to assessment")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Not progressing")).to_be_checked()
    page.get_by_label("Reason").fill("They move house in June; a room is free then.")
    page.get_by_role("button", name="Record decision").press("Enter")
    expect(page.get_by_text("The decision is recorded. Nothing is sent")).to_be_visible()
    expect(page.get_by_role("region", name="Decision")).to_contain_text("They move house in June")
    page.goto(f"{console.address}/console/decisions")
    expect(page.get_by_role("cell", name="Tom Example")).to_be_visible()
    check_accessibility(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_the_sign_in_page_is_accessible_also_after_a_wrong_try(
    console: Console, page: Page, check_accessibility: Callable[[Page], None]
) -> None:
    page.goto(f"{console.address}/console")
    check_accessibility(page)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not go together")
    check_accessibility(page)


def _new_handoff(console: Console) -> None:
    with console.example.store.write() as session:
        conversation = open_conversation(session, "leicestershire", NOW)
        make_handoff(
            session,
            conversation,
            agency=console.example.agency,
            wording=console.example.wording,
            reason=HandoffReason.NOT_UNDERSTOOD,
            summary="Asked twice about a school run.",
            now=NOW + timedelta(seconds=1),
        )
