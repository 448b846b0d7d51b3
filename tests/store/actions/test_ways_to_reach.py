"""Number, time and message, told beside anything: what stands is said back, and a "no messages" is never undone in passing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from actions.turn import Turn
from actions.volunteered import note_volunteered
from enquiry.agencies.agency import Agency
from enquiry.journey.record import answers_of, record_answer
from enquiry.store.models import Conversation
from tests.support.maker import Maker
from tests.support.turns import context_of

Tells = Callable[..., tuple[str, dict[str, Any]]]


@pytest.fixture
def tells(make: Maker, agency: Agency) -> Tells:
    """Tell facts in a conversation that has these answers: what is said back, and the answers then."""

    def told(known: Mapping[str, Any], **facts: Any) -> tuple[str, dict[str, Any]]:
        conversation_id = make.conversation()
        with make.store.write() as session:
            turn = Turn(
                session=session,
                context=context_of(make.store, make.now),
                conversation=session.get_one(Conversation, conversation_id),
                agency=agency,
                now=make.now,
                understood={
                    "intent": {"name": "answer"},
                    "volunteered": [{"question": name, "value": value} for name, value in facts.items()],
                },
                in_loop=True,
            )
            enquiry = turn.enquiry
            for name, value in known.items():
                record_answer(session, enquiry, name, value, turn.now)
            note_volunteered(turn)
            return "\n".join(reply["text"] for reply in turn.replies), dict(answers_of(turn.enquiry))

    return told


def test_a_time_and_a_no_are_kept_and_said_back(tells: Tells) -> None:
    said, answers = tells({}, safe_to_message="no", contact_time="after six")
    assert (answers["safe_to_message"], answers["contact_time"]) == ("no", "after six")
    assert "No, please don't" in said
    assert "after six" in said


def test_a_no_goes_before_an_earlier_yes(tells: Tells) -> None:
    said, answers = tells({"safe_to_message": "yes"}, safe_to_message="no")
    assert answers["safe_to_message"] == "no"
    assert "No, please don't" in said


def test_a_yes_in_passing_does_not_undo_a_no_and_what_stands_is_said(tells: Tells) -> None:
    said, answers = tells({"safe_to_message": "no"}, safe_to_message="yes")
    assert answers["safe_to_message"] == "no"
    assert "No, please don't" in said


def test_a_time_told_anew_takes_the_place_of_the_old_one(tells: Tells) -> None:
    said, answers = tells({"contact_time": "mornings"}, contact_time="after six")
    assert answers["contact_time"] == "after six"
    assert "after six" in said
    assert "mornings" not in said


def test_the_same_told_again_is_said_back_again_so_that_no_message_goes_without_a_reply(tells: Tells) -> None:
    said, _ = tells({"safe_to_message": "no"}, safe_to_message="no")
    assert "No, please don't" in said
