"""Coming back by a link in real browsers: another device, a device with another chat on it, and no JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from enquiry.conversations.return_links import make_link
from enquiry.journey.record import enquiry_of, record_answer
from enquiry.store.models import Conversation, Message
from tests.browser.conftest import PHONE, Site, say

WELCOME_BACK = "Welcome back. I have kept what you told me."


@contextmanager
def another_device(browser: Browser, *, javascript: bool = True) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, java_script_enabled=javascript, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def begun(page: Page, site: Site) -> str:
    """A conversation was begun in the first browser; the link that takes it up again."""
    page.goto(site.chat)
    say(page, "I live in Blaby")
    expect(page.get_by_text("You told me: I live in Blaby")).to_be_visible()
    with site.store() as store, store.write() as session:
        said = (
            select(Message.conversation_id)
            .where(Message.text == "I live in Blaby")
            .order_by(Message.at.desc())
            .limit(1)
        )
        conversation = session.get_one(Conversation, session.scalars(said).one())
        now = datetime.now(UTC)
        record_answer(session, enquiry_of(session, conversation, now), "age", "25_plus", now)
        return f"{site.chat}/return/{make_link(session, conversation, now)}"


def test_on_another_device_the_chat_goes_on_and_both_devices_show_the_same(
    page: Page, browser: Browser, site: Site, begun: str, check_accessibility: Callable[[Page], None]
) -> None:
    with another_device(browser) as tablet:
        tablet.goto(begun)
        check_accessibility(tablet)
        tablet.get_by_role("button", name="Carry on").click()
        expect(tablet.get_by_text("You told me: I live in Blaby")).to_be_visible()
        expect(tablet.get_by_text(WELCOME_BACK)).to_be_visible()
        expect(page.get_by_text(WELCOME_BACK)).to_be_visible()
        # The words are there before the script is, which takes the rest of the address away.
        tablet.wait_for_url(lambda address: address.startswith(f"{site.chat}#"))
        tablet.get_by_role("button", name="Carry on with the questions").click()
        expect(page.get_by_text("You told me: Carry on with the questions")).to_be_visible()
        say(page, "from the first one")
        expect(tablet.get_by_text("You told me: from the first one")).to_be_visible()
        tablet.reload()
        expect(tablet.get_by_text("You told me: from the first one")).to_be_visible()


def test_another_chat_on_the_device_gives_way_and_nothing_typed_to_it_is_sent_to_this_one(
    browser: Browser, site: Site, begun: str
) -> None:
    with another_device(browser) as tablet:
        tablet.goto(site.chat)
        say(tablet, "somebody else's chat")
        expect(tablet.get_by_text("You told me: somebody else's chat")).to_be_visible()
        tablet.get_by_label("Your message").press_sequentially("half a thou")
        tablet.goto(begun)
        tablet.get_by_role("button", name="Carry on").click()
        expect(tablet.get_by_text(WELCOME_BACK)).to_be_visible()
        expect(tablet.get_by_text("somebody else's chat")).to_have_count(0)
        expect(tablet.get_by_label("Your message")).to_have_value("")
        say(tablet, "my own again")
        expect(tablet.get_by_text("You told me: my own again")).to_be_visible()
        tablet.reload()
        expect(tablet.get_by_text("You told me: I live in Blaby")).to_be_visible()


def test_without_javascript_it_works_as_well(browser: Browser, site: Site, begun: str) -> None:
    with another_device(browser, javascript=False) as tablet:
        tablet.goto(begun)
        tablet.get_by_role("button", name="Carry on").click()
        expect(tablet.get_by_text(WELCOME_BACK)).to_be_visible()
        tablet.get_by_role("button", name="Carry on with the questions").click()
        expect(tablet.get_by_text("You told me: Carry on with the questions")).to_be_visible()


def test_a_link_that_opens_nothing_says_what_to_do_and_can_be_left_quickly(
    page: Page, site: Site, check_accessibility: Callable[[Page], None]
) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{site.chat}/return/{'a' * 32}")
    expect(page.get_by_role("heading", name="This link does not open a chat")).to_be_visible()
    expect(page.get_by_role("link", name="Leave this site quickly")).to_be_visible()
    check_accessibility(page)
    page.get_by_role("link", name="start a new chat").click()
    expect(page.get_by_label("Your message")).to_be_visible()
