"""The diary in a real browser: at the door with a phone, on the telephone at a desk, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, expect
from sqlalchemy import select

from bench.support.attempts import staff
from enquiry.bookings.visits.visits import book_visit, free_times
from enquiry.enums import Role
from enquiry.store.models import Enquiry, Visitor
from tests.browser.conftest import DESKTOP, PHONE
from tests.support.console_bookings import Busy, fill_diary
from tests.support.console_example import NOW, make_example
from tests.support.served_console import Console, serve


@dataclass
class Office:
    """The console with a full diary."""

    console: Console
    busy: Busy

    def at(self, path: str) -> str:
        return f"{self.console.address}/console{path}"

    @property
    def door(self) -> str:
        return self.at(f"/events/{self.busy.tonight}/attendance")

    def pages(self) -> list[str]:
        """Every page about bookings, with something on it."""
        example, busy = self.console.example, self.busy
        with example.store.read() as session:
            visitor = session.scalars(
                select(Visitor.id).where(Visitor.agency == "leicestershire").order_by(Visitor.name)
            ).all()[1]
        events = [f"/events/{one}" for one in (busy.tonight, busy.full, busy.past)]
        events += [f"/events/{busy.full}{part}" for part in ("/attendance", "/change", "/cancel", "/add")]
        visits = [f"/visits/{reference}" for reference in busy.visits.values()]
        others = [f"/enquiries/{example.references['Tom Example']}/visit", f"/visitors/{visitor}"]
        others += [f"/messages/{busy.messages['undelivered']}"]
        lists = [
            "/events",
            "/events/new",
            "/visits",
            "/decisions",
            "/visitors",
            "/visitors/new",
            "/messages",
            "/messages?state=all",
        ]
        return [self.door, *(self.at(path) for path in (*events, *visits, *others, *lists))]


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    example = make_example(tmp_path_factory.mktemp("console"))
    with example.store.write() as session:
        busy = fill_diary(session, example, NOW)
    with serve(example) as console:
        yield Office(console, busy)


@pytest.fixture
def desk(office: Office, page: Page) -> Page:
    """The manager's browser: who may do all of it."""
    office.console.sign_in(page, Role.MANAGER)
    return page


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["320", "1280"])
def test_every_page_about_bookings_is_accessible_and_fits(
    office: Office, desk: Page, check_accessibility: Callable[[Page], None], size: ViewportSize
) -> None:
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    desk.on("console", heard)
    desk.set_viewport_size(size)
    for address in office.pages():
        desk.goto(address)
        check_accessibility(desk)
        assert desk.evaluate("document.documentElement.scrollWidth") <= size["width"], address
    assert complaints == []


def test_at_the_door_a_name_is_typed_and_tapped_and_a_slip_is_undone(office: Office, desk: Page) -> None:
    desk.set_viewport_size(PHONE)
    desk.goto(office.door)
    expect(desk.get_by_text("1 of 6 here")).to_be_visible()
    desk.get_by_label("Find a name").press_sequentially("zof")
    expect(desk.get_by_text("Hedda Example")).to_have_count(0)
    came = desk.get_by_role("button", name=re.compile("^Came ?: Zofia Example"))
    box = came.bounding_box()
    assert box is not None
    assert box["height"] >= 48
    came.click()
    expect(desk.get_by_text("3 of 6 here")).to_be_visible()
    expect(desk.get_by_text("Hedda Example")).to_have_count(0)  # still the names that were looked for
    undo = desk.get_by_role("button", name=re.compile("^Undo ?: Zofia Example"))
    moved = undo.bounding_box()
    assert moved is not None
    # A second tap at the same place undoes nothing.
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    across = moved["x"] <= middle[0] <= moved["x"] + moved["width"]
    down = moved["y"] <= middle[1] <= moved["y"] + moved["height"]
    assert not (across and down)
    undo.click()
    expect(desk.get_by_text("1 of 6 here")).to_be_visible()


def test_the_door_works_without_javascript(office: Office, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False, viewport=PHONE).new_page()
    office.console.sign_in(page, Role.VISITOR)
    page.goto(office.door)
    page.get_by_role("button", name=re.compile("^Came ?: Hedda Example")).click()
    expect(page.get_by_text("2 of 6 here")).to_be_visible()
    page.get_by_label("Name", exact=True).fill("Walter Example")
    page.get_by_role("button", name="They are here").click()
    expect(page.get_by_text("Written down. Welcome!")).to_be_visible()
    expect(page.get_by_text("3 of 7 here")).to_be_visible()
    page.context.close()


def test_a_booking_made_in_the_chat_is_seen_in_the_diary_by_itself(office: Office, desk: Page) -> None:
    desk.clock.install()
    desk.goto(office.at("/visits"))
    focused = desk.get_by_role("link", name="Yusuf Example")
    focused.focus()
    example = office.console.example
    with example.store.write() as session:
        tom = session.scalars(select(Enquiry).where(Enquiry.contact_name == "Tom Example")).one()
        book_visit(session, example.agency, tom, free_times(session, example.agency, NOW)[9], staff(NOW))
    desk.clock.run_for(16_000)
    expect(desk.get_by_role("link", name="Tom Example")).to_be_visible()
    expect(desk.get_by_text("There is a new visit in the diary.")).to_be_attached()
    expect(focused).to_be_focused()


def test_an_event_is_moved_by_keyboard_after_it_was_said_who_is_told(
    office: Office, desk: Page, check_accessibility: Callable[[Page], None]
) -> None:
    desk.goto(office.at(f"/events/{office.busy.full}/change"))
    desk.get_by_label("From").fill("18:00")
    desk.get_by_label("To", exact=True).fill("17:00")
    desk.get_by_role("button", name="Go on").press("Enter")
    expect(desk.get_by_role("alert")).to_contain_text("It ends before it begins.")
    check_accessibility(desk)
    desk.get_by_role("link", name="It ends before it begins.").press("Enter")
    expect(desk.get_by_label("To", exact=True)).to_be_focused()
    desk.get_by_label("To", exact=True).fill("19:00")
    desk.get_by_role("button", name="Go on").press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Tell 2 households of the change?")
    check_accessibility(desk)
    desk.set_viewport_size(PHONE)
    assert desk.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    desk.get_by_role("button", name="Change it and tell them").press("Enter")
    expect(desk.get_by_text("The event is changed. 2 households are told.")).to_be_visible()


def test_after_a_visit_its_outcome_and_record_are_written_on_a_phone(
    office: Office, desk: Page, check_accessibility: Callable[[Page], None]
) -> None:
    desk.set_viewport_size(PHONE)
    desk.goto(office.at("/visits"))
    desk.get_by_role("link", name="Noor Example").first.click()
    desk.get_by_label("It took place").check()
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("Now the record is due.")).to_be_visible()
    desk.get_by_label("What they understand of fostering").fill("A great deal.")
    desk.get_by_role("button", name="Save the record").click()
    expect(desk.get_by_role("alert")).to_contain_text("All three parts are needed.")
    expect(desk.get_by_label("What they understand of fostering")).to_have_value("A great deal.")
    check_accessibility(desk)
    desk.get_by_label("What moves them, and what they hope for").fill("To help.")
    desk.get_by_label("Strengths and qualities").fill("Patience.")
    desk.get_by_role("button", name="Save the record").click()
    expect(desk.get_by_text("The record is saved.")).to_be_visible()
