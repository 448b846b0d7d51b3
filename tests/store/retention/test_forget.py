"""Forgetting a conversation: what goes, and what a disclosure keeps."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bench.support.attempts import chat, worker
from enquiry.agencies.agency import Agency
from enquiry.bookings.events.places import book_place
from enquiry.bookings.visits.visits import book_visit
from enquiry.conversations.conversation import messages_after, open_conversation
from enquiry.enums import Author, HandoffReason, Outcome, Role
from enquiry.handoffs.handoff import finish_handoff, make_handoff
from enquiry.journey.record import record_answer, record_outcome
from enquiry.retention.forget import forget_conversation
from enquiry.store.models import (
    Answer,
    Base,
    Conversation,
    Enquiry,
    Event,
    Handoff,
    Message,
    OutboxMessage,
    Staff,
    Visitor,
)
from tests.support.diary import Diary
from tests.support.maker import Maker


def _full_conversation(make: Maker, agency: Agency, reason: HandoffReason, category: str = "") -> str:
    enquiry_id = make.enquiry(contact_name="Robin", contact_email="robin@home.example")
    event, conversation_id = make.event(), make.conversation_of(enquiry_id)
    make.visitor()
    make.message(conversation_id, "I'm Robin, ring 07700 900 123 or write to robin@home.example")
    make.message(conversation_id, "Thank you, Robin. You can ring 0116 305 0005.", author=Author.ASSISTANT)
    make.message(conversation_id, "my neighbour's child is always hungry")
    with make.store.write() as session:
        enquiry = session.get_one(Enquiry, enquiry_id)
        record_answer(session, enquiry, "age", "25_plus", make.now)
        record_outcome(session, enquiry, Outcome.CONTINUE, [], "v", make.now)
        book_place(session, event, enquiry, 2, chat(make.now))
        book_visit(session, agency, enquiry, make.moment(), chat(make.now))
        conversation = session.get_one(Conversation, conversation_id)
        for each, of in ((HandoffReason.CALL_BACK, ""), (reason, category)):
            make_handoff(
                session,
                conversation,
                agency=agency,
                wording=make.wording,
                reason=each,
                summary="Robin, robin@home.example",
                now=make.now,
                category=of,
            )
    return conversation_id


def test_a_forgotten_conversation_leaves_nothing_and_gives_its_bookings_back(make: Maker, agency: Agency) -> None:
    conversation = _full_conversation(make, agency, HandoffReason.ASKED_FOR_A_PERSON)
    with make.store.write() as session:
        assert forget_conversation(session, conversation, worker(make.now)) is True
    kept = {table.name for table in Base.metadata.sorted_tables} - {"events", "visitors", "staff", "staff_sessions"}
    for mapper in Base.registry.mappers:
        if mapper.local_table.name in kept:  # type: ignore[attr-defined]
            assert make.count(mapper.class_) == 0, mapper.class_
    with make.store.read() as session:
        assert session.scalars(select(Event.taken)).all() == [0]
        assert make.count(Visitor) == 1


def test_who_waits_for_a_place_is_offered_that_of_somebody_forgotten(make: Maker, diary: Diary) -> None:
    event, gone = make.event(places=1), make.enquiry()
    diary.book(event, gone)
    waits = diary.wait(event, make.enquiry())
    with make.store.write() as session:
        forget_conversation(session, make.conversation_of(gone), worker(make.now))
    assert (diary.status(waits), make.taken(event)) == ("offered", 1)


def test_a_time_kept_for_somebody_forgotten_is_free_again(make: Maker, diary: Diary) -> None:
    make.visitor()
    gone, at = make.enquiry(), make.moment()
    diary.reserve(gone, at)
    with make.store.write() as session:
        forget_conversation(session, make.conversation_of(gone), worker(make.now))
    assert diary.visit(make.enquiry(), at)


def test_a_disclosure_is_kept_but_cut_off_from_the_person(make: Maker, agency: Agency) -> None:
    conversation = _full_conversation(make, agency, HandoffReason.DISCLOSURE, "worried_about_child")
    with make.store.write() as session:
        assert forget_conversation(session, conversation, worker(make.now)) is False
    assert make.count(Enquiry) == make.count(Answer) == make.count(OutboxMessage) == 0
    with make.store.read() as session:
        (handoff,) = session.scalars(select(Handoff))
        assert (handoff.category, handoff.enquiry_id) == ("worried_about_child", None)
        words = " ".join(message.text for message in messages_after(session, handoff.conversation_id)) + handoff.summary
        assert session.get_one(Conversation, handoff.conversation_id).enquiry_id is None
        assert session.scalars(select(Event.taken)).all() == [0]
    for secret in ("Robin", "900", "@"):
        assert secret not in words
    assert "always hungry" in words
    assert "0116 305 0005" in words


def test_what_is_kept_of_a_disclosure_can_no_longer_be_opened_by_the_page(make: Maker, agency: Agency) -> None:
    conversation = _full_conversation(make, agency, HandoffReason.DISCLOSURE, "worried_about_child")
    with make.store.write() as session:
        forget_conversation(session, conversation, worker(make.now))
    with make.store.read() as session:
        assert session.get(Conversation, conversation) is None
        assert messages_after(session, conversation) == []
    with make.store.write() as session:
        assert forget_conversation(session, conversation, worker(make.now)) is True
    assert make.count(Handoff) == 1


def test_forgetting_one_of_two_conversations_leaves_the_enquiry_with_the_other(make: Maker) -> None:
    enquiry_id = make.enquiry()
    conversation = make.conversation_of(enquiry_id)
    with make.store.write() as session:
        other = open_conversation(session, make.agency.slug, make.now)
        other.enquiry_id = enquiry_id
    make.message(conversation, "hello")
    with make.store.write() as session:
        assert forget_conversation(session, conversation, worker(make.now)) is True
    assert (make.count(Enquiry), make.count(Conversation), make.count(Message)) == (1, 1, 0)


def test_forgetting_what_is_not_there_leaves_nothing(make: Maker) -> None:
    with make.store.write() as session:
        assert forget_conversation(session, "nothing", worker(make.now)) is True


def test_forgetting_keeps_alerts_to_staff_about_a_disclosure(make: Maker, agency: Agency) -> None:
    with make.store.write() as session:
        session.add(
            Staff(
                agency=agency.slug,
                email="s@x.example",
                name="S",
                role=Role.SAFEGUARDING.value,
                password_hash="x",
                created_at=make.now,
            )
        )
    conversation = _full_conversation(make, agency, HandoffReason.DISCLOSURE, "user_is_child")
    with make.store.write() as session:
        forget_conversation(session, conversation, worker(make.now))
    with make.store.read() as session:
        assert [message.recipient for message in session.scalars(select(OutboxMessage))] == ["s@x.example"]


def _kept_of(make: Maker, agency: Agency, typed: str) -> str:
    """What is left of a message after its conversation, which carries a disclosure, is forgotten."""
    conversation = make.conversation()
    make.message(conversation, typed)
    with make.store.write() as session:
        found = session.get_one(Conversation, conversation)
        make_handoff(
            session,
            found,
            agency=agency,
            wording=make.wording,
            reason=HandoffReason.DISCLOSURE,
            category="domestic_abuse",
            summary="x",
            now=make.now,
        )
    with make.store.write() as session:
        forget_conversation(session, conversation, worker(make.now))
    with make.store.read() as session:
        return session.scalars(select(Message.text)).one()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("My name is Robin Smith and he hits me", "My name is […] and he hits me"),
        ("my name's robin smith please help me", "my name's […] please help me"),
        ("I\u2019m called Robin, help me", "I\u2019m called […], help me"),
        ("we live at 12b King's Head Road, LE3 8RA, he hits her", "we live at […], […], he hits her"),
        ("it is flat 2, 14 oak court, le38ra", "it is […], […]"),
        ("next door at 7 mill close they shout", "next door at […] they shout"),
        ("12-14 High St. The boy is hungry", "[…]. The boy is hungry"),
        ("ring 07700 900 123 or robin@home.example", "ring […] or […]"),
    ],
)
def test_names_and_addresses_a_person_typed_are_not_in_what_a_disclosure_keeps(
    make: Maker, agency: Agency, typed: str, kept: str
) -> None:
    assert _kept_of(make, agency, typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "he has 3 bruises close to his eye",
        "she is 2 years old and plays on the road",
        "they are 2 hours drive away",
        "the 3 kids were on the way home at 9pm",
        "I'm called names at home",
        "my name is not important",
    ],
)
def test_what_a_disclosure_tells_is_kept_as_it_was_typed(make: Maker, agency: Agency, typed: str) -> None:
    assert _kept_of(make, agency, typed) == typed


def test_what_staff_wrote_when_they_dealt_with_a_disclosure_stays(make: Maker, agency: Agency) -> None:
    conversation = _full_conversation(make, agency, HandoffReason.DISCLOSURE, "worried_about_child")
    with make.store.write() as session:
        someone = Staff(
            agency=agency.slug,
            email="s@x.example",
            name="S",
            role=Role.SAFEGUARDING.value,
            password_hash="x",
            created_at=make.now,
        )
        session.add(someone)
        session.flush()
        handoff = session.scalars(select(Handoff).where(Handoff.reason == HandoffReason.DISCLOSURE.value)).one()
        finish_handoff(session, handoff, someone, "Rang 14 Mill Lane", make.now)
    with make.store.write() as session:
        forget_conversation(session, conversation, worker(make.now))
    with make.store.read() as session:
        assert session.scalars(select(Handoff.done_note)).one() == "Rang 14 Mill Lane"
