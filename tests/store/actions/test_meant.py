"""Which answer is meant by a change that names none: the one that stands so, the one given last, the only one; else it is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from actions.meant import ask_which, meant
from actions.turn import Turn
from enquiry.agencies.agency import Agency
from enquiry.journey.record import answers_of, record_answer
from tests.support.maker import Maker
from tests.support.turns import a_turn

ROUTE = {"question": "route", "value": "foster_new", "was": "short_breaks"}
DOGS = {"question": "dogs", "value": "no", "was": None}
SMOKING = {"question": "smoking", "value": "no", "was": None}


@pytest.fixture
def in_a_turn(make: Maker, agency: Agency) -> Callable[..., Any]:
    def done(act: Callable[[Turn], Any], answers: dict[str, Any], last: str | None = None) -> Any:
        conversation_id = make.conversation()
        with make.store.write() as session:
            turn = a_turn(
                session,
                make,
                agency,
                conversation_id,
                {"intent": {"name": "answer"}, "metadata": {"previous_question": last}},
                in_loop=True,
            )
            for name, value in answers.items():
                record_answer(session, turn.enquiry, name, value, turn.now)
            return act(turn)

    return done


@pytest.mark.parametrize(
    ("could_be", "answers", "last", "question"),
    [
        ([ROUTE, DOGS], {"route": "short_breaks", "dogs": "yes"}, "dogs", "route"),
        ([DOGS, SMOKING], {"dogs": "yes", "smoking": "yes"}, "smoking", "smoking"),
        ([DOGS, SMOKING], {"dogs": "yes"}, "age", "dogs"),
        ([DOGS, SMOKING], {"dogs": "yes", "smoking": "yes"}, "age", None),
        ([], {"dogs": "yes"}, "dogs", None),
    ],
)
def test_the_answer_that_is_meant(
    in_a_turn: Callable[..., Any], could_be: list[Any], answers: dict[str, Any], last: str, question: str | None
) -> None:
    found = in_a_turn(lambda turn: meant(turn, could_be), answers, last)
    assert (found or {}).get("question") == question


def test_where_it_is_not_clear_it_is_asked_which(in_a_turn: Callable[..., Any]) -> None:
    def ask(turn: Turn) -> dict[str, Any]:
        ask_which(turn)
        return answers_of(turn.enquiry)

    assert in_a_turn(ask, {"route": "foster_new"})["to_put_right"] == "change_what"
