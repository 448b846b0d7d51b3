"""When a message goes: not before its time, texts by day, and never when it is of no use any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from enquiry.store.models import OutboxMessage
from tests.support.maker import Maker
from tests.support.outbox_queue import deliver, due, queue
from worker.providers.files import FileProvider

HOUR = timedelta(hours=1)
# The tests' "now" is 10am; the clocks are the same as UTC in November.
EVENING = datetime(2026, 11, 23, 20, tzinfo=UTC)
MORNING = datetime(2026, 11, 24, 8, tzinfo=UTC)


def stored(make: Maker) -> OutboxMessage:
    with make.store.read() as session:
        return session.scalars(select(OutboxMessage)).one()


def test_a_message_for_later_waits_until_then(make: Maker) -> None:
    message = queue(make, not_before=make.now + HOUR)
    assert due(make, HOUR - timedelta(seconds=1)) == []
    assert due(make, HOUR) == [message]


def test_a_message_for_a_moment_that_has_passed_goes_at_once(make: Maker) -> None:
    message = queue(make, not_before=make.now - HOUR)
    assert due(make) == [message]


def test_a_text_of_the_evening_waits_until_the_morning_and_an_email_does_not(make: Maker) -> None:
    email = queue(make, "email", now=EVENING)
    assert due(make, EVENING - make.now) == [email]
    text = queue(make, "text", channel="text", recipient="+447700900123", now=EVENING)
    assert due(make, EVENING - make.now) == []
    with make.store.read() as session:
        assert session.get_one(OutboxMessage, text or "").next_try_at == MORNING
    assert text not in due(make, MORNING - make.now - timedelta(seconds=1))
    assert text in due(make, MORNING - make.now)


def test_a_text_of_the_day_that_could_not_go_all_day_does_not_go_in_the_night(make: Maker) -> None:
    queue(make, channel="text", recipient="+447700900123")
    assert due(make, EVENING - make.now) == []
    assert len(due(make, MORNING - make.now)) == 1


@pytest.mark.parametrize("channel", ["email", "text"])
def test_a_message_that_is_of_no_use_any_more_is_given_up_with_the_reason(
    make: Maker, tmp_path: Path, channel: str
) -> None:
    queue(make, channel=channel, expires_at=make.now + HOUR)
    assert deliver(make.store, FileProvider(tmp_path), make.now + HOUR) == 0
    message = stored(make)
    assert (message.given_up_at, message.sent_at) == (make.now + HOUR, None)
    assert message.last_error == "It was not sent in time. By now it would be of no use."
    assert list(tmp_path.glob("*.txt")) == []


def test_a_message_goes_up_to_its_last_moment(make: Maker, tmp_path: Path) -> None:
    queue(make, expires_at=make.now + HOUR)
    assert deliver(make.store, FileProvider(tmp_path), make.now + HOUR - timedelta(seconds=1)) == 1
