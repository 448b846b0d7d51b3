"""What is not tried any more, what nobody can tell of, and how a member of staff sends it again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from enquiry.outbox.delivery import (
    LEASE,
    LONGEST_WAIT,
    MOST_TRIES,
    begin_handing_over,
    give_up_overdue,
    mark_in_doubt,
    mark_not_arrived,
    mark_not_sent,
    mark_refused,
    mark_sent,
)
from enquiry.outbox.failures import Reason
from enquiry.outbox.queue import send_again
from enquiry.store.models import Enquiry, OutboxMessage
from tests.support.maker import Maker
from tests.support.outbox_queue import deliver, due, failures, queue, take
from worker.providers.contract import Away, HandOver, InDoubt, NotSent, Refused
from worker.providers.files import FileProvider

FOR_GOOD = (Refused(Reason.REFUSED), InDoubt(Reason.UNSETTLED))


class Says:
    """A provider that always ends in the same way, after it was about to hand over."""

    def __init__(self, trouble: Exception) -> None:
        self.trouble = trouble
        self.asked = 0

    def send(self, message: OutboxMessage, hand_over: HandOver) -> None:
        self.asked += 1
        hand_over()
        raise self.trouble


def stored(make: Maker) -> OutboxMessage:
    with make.store.read() as session:
        return session.scalars(select(OutboxMessage)).one()


def hand_over(make: Maker, message: OutboxMessage, after: timedelta = timedelta()) -> bool:
    with make.store.write() as session:
        return begin_handing_over(session, message, make.now + after)


def give_up(make: Maker, after: timedelta) -> int:
    with make.store.write() as session:
        return give_up_overdue(session, failures(), make.now + after)


def again(make: Maker, message: str, agency: str = "leicestershire") -> bool:
    with make.store.write() as session:
        return send_again(session, message, agency, make.now + LEASE)


def test_after_thirty_tries_over_a_day_a_message_is_given_up_with_the_last_reason(make: Maker) -> None:
    queue(make)
    broken = Says(NotSent(Reason.NOT_TAKEN, "No route."))
    for hours in range(2 * MOST_TRIES):
        deliver(make.store, broken, make.now + hours * LONGEST_WAIT)
    message = stored(make)
    assert message.attempts == broken.asked == MOST_TRIES
    why = failures().say(Reason.NOT_TAKEN, "No route.")
    assert message.last_error == f"It was tried many times and did not go. The last reason: {why}"
    assert message.handing_over_at is None
    assert due(make, timedelta(days=1)) == []


def test_a_message_that_ends_the_worker_each_time_is_given_up_as_well(make: Maker) -> None:
    queue(make)
    for number in range(MOST_TRIES):
        assert len(due(make, LEASE * number)) == 1
    assert due(make, LEASE * MOST_TRIES) == []
    assert give_up(make, LEASE * MOST_TRIES) == 1
    assert "Hearth stopped while it was sending" in (stored(make).last_error or "")


def test_a_refusal_is_final_at_once(make: Maker, tmp_path: Path) -> None:
    queue(make)
    deliver(make.store, Says(Refused(Reason.REFUSED, "No such user.")), make.now)
    message = stored(make)
    why = failures().say(Reason.REFUSED, "No such user.")
    assert (message.given_up_at, message.last_error, message.attempts) == (make.now, why, 1)
    assert deliver(make.store, FileProvider(tmp_path), make.now + timedelta(days=1)) == 0


def test_a_provider_that_is_away_is_asked_once_a_round(make: Maker) -> None:
    for number in range(3):
        queue(make, str(number))
    away = Says(Away(Reason.AWAY, "Nobody there."))
    deliver(make.store, away, make.now)
    assert away.asked == 1


@pytest.mark.parametrize("trouble", [NotSent(Reason.NOT_TAKEN), *FOR_GOOD])
def test_a_message_that_does_not_go_holds_up_no_other(make: Maker, trouble: Exception) -> None:
    for number in range(3):
        queue(make, str(number))
    says = Says(trouble)
    deliver(make.store, says, make.now)
    assert says.asked == 3


def test_a_worker_that_ended_while_handing_over_leaves_it_to_a_person(make: Maker, tmp_path: Path) -> None:
    queue(make)
    (message,) = take(make)
    assert hand_over(make, message, LEASE / 2)
    assert give_up(make, LEASE) == 0
    assert deliver(make.store, FileProvider(tmp_path), make.now + LEASE + LEASE / 2) == 0
    found = stored(make)
    assert found.given_up_at is not None
    assert found.last_error is not None
    assert found.last_error.startswith("Nobody can tell whether this message went.")


def test_a_worker_that_was_only_slow_and_hears_a_yes_settles_the_doubt(make: Maker) -> None:
    queue(make)
    (message,) = take(make)
    assert hand_over(make, message)
    assert give_up(make, LEASE) == 1
    with make.store.write() as session:
        mark_sent(session, message, make.now + 2 * LEASE)
    found = stored(make)
    assert (found.sent_at, found.given_up_at, found.last_error) == (make.now + 2 * LEASE, None, None)


def test_what_another_worker_has_taken_since_is_not_handed_over(make: Maker) -> None:
    queue(make)
    (slow,) = take(make)
    (quick,) = take(make, LEASE)
    assert not hand_over(make, slow, LEASE)
    assert hand_over(make, quick, LEASE)
    assert not hand_over(make, quick, LEASE)


def test_a_slow_worker_does_not_undo_what_another_noted(make: Maker) -> None:
    queue(make)
    (slow,) = take(make)
    (quick,) = take(make, LEASE)
    assert hand_over(make, quick, LEASE)
    with make.store.write() as session:
        mark_not_sent(session, slow, "x", failures(), make.now + LEASE)
        mark_refused(session, slow, "x", make.now + LEASE)
        mark_in_doubt(session, slow, "x", make.now + LEASE)
    found = stored(make)
    assert (found.handing_over_at, found.given_up_at, found.last_error) == (make.now + LEASE, None, None)


def test_a_person_who_must_not_be_written_to_since_a_moment_ago_is_not(make: Maker) -> None:
    enquiry = make.enquiry()
    queue(make, enquiry=enquiry)
    (message,) = take(make)
    with make.store.write() as session:
        session.get_one(Enquiry, enquiry).safe_to_message = False
    assert not hand_over(make, message)


@pytest.mark.parametrize("trouble", FOR_GOOD)
def test_staff_send_a_message_again_once(make: Maker, tmp_path: Path, trouble: Exception) -> None:
    message = queue(make) or ""
    deliver(make.store, Says(trouble), make.now)
    assert stored(make).given_up_at is not None
    assert not again(make, message, "leicester_city")
    assert again(make, message)
    assert not again(make, message)
    found = stored(make)
    assert (found.attempts, found.next_try_at, found.handing_over_at) == (0, make.now + LEASE, None)
    assert deliver(make.store, FileProvider(tmp_path), make.now + LEASE) == 1
    assert len(list(tmp_path.glob("*.txt"))) == 1


def test_what_waits_or_was_sent_is_not_sent_again(make: Maker, tmp_path: Path) -> None:
    message = queue(make) or ""
    assert not again(make, message)
    deliver(make.store, FileProvider(tmp_path), make.now)
    assert not again(make, message)


def test_what_was_too_late_is_too_late_again(make: Maker, tmp_path: Path) -> None:
    message = queue(make, expires_at=make.now) or ""
    deliver(make.store, FileProvider(tmp_path), make.now)
    assert again(make, message)
    assert deliver(make.store, FileProvider(tmp_path), make.now + LEASE) == 0
    assert stored(make).given_up_at == make.now + LEASE


def test_what_a_letter_said_is_kept_and_a_link_that_opens_a_conversation_is_not(make: Maker, tmp_path: Path) -> None:
    queue(make, "letter")
    queue(make, "link", kind="return_link")
    assert deliver(make.store, FileProvider(tmp_path), make.now) == 2
    with make.store.read() as session:
        bodies = {one.kind: one.body for one in session.scalars(select(OutboxMessage))}
    assert bodies == {"place_booked": "Text with £ and é", "return_link": ""}


def test_a_message_that_did_not_arrive_can_be_sent_again_unless_what_it_said_is_gone(
    make: Maker, tmp_path: Path
) -> None:
    letter, link = queue(make, "letter") or "", queue(make, "link", kind="return_link") or ""
    deliver(make.store, FileProvider(tmp_path), make.now)
    with make.store.write() as session:
        for message in (letter, link):
            mark_not_arrived(session, message, Reason.TEMPORARY_FAILURE, failures(), make.now)
    assert (again(make, letter), again(make, link)) == (True, False)
    assert due(make, LEASE) == [letter]


def test_that_it_did_not_arrive_stands_also_when_it_is_said_before_we_noted_that_it_went(make: Maker) -> None:
    queue(make)
    (message,) = take(make)
    with make.store.write() as session:
        mark_not_arrived(session, message.id, Reason.PERMANENT_FAILURE, failures(), make.now)
    with make.store.write() as session:
        mark_sent(session, message, make.now)
    found = stored(make)
    assert (found.sent_at, found.given_up_at) == (None, make.now)
