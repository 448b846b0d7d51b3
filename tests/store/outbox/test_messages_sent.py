"""Messages as staff read them: their own service's, with their state, and nothing that is not for them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from enquiry.enums import Role
from enquiry.outbox.delivery import begin_handing_over, mark_in_doubt, mark_not_arrived, mark_refused
from enquiry.outbox.failures import Reason
from enquiry.queries.handoffs import NotThere
from enquiry.queries.messages import (
    MOST_MESSAGES,
    MessageLine,
    MessageState,
    count_undelivered,
    message_page,
    messages,
    undelivered,
)
from enquiry.store.models import Enquiry, OutboxMessage
from tests.support.maker import Maker
from tests.support.outbox_queue import deliver, failures, queue, take
from worker.providers.files import FileProvider

MINE = "leicestershire"
READ_ALERTS = (Role.MANAGER, Role.SAFEGUARDING)


def lines(
    make: Maker, state: MessageState | None = None, role: Role = Role.COORDINATOR, agency: str = MINE
) -> list[MessageLine]:
    with make.store.read() as session:
        found, number = messages(session, agency, role, state=state)
        assert number == len(found)
        return list(found)


def body(make: Maker, message: str, role: Role = Role.COORDINATOR, agency: str = MINE) -> str | None:
    with make.store.read() as session:
        return message_page(session, agency, role, message).body


def test_messages_stand_newest_first_with_whom_they_are_about(make: Maker) -> None:
    enquiry = make.enquiry(contact_name="Robin")
    older = queue(make, "one", enquiry)
    newer = queue(make, "two", now=make.now + timedelta(minutes=1))
    with make.store.read() as session:
        reference = session.get_one(Enquiry, enquiry).reference
    assert [(line.id, line.reference, line.who) for line in lines(make)] == [
        (newer, "", ""),
        (older, reference, "Robin"),
    ]


def test_each_message_is_in_one_state(make: Maker, tmp_path: Path) -> None:
    sent, refused, doubtful, gone = (queue(make, name) for name in ("sent", "refused", "doubtful", "gone"))
    in_hand = {message.id: message for message in take(make)}
    with make.store.write() as session:
        mark_refused(session, in_hand[refused or ""], "No such user.", make.now)
        begin_handing_over(session, in_hand[doubtful or ""], make.now)
        mark_in_doubt(session, in_hand[doubtful or ""], "Nobody can tell.", make.now)
        mark_not_arrived(session, gone or "", Reason.TEMPORARY_FAILURE, failures(), make.now)
    deliver(make.store, FileProvider(tmp_path), make.now + timedelta(minutes=2))
    waiting = queue(make, "waiting", not_before=make.now + timedelta(days=1))
    found = {state: {line.id for line in lines(make, state)} for state in MessageState}
    assert found == {
        MessageState.WAITING: {waiting},
        MessageState.SENT: {sent},
        MessageState.UNDELIVERED: {refused, doubtful, gone},
    }
    by_id = {line.id: line for line in lines(make)}
    assert {one for one, line in by_id.items() if line.in_doubt} == {doubtful}
    assert all(by_id[one or ""].state is state for state, some in found.items() for one in some)
    assert by_id[refused or ""].why == "No such user."
    assert by_id[waiting or ""].next_try_at == make.now + timedelta(days=1)
    with make.store.read() as session:
        assert (
            count_undelivered(session, MINE, Role.COORDINATOR) == 3 == undelivered(session, MINE, Role.COORDINATOR)[1]
        )
        assert count_undelivered(session, "coventry", Role.MANAGER) == 0


def test_another_services_messages_are_not_there(make: Maker) -> None:
    message = queue(make) or ""
    assert lines(make, agency="coventry", role=Role.MANAGER) == []
    with pytest.raises(NotThere):
        body(make, message, Role.MANAGER, "coventry")


@pytest.mark.parametrize("role", Role)
def test_alerts_are_for_those_who_may_know_that_something_was_disclosed(make: Maker, role: Role) -> None:
    message = queue(make, "alert:1:2:20261123T10", kind="alert") or ""
    queue(make, "alert:1:2:20261122T10", kind="")  # from before kinds were kept
    assert len(lines(make, role=role)) == (2 if role in READ_ALERTS else 0)
    if role not in READ_ALERTS:
        with pytest.raises(NotThere):
            body(make, message, role)


def test_what_a_message_says_can_be_read_before_and_after_it_was_sent(make: Maker, tmp_path: Path) -> None:
    message = queue(make) or ""
    assert body(make, message) == "Text with £ and é"
    deliver(make.store, FileProvider(tmp_path), make.now)
    assert body(make, message) == "Text with £ and é"


def test_a_link_that_opens_a_conversation_is_never_shown_not_even_while_it_waits(make: Maker) -> None:
    assert body(make, queue(make, kind="return_link") or "") is None


def test_many_messages_come_page_by_page(make: Maker) -> None:
    with make.store.write() as session:
        session.add_all(
            OutboxMessage(
                agency=MINE,
                occasion=str(number),
                kind="place_booked",
                channel="email",
                recipient="a@x.example",
                subject="s",
                body="b",
                created_at=make.now + timedelta(seconds=number),
                next_try_at=make.now,
            )
            for number in range(MOST_MESSAGES + 1)
        )
    with make.store.read() as session:
        pages = [messages(session, MINE, Role.VISITOR, page=page) for page in (1, 2, 3)]
    assert [len(found) for found, _ in pages] == [MOST_MESSAGES, 1, 0]
    assert {number for _, number in pages} == {MOST_MESSAGES + 1}
