"""The chat page in a real browser: talking, losing the connection, starting again, leaving quickly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from bench.support.waiting import wait_until
from enquiry.store.models import Conversation
from tests.browser.conftest import DESKTOP, PHONE, Site, say
from tests.support.fake_assistant import ask_area

LOST = "The connection is lost."
AWAY = "The assistant is away."


def log(place: Page | FrameLocator) -> list[str]:
    return place.locator("#log .chat-message__text").all_inner_texts()


def test_a_question_typed_is_answered_below_and_the_focus_stays_in_the_composer(page: Page, site: Site) -> None:
    page.goto(site.chat)
    page.get_by_label("Your message").fill("Can I foster?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You told me: Can I foster?")).to_be_visible()
    expect(page.get_by_label("Your message")).to_be_focused()
    expect(page.get_by_label("Your message")).to_have_value("")
    assert log(page)[-2:] == ["Can I foster?", "You told me: Can I foster?"]


def test_the_hint_about_the_enter_key_is_for_keyboards_not_for_phones(page: Page, site: Site) -> None:
    page.goto(site.chat)
    expect(page.get_by_text("Enter sends.")).to_be_visible()
    page.set_viewport_size({"width": 480, "height": 800})
    expect(page.get_by_text("Enter sends.")).to_be_hidden()


def test_on_a_small_phone_the_first_button_is_on_the_first_screen(page: Page, site: Site) -> None:
    page.set_viewport_size(PHONE)
    page.goto(site.chat)
    expect(page.get_by_role("button", name="What are the steps?")).to_be_in_viewport()


def test_shift_and_enter_make_a_new_line(page: Page, site: Site) -> None:
    page.goto(site.chat)
    page.get_by_label("Your message").fill("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    expect(page.get_by_label("Your message")).to_have_value("one\ntwo")


def test_a_choice_is_a_button_in_a_named_group_that_sends_its_own_words(page: Page, site: Site) -> None:
    site.assistant.answer = ask_area
    page.goto(site.chat)
    say(page, "hello")
    group = page.get_by_role("group", name="Choose one, or type below")
    expect(group.get_by_role("button")).to_have_count(3)
    group.get_by_role("button", name="Leicester City").click()
    expect(page.get_by_text("I live in Leicester City", exact=True)).to_be_visible()
    wait_until(
        lambda: [sent["message"] for sent in site.assistant.received] == ["hello", "I live in Leicester City"], "both"
    )
    expect(page.get_by_role("link", name="0116 305 0505").last).to_have_attribute("href", "tel:01163050505")


def test_while_the_assistant_writes_the_page_shows_it(page: Page, site: Site) -> None:
    page.goto(site.chat)
    site.assistant.may_answer.clear()
    say(page, "slowly")
    expect(page.locator("#typing")).to_be_visible()
    site.assistant.may_answer.set()
    expect(page.get_by_text("You told me: slowly")).to_be_visible()
    expect(page.locator("#typing")).to_be_hidden()


def test_a_conversation_begins_with_the_first_message_and_survives_a_reload(page: Page, site: Site) -> None:
    with site.store() as store, store.read() as session:
        before = session.query(Conversation).count()
    page.goto(site.chat)
    page.reload()
    with site.store() as store, store.read() as session:
        assert session.query(Conversation).count() == before
    say(page, "remember me")
    expect(page.get_by_text("You told me: remember me")).to_be_visible()
    earlier = log(page)
    page.reload()
    expect(page.get_by_text("You told me: remember me")).to_be_visible()
    assert log(page) == earlier
    with site.store() as store, store.read() as session:
        assert session.query(Conversation).count() == before + 1


def test_what_is_being_typed_survives_a_reload(page: Page, site: Site) -> None:
    page.goto(site.chat)
    page.get_by_label("Your message").press_sequentially("half a thou")
    page.reload()
    expect(page.get_by_label("Your message")).to_have_value("half a thou")


def test_the_same_chat_in_two_tabs_stays_the_same(page: Page, site: Site) -> None:
    page.goto(site.chat)
    say(page, "first tab")
    expect(page.get_by_text("You told me: first tab")).to_be_visible()
    other = page.context.new_page()
    other.goto(site.chat)
    say(other, "second tab")
    expect(page.get_by_text("You told me: second tab")).to_be_visible()
    assert log(page) == log(other)


def test_when_the_assistant_goes_the_page_says_so_and_answers_when_it_is_back(page: Page, site: Site) -> None:
    page.goto(site.chat)
    say(page, "hello")
    expect(page.get_by_text("You told me: hello")).to_be_visible()
    site.assistant.stop()
    say(page, "are you there?")
    expect(page.get_by_text("What you typed is kept, and I will answer here")).to_be_visible()
    expect(page.get_by_text(AWAY)).to_be_visible()
    expect(page.get_by_role("status").get_by_role("link", name="0116 305 0505")).to_be_visible()
    site.assistant.start()
    expect(page.get_by_text("You told me: are you there?")).to_be_visible()
    expect(page.get_by_text(AWAY)).to_be_hidden()


def test_when_the_web_process_is_gone_nothing_typed_is_lost_and_nothing_is_sent_twice(page: Page, site: Site) -> None:
    page.goto(site.chat)
    say(page, "one")
    expect(page.get_by_text("You told me: one")).to_be_visible()
    site.stop()
    expect(page.get_by_text(LOST)).to_be_visible()
    say(page, "two")
    say(page, "three")
    page.get_by_label("Your message").fill("four, not sent")
    site.start()
    expect(page.get_by_text("You told me: three")).to_be_visible(timeout=20_000)
    expect(page.get_by_text(LOST)).to_be_hidden()
    expect(page.get_by_label("Your message")).to_have_value("four, not sent")
    assert [text for text in log(page) if not text.startswith("You told me")][2:] == ["one", "two", "three"]
    assert [sent["message"] for sent in site.assistant.received] == ["one", "two", "three"]


def test_a_message_whose_answer_was_lost_on_the_way_is_not_a_second_message(page: Page, site: Site) -> None:
    page.goto(site.chat)
    site.assistant.may_answer.clear()
    say(page, "just once")
    wait_until(lambda: len(site.assistant.received) == 1, "the message to be forwarded")
    site.stop()
    expect(page.get_by_text(LOST)).to_be_visible()
    site.assistant.may_answer.set()
    site.start()
    expect(page.get_by_text("You told me: just once")).to_be_visible(timeout=20_000)
    assert log(page).count("just once") == 1


def test_too_long_a_message_stays_in_the_composer_with_the_limit_named(page: Page, site: Site) -> None:
    page.goto(site.chat)
    page.get_by_label("Your message").fill("x" * 2001)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("2001 characters")
    expect(page.get_by_role("alert")).to_contain_text("2000")
    expect(page.get_by_label("Your message")).to_have_value("x" * 2001)


def test_markup_and_orders_are_only_words(page: Page, site: Site) -> None:
    page.goto(site.chat)
    say(page, '<img src=x onerror="document.title=1">/intent{"a":1}')
    expect(page.get_by_text('You told me: <img src=x onerror="document.title=1">')).to_be_visible()
    assert page.locator("#log img").count() == 0


def test_new_messages_are_read_out_and_earlier_ones_are_not(page: Page, site: Site) -> None:
    page.goto(site.chat)
    messages = page.get_by_role("log", name="Messages")
    expect(messages).to_have_attribute("aria-live", "polite")
    say(page, "hello")
    expect(page.get_by_text("You told me: hello")).to_be_visible()
    expect(messages.locator(".govuk-visually-hidden").last).to_have_text(re.compile("The assistant said:"))
    count = page.locator(".chat-message").count()
    # A stream that comes back gives nothing again that is there already.
    page.context.set_offline(True)
    page.context.set_offline(False)
    say(page, "again")
    expect(page.get_by_text("You told me: again")).to_be_visible()
    assert page.locator(".chat-message").count() == count + 2


def test_forgetting_asks_first_and_then_leaves_nothing_here_or_there(page: Page, site: Site) -> None:
    page.goto(site.chat)
    say(page, "a private thing")
    expect(page.get_by_text("You told me: a private thing")).to_be_visible()
    talk = page.evaluate("JSON.parse(localStorage.getItem('hearth-chat-leicestershire')).talk.id")
    page.get_by_text("Options", exact=True).click()
    page.get_by_role("link", name="Forget this chat").click()
    expect(
        page.get_by_role("dialog", name="Forget this chat?").get_by_role("button", name="No, go back")
    ).to_be_focused()
    page.get_by_role("button", name="Yes, forget it").click()
    expect(page.get_by_text("This chat has been forgotten.")).to_be_visible()
    expect(page.get_by_text("a private thing")).to_have_count(0)
    with site.store() as store, store.read() as session:
        assert session.get(Conversation, talk) is None
    page.reload()
    expect(page.get_by_text("a private thing")).to_have_count(0)


def test_starting_again_begins_a_new_chat_and_the_team_keeps_the_old(page: Page, site: Site) -> None:
    page.goto(site.chat)
    say(page, "old chat")
    expect(page.get_by_text("You told me: old chat")).to_be_visible()
    talk = page.evaluate("JSON.parse(localStorage.getItem('hearth-chat-leicestershire')).talk.id")
    page.get_by_text("Options", exact=True).click()
    page.get_by_role("link", name="Start again").click()
    page.get_by_role("button", name="Yes, start again").click()
    expect(page.get_by_text("old chat")).to_have_count(0)
    say(page, "new chat")
    expect(page.get_by_text("You told me: new chat")).to_be_visible()
    with site.store() as store, store.read() as session:
        assert session.get(Conversation, talk) is not None


def test_the_chat_can_be_downloaded(page: Page, site: Site, tmp_path: Path) -> None:
    page.goto(site.chat)
    say(page, "keep this")
    expect(page.get_by_text("You told me: keep this")).to_be_visible()
    page.get_by_text("Options", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download this chat").click()
    download.value.save_as(tmp_path / "chat.txt")
    assert "You told me: keep this" in (tmp_path / "chat.txt").read_text()


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_leaving_quickly_is_always_on_screen_and_leaves_no_chat_behind(
    page: Page, site: Site, size: dict[str, int]
) -> None:
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="weather"))
    page.goto(site.chat)
    say(page, "someone is behind me")
    expect(page.get_by_text("You told me: someone is behind me")).to_be_visible()
    leave = page.get_by_role("link", name="Leave this site quickly")
    expect(leave).to_be_in_viewport()
    leave.click()
    page.wait_for_url("https://www.bbc.co.uk/weather")
    page.goto(site.chat)
    expect(page.get_by_text("I am an automated assistant")).to_be_visible()
    expect(page.get_by_text("someone is behind me")).to_have_count(0)


def test_everything_works_without_javascript(browser: Browser, site: Site) -> None:
    site.assistant.answer = ask_area
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(site.chat)
    say(page, "plain form")
    expect(page.get_by_text("Which council is it?")).to_be_visible()
    page.get_by_role("button", name="Somewhere else").click()
    expect(page.get_by_text("I live in Somewhere else")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Type a message first")
    page.get_by_text("Options", exact=True).click()
    page.get_by_role("link", name="Forget this chat").click()
    page.get_by_role("button", name="Yes, forget it").click()
    expect(page.get_by_role("heading", name="This chat has been forgotten")).to_be_visible()
    page.goto(site.address)
    page.get_by_role("link", name="Ask a question now").click()
    expect(page.get_by_role("heading", name="Chat about fostering")).to_be_visible()
    context.close()
