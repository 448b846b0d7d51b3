"""Bring a person in: a handoff in the queue, and a name and a number to ring."""

from __future__ import annotations

from actions.outcomes import finish_call
from actions.turn import Turn
from enquiry.conversations.next_question import ask_next
from enquiry.enums import Goal, HandoffReason
from enquiry.journey.summaries import about


def lead_to_a_person(turn: Turn, reason: HandoffReason, sentence: str) -> None:
    """Tell staff, say so, and from here on ask only for what a call needs.

    Args:
        reason: why a person is needed.
        sentence: the name of what is said.
    """
    tell_staff(turn, reason)
    lead_to_a_call(turn, sentence)


def lead_to_a_call(turn: Turn, sentence: str) -> None:
    """Say that a person takes over, and from here on ask only for what a call needs."""
    turn.enquiry.goal = Goal.CALL.value
    turn.say(sentence)
    if ask_next(turn.situation(), turn.criteria, turn.agency) is None:
        finish_call(turn)


def tell_staff(turn: Turn, reason: HandoffReason, sentence: str | None = None) -> None:
    """Put it into the queue. After a disclosure nothing of the enquiry goes with it.

    Args:
        reason: why a person is needed.
        sentence: the name of what the summary begins with, where the reason does not say it.
    """
    summary = turn.catalogue.wording.say(f"handoffs.{sentence or reason.value}")
    if not turn.conversation.collecting_stopped:
        summary += " " + about(turn.enquiry, turn.criteria, turn.catalogue.wording)
    turn.hand_over(reason, summary)
