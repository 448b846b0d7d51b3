"""A person carries on with another device: by the link that was sent to them, with nothing asked again and nothing lost."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from bench.support.person import Person
from bench.support.servers import Servers
from enquiry.journey.record import answers_of
from enquiry.store.models import Conversation, OutboxMessage
from tests.support.plain_answers import answer_until

LINK = "Send me a link to carry on later"
CARRY_ON = "Carry on with the questions"


@pytest.fixture
def phone(servers: Servers) -> Person:
    """Somebody who answers on their phone until their dogs are asked about, and then has a link sent to them."""
    person = Person(servers.address)
    person.begin()
    person.say("Check if I could foster")
    answer_until("dogs", person)
    person.say("I have to go now")
    person.say(LINK)
    assert person.question == "contact"
    person.say("asha@example.com")
    assert "on its way" in person.heard
    return person


def secrets_of(servers: Servers, person: Person) -> list[str]:
    """What stands in the links that were sent to somebody, first to last."""
    store = servers.store()
    try:
        with store.read() as session:
            enquiry = session.get_one(Conversation, person.id).enquiry
            assert enquiry is not None
            messages = session.scalars(
                select(OutboxMessage).where(OutboxMessage.enquiry_id == enquiry.id).order_by(OutboxMessage.created_at)
            ).all()
            return [found[1] for message in messages if (found := re.search(r"/return/([\w-]+)", message.body))]
    finally:
        store.close()


def follow(servers: Servers, secret: str) -> httpx.Response:
    """Open a link, as its page does once the button is pressed."""
    return httpx.post(f"{servers.address}/api/return", json={"secret": secret}, timeout=30)


def another_device(servers: Servers, secret: str) -> Person:
    """The same person at a computer that has never seen the chat."""
    answer = follow(servers, secret)
    assert answer.status_code == 200, answer.text
    person = Person(servers.address, id=answer.json()["id"], token=answer.json()["token"])
    person.replies = answer.json()["messages"]
    return person


def kept(servers: Servers, person: Person) -> tuple[dict[str, Any], int, list[str]]:
    """The answers, how many were corrected, and the outcomes."""
    store = servers.store()
    try:
        with store.read() as session:
            enquiry = session.get_one(Conversation, person.id).enquiry
            assert enquiry is not None
            corrected = sum(answer.corrected for answer in enquiry.answers)
            return answers_of(enquiry), corrected, [one.outcome for one in enquiry.outcomes]
    finally:
        store.close()


def test_on_another_device_nothing_is_asked_again_and_the_outcome_is_reached(servers: Servers, phone: Person) -> None:
    before = [message["text"] for message in phone.all_messages()]
    computer = another_device(servers, secrets_of(servers, phone)[0])
    assert computer.id == phone.id
    assert [message["text"] for message in computer.replies][: len(before)] == before
    assert CARRY_ON in [choice["title"] for choice in computer.replies[-1]["choices"]]

    computer.say(CARRY_ON)
    assert computer.question == "dogs"
    answered = set(kept(servers, phone)[0])
    computer.say("one old labrador")
    answer_until("next_step", computer)
    asked = [message["question"] for message in computer.all_messages() if message["question"]]
    # On the phone the dogs were asked about, then where to send the link; on the computer the dogs again, and what is left.
    assert asked.count("dogs") == 2
    since = asked[len(asked) - asked[::-1].index("dogs") :]
    assert not answered & set(since)
    assert "contact" not in since, "the address the link went to is known"
    answers, corrected, outcomes = kept(servers, phone)
    assert (answers["dogs"], answers["area"], answers["age"]) == ("yes", "in_area", "25_plus")
    assert (corrected, outcomes) == (0, ["note"])


def test_the_link_opens_on_a_third_device_as_well_and_the_first_goes_on(servers: Servers, phone: Person) -> None:
    secret = secrets_of(servers, phone)[0]
    computer, tablet = another_device(servers, secret), another_device(servers, secret)
    welcomes = [message for message in tablet.replies if message["text"] == computer.replies[-1]["text"]]
    assert len(welcomes) == 1, "looked at twice, it is said once"
    phone.say(CARRY_ON)
    assert phone.question == "dogs"
    tablet.say("No dogs")
    assert tablet.question == "availability"
    phone.say("I work from home")
    assert phone.question == "experience"
    computer.say("nieces and nephews")
    assert computer.question == "the_rest"
    assert computer.all_messages() == phone.all_messages() == tablet.all_messages()


def test_two_devices_answering_at_the_same_moment_are_one_answer(servers: Servers, phone: Person) -> None:
    computer = another_device(servers, secrets_of(servers, phone)[0])
    computer.say(CARRY_ON)
    with ThreadPoolExecutor(2) as pool:
        answers_given = list(pool.map(lambda one: one.send("No dogs"), (phone, computer)))
    assert [answer.status_code for answer in answers_given] == [200, 200]
    answers, corrected, _ = kept(servers, phone)
    assert answers["dogs"] == "no"
    assert corrected == 0
    assert "experience" not in answers
    assert "No dogs" in [message["text"] for message in phone.all_messages()]
    phone.say("I work from home")
    assert kept(servers, phone)[0]["availability"] == "mostly_home"


def test_the_list_of_answers_is_confirmed_on_another_device(servers: Servers) -> None:
    phone = Person(servers.address)
    phone.begin()
    phone.say("Check if I could foster")
    answer_until("check_answers", phone)
    phone.say("text me a link to come back to this")
    assert "A link " in phone.heard  # at night it says that the text comes in the morning
    computer = another_device(servers, secrets_of(servers, phone)[0])
    computer.say(CARRY_ON)
    assert computer.question == "check_answers"
    assert "Bedroom for a child: Yes" in computer.heard
    computer.say("Change something")
    computer.say("Bedroom for a child")
    computer.say("not yet, but my son moves out soon")
    assert computer.question == "check_answers"
    computer.say("That is right")
    assert computer.question == "next_step"
    answers, _, outcomes = kept(servers, phone)
    assert (answers["bedroom"], outcomes) == ("planned", ["note"])


def test_who_left_an_event_half_booked_is_asked_nothing_but_the_date(servers: Servers) -> None:
    phone = Person(servers.address)
    phone.begin()
    for text in ("Come to an event", "Nia", "nia@example.com", "yes"):
        phone.say(text)
    assert phone.question == "event"
    phone.say("send me a link")
    computer = another_device(servers, secrets_of(servers, phone)[0])
    computer.say("Come to an event")
    assert computer.question == "event"
    computer.say("the first one")
    computer.say("just me")
    assert "EV-" in computer.heard


def test_a_link_that_went_to_the_wrong_number_opens_nothing_once_it_is_put_right(servers: Servers) -> None:
    phone = Person(servers.address)
    phone.begin()
    phone.say("Check if I could foster")
    answer_until("check_answers", phone)
    phone.say(LINK)
    wrong = secrets_of(servers, phone)[0]
    for text in (CARRY_ON, "Change something", "Phone or email", "07700 900112"):
        phone.say(text)
    assert phone.question == "check_answers"
    phone.say(LINK)
    assert follow(servers, wrong).status_code == 404
    computer = another_device(servers, secrets_of(servers, phone)[-1])
    assert computer.id == phone.id


def test_no_link_opens_after_a_sign_that_somebody_at_home_reads_along(servers: Servers, phone: Person) -> None:
    secret = secrets_of(servers, phone)[0]
    phone.say("my husband hits me and he goes through my phone")
    assert "999" in phone.heard
    answer = follow(servers, secret)
    assert answer.status_code == 404
    assert phone.id not in answer.text
