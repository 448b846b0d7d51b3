"""The widget, and whether everyone can use the pages: axe, small and low screens, the content security policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, TALL_PHONE, Site, say
from tests.support.fake_assistant import ask_area


@pytest.mark.parametrize("size", [PHONE, TALL_PHONE, DESKTOP])
def test_the_widget_opens_a_panel_takes_the_focus_in_and_gives_it_back(
    page: Page, site: Site, size: dict[str, int]
) -> None:
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.goto(site.address)
    opener = page.get_by_role("button", name="Chat about fostering")
    expect(opener).to_have_attribute("aria-expanded", "false")
    opener.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Chat about fostering")
    expect(panel).to_be_visible()
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.id") == "title"
    chat = page.frame_locator("hearth-chat iframe")
    say(chat, "from the panel")
    expect(chat.get_by_text("You told me: from the panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(opener).to_have_attribute("aria-expanded", "false")
    expect(opener).to_be_focused()
    opener.click()
    expect(chat.get_by_text("You told me: from the panel")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(panel).to_be_hidden()


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_the_chat_page_has_no_accessibility_faults_and_never_scrolls_sideways(
    page: Page, site: Site, size: dict[str, int], check_accessibility: Callable[[Page], None]
) -> None:
    site.assistant.answer = ask_area
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.goto(site.chat)
    check_accessibility(page)
    say(page, "hello " + "w" * 200)
    expect(page.get_by_text("Which council is it?")).to_be_visible()
    page.get_by_text("Options", exact=True).click()
    check_accessibility(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.get_by_role("link", name="Start again").click()
    check_accessibility(page)
    too_small = page.evaluate(
        "Array.from(document.querySelectorAll('button, summary, .chat-exit, .chat-options__item'))"
        ".filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"
    )
    assert too_small == []


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_the_demonstration_page_with_the_panel_open_has_no_accessibility_faults(
    page: Page, site: Site, size: dict[str, int], check_accessibility: Callable[[Page], None]
) -> None:
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.goto(site.address)
    check_accessibility(page)
    page.get_by_role("button", name="Chat about fostering").click()
    expect(page.frame_locator("hearth-chat iframe").get_by_label("Your message")).to_be_visible()
    check_accessibility(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_the_error_page_has_no_accessibility_faults(
    page: Page, site: Site, check_accessibility: Callable[[Page], None]
) -> None:
    page.goto(f"{site.address}/nothing")
    expect(page.get_by_role("link", name="0116 305 0505")).to_be_visible()
    check_accessibility(page)


def test_on_a_low_screen_the_composer_can_still_be_reached(page: Page, site: Site) -> None:
    # 200 % zoom on a phone held sideways.
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(site.chat)
    say(page, "tiny")
    expect(page.get_by_text("You told me: tiny")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    expect(page.get_by_role("link", name="Leave this site quickly")).to_be_in_viewport()


def test_the_page_keeps_to_its_own_content_security_policy(page: Page, site: Site) -> None:
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None,
    )
    page.goto(site.address)
    page.get_by_role("button", name="Chat about fostering").click()
    chat = page.frame_locator("hearth-chat iframe")
    say(chat, "hello")
    expect(chat.get_by_text("You told me: hello")).to_be_visible()
    assert complaints == []


def test_a_form_in_the_frame_on_the_council_s_page_is_our_own(browser: Browser, site: Site) -> None:
    council = "https://www.leicestershire.gov.uk/fostering"
    # A page of the internet may show one of this machine only where the browser is told so.
    context = browser.new_context(java_script_enabled=False, permissions=["local-network-access"])
    page = context.new_page()
    framed = f'<iframe src="{site.chat}?embed=1" title="Chat"></iframe>'
    page.route(council, lambda route: route.fulfill(content_type="text/html", body=framed))
    page.goto(council)
    with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
        say(page.frame_locator("iframe"), "hello")
    assert sent.value.status == 303
    context.close()
