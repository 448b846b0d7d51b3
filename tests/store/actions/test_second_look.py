"""What the assistant says when somebody asks for something to be looked at again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.second_look import LookAgain
from enquiry.agencies.agency import Agency
from enquiry.enums import Outcome
from enquiry.journey.record import record_outcome
from enquiry.store.models import Conversation, Enquiry, Handoff
from tests.support.maker import Maker
from tests.support.turns import a_turn, context_of

ASKED = {"intent": {"name": "look_again"}, "text": "please look at it again"}


@pytest.fixture
def ask(make: Maker, agency: Agency) -> Callable[..., dict[str, object]]:
    """Ask in a conversation; the reply."""

    def asked(conversation_id: str, *, at: Agency = agency, in_loop: bool = False) -> dict[str, object]:
        tools = context_of(make.store, make.now)
        with make.store.write() as session:
            chat = session.get_one(Conversation, conversation_id)
            turn = a_turn(session, make, at, chat.id, ASKED, in_loop=in_loop)
            assert LookAgain(tools).act(turn) == []
            (reply,) = turn.replies
            return reply

    return asked


def told_not_yet(make: Maker, **contact: object) -> str:
    enquiry = make.enquiry(**contact)
    with make.store.write() as session:
        record_outcome(session, session.get_one(Enquiry, enquiry), Outcome.NOT_YET, [], "v", make.now)
    return make.conversation_of(enquiry)


def test_it_says_who_looks_who_to_ring_by_when_and_how_to_complain(
    make: Maker, ask: Callable[..., dict[str, object]], agency: Agency
) -> None:
    reply = ask(told_not_yet(make, contact_phone="07700 900001"))
    text = str(reply["text"])
    assert "not the one who dealt with it before" in text
    assert agency.phone in text
    assert "within 2 working hours" in text
    assert agency.facts["complaints_phone"] in text
    assert (reply["choices"], make.count(Handoff)) == ([], 1)


def test_where_the_number_for_complaints_is_not_known_the_team_is_named(
    make: Maker, ask: Callable[..., dict[str, object]], agency: Agency
) -> None:
    text = str(ask(told_not_yet(make), at=replace(agency, facts={**agency.facts, "complaints_phone": None}))["text"])
    assert "You can also make a complaint. The team will tell you how." in text


def test_who_left_no_way_to_be_reached_gets_the_number_the_reference_and_a_button(
    make: Maker, ask: Callable[..., dict[str, object]]
) -> None:
    reply = ask(told_not_yet(make))
    assert "You did not leave a way to reach you" in str(reply["text"])
    assert [one["text"] for one in reply["choices"]] == ["Talk to a person"]  # type: ignore[attr-defined]


def test_asked_a_second_time_it_says_that_it_is_with_the_team_and_makes_no_second_handoff(
    make: Maker, ask: Callable[..., dict[str, object]]
) -> None:
    conversation = told_not_yet(make)
    ask(conversation)
    assert "I have passed that on already" in str(ask(conversation)["text"])
    assert make.count(Handoff) == 1


def test_where_nothing_was_decided_it_says_so_and_offers_a_person(
    make: Maker, ask: Callable[..., dict[str, object]]
) -> None:
    reply = ask(make.conversation())
    assert "nothing has been decided that stands in your way" in str(reply["text"])
    assert [one["text"] for one in reply["choices"]] == ["Talk to a person"]  # type: ignore[attr-defined]
    assert (make.count(Handoff), make.count(Enquiry)) == (0, 0)


def test_between_the_questions_no_buttons_compete_with_those_of_the_question(
    make: Maker, ask: Callable[..., dict[str, object]]
) -> None:
    assert ask(make.conversation(), in_loop=True)["choices"] == []


def test_after_something_unsafe_was_told_nobody_promises_to_ring(
    make: Maker, ask: Callable[..., dict[str, object]]
) -> None:
    conversation = told_not_yet(make, contact_phone="07700 900001")
    with make.store.write() as session:
        session.get_one(Conversation, conversation).collecting_stopped = True
    text = str(ask(conversation)["text"])
    assert "When it is safe for you, please call them" in text
    assert "aim to get back to you" not in text
