"""What the domain tells in the log: once it is committed, and nothing that is personal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest

from bench.support.attempts import chat
from enquiry.agencies.agency import Agency
from enquiry.bookings.booking import EventFull, TooLate
from enquiry.bookings.events.places import book_place, release_place
from enquiry.bookings.visits.visits import book_visit, move_visit, release_visit
from enquiry.enums import HandoffReason, Priority, Role
from enquiry.handoffs.handoff import make_handoff
from enquiry.outbox.failures import Reason
from enquiry.staff.accounts import WrongPassword, add_staff, sign_in
from enquiry.store.after_commit import tell_after_commit
from enquiry.store.engine import Store
from enquiry.store.models import Conversation, Enquiry, OutboxMessage, Place
from tests.support.log_lines import LogLines, logged
from tests.support.maker import Maker
from tests.support.outbox_queue import failures, queue
from worker.deliver import deliver_due
from worker.providers.contract import HandOver, InDoubt, NotSent, Refused

PERSON = {"contact_name": "Quillfeather", "contact_email": "quillfeather@home.example", "safe_to_message": True}


@pytest.fixture
def lines() -> Iterator[LogLines]:
    with logged() as told:
        yield told


def test_what_is_undone_is_not_told(store: Store, lines: LogLines) -> None:
    with suppress(ZeroDivisionError), store.write() as session:
        tell_after_commit(session, "handoff_made", reason="call_back")
        raise ZeroDivisionError
    assert lines.all == []
    with store.write() as session:
        tell_after_commit(session, "handoff_made", reason="call_back")
        assert lines.all == []
    assert lines.events() == ["handoff_made"]


def test_a_booking_is_told_by_its_reference(make: Maker, lines: LogLines) -> None:
    event_id, enquiry_id = make.event(places=2), make.enquiry(**PERSON)
    with make.store.write() as session:
        place = book_place(session, event_id, session.get_one(Enquiry, enquiry_id), 2, chat(make.now))
    with make.store.write() as session:
        release_place(session, session.get_one(Place, place.id), chat(make.now))
    assert [(line["kind"], line["change"], line["reference"]) for line in lines.of("booking_changed")] == [
        ("place", "booked", place.reference),
        ("place", "cancelled", place.reference),
    ]
    assert "quillfeather" not in lines.text.lower()


def test_a_refusal_is_told_once_with_its_reason(make: Maker, agency: Agency, lines: LogLines) -> None:
    event_id = make.event(places=1)
    with pytest.raises(EventFull), make.store.write() as session:
        book_place(session, event_id, session.get_one(Enquiry, make.enquiry()), 2, chat(make.now))
    make.visitor()
    with make.store.write() as session:
        visit = book_visit(session, agency, session.get_one(Enquiry, make.enquiry()), make.moment(), chat(make.now))
    with pytest.raises(TooLate), make.store.write() as session:
        release_visit(session, session.merge(visit), chat(visit.starts_at))
    assert [(line["kind"], line["reason"]) for line in lines.of("booking_refused")] == [
        ("place", "event_full"),
        ("visit", "too_late"),
    ]


def test_a_move_is_told(make: Maker, agency: Agency, lines: LogLines) -> None:
    make.visitor()
    with make.store.write() as session:
        visit = book_visit(session, agency, session.get_one(Enquiry, make.enquiry()), make.moment(), chat(make.now))
        move_visit(session, agency, visit, make.moment(hour=14), chat(make.now))
    assert [line["change"] for line in lines.of("booking_changed")] == ["booked", "moved"]


def test_a_handoff_is_told_once_and_its_alerts_with_their_number(make: Maker, agency: Agency, lines: LogLines) -> None:
    conversation_id = make.conversation()
    for _ in range(2):
        with make.store.write() as session:
            make_handoff(
                session,
                session.get_one(Conversation, conversation_id),
                agency=agency,
                wording=make.wording,
                reason=HandoffReason.DISCLOSURE,
                category="worried_about_child",
                audience=[Role.SAFEGUARDING],
                priority=Priority.NOW,
                summary="Quillfeather said so",
                now=make.now,
            )
    (made,) = lines.of("handoff_made")
    assert (made["reason"], made["priority"], made["conversation_id"]) == ("disclosure", "now", conversation_id)
    # There is nobody of that role: that is told, too.
    assert [line["count"] for line in lines.of("alert_queued")] == [0]
    assert "Quillfeather" not in lines.text


class Says:
    """A provider that says one thing, with the address in it as they do."""

    def __init__(self, error: Exception | None) -> None:
        self.error = error

    def send(self, message: OutboxMessage, hand_over: HandOver) -> None:
        if self.error:
            raise self.error


@pytest.mark.parametrize(
    ("error", "event", "reason"),
    [
        (None, "outbox_sent", None),
        (NotSent(Reason.NOT_TAKEN, "550 quillfeather@home.example is busy"), "outbox_not_sent", None),
        (Refused(Reason.REFUSED, "550 quillfeather@home.example is unknown"), "outbox_given_up", "refused"),
        (InDoubt(Reason.UNSETTLED, "quillfeather@home.example"), "outbox_given_up", "in_doubt"),
    ],
)
def test_what_became_of_a_message_is_told_without_whom_it_goes_to(
    make: Maker, lines: LogLines, error: Exception | None, event: str, reason: str | None
) -> None:
    message = queue(make, recipient="quillfeather@home.example")
    assert message is not None
    deliver_due(make.store, Says(error), failures(), lambda: make.now)
    (line,) = [line for line in lines.all if line["event"].startswith("outbox_")]
    assert (line["event"], line.get("reason"), line["attempts"]) == (event, reason, 1)
    assert line["message_id"] == message
    assert "quillfeather" not in lines.text.lower()


def test_an_account_that_is_locked_is_told_when_it_happens(make: Maker, lines: LogLines) -> None:
    with make.store.write() as session:
        staff, _ = add_staff(
            session, make.agency.slug, "quillfeather@council.example", "Quillfeather", Role.MANAGER, make.now
        )
    for _ in range(5):
        with pytest.raises(WrongPassword):
            sign_in(make.store, "quillfeather@council.example", "not it", make.now)
    assert [line["staff_id"] for line in lines.of("account_locked")] == [staff.id]
    assert "quillfeather" not in lines.text.lower()
