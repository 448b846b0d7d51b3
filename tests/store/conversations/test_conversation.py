"""Conversations, messages, answers, outcomes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bench.support.attempts import chat
from enquiry.bookings.events.places import book_place
from enquiry.conversations.conversation import (
    conversations_with_waiting,
    find_by_client_key,
    messages_after,
    open_conversation,
    replies_to,
    waiting_messages,
)
from enquiry.enums import Author, Goal, Outcome, Stage
from enquiry.journey.record import answers_of, enquiry_of, record_answer, record_outcome
from enquiry.journey.stages import NoSuchStep, change_stage
from enquiry.store.engine import Store
from enquiry.store.models import Conversation, Enquiry
from tests.support.maker import Maker


def test_messages_are_numbered_and_read_on_from_a_number(make: Maker) -> None:
    conversation = make.conversation()
    for text in ("one", "two", "three"):
        make.message(conversation, text)
    with make.store.read() as session:
        assert [(m.number, m.text) for m in messages_after(session, conversation, 1)] == [(2, "two"), (3, "three")]


def test_choices_links_and_question_come_back_as_they_were(make: Maker) -> None:
    conversation = make.conversation()
    choices, links = [{"title": "Yes", "text": "Yes"}], [{"title": "More", "url": "https://example.org"}]
    make.message(conversation, "?", author=Author.ASSISTANT, choices=choices, links=links, question="dogs")
    with make.store.read() as session:
        (message,) = messages_after(session, conversation)
    assert (message.choices, message.links, message.question, message.author) == (choices, links, "dogs", "assistant")
    assert message.at == make.now


def test_the_same_thing_sent_twice_is_one_message_with_the_same_replies(make: Maker) -> None:
    conversation = make.conversation()
    first = make.message(conversation, "hello", client_key="k1")
    reply = make.message(conversation, "welcome", author=Author.ASSISTANT, reply_to=first)
    assert make.message(conversation, "hello", client_key="k1") == first
    assert make.message(make.conversation(), "hello", client_key="k1") != first
    with make.store.read() as session:
        assert [message.id for message in replies_to(session, first)] == [reply]
        found = find_by_client_key(session, conversation, "k1")
        assert found is not None
        assert found.id == first
        assert find_by_client_key(session, conversation, "k2") is None


def test_what_waits_is_found_oldest_first(make: Maker) -> None:
    one, other = make.conversation(), make.conversation()
    make.message(one, "later", waiting=True, now=make.now + timedelta(seconds=9))
    first = make.message(other, "first", waiting=True)
    second = make.message(other, "second", waiting=True)
    make.message(other, "dealt with")
    with make.store.read() as session:
        assert conversations_with_waiting(session) == [other, one]
        assert [message.id for message in waiting_messages(session, other)] == [first, second]


def test_a_conversation_has_one_enquiry_with_a_reference(make: Maker) -> None:
    conversation = make.conversation()
    with make.store.write() as session:
        enquiry = enquiry_of(session, session.get_one(Conversation, conversation), make.now)
        assert enquiry.stage == "new"
        assert enquiry.reference.startswith("HE-")
    with make.store.write() as session:
        assert enquiry_of(session, session.get_one(Conversation, conversation), make.now).id == enquiry.id
    assert make.count(Enquiry) == 1


def test_an_enquiry_made_by_another_process_meanwhile_is_found(make: Maker) -> None:
    conversation = make.conversation()
    with make.store.read() as session:
        stale = session.get_one(Conversation, conversation)
    with make.store.write() as session:
        made = enquiry_of(session, session.get_one(Conversation, conversation), make.now).id
    with make.store.write() as session:
        session.add(stale)
        assert enquiry_of(session, stale, make.now).id == made


def test_another_answer_replaces_the_first_and_counts_as_a_correction(make: Maker) -> None:
    enquiry_id = make.enquiry()
    for value in (1, 1, 2):
        with make.store.write() as session:
            record_answer(session, session.get_one(Enquiry, enquiry_id), "children", value, make.now)
    with make.store.read() as session:
        enquiry = session.get_one(Enquiry, enquiry_id)
        assert answers_of(enquiry) == {"children": 2}
        assert [answer.corrected for answer in enquiry.answers] == [1]


@pytest.mark.parametrize("value", ["yes", 3, True, None, {"adults": 2}, ["a"]])
def test_an_answer_comes_back_as_it_was(make: Maker, value: object) -> None:
    enquiry_id = make.enquiry()
    with make.store.write() as session:
        record_answer(session, session.get_one(Enquiry, enquiry_id), "x", value, make.now)
    with make.store.read() as session:
        assert answers_of(session.get_one(Enquiry, enquiry_id)) == {"x": value}


def test_how_to_reach_the_person_is_where_the_service_looks_for_it(make: Maker) -> None:
    enquiry_id = make.enquiry()
    given = {"contact_name": "Robin", "contact": "07700900123", "safe_to_message": "no", "contact_time": "Mornings"}
    with make.store.write() as session:
        enquiry = session.get_one(Enquiry, enquiry_id)
        for criterion, value in given.items():
            record_answer(session, enquiry, criterion, value, make.now)
        assert (enquiry.contact_name, enquiry.contact_phone, enquiry.contact_email) == ("Robin", "07700900123", None)
        assert (enquiry.safe_to_message, enquiry.contact_time) == (False, "Mornings")
        record_answer(session, enquiry, "contact", "robin@home.example", make.now)
        assert (enquiry.contact_phone, enquiry.contact_email) == (None, "robin@home.example")
        record_answer(session, enquiry, "contact", "prefer_not", make.now)
        record_answer(session, enquiry, "safe_to_message", "yes", make.now)
        assert (enquiry.contact_phone, enquiry.contact_email, enquiry.safe_to_message) == (None, None, True)
        assert answers_of(enquiry)["contact"] == "prefer_not"


def test_screening_begins_with_the_first_answer_and_ends_with_an_outcome(make: Maker) -> None:
    enquiry_id = make.enquiry(goal=Goal.SCREENING.value)
    reasons = [{"criterion": "dogs", "reason": "dog_at_home", "outcome": "note", "for_staff": "A dog at home."}]
    with make.store.write() as session:
        enquiry = session.get_one(Enquiry, enquiry_id)
        record_answer(session, enquiry, "age", "25_plus", make.now)
        assert enquiry.stage == "screening"
        record_outcome(session, enquiry, Outcome.NOTE, reasons, "2026-11-21", make.now)
    with make.store.read() as session:
        enquiry = session.get_one(Enquiry, enquiry_id)
        assert [change.stage for change in enquiry.changes] == ["new", "screening", "screened"]
        assert enquiry.outcomes[0].reasons == reasons
        assert enquiry.outcomes[0].criteria_version == "2026-11-21"


def test_contact_details_alone_do_not_begin_screening(make: Maker) -> None:
    enquiry_id = make.enquiry(goal=Goal.EVENT.value)
    with make.store.write() as session:
        record_answer(session, session.get_one(Enquiry, enquiry_id), "contact_name", "Robin", make.now)
    assert make.stage(enquiry_id) == "new"


def test_an_outcome_after_a_booking_does_not_take_the_enquiry_back(make: Maker) -> None:
    enquiry_id, event = make.enquiry(), make.event()
    with make.store.write() as session:
        enquiry = session.get_one(Enquiry, enquiry_id)
        book_place(session, event, enquiry, 1, chat(make.now))
        record_outcome(session, enquiry, Outcome.CONTINUE, [], "v", make.now)
    assert make.stage(enquiry_id) == "event_booked"


def test_a_change_of_stage_says_who_and_why_and_a_step_that_does_not_exist_is_refused(make: Maker) -> None:
    enquiry_id = make.enquiry()
    with make.store.write() as session:
        enquiry = session.get_one(Enquiry, enquiry_id)
        change_stage(session, enquiry, Stage.SCREENING, who="Robin", why="asked", now=make.now)
        change_stage(session, enquiry, Stage.SCREENING, who="Robin", why="again", now=make.now)
        with pytest.raises(NoSuchStep):
            change_stage(session, enquiry, Stage.PROGRESSING, who="Robin", why="no", now=make.now)
    with make.store.read() as session:
        changes = session.get_one(Enquiry, enquiry_id).changes
        assert [(change.who, change.why) for change in changes][1:] == [("Robin", "asked")]


def test_the_order_of_steps_at_the_same_moment_is_kept(make: Maker) -> None:
    enquiry_id = make.enquiry()
    stages = [
        Stage.SCREENING,
        Stage.SCREENED,
        Stage.EVENT_BOOKED,
        Stage.EVENT_ATTENDED,
        Stage.VISIT_BOOKED,
        Stage.VISITED,
    ]
    with make.store.write() as session:
        enquiry = session.get_one(Enquiry, enquiry_id)
        for stage in stages:
            change_stage(session, enquiry, stage, who="x", why="x", now=make.now)
    with make.store.read() as session:
        kept = [change.stage for change in session.get_one(Enquiry, enquiry_id).changes]
    assert kept == ["new", *(stage.value for stage in stages)]


def test_reading_refuses_to_write(make: Maker) -> None:
    with pytest.raises(Exception, match="read"), make.store.read() as session:
        open_conversation(session, make.agency.slug, make.now)
    assert make.count(Conversation) == 0


def test_an_error_undoes_everything_in_its_transaction(make: Maker) -> None:
    def go_wrong(store: Store) -> None:
        with store.write() as session:
            open_conversation(session, make.agency.slug, make.now)
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        go_wrong(make.store)
    assert make.count(Conversation) == 0
