"""GOV.UK Notify by its official client, against a stand-in that checks every request."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bench.support.ports import free_port
from enquiry.outbox.failures import Reason
from enquiry.store.models import OutboxMessage
from tests.support.fake_notify import EMAIL_TEMPLATE, KEY, SERVICE, TEXT_TEMPLATE, FakeNotify, notify_server
from tests.support.letters_out import letter
from worker.providers.contract import AskFirst, Away, NotSent, Refused
from worker.providers.notify import NotifyProvider, Templates


@pytest.fixture
def notify() -> Iterator[FakeNotify]:
    """The stand-in; at the end it has nothing to complain of, unless the test has looked at that."""
    with notify_server() as running:
        yield running
    assert running.complaints == []


def send(notify: FakeNotify, message: OutboxMessage | None = None, key: str = KEY) -> None:
    def never() -> None:
        raise AssertionError("Notify can be asked, so nothing is ever in doubt")

    NotifyProvider(key, Templates(EMAIL_TEMPLATE, TEXT_TEMPLATE), notify.address).send(message or letter(), never)


def test_an_email_goes_out_with_its_subject_and_body_under_its_own_id(notify: FakeNotify) -> None:
    send(notify, letter(subject="Your\nplace"))
    (took,) = notify.took
    assert (took["path"], took["recipient"], took["reference"]) == (
        "/v2/notifications/email",
        "robin@home.example",
        "a" * 32,
    )
    assert took["personalisation"] == {"subject": "Your place", "body": "Hello\n"}
    assert notify.asked_for == []


def test_a_text_goes_out_with_its_body(notify: FakeNotify) -> None:
    send(notify, letter(channel="text", recipient="+447700900123"))
    (took,) = notify.took
    assert (took["path"], took["recipient"], took["personalisation"]) == (
        "/v2/notifications/sms",
        "+447700900123",
        {"body": "Hello\n"},
    )


def test_before_it_is_sent_once_more_notify_is_asked_whether_it_has_it(notify: FakeNotify) -> None:
    send(notify)
    send(notify, letter(attempts=2))
    send(notify, letter(attempts=1, last_error="It was tried many times"))
    assert len(notify.took) == 1
    assert notify.asked_for == ["a" * 32] * 2
    send(notify, letter(id="b" * 32, attempts=2))
    assert len(notify.took) == 2


def test_one_that_did_not_arrive_may_be_sent_once_more(notify: FakeNotify) -> None:
    notify.status = "temporary-failure"
    send(notify)
    send(notify, letter(last_error="It did not arrive."))
    assert len(notify.took) == 2


def test_a_message_that_was_taken_without_a_word_is_not_sent_twice(notify: FakeNotify) -> None:
    notify.vanish_after_taking = True
    with pytest.raises(AskFirst) as unsure:
        send(notify)
    assert unsure.value.wait.total_seconds() == 120
    notify.vanish_after_taking = False
    send(notify, letter(attempts=2))
    assert len(notify.took) == 1


def test_as_long_as_notify_does_not_say_whether_it_has_it_nothing_is_sent(notify: FakeNotify) -> None:
    notify.answers = [(500, "InternalServerError", "Internal server error")]
    with pytest.raises(AskFirst):
        send(notify, letter(attempts=2))
    assert notify.took == []


@pytest.mark.parametrize(
    ("status", "name", "sentence", "trouble"),
    [
        (400, "ValidationError", "phone_number is not a valid number", Refused),
        (400, "BadRequestError", "Missing personalisation: body", Refused),
        (403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds", Away),
        (429, "RateLimitError", "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds", Away),
        (429, "TooManyRequestsError", "Exceeded send limits (250000) for today", Away),
        (500, "Exception", "Internal server error", AskFirst),
        (503, "Exception", "Service unavailable", AskFirst),
    ],
)
def test_a_no_says_whether_trying_again_helps(
    notify: FakeNotify, status: int, name: str, sentence: str, trouble: type[NotSent]
) -> None:
    notify.answers = [(status, name, sentence)]
    with pytest.raises(NotSent) as raised:
        send(notify)
    assert type(raised.value) is trouble
    assert f"{status} {sentence}" in str(raised.value)
    assert notify.took == []


def test_nothing_goes_out_with_a_key_that_notify_does_not_know(notify: FakeNotify) -> None:
    with pytest.raises(Away, match="Invalid token"):
        send(notify, key=f"hearth_test-{SERVICE}-{SERVICE}")
    assert notify.took == []
    assert notify.complaints == ["signature: Signature verification failed"]
    notify.complaints.clear()


def test_where_notify_can_not_be_reached_it_is_tried_again() -> None:
    with pytest.raises(AskFirst) as away:
        send(FakeNotify(address=f"http://127.0.0.1:{free_port()}"))
    assert away.value.reason is Reason.AWAY
