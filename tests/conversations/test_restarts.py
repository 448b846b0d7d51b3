"""Each process in turn is killed in the middle of a conversation; nothing that was acknowledged is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from bench.support.person import Person
from bench.support.servers import Servers
from bench.support.waiting import wait_until
from enquiry.conversations.conversation import waiting_messages
from enquiry.journey.record import answers_of
from enquiry.store.models import Answer, Conversation, Handoff, Place

pytestmark = pytest.mark.restart

PHONE = "0116 305 0505"


# The questions before the age, as typed, and what is kept of them.
BEGUN = ("Start fostering", "I don't know yet", "On my own")
FIRST = {"route": "foster_new", "care_type": "not_sure", "applying_with": "alone"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Servers of our own: killing those of the other tests would spoil them."""
    running = Servers(tmp_path_factory.mktemp("restarts"))
    try:
        running.start_all()
        yield running
    finally:
        running.stop_all()


@pytest.fixture
def person(house: Servers) -> Person:
    """Somebody who has answered the first questions."""
    someone = Person(house.address)
    someone.begin()
    for text in ("Check if I could foster", *BEGUN, "34"):
        someone.say(text)
    assert someone.question == "area"
    return someone


def state_of(house: Servers, conversation_id: str) -> tuple[dict[str, Any], int, int]:
    """The answers, the corrections to them, and how many messages still wait."""
    store = house.store()
    try:
        with store.read() as session:
            conversation = session.get_one(Conversation, conversation_id)
            assert conversation.enquiry is not None
            corrected = sum(answer.corrected for answer in conversation.enquiry.answers)
            return answers_of(conversation.enquiry), corrected, len(waiting_messages(session, conversation_id))
    finally:
        store.close()


def later_than(person: Person, text: str) -> list[dict[str, Any]]:
    """What was said after the person's message with that text."""
    messages = person.all_messages()
    place = max(number for number, message in enumerate(messages) if message["text"] == text)
    return messages[place + 1 :]


@pytest.mark.parametrize("process", ["rasa", "actions"])
def test_a_message_to_an_assistant_that_is_gone_is_kept_and_answered_when_it_is_back(
    house: Servers, person: Person, process: str
) -> None:
    house.kill(process)
    person.say("Charnwood")
    assert "can't answer just now" in person.heard
    assert PHONE in person.heard
    assert "kept" in person.heard
    assert state_of(house, person.id)[2] == 1

    house.start(process)
    house.wait_for_presence("awake")
    wait_until(
        lambda: any(m["question"] == "right_to_live_work" for m in later_than(person, "Charnwood")),
        "the answer to what was kept",
    )

    person.say("yes")
    assert person.question == "household"
    answers, corrected, waiting = state_of(house, person.id)
    assert answers == {**FIRST, "age": "25_plus", "area": "in_area", "right_to_live_work": "yes"}
    assert (corrected, waiting) == (0, 0)
    asked = [message["question"] for message in person.all_messages() if message["question"]]
    assert asked == [*FIRST, "age", "area", "right_to_live_work", "household"]


def test_several_messages_to_an_assistant_that_is_gone_are_answered_in_their_order(
    house: Servers, person: Person
) -> None:
    house.kill("actions")
    person.say("Melton")
    assert PHONE in person.heard
    person.say("yes I was born here")
    person.say("just me")
    house.start("actions")
    house.wait_for_presence("awake")
    wait_until(lambda: state_of(house, person.id)[2] == 0, "all that waited to be answered")
    assert state_of(house, person.id)[0] == {
        **FIRST,
        "age": "25_plus",
        "area": "in_area",
        "right_to_live_work": "yes",
        "household": 1,
    }
    person.say("no kids")
    assert person.question == "bedroom"


def test_after_the_web_process_was_killed_the_same_key_opens_the_same_conversation(
    house: Servers, person: Person
) -> None:
    before = person.all_messages()
    house.kill("web")
    with pytest.raises(httpx.TransportError):
        person.send("Blaby")
    house.start("web")
    house.wait_for_presence("awake")
    assert person.all_messages() == before
    person.say("Blaby")
    assert person.question == "right_to_live_work"
    assert state_of(house, person.id)[0] == {**FIRST, "age": "25_plus", "area": "in_area"}


def test_a_message_that_waited_when_the_web_process_was_killed_is_answered_after_all(
    house: Servers, person: Person
) -> None:
    house.kill("rasa")
    person.say("Oadby and Wigston")
    house.kill("web")
    house.start("rasa")
    house.start("web")
    house.wait_for_presence("awake")
    wait_until(
        lambda: any(m["question"] == "right_to_live_work" for m in later_than(person, "Oadby and Wigston")),
        "the answer",
    )
    assert state_of(house, person.id) == ({**FIRST, "age": "25_plus", "area": "in_area"}, 0, 0)


def test_the_conversation_goes_on_when_rasa_has_forgotten_it(house: Servers, person: Person) -> None:
    # Rasa's own memory is short-lived; what counts is in the store.
    house.kill("rasa")
    for file in house.state.glob("rasa.db*"):
        file.unlink()
    house.wait_for_presence("away")
    house.start("rasa")
    house.wait_for_presence("awake")
    person.say("Harborough")
    assert person.question == "right_to_live_work"
    person.say("yes")
    assert person.question == "household"
    assert state_of(house, person.id)[0] == {**FIRST, "age": "25_plus", "area": "in_area", "right_to_live_work": "yes"}


def deliver(
    house: Servers, person: Person, text: str, question: str, previous: str | None = None
) -> list[dict[str, Any]]:
    """Hand a message to Rasa directly, as the web process does."""
    answer = httpx.post(
        f"http://127.0.0.1:{house.ports['rasa']}/webhooks/hearth/webhook",
        json={
            "sender": person.id,
            "message": text,
            "metadata": {"agency": "leicestershire", "question": question, "previous_question": previous},
        },
        timeout=30,
    )
    assert answer.status_code == 200
    replies: list[dict[str, Any]] = answer.json()
    return replies


def test_an_answer_delivered_twice_is_kept_once(house: Servers, person: Person) -> None:
    first = deliver(house, person, "Charnwood", "area", "age")
    second = deliver(house, person, "Charnwood", "area", "age")
    assert [reply["question"] for reply in first][-1] == "right_to_live_work"
    assert [reply["question"] for reply in second][-1] == "right_to_live_work"
    assert state_of(house, person.id)[:2] == ({**FIRST, "age": "25_plus", "area": "in_area"}, 0)


def test_the_last_step_of_a_booking_delivered_twice_books_once(house: Servers) -> None:
    person = Person(house.address)
    person.begin()
    for text in ("Come to an event", "Nia", "nia@example.com", "yes", "the first one"):
        person.say(text)
    assert person.question == "event_places"
    assert "EV-" in str(deliver(house, person, "two of us", "event_places", "event"))
    deliver(house, person, "two of us", "event_places", "event")
    store = house.store()
    try:
        with store.read() as session:
            enquiry = session.get_one(Conversation, person.id).enquiry
            assert enquiry is not None
            places = session.scalars(select(Place).where(Place.enquiry_id == enquiry.id)).all()
            assert [place.people for place in places] == [2]
            kept = session.scalars(select(Answer.criterion).where(Answer.enquiry_id == enquiry.id)).all()
            assert len(kept) == len(set(kept))
    finally:
        store.close()


def test_a_disclosure_delivered_twice_is_one_handoff(house: Servers, person: Person) -> None:
    for _ in range(2):
        assert "0116 305 0005" in str(
            deliver(house, person, "I think my niece is being groomed by someone online", "area", "age")
        )
    store = house.store()
    try:
        with store.read() as session:
            handoffs = session.scalars(select(Handoff).where(Handoff.conversation_id == person.id)).all()
            assert [one.category for one in handoffs] == ["worried_about_child"]
    finally:
        store.close()


def at_the_list(house: Servers) -> Person:
    """Somebody who lives elsewhere, and so is soon shown the list of their answers."""
    someone = Person(house.address)
    someone.begin()
    for text in ("Check if I could foster", *BEGUN, "34", "Somewhere else", "Nia", "nia@example.com", "yes"):
        someone.say(text)
    assert someone.question == "check_answers"
    return someone


def test_what_is_said_to_the_list_of_answers_twice_counts_once(house: Servers) -> None:
    person = at_the_list(house)
    for _ in range(2):
        replies = deliver(house, person, "Change something", "check_answers", "safe_to_message")
        assert [reply["question"] for reply in replies][-1] == "change_what"
    for _ in range(2):
        replies = deliver(house, person, "Name", "change_what", "check_answers")
        assert [reply["question"] for reply in replies][-1] == "contact_name"
    for _ in range(2):
        replies = deliver(house, person, "Nina", "contact_name", "change_what")
        assert [reply["question"] for reply in replies][-1] == "check_answers"
        assert "Name: Nina" in str(replies)
    answers, corrected, _ = state_of(house, person.id)
    assert answers["contact_name"] == "Nina"
    assert corrected == 1


def test_the_list_of_answers_is_there_again_when_rasa_has_forgotten_the_conversation(house: Servers) -> None:
    person = at_the_list(house)
    house.kill("rasa")
    for file in house.state.glob("rasa.db*"):
        file.unlink()
    house.wait_for_presence("away")
    house.start("rasa")
    house.wait_for_presence("awake")
    person.say("Change something")
    assert person.question == "change_what"
    person.say("Nothing after all")
    assert person.question == "check_answers"
    assert "Area: Somewhere else" in person.heard
    person.say("That is right")
    assert person.question == "next_step"
    assert "HE-" in person.heard
