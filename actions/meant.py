"""Answers that are to be changed without being named: which of those that stand is meant by "change it to proper fostering"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from enquiry.conversations.next_question import CHANGE, CHECK, NOT_RIGHT, PUT_RIGHT
from enquiry.enums import Goal
from enquiry.journey.record import answers_of, forget_answers, record_answer
from enquiry.screening.decide import questions_of

if TYPE_CHECKING:
    from actions.turn import Turn


def meant(turn: Turn, could_be: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The answer that is surely meant: the one that is now what they say it was, else the one given last, else the only one.

    Args:
        could_be: each a question, the value that it would have now, and what it was if that is told (bot/volunteered/unnamed.py).
    """
    known = answers_of(turn.enquiry)
    answered = [one for one in could_be if one["question"] in known]
    as_told = [one for one in answered if one["was"] is not None and one["was"] == known[one["question"]]]
    if len(as_told) == 1:
        return as_told[0]
    last = (turn.understood.get("metadata") or {}).get("previous_question")
    given_last = next((one for one in answered if one["question"] == last), None)
    if given_last or len(answered) == 1:
        return given_last or answered[0]
    return next((one for one in could_be if not answered and one["question"] == turn.asked), None)


def ask_which(turn: Turn) -> None:
    """Offer the answers that stand, where it is not clear which is meant; or say that there is none."""
    known = answers_of(turn.enquiry)
    turn.conversation.misunderstood = 0
    if not any(name in known for name in questions_of(Goal.SCREENING, known, turn.criteria)):
        turn.say("kept_nothing")
        return
    turn.say("which_to_change")
    forget_answers(turn.session, turn.enquiry, CHANGE)
    if turn.asked in (CHECK, CHANGE):
        record_answer(turn.session, turn.enquiry, CHECK, NOT_RIGHT, turn.now)
    else:
        record_answer(turn.session, turn.enquiry, PUT_RIGHT, CHANGE, turn.now)
