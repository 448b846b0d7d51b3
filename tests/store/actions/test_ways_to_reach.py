"""Number, time and message, told beside anything: what stands is said back, and a "no messages" is never undone in passing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from actions.volunteered import note_volunteered
from enquiry.agencies.agency import Agency
from enquiry.journey.record import add_contact_note, answers_of, enquiry_of, forget_contact, record_answer
from enquiry.outbox.queue import may_message
from enquiry.queries.contact import contact_of
from enquiry.store.models import Conversation
from tests.support.maker import Maker
from tests.support.turns import a_turn

Tells = Callable[..., tuple[str, dict[str, Any]]]


@pytest.fixture
def tells(make: Maker, agency: Agency) -> Tells:
    """Tell facts in a conversation that has these answers: what is said back, and the answers then."""

    def told(known: Mapping[str, Any], **facts: Any) -> tuple[str, dict[str, Any]]:
        conversation_id = make.conversation()
        with make.store.write() as session:
            turn = a_turn(
                session,
                make,
                agency,
                conversation_id,
                {
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


def note(words: str, *, discreet: bool = False) -> dict[str, Any]:
    return {"words": words, "discreet": discreet, "alone": True}


def test_what_whoever_rings_has_to_mind_is_kept_and_said_back(tells: Tells) -> None:
    said, _ = tells({}, contact_note=note("not on a wednesday im at bingo"))
    assert "for the person who calls: not on a wednesday im at bingo" in said
    assert "no texts or emails" not in said


def test_who_must_not_be_overheard_is_told_that_nothing_is_sent(tells: Tells) -> None:
    said, _ = tells({"safe_to_message": "yes"}, contact_note=note("dont say what its about", discreet=True))
    assert "dont say what its about" in said
    assert "no texts or emails" in said


def test_one_note_stands_behind_the_other_and_the_quiet_stays(make: Maker) -> None:
    conversation_id = make.conversation()
    with make.store.write() as session:
        enquiry = enquiry_of(session, session.get_one(Conversation, conversation_id), make.now)
        assert may_message(session, enquiry)
        assert add_contact_note(session, enquiry, "dont say what its about", discreet=True, now=make.now)
        assert add_contact_note(session, enquiry, "not wednesdays", discreet=False, now=make.now)
        assert not add_contact_note(session, enquiry, "Not Wednesdays", discreet=False, now=make.now)
        assert enquiry.contact_note == "dont say what its about; not wednesdays"
        assert not may_message(session, enquiry)
        found = contact_of(session, enquiry)
        assert (found.note, found.discreet, found.flagged) == (enquiry.contact_note, True, False)
        forget_contact(session, enquiry)
        assert (enquiry.contact_note, enquiry.discreet) == (None, None)
