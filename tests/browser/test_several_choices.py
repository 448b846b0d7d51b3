"""Choices of which several may be picked: boxes and the one Send button, by keyboard, by finger, in the widget and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from enquiry.store.models import Conversation
from tests.browser.conftest import PHONE, TALL_PHONE, Site, say
from tests.support.fake_assistant import ask_area, ask_for_several, forget_all

ASKED = "You can pick more than one age group."


@pytest.fixture(autouse=True)
def _asks_for_several(site: Site) -> None:
    site.assistant.answer = ask_for_several


def test_several_are_picked_by_keyboard_on_the_smallest_phone_in_the_order_of_the_screen(
    page: Page, site: Site
) -> None:
    page.set_viewport_size(PHONE)
    page.goto(site.chat)
    say(page, "hello")
    expect(page.get_by_text(ASKED)).to_be_visible()
    group = page.get_by_role("group", name=re.compile("Tick all that fit, then press Send"))
    expect(group.get_by_role("checkbox")).to_have_count(4)
    expect(page.get_by_role("button", name="Send")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

    group.get_by_role("button", name="No children").focus()
    order = []
    for _ in range(6):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.value || document.activeElement.id"))
        if order[-1] in ("0 to 4", "11 to 15"):
            page.keyboard.press("Space")
    assert order == ["0 to 4", "5 to 10", "11 to 15", "16 or 17", "text", "send"]
    page.keyboard.press("Enter")
    expect(page.locator(".chat-message--enquirer").last).to_have_text(re.compile("0 to 4, 11 to 15"))
    expect(page.get_by_text("You told me: 0 to 4, 11 to 15.")).to_be_visible()


def test_enter_on_a_box_sends_what_is_ticked_and_what_is_typed_goes_with_it(page: Page, site: Site) -> None:
    page.goto(site.chat)
    say(page, "hello")
    page.get_by_role("checkbox", name="5 to 10").check()
    page.get_by_label("Your message").fill("and a baby on the way")
    page.get_by_role("checkbox", name="5 to 10").press("Enter")
    expect(page.get_by_text("You told me: 5 to 10, and a baby on the way.")).to_be_visible()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)


def test_a_choice_that_rules_out_the_others_still_sends_at_one_tap(page: Page, site: Site) -> None:
    page.goto(site.chat)
    say(page, "hello")
    page.get_by_role("checkbox", name="5 to 10").check()
    page.get_by_role("button", name="No children").click()
    expect(page.get_by_text("You told me: No children.")).to_be_visible()


def test_which_question_it_is_stands_small_above_it_and_is_still_there_after_a_reload(page: Page, site: Site) -> None:
    page.goto(site.chat)
    say(page, "hello")
    for _ in range(2):
        shown = page.get_by_text("Question 8 of about 31")
        expect(shown).to_be_visible()
        sizes = "(one) => [parseFloat(getComputedStyle(one).fontSize), parseFloat(getComputedStyle(one.parentElement).fontSize)]"
        small, around = shown.evaluate(sizes)
        assert small < around
        page.reload()
    expect(page.get_by_role("checkbox")).to_have_count(4)


def test_after_a_tap_no_keyboard_opens_over_the_next_buttons(browser: Browser, site: Site) -> None:
    site.assistant.answer = ask_area
    context = browser.new_context(viewport=TALL_PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(site.chat)
    page.get_by_role("group").get_by_role("button").first.tap()
    expect(page.get_by_text("Which council is it?")).to_be_visible()
    page.get_by_role("button", name="Leicester City").tap()
    expect(page.locator(".chat-message--enquirer").last).to_contain_text("I live in Leicester City")
    expect(page.get_by_label("Your message")).not_to_be_focused()
    page.keyboard.press("Tab")  # the keyboard is still somewhere near: not back at the top of the page
    assert page.evaluate("document.activeElement.closest('.chat-scroll, .chat-foot') !== null")
    context.close()


def test_with_the_keyboard_the_focus_goes_to_the_text_box_after_a_choice(page: Page, site: Site) -> None:
    page.goto(site.chat)
    say(page, "hello")
    page.get_by_role("button", name="No children").press("Enter")
    expect(page.get_by_text("You told me: No children.")).to_be_visible()
    expect(page.get_by_label("Your message")).to_be_focused()


@pytest.mark.parametrize("ways", [["5 to 10", "16 or 17"], ["0 to 4"]])
def test_without_javascript_the_ticked_ones_are_sent_together(browser: Browser, site: Site, ways: list[str]) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(site.chat)
    page.get_by_label("Your message").fill("hello")
    page.get_by_role("button", name="Send").click()
    for way in ways:
        page.get_by_role("checkbox", name=way).check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text(f"You told me: {', '.join(ways)}.")).to_be_visible()
    context.close()


def test_in_the_widget_several_are_picked_as_well(page: Page, site: Site) -> None:
    page.set_viewport_size(PHONE)
    page.goto(site.address)
    page.get_by_role("button", name="Chat about fostering").click()
    frame: FrameLocator = page.frame_locator("iframe")
    say(frame, "hello")
    frame.get_by_role("checkbox", name="0 to 4").check()
    frame.get_by_role("checkbox", name="16 or 17").check()
    frame.get_by_role("button", name="Send").click()
    expect(frame.get_by_text("You told me: 0 to 4, 16 or 17.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_yes_forget_it_leaves_nothing_here_or_there(browser: Browser, site: Site, scripts: bool) -> None:
    site.assistant.answer = forget_all
    context = browser.new_context(java_script_enabled=scripts, viewport=PHONE)
    page = context.new_page()
    page.goto(site.chat)
    with site.store() as store, store.read() as session:
        before = session.query(Conversation).count()
    page.get_by_label("Your message").fill("please delete everything I've told you")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("button", name="Yes, forget it").click()
    expect(page.get_by_text("This chat has been forgotten").first).to_be_visible()
    with site.store() as store, store.read() as session:
        assert session.query(Conversation).count() == before
    page.goto(site.chat)
    expect(page.get_by_text("delete everything")).to_have_count(0)
    context.close()
