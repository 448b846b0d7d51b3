"""After a disclosure: what is asked is answered for its category, and what was not meant that way is put right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from actions.after_disclosure import AfterDisclosure, PutRight
from actions.disclosures import respond
from actions.not_heard import say_not_heard
from actions.turn import Turn
from bench.support.attempts import project_catalogue
from enquiry.agencies.agency import Agency
from enquiry.enums import HandoffReason, Priority
from enquiry.safeguarding.categories import CATEGORY_IDS
from enquiry.store.models import Handoff
from tests.support.maker import Maker
from tests.support.turns import a_turn, context_of

QUESTIONS = sorted(project_catalogue().afterwards.questions)
BUTTON = "That's not what I meant"


@dataclass
class Said:
    """What came of a message."""

    text: str = ""
    offered: list[str] = field(default_factory=list)
    rings: list[str] = field(default_factory=list)
    flagged: bool = False
    stopped: bool = False
    handoffs: list[Handoff] = field(default_factory=list)


class Chat:
    """One conversation, whose messages have been understood already."""

    def __init__(self, make: Maker, agency: Agency) -> None:
        self._make, self._agency, self._id = make, agency, make.conversation()

    def _turn(self, act: Callable[[Turn], Any], **understood: Any) -> Said:
        make = self._make
        with make.store.write() as session:
            turn = a_turn(session, make, self._agency, self._id, {"intent": {"name": "after_disclosure"}, **understood})
            act(turn)
            session.flush()
            found = Said(
                "\n".join(reply["text"] for reply in turn.replies),
                [choice["title"] for reply in turn.replies for choice in reply["choices"]],
                [link["url"] for reply in turn.replies for link in reply["links"]],
                turn.flagged,
                turn.conversation.collecting_stopped,
            )
        with make.store.read() as session:
            found.handoffs = session.query(Handoff).filter_by(conversation_id=self._id).all()
        return found

    def tells(self, category: str, *, alone: bool = False) -> Said:
        return self._turn(lambda turn: respond(turn, category, alone=alone))

    def asks(self, question: str, **understood: Any) -> Said:
        context = context_of(self._make.store, self._make.now)
        return self._turn(AfterDisclosure(context).act, asks=question, **understood)

    def takes_back(self, **understood: Any) -> Said:
        context = context_of(self._make.store, self._make.now)
        return self._turn(PutRight(context).act, **understood)

    def mumbles(self) -> Said:
        return self._turn(say_not_heard)


@pytest.fixture
def chat(make: Maker, agency: Agency) -> Chat:
    return Chat(make, agency)


@pytest.mark.parametrize("category", sorted(CATEGORY_IDS))
def test_every_question_is_answered_after_every_category(chat: Chat, category: str) -> None:
    chat.tells(category)
    for question in QUESTIONS:
        said = chat.asks(question)
        assert "999" in said.text, question
        assert "Check if I could foster" not in said.offered
    assert len([one for one in said.handoffs if one.reason == HandoffReason.DISCLOSURE.value]) == 1


def test_the_safety_message_has_the_button_that_puts_it_right(chat: Chat) -> None:
    assert chat.tells("worried_about_child").offered == [BUTTON]


def test_who_to_ring_comes_with_links_that_dial(chat: Chat) -> None:
    chat.tells("worried_about_child")
    said = chat.asks("who_to_ring")
    assert "tel:01163050005" in said.rings
    assert said.rings[0] == "tel:999"
    assert len(said.rings) <= 4


def test_it_is_happening_now_makes_it_as_urgent_as_that(chat: Chat) -> None:
    assert chat.tells("adult_at_risk").handoffs[0].priority == Priority.SAME_DAY.value
    assert chat.asks("happening_now").handoffs[0].priority == Priority.NOW.value


def test_what_was_not_understood_gets_the_people_to_ring(chat: Chat) -> None:
    chat.tells("worried_about_child")
    said = chat.mumbles()
    assert "may not have got that" in said.text
    assert "0116 305 0005" in said.text
    assert BUTTON in said.offered


def test_where_nothing_was_told_nothing_of_it_is_said(chat: Chat) -> None:
    assert chat.mumbles().text == ""


@pytest.mark.parametrize("category", ["worried_about_child", "kinship_crisis", "offence_details_typed"])
def test_what_the_person_may_end_ends_with_an_apology_and_the_way_on(chat: Chat, category: str) -> None:
    chat.tells(category)
    said = chat.takes_back()
    assert "sorry" in said.text
    assert not said.flagged
    assert "Come to an event" in said.offered
    assert [one.put_right_at is not None for one in said.handoffs] == [True]
    assert [one.done_at for one in said.handoffs] == [None]


@pytest.mark.parametrize("category", ["child_immediate_danger", "domestic_abuse", "suicidal_or_self_harm"])
def test_what_staff_end_is_noted_and_stands(chat: Chat, category: str) -> None:
    chat.tells(category)
    said = chat.takes_back()
    assert "a person will look at it" in said.text
    assert "999" in said.text
    assert said.flagged
    assert "Come to an event" not in said.offered


@pytest.mark.parametrize("category", ["user_is_child", "child_in_care_unhappy", "threat_to_staff"])
def test_a_chat_that_has_ended_notes_it_and_keeps_its_last_words(chat: Chat, category: str) -> None:
    chat.tells(category)
    said = chat.takes_back()
    assert "a person will look at it" in said.text
    assert project_catalogue().categories[category].afterwards.split(".")[0][:30] in said.text  # type: ignore[union-attr]
    assert said.stopped


@pytest.mark.parametrize("category", ["domestic_abuse", "user_is_child", "enquirer_may_harm"])
def test_on_the_trained_parts_word_alone_the_person_ends_it(chat: Chat, category: str) -> None:
    chat.tells(category, alone=True)
    said = chat.takes_back()
    assert "sorry" in said.text
    assert (said.flagged, said.stopped) == (False, False)


def test_a_question_beside_it_is_answered(chat: Chat) -> None:
    chat.tells("worried_about_child")
    said = chat.takes_back(topics=["who/dogs"], parts=[None])
    assert "dog" in said.text


def test_half_a_denial_ends_nothing_and_tells_staff_again(chat: Chat) -> None:
    chat.tells("worried_about_child")
    said = chat.asks("half_true")
    assert "0116 305 0005" in said.text
    assert said.flagged
    assert BUTTON in said.offered
    assert said.handoffs[0].put_right_at is None
