"""What is said to the questions of a message: each one, for the person who asks, with what they wish for and how they feel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from actions.pass_on import LONGEST, pass_on_question
from actions.topics import Answer, Clarify
from actions.turn import Turn
from enquiry.agencies.agency import Agency
from enquiry.catalogue import Catalogue
from enquiry.store.models import Conversation, Handoff
from tests.support.maker import Maker
from tests.support.turns import a_turn

Reply = Callable[..., Turn]
DOGS, ROOM = ("who/dogs", None), ("who/spare_bedroom", "loft")


@pytest.fixture
def reply(make: Maker, agency: Agency, now: datetime) -> Reply:
    """Do an action in a conversation, and give the turn it made."""

    def done(
        act: Callable[[Turn], object], *asked: tuple[str, str | None], conversation: str = "", **more: Any
    ) -> Turn:
        with make.store.write() as session:
            kept = session.get_one(Conversation, conversation or make.conversation())
            understood = {
                "intent": {"name": "ask"},
                "text": more.pop("text", "a question"),
                "topics": [topic for topic, _ in asked],
                "parts": [part for _, part in asked],
                **more,
            }
            turn = a_turn(session, make, agency, kept.id, understood, now=now)
            act(turn)
            session.flush()
            return turn

    return done


def answer(turn: Turn) -> None:
    Answer(turn.context).act(turn)


def test_a_part_is_answered_by_itself_and_the_whole_topic_is_one_tap_away(reply: Reply, catalogue: Catalogue) -> None:
    (said,) = reply(answer, ROOM).replies
    assert "loft" in said["text"]
    assert "{" not in said["text"]
    assert said["choices"][0]["text"] == catalogue.topics["who/spare_bedroom"].title


def test_each_of_several_questions_is_answered_under_its_title(reply: Reply, catalogue: Catalogue) -> None:
    turn = reply(answer, DOGS, ROOM)
    part = catalogue.topics["who/spare_bedroom"].part("loft")
    assert part is not None
    assert [one["text"].split("\n")[0] for one in turn.replies] == [catalogue.topics["who/dogs"].title, part.title]
    assert turn.replies[0]["choices"] == []


def test_what_was_answered_last_is_remembered_with_its_part(reply: Reply) -> None:
    assert reply(answer, DOGS, ROOM).conversation.last_answer == "who/spare_bedroom#loft"
    assert reply(answer, DOGS).conversation.last_answer == "who/dogs"


def test_a_topic_that_was_taken_out_since_the_training_is_not_understood(reply: Reply) -> None:
    turn = reply(answer, ("who/unicorns", "horn"))
    assert "Pass my question to the team" in [one["text"] for one in turn.replies[0]["choices"]]
    assert len(reply(answer, ("who/unicorns", None), DOGS).replies) == 1


@pytest.mark.parametrize(
    ("wish", "button"),
    [("handoff", "Talk to a person"), ("book_event", "Come to an event"), ("forget_me", "Forget this chat")],
)
def test_what_is_wished_for_beside_a_question_is_the_first_button_below_its_answer(
    reply: Reply, wish: str, button: str
) -> None:
    offered = [one["text"] for one in reply(answer, DOGS, wish=wish).replies[-1]["choices"]]
    assert offered[0] == button
    assert offered.count(button) == 1


@pytest.mark.parametrize("speaker", ["child", "parent"])
def test_a_child_and_a_parent_get_what_is_written_for_them_and_once(
    reply: Reply, catalogue: Catalogue, speaker: str
) -> None:
    instead = catalogue.topics[str(catalogue.senders.speakers[speaker].answers)]
    turn = reply(answer, DOGS, ROOM, speaker=speaker)
    assert len(turn.replies) == 1
    assert turn.replies[0]["text"].startswith(instead.answer.split(".")[0])
    assert turn.conversation.last_answer == instead.id


def test_who_is_written_for_already_gets_that(reply: Reply) -> None:
    assert reply(answer, ("service/childrens_rights", None), speaker="child").conversation.last_answer == (
        "service/childrens_rights"
    )


def test_a_feeling_is_met_before_the_answer_and_no_feeling_by_nothing(reply: Reply, catalogue: Catalogue) -> None:
    line = catalogue.senders.feelings["nervous"].line
    assert reply(answer, DOGS, feeling="nervous").replies[0]["text"] == line
    assert len(reply(answer, DOGS, feeling=None).replies) == 1
    assert len(reply(answer, DOGS, feeling="a feeling that was taken out").replies) == 1


def test_asking_back_names_the_part_that_is_meant_and_can_be_passed_on(reply: Reply, catalogue: Catalogue) -> None:
    part = catalogue.topics["who/spare_bedroom"].part("loft")
    assert part is not None
    candidates = [{"topic": "who/spare_bedroom", "part": "loft"}, {"topic": "who/unicorns", "part": None}]
    turn = reply(lambda turn: Clarify(turn.context).act(turn), candidates=candidates)
    offered = [one["text"] for one in turn.replies[0]["choices"]]
    assert offered == [part.title, "Something else", "Pass my question to the team"]


def passed_on(turn: Turn) -> None:
    turn.say(pass_on_question(turn))


@pytest.mark.parametrize(
    ("typed", "button", "question"),
    [
        (["can we keep bees?"], "Pass my question to the team", "can we keep bees?"),
        (["hello", "do you need hens?"], "Pass my question to the team", "do you need hens?"),
        (["can we keep bees?"], "ask the team if we can keep goats", "ask the team if we can keep goats"),
        (["b" * 1500], "Pass my question to the team", "b" * LONGEST + "\u2026"),
        ([], "Pass my question to the team", None),
        (["[Something private was typed here. It is not kept.]"], "Pass my question to the team", None),
    ],
)
def test_a_question_is_passed_on_in_the_persons_own_words(
    make: Maker, reply: Reply, typed: list[str], button: str, question: str | None
) -> None:
    conversation = make.conversation()
    for text in [*typed, button]:
        make.message(conversation, text)
    turn = reply(passed_on, conversation=conversation, text=button)
    with make.store.read() as session:
        (handoff,) = session.query(Handoff).all()
    assert handoff.reason == "question"
    assert (f'"{question}"' in handoff.summary) if question else ("is in the transcript" in handoff.summary)
    assert "leave your name and a phone number" in turn.replies[-1]["text"]


def test_who_can_be_reached_is_not_asked_for_a_number_again(make: Maker, reply: Reply) -> None:
    enquiry = make.enquiry(contact_email="jo@example.org")
    turn = reply(passed_on, conversation=make.conversation_of(enquiry))
    assert "Somebody will answer it" in turn.replies[-1]["text"]
