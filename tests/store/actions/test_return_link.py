"""What the assistant says and does when somebody asks for a link to carry on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from actions.return_link import finish_link
from enquiry.agencies.agency import Agency
from enquiry.conversations.return_links import MOST_IN_AN_HOUR
from enquiry.enums import Goal, HandoffReason
from enquiry.handoffs.handoff import make_handoff
from enquiry.store.models import Conversation, OutboxMessage
from tests.support.maker import Maker
from tests.support.turns import a_turn

LINK = {"intent": {"name": "send_link"}, "text": "Send me a link to carry on later"}


@dataclass(frozen=True)
class Said:
    """What came of one turn."""

    text: str
    choices: list[str]
    question: str | None
    goal: str | None


@pytest.fixture
def ask(make: Maker, agency: Agency) -> Callable[[str], Said]:
    """Let the path of the link be complete in a conversation."""

    def asked(conversation_id: str) -> Said:
        with make.store.write() as session:
            conversation = session.get_one(Conversation, conversation_id)
            turn = a_turn(session, make, agency, conversation.id, LINK, in_loop=True)
            turn.enquiry.goal = Goal.LINK.value
            finish_link(turn)
            (reply,) = turn.replies
            return Said(reply["text"], [one["title"] for one in reply["choices"]], reply["question"], turn.enquiry.goal)

    return asked


def conversation_of_somebody(make: Maker, **contact: Any) -> str:
    return make.conversation_of(make.enquiry(**contact))


@pytest.mark.parametrize(
    ("contact", "shown"),
    [({"contact_email": "jo@gmail.com"}, "j…@gmail.com"), ({"contact_phone": "+447700900456"}, "…456")],
)
def test_a_link_is_on_its_way_and_the_address_is_shown_with_most_of_it_left_out(
    make: Maker, ask: Callable[[str], Said], contact: dict[str, str], shown: str
) -> None:
    said = ask(conversation_of_somebody(make, **contact))
    assert f"A link is on its way to {shown}." in said.text
    assert "30 days" in said.text
    assert not any(address in said.text for address in contact.values())
    with make.store.read() as session:
        assert session.scalars(select(OutboxMessage.recipient)).all() == list(contact.values())


def test_no_question_stands_behind_it_and_the_goal_is_screening_again(make: Maker, ask: Callable[[str], Said]) -> None:
    said = ask(conversation_of_somebody(make, contact_email="jo@gmail.com"))
    assert (said.question, said.goal) == ("", Goal.SCREENING)
    assert said.choices == ["Check if I could foster", "Talk to a person"]


def test_asking_over_and_over_is_answered_each_time_and_sends_little(make: Maker, ask: Callable[[str], Said]) -> None:
    conversation = conversation_of_somebody(make, contact_email="jo@gmail.com")
    ask(conversation)
    assert "less than an hour ago" in ask(conversation).text
    for number in range(MOST_IN_AN_HOUR):
        with make.store.write() as session:
            enquiry = session.get_one(Conversation, conversation).enquiry
            assert enquiry is not None
            enquiry.contact_email = f"{number}@gmail.com"
        last = ask(conversation)
    assert "several links already" in last.text
    assert make.count(OutboxMessage) == MOST_IN_AN_HOUR


def test_without_an_address_nothing_is_promised(make: Maker, ask: Callable[[str], Said]) -> None:
    said = ask(conversation_of_somebody(make))
    assert "I can't send a link" in said.text
    assert make.count(OutboxMessage) == 0


def test_where_a_message_may_be_read_by_others_nothing_is_sent_and_it_is_said_so(
    make: Maker, ask: Callable[[str], Said]
) -> None:
    said = ask(conversation_of_somebody(make, contact_phone="+447700900456", safe_to_message=False))
    assert "I will not send anything" in said.text
    assert "456" not in said.text
    assert make.count(OutboxMessage) == 0


def test_after_a_disclosure_that_pauses_messages_only_a_person_is_offered(
    make: Maker, agency: Agency, ask: Callable[[str], Said]
) -> None:
    conversation = conversation_of_somebody(make, contact_phone="+447700900456")
    with make.store.write() as session:
        make_handoff(
            session,
            session.get_one(Conversation, conversation),
            agency=agency,
            wording=make.wording,
            reason=HandoffReason.DISCLOSURE,
            summary="x",
            category="domestic_abuse",
            pauses_messages=True,
            now=make.now,
        )
    said = ask(conversation)
    assert "I will not send anything" in said.text
    assert said.choices == ["Talk to a person"]
    with make.store.read() as session:
        assert session.scalars(select(OutboxMessage).where(OutboxMessage.enquiry_id.is_not(None))).all() == []
