"""Links to carry on: who gets one, what opens, and what must never open."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bench.support.attempts import LINKS, worker
from enquiry.agencies.agency import Agency
from enquiry.conversations.return_links import (
    LASTS,
    MOST_IN_AN_HOUR,
    Sending,
    conversation_of,
    make_link,
    send_link,
    way_on,
)
from enquiry.enums import Goal, HandoffReason
from enquiry.handoffs.handoff import make_handoff
from enquiry.journey.record import record_answer
from enquiry.outbox.opt_outs import stop_messages
from enquiry.retention.forget import forget_conversation
from enquiry.store.models import Base, Conversation, Enquiry, OutboxMessage, ReturnLink
from tests.support.maker import Maker
from tests.support.outbox_queue import deliver
from worker.providers.files import FileProvider
from worker.retention import sweep_links

EMAIL, PHONE, SECOND = "robin@home.example", "+447700900123", timedelta(seconds=1)


@pytest.fixture
def conversation(make: Maker) -> str:
    """Id of the conversation of somebody who left an e-mail address."""
    return make.conversation_of(make.enquiry(contact_email=EMAIL, contact_name="Robin"))


def link(make: Maker, conversation: str, after: timedelta = timedelta()) -> str:
    with make.store.write() as session:
        return make_link(session, session.get_one(Conversation, conversation), make.now + after)


def opens(make: Maker, secret: str, after: timedelta = timedelta()) -> str | None:
    with make.store.read() as session:
        found = conversation_of(session, secret, make.now + after)
        return found.id if found else None


def send(make: Maker, conversation: str, address: str = EMAIL, after: timedelta = timedelta()) -> Sending:
    with make.store.write() as session:
        return send_link(
            session,
            session.get_one(Conversation, conversation),
            address,
            make.now + after,
            agency=make.agency,
            wording=make.wording,
            pages=LINKS.address,
        )


def queued(make: Maker) -> list[OutboxMessage]:
    with make.store.read() as session:
        return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.created_at)))


def secret_in(body: str) -> str:
    found = re.search(r"http://\S+/chat/leicestershire/return/([\w-]+)", body)
    assert found, body
    return found.group(1)


def answer(make: Maker, conversation: str, contact: str, after: timedelta = timedelta()) -> None:
    with make.store.write() as session:
        enquiry = session.get_one(Conversation, conversation).enquiry
        assert enquiry is not None
        record_answer(session, enquiry, "contact", contact, make.now + after)


def disclose(make: Maker, agency: Agency, conversation: str, *, pauses: bool) -> None:
    with make.store.write() as session:
        make_handoff(
            session,
            session.get_one(Conversation, conversation),
            agency=agency,
            wording=make.wording,
            reason=HandoffReason.DISCLOSURE,
            summary="x",
            category="domestic_abuse" if pauses else "worried_about_child",
            pauses_messages=pauses,
            now=make.now,
        )


def test_to_who_asked_for_no_more_messages_none_goes_and_they_are_told(make: Maker, conversation: str) -> None:
    with make.store.write() as session:
        stop_messages(session, EMAIL, make.now)
    assert send(make, conversation) is Sending.STOPPED
    assert make.count(OutboxMessage) == make.count(ReturnLink) == 0


def test_a_link_opens_its_conversation_for_thirty_days_however_often_and_no_longer(
    make: Maker, conversation: str
) -> None:
    secret = link(make, conversation)
    for after in (timedelta(), timedelta(days=29), LASTS - SECOND):
        assert opens(make, secret, after) == conversation
    assert timedelta(days=30) == LASTS
    assert opens(make, secret, LASTS) is None


def test_only_the_hash_of_a_secret_is_kept_and_no_two_are_alike(make: Maker, conversation: str) -> None:
    secrets = {link(make, conversation) for _ in range(5)}
    assert len(secrets) == 5
    assert all(re.fullmatch(r"[\w-]{32}", secret) for secret in secrets)
    with make.store.read() as session:
        kept = " ".join(f"{one.secret_sha256} {one.conversation_id}" for one in session.scalars(select(ReturnLink)))
    assert not any(secret in kept for secret in secrets)
    assert all(opens(make, secret) == conversation for secret in secrets)


@pytest.mark.parametrize("secret", ["", " ", "x" * 5000, "a\0b", "\ud800", "é", "'; DROP TABLE return_links; --"])
def test_what_is_no_secret_opens_nothing(make: Maker, conversation: str, secret: str) -> None:
    link(make, conversation)
    assert opens(make, secret) is None


def test_the_hash_itself_opens_nothing(make: Maker, conversation: str) -> None:
    link(make, conversation)
    with make.store.read() as session:
        kept = session.scalars(select(ReturnLink.secret_sha256)).one()
    assert opens(make, kept) is None


def test_a_link_by_email_says_nothing_of_what_it_is_about_nor_whose_it_is(make: Maker, conversation: str) -> None:
    assert send(make, conversation) is Sending.SENT
    (letter,) = queued(make)
    assert (letter.channel, letter.recipient, letter.subject) == ("email", EMAIL, "Your link to carry on")
    assert opens(make, secret_in(letter.body)) == conversation
    assert "until Wednesday 23 December at 10am" in letter.body
    assert not re.search(r"foster|Robin|HE-", letter.subject + letter.body)


def test_a_link_by_text_is_short_and_as_discreet(make: Maker, conversation: str) -> None:
    send(make, conversation, PHONE)
    (text,) = queued(make)
    assert (text.channel, text.recipient) == ("text", PHONE)
    assert opens(make, secret_in(text.body)) == conversation
    assert len(text.body) <= 306  # two text messages
    assert not re.search(r"foster|Robin|HE-", text.body)


def test_after_it_is_sent_the_store_holds_no_secret_any_more(make: Maker, conversation: str, tmp_path: Path) -> None:
    send(make, conversation)
    secret = secret_in(queued(make)[0].body)
    deliver(make.store, FileProvider(tmp_path), make.now)
    (letter,) = queued(make)
    assert letter.sent_at is not None
    assert secret not in " ".join(str(value) for value in vars(letter).values())
    assert secret in next(tmp_path.glob("*.txt")).read_text()
    assert opens(make, secret) == conversation


def test_asking_again_within_the_hour_sends_nothing_and_after_it_another_link(make: Maker, conversation: str) -> None:
    assert send(make, conversation) is Sending.SENT
    for after in (timedelta(), timedelta(minutes=5), timedelta(minutes=59)):
        assert send(make, conversation, after=after) is Sending.ALREADY_SENT
    assert len(queued(make)) == make.count(ReturnLink) == 1
    assert send(make, conversation, after=timedelta(minutes=60)) is Sending.SENT
    assert [opens(make, secret_in(one.body), timedelta(hours=1)) for one in queued(make)] == [conversation] * 2


def test_one_conversation_cannot_be_used_to_write_to_many_people(make: Maker, conversation: str) -> None:
    came = [send(make, conversation, f"a{number}@home.example") for number in range(10)]
    assert came == [Sending.SENT] * MOST_IN_AN_HOUR + [Sending.ENOUGH] * (10 - MOST_IN_AN_HOUR)
    assert len(queued(make)) == make.count(ReturnLink) == MOST_IN_AN_HOUR
    assert send(make, conversation, PHONE, timedelta(hours=1)) is Sending.SENT


def test_asked_at_the_same_moment_one_message_goes_out(make: Maker, conversation: str) -> None:
    start, came = threading.Barrier(4), []

    def ask() -> None:
        start.wait(timeout=30)
        came.append(send(make, conversation))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(came) == [Sending.ALREADY_SENT] * 3 + [Sending.SENT]
    assert len(queued(make)) == make.count(ReturnLink) == 1


def test_a_conversation_without_an_enquiry_has_no_address_to_send_to(make: Maker) -> None:
    conversation = make.conversation()
    with pytest.raises(ValueError, match="enquiry"):
        send(make, conversation)


def _said_no(make: Maker, agency: Agency, conversation: str) -> None:
    with make.store.write() as session:
        enquiry = session.get_one(Conversation, conversation).enquiry
        assert enquiry is not None
        record_answer(session, enquiry, "safe_to_message", "no", make.now)


def _stopped(make: Maker, agency: Agency, conversation: str) -> None:
    with make.store.write() as session:
        session.get_one(Conversation, conversation).collecting_stopped = True


def _paused(make: Maker, agency: Agency, conversation: str) -> None:
    disclose(make, agency, conversation, pauses=True)


@pytest.mark.parametrize("happens", [_said_no, _stopped, _paused])
def test_when_it_is_not_safe_nothing_is_sent_and_links_sent_before_open_nothing(
    make: Maker, agency: Agency, conversation: str, happens: Callable[[Maker, Agency, str], None]
) -> None:
    earlier = link(make, conversation)
    happens(make, agency, conversation)
    assert send(make, conversation) is Sending.NOT_SAFE
    assert queued(make) == []
    assert opens(make, earlier) is None


def test_a_pause_reaches_conversations_that_have_no_enquiry(make: Maker, agency: Agency) -> None:
    conversation = make.conversation()
    secret = link(make, conversation)
    assert opens(make, secret) == conversation
    disclose(make, agency, conversation, pauses=True)
    assert opens(make, secret) is None


@pytest.mark.parametrize("disclosed", [False, True])
def test_a_link_of_a_forgotten_conversation_opens_nothing_and_nothing_of_it_is_left(
    make: Maker, agency: Agency, conversation: str, disclosed: bool
) -> None:
    secret = link(make, conversation)
    send(make, conversation)
    if disclosed:
        disclose(make, agency, conversation, pauses=False)
    with make.store.write() as session:
        forget_conversation(session, conversation, worker(make.now))
    assert opens(make, secret) is None
    assert make.count(ReturnLink) == make.count(OutboxMessage) == 0


def test_a_mistyped_number_put_right_withdraws_the_link_that_went_to_a_stranger(make: Maker) -> None:
    conversation = make.conversation_of(make.enquiry())
    answer(make, conversation, "+447700900124")
    assert send(make, conversation, "+447700900124") is Sending.SENT
    wrong = secret_in(queued(make)[0].body)
    answer(make, conversation, PHONE, SECOND)
    assert opens(make, wrong) is None
    assert queued(make) == []  # it had not gone out yet, and does not any more
    assert send(make, conversation, PHONE, 2 * SECOND) is Sending.SENT


def test_a_number_given_back_again_gets_a_link_that_works(make: Maker, tmp_path: Path) -> None:
    conversation = make.conversation_of(make.enquiry())
    for address in (PHONE, "+447700900124", PHONE):
        answer(make, conversation, address)
        assert send(make, conversation, address) is Sending.SENT
        last = secret_in(next(one.body for one in queued(make) if one.body))
        deliver(make.store, FileProvider(tmp_path), make.now)
    assert opens(make, last) == conversation
    assert make.count(ReturnLink) == 1


def test_a_number_beside_an_email_address_leaves_both_links_open_and_the_same_answer_again_too(make: Maker) -> None:
    conversation = make.conversation_of(make.enquiry())
    answer(make, conversation, EMAIL)
    by_email = link(make, conversation)
    answer(make, conversation, EMAIL)
    answer(make, conversation, PHONE)
    by_text = link(make, conversation)
    assert opens(make, by_email) == opens(make, by_text) == conversation


def test_who_takes_the_address_back_takes_the_links_back(make: Maker) -> None:
    conversation = make.conversation_of(make.enquiry())
    answer(make, conversation, EMAIL)
    secret = link(make, conversation)
    answer(make, conversation, "prefer_not")
    assert opens(make, secret) is None


def test_the_worker_deletes_links_that_have_had_their_time_and_messages_that_never_went_out(
    make: Maker, conversation: str
) -> None:
    send(make, conversation)
    other = link(make, conversation, timedelta(days=1))
    assert sweep_links(make.store, make.now + LASTS - SECOND) == 0
    assert sweep_links(make.store, make.now + LASTS) == 1
    assert queued(make) == []
    assert opens(make, other, LASTS) == conversation
    assert sweep_links(make.store, make.now + LASTS) == 0


def test_the_way_on_is_where_the_person_left_off_and_after_a_disclosure_a_person(make: Maker, agency: Agency) -> None:
    def button(conversation: str) -> str:
        with make.store.read() as session:
            return way_on(session, session.get_one(Conversation, conversation))

    assert button(make.conversation()) == "check"
    enquiry = make.enquiry(goal=Goal.SCREENING.value)
    conversation = make.conversation_of(enquiry)
    answer(make, conversation, EMAIL)
    assert button(conversation) == "check"
    with make.store.write() as session:
        record_answer(session, session.get_one(Enquiry, enquiry), "age", "25_plus", make.now)
    assert button(conversation) == "carry_on"
    with make.store.write() as session:
        session.get_one(Enquiry, enquiry).goal = Goal.EVENT.value
    assert button(conversation) == "event"
    disclose(make, agency, conversation, pauses=False)
    assert button(conversation) == "person"


def test_the_table_of_links_holds_nothing_of_the_person() -> None:
    assert set(Base.metadata.tables["return_links"].columns.keys()) == {
        "secret_sha256",
        "conversation_id",
        "created_at",
        "expires_at",
    }
