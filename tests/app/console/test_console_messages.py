"""Messages sent, as staff read them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from enquiry.enums import Role
from enquiry.store.models import OutboxMessage
from tests.support.console_bookings import Busy
from tests.support.console_example import Example

from .conftest import Browser, words_of


def test_what_could_not_be_delivered_comes_first_and_counts_in_the_navigation(coordinator: Browser, busy: Busy) -> None:
    page = coordinator.text("/console/messages")
    assert "1 message could not be delivered." in page
    assert "The number or address does not exist" in page
    assert "Messages (1 not delivered )" in coordinator.text("/console")


def test_without_trouble_all_are_listed_and_nothing_is_counted(coordinator: Browser) -> None:
    page = coordinator.text("/console/messages")
    assert "Visit booked priya@people.example Priya Example Waiting to go Goes now" in page
    assert "not delivered" not in coordinator.text("/console")


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("sent", "Example Sent"),
        ("waiting", "Waiting to go"),
        ("all", "Example Not delivered"),
        ("odd", "Example Not delivered"),
    ],
)
def test_the_list_is_of_one_state_or_of_all(coordinator: Browser, busy: Busy, state: str, shown: str) -> None:
    page = coordinator.text(f"/console/messages?state={state}")
    assert shown in page.split("Enquiry")[-1]


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999", "%00"])
def test_a_page_that_is_none_is_the_first_or_empty(coordinator: Browser, number: str) -> None:
    assert coordinator.get(f"/console/messages?number={number}").status_code == 200


def test_one_message_is_read_with_its_text(coordinator: Browser, busy: Busy) -> None:
    page = coordinator.text(f"/console/messages/{busy.messages['sent']}")
    assert "Its text" not in page
    assert "Your reference:" in page or "Reference" in page


def test_one_that_did_not_go_says_what_to_do_and_is_sent_again_once(
    coordinator: Browser, busy: Busy, example: Example
) -> None:
    address = f"/console/messages/{busy.messages['undelivered']}"
    assert "What to do" in coordinator.text(address)
    assert "It is tried again now." in coordinator.post(f"{address}/send-again").text
    assert "There is nothing to send again" in coordinator.post(f"{address}/send-again").text
    with example.store.read() as session:
        assert session.get_one(OutboxMessage, busy.messages["undelivered"]).given_up_at is None


def test_one_that_may_have_arrived_warns_before_it_is_sent_again(
    coordinator: Browser, busy: Busy, example: Example
) -> None:
    with example.store.write() as session:
        message = session.get_one(OutboxMessage, busy.messages["undelivered"])
        message.handing_over_at = message.given_up_at
    assert "It may have arrived." in coordinator.text(f"/console/messages/{busy.messages['undelivered']}")


def test_what_opens_a_conversation_is_never_shown(coordinator: Browser, busy: Busy, example: Example) -> None:
    with example.store.write() as session:
        message = session.get_one(OutboxMessage, busy.messages["sent"])
        message.kind, message.body, message.subject = "return_link", "https://secret.example/abc", "Your link"
    answer = coordinator.get(f"/console/messages/{busy.messages['sent']}")
    assert "Only the person it went to may read it." in words_of(answer)
    assert "secret.example" not in answer.text


def test_a_text_is_shown_as_it_is_and_never_run(coordinator: Browser, busy: Busy, example: Example) -> None:
    with example.store.write() as session:
        session.get_one(OutboxMessage, busy.messages["sent"]).body = "<script>alert(1)</script>"
    assert "<script>alert(1)" not in coordinator.get(f"/console/messages/{busy.messages['sent']}").text


@pytest.mark.parametrize("wrong", ["0" * 32, "%00", "x" * 3000, "a-b"])
def test_an_unknown_message_is_a_sentence(coordinator: Browser, wrong: str) -> None:
    assert coordinator.get(f"/console/messages/{wrong}").status_code == 404
    assert coordinator.post(f"/console/messages/{wrong}/send-again").status_code == 404


def test_every_kind_of_message_there_is_has_words(
    staff: Callable[[Role], Browser], busy: Busy, example: Example
) -> None:
    with example.store.read() as session:
        kinds = set(session.scalars(select(OutboxMessage.kind)))
    page = staff(Role.MANAGER).text("/console/messages?state=all")
    assert kinds
    assert not [kind for kind in kinds if kind and kind in page]
