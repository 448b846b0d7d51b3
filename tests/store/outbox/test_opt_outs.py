"""STOP, and START."""

from __future__ import annotations

import pytest

from enquiry.outbox.delivery import begin_handing_over
from enquiry.outbox.opt_outs import is_stopped, start_messages, stop_messages, take_reply
from enquiry.outbox.queue import may_message
from enquiry.store.models import Enquiry, NoMessages, OutboxMessage
from tests.support.maker import Maker
from tests.support.outbox_queue import due, queue, take

NUMBER = "+447700900123"


def reply(make: Maker, text: str, sender: str = "447700900123") -> None:
    with make.store.write() as session:
        take_reply(session, sender, text, make.now)


def stopped(make: Maker, number: str = NUMBER) -> bool:
    with make.store.read() as session:
        return is_stopped(session, number)


@pytest.mark.parametrize("text", ["STOP", "stop", " Stop. ", '"STOP"', "STOP please!", "stop\nthank you", "*Stop*"])
def test_a_reply_that_begins_with_stop_ends_messages_to_the_number(make: Maker, text: str) -> None:
    reply(make, text)
    assert stopped(make)


@pytest.mark.parametrize("text", ["", "!", "Don't stop", "Stopping by at six", "please STOP", "nonstop", "Hello"])
def test_any_other_reply_changes_nothing(make: Maker, text: str) -> None:
    reply(make, text)
    assert make.count(NoMessages) == 0


@pytest.mark.parametrize("sender", [NUMBER, "447700900123", "07700900123", "07700 900 123", " 447700900123 "])
def test_the_number_is_known_in_whatever_form_it_comes(make: Maker, sender: str) -> None:
    reply(make, "STOP", sender)
    assert stopped(make)


def test_a_number_abroad_is_not_taken_for_one_here(make: Maker) -> None:
    reply(make, "STOP", "33612345678")
    assert stopped(make, "+33612345678")


@pytest.mark.parametrize("sender", ["", "Fostering", "60777", "\x00", "4477009001234567890"])
def test_what_is_no_phone_number_changes_nothing(make: Maker, sender: str) -> None:
    reply(make, "STOP", sender)
    assert make.count(NoMessages) == 0


def test_stop_takes_back_what_waits_for_the_number_and_nothing_else(make: Maker) -> None:
    queue(make, "text", channel="text", recipient=NUMBER)
    other = queue(make, "other", channel="text", recipient="+447700900124")
    email = queue(make, "email")
    reply(make, "STOP")
    reply(make, "STOP")
    assert set(due(make)) == {other, email}
    assert make.count(OutboxMessage) == 2


def test_nothing_more_is_queued_for_the_number_until_start(make: Maker) -> None:
    reply(make, "STOP")
    assert queue(make, channel="text", recipient=NUMBER) is None
    assert make.count(OutboxMessage) == 0
    reply(make, "Start")
    reply(make, "START")
    assert queue(make, channel="text", recipient=NUMBER) is not None


def test_a_message_that_was_queued_at_the_same_moment_is_held(make: Maker) -> None:
    message = queue(make, channel="text", recipient=NUMBER)
    with make.store.write() as session:
        session.add(NoMessages(recipient=NUMBER, at=make.now))
    assert due(make) == []
    with make.store.write() as session:
        start_messages(session, NUMBER)
    assert due(make) == [message]


def test_stop_in_the_last_moment_is_kept_to(make: Maker) -> None:
    queue(make, channel="text", recipient=NUMBER)
    (message,) = take(make)
    with make.store.write() as session:
        stop_messages(session, NUMBER, make.now)
    with make.store.write() as session:
        assert not begin_handing_over(session, message, make.now)


def test_stop_is_about_one_number_and_says_nothing_about_the_person(make: Maker) -> None:
    enquiry = make.enquiry()
    reply(make, "STOP")
    with make.store.read() as session:
        found = session.get_one(Enquiry, enquiry)
        assert may_message(session, found)
        assert may_message(session, found, "robin@home.example")
        assert not may_message(session, found, NUMBER)
