"""The outbox with a real mail server and with the official client of GOV.UK Notify: once, and not twice."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bench.support.mail_box import MailBox, mail_server
from enquiry.outbox.delivery import LEASE
from enquiry.outbox.queue import send_again
from enquiry.settings import Settings
from enquiry.smtp_address import MailServer, Protection
from enquiry.store.engine import Store
from enquiry.store.models import OutboxMessage
from tests.support.fake_notify import EMAIL_TEMPLATE, KEY, TEXT_TEMPLATE, FakeNotify, notify_server
from tests.support.maker import Maker
from tests.support.outbox_queue import deliver, queue
from worker.providers.choice import ByChannel, choose_provider
from worker.providers.contract import HandOver
from worker.providers.files import FileProvider
from worker.providers.notify import NotifyProvider, Templates
from worker.providers.smtp import SmtpProvider

AT_ONCE = 4
MANY = 40


class Killed(BaseException):
    """The worker ended here. Nothing may catch it."""


class Dies:
    """A provider whose worker ends right after it took the message, before anybody noted so."""

    def __init__(self, provider: SmtpProvider | NotifyProvider | FileProvider) -> None:
        self.provider = provider

    def send(self, message: OutboxMessage, hand_over: HandOver) -> None:
        self.provider.send(message, hand_over)
        raise Killed


def smtp(box: MailBox) -> SmtpProvider:
    return SmtpProvider(MailServer("127.0.0.1", box.port, Protection.NONE), "a@council.example")


def notify_provider(notify: FakeNotify) -> NotifyProvider:
    return NotifyProvider(KEY, Templates(EMAIL_TEMPLATE, TEXT_TEMPLATE), notify.address)


def stored(make: Maker) -> OutboxMessage:
    with make.store.read() as session:
        return session.scalars(select(OutboxMessage)).one()


def test_an_email_taken_by_a_worker_that_ended_is_left_to_a_person_and_not_sent_twice(make: Maker) -> None:
    queue(make)
    with mail_server() as box:
        with pytest.raises(Killed):
            deliver(make.store, Dies(smtp(box)), make.now)
        for number in range(1, 5):
            deliver(make.store, smtp(box), make.now + number * LEASE)
        assert len(box.taken) == 1
    assert "Nobody can tell" in (stored(make).last_error or "")


def test_a_message_notify_took_from_a_worker_that_ended_is_known_and_not_sent_twice(make: Maker) -> None:
    queue(make, channel="text", recipient="+447700900123")
    with notify_server() as notify:
        with pytest.raises(Killed):
            deliver(make.store, Dies(notify_provider(notify)), make.now)
        assert deliver(make.store, notify_provider(notify), make.now + LEASE) == 1
        assert len(notify.took) == 1
        assert notify.complaints == []
    found = stored(make)
    assert (found.sent_at, found.given_up_at, found.last_error) == (make.now + LEASE, None, None)


def test_after_an_answer_that_got_lost_notify_has_time_to_know_before_it_is_asked(make: Maker) -> None:
    queue(make)
    with notify_server(FakeNotify(vanish_after_taking=True)) as notify:
        assert deliver(make.store, notify_provider(notify), make.now) == 0
        notify.vanish_after_taking = False
        assert deliver(make.store, notify_provider(notify), make.now + LEASE - timedelta(seconds=1)) == 0
        assert notify.asked_for == []
        assert deliver(make.store, notify_provider(notify), make.now + LEASE) == 1
        assert len(notify.took) == 1


def test_a_greylisted_email_goes_at_the_next_try(make: Maker) -> None:
    queue(make)
    with mail_server(MailBox(to_recipient=["451 come back later"], to_data=["452 no room"])) as box:
        sent = [deliver(make.store, smtp(box), make.now + number * LEASE) for number in range(4)]
        assert sent == [0, 0, 1, 0]
        assert len(box.taken) == 1


def test_what_is_sent_again_after_a_doubt_carries_the_same_id(make: Maker) -> None:
    message = queue(make) or ""
    with mail_server(MailBox(hang_up_after_taking=True)) as box:
        deliver(make.store, smtp(box), make.now)
        assert stored(make).handing_over_at is not None
        box.hang_up_after_taking = False
        with make.store.write() as session:
            assert send_again(session, message, "leicestershire", make.now)
        assert deliver(make.store, smtp(box), make.now) == 1
        assert box.ids() == [message, message]


def test_several_workers_at_once_send_each_message_once(make: Maker) -> None:
    queued = {queue(make, str(number)) for number in range(MANY)}
    start = threading.Barrier(AT_ONCE)
    with mail_server() as box:

        def work(_number: int) -> int:
            store, provider = Store(make.store.url), smtp(box)
            start.wait(timeout=30)
            sent = 0
            # One that finds another's row locked looks again.
            for _round in range(MANY):
                sent += deliver(store, provider, make.now)
            store.close()
            return sent

        with ThreadPoolExecutor(AT_ONCE) as pool:
            assert sum(pool.map(work, range(AT_ONCE))) == MANY
        assert Counter(box.ids()) == Counter(dict.fromkeys(sorted(one or "" for one in queued), 1))


def test_messages_go_the_way_the_settings_say(tmp_path: Path) -> None:
    plain = choose_provider(Settings(), tmp_path)
    assert isinstance(plain, FileProvider)
    mail: dict[str, Any] = {"mail": "smtp://localhost", "mail_from": "a@council.example"}
    by_mail = choose_provider(Settings(**mail), tmp_path)
    assert isinstance(by_mail, ByChannel)
    assert {channel: type(way) for channel, way in by_mail.ways.items()} == {
        "email": SmtpProvider,
        "text": FileProvider,
    }
    by_notify = Settings(**mail, notify_api_key=KEY, notify_email_template="e", notify_text_template="t")
    assert isinstance(choose_provider(by_notify, tmp_path), NotifyProvider)
