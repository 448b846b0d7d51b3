"""The next question, from the first one to the last booking. Pure: it knows what has been said and what is booked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enquiry.agencies.agency import Agency
from enquiry.enums import Goal, Needs
from enquiry.screening.criteria import PREFER_NOT, Criteria
from enquiry.screening.decide import decide, next_question, questions_of
from enquiry.screening.next_steps import NEXT_STEPS

# The list of answers before anything follows from them, and which of it to change.
CHECK, CHANGE = "check_answers", "change_what"
RIGHT, NOT_RIGHT, NOTHING = "yes", "no", "none"
# The question that somebody wants to answer anew, in the middle of others; its old answer stands until then.
PUT_RIGHT = "to_put_right"
# Whether they are sure of what they wish of the conversation itself.
FORGET_SURE, AGAIN_SURE = "forget_sure", "again_sure"
# To change a booking: which one, how, and whether they are sure.
WHICH, HOW, SURE = "which_booking", "change_how", "give_back_sure"


@dataclass(frozen=True)
class Situation:
    """All that the next question depends on."""

    goal: Goal
    answers: Mapping[str, Any]
    has_place: bool = False  # at an event, booked or waited for
    has_offer: bool = False  # a place became free and waits for a yes or a no
    has_visit: bool = False
    # References of what stands for them, for changing one's mind; and whether the one to be changed is a visit.
    standing: tuple[str, ...] = ()
    changes_visit: bool = False
    # A member of staff arranges everything for someone whose messages were flagged.
    flagged: bool = False


def path_complete(situation: Situation, criteria: Criteria, agency: Agency) -> bool:
    """Whether every question of the goal's path has been answered."""
    return next_question(situation.goal, situation.answers, criteria, agency) is None


def to_be_checked(situation: Situation, criteria: Criteria, agency: Agency) -> bool:
    """Whether all is answered and the person has still to say that the list of it is right.

    Also someone whose messages were flagged: a false alarm must not make wrong answers an outcome.
    """
    if situation.goal is not Goal.SCREENING or situation.answers.get(CHECK) == RIGHT:
        return False
    if not criteria.route_of(situation.answers).screened:
        return False  # a redirect: there is nothing to go over
    return path_complete(situation, criteria, agency)


def next_steps(situation: Situation, criteria: Criteria, agency: Agency) -> tuple[str, ...]:
    """What the person may choose after screening; whoever was shown the way to another team has been."""
    if situation.flagged or not criteria.route_of(situation.answers).screened:
        return ()
    return NEXT_STEPS[decide(situation.answers, criteria, agency).outcome]


def ask_next(situation: Situation, criteria: Criteria, agency: Agency) -> str | None:
    """The id of the question to ask next, or None when nothing is left to ask."""
    again = situation.answers.get(PUT_RIGHT)
    if again == CHANGE or again in situation.answers:
        return str(again)
    if situation.goal is Goal.CHANGE:
        return changing_question(situation)
    question = next_question(situation.goal, situation.answers, criteria, agency)
    if question or situation.goal in (Goal.CALL, Goal.LINK):
        return question
    if to_be_checked(situation, criteria, agency):
        return _checking_question(situation, criteria)
    if situation.flagged:
        return None
    wanted = "event"
    if situation.goal is Goal.SCREENING:
        allowed = next_steps(situation, criteria, agency)
        if not allowed:
            return None
        wanted = situation.answers.get("next_step", "")
        if wanted not in allowed:
            return "next_step"
    return _booking_question(wanted, situation)


def can_hold_a_booking(answers: Mapping[str, Any]) -> bool:
    """Whether there is a way to tell the person when a date changes: without one a place is only taken from someone else."""
    return answers.get("contact") not in (None, PREFER_NOT)


def _checking_question(situation: Situation, criteria: Criteria) -> str:
    """The list; or, once something of it is to be changed, what; or that question itself once more."""
    answers = situation.answers
    if answers.get(CHECK) != NOT_RIGHT:
        return CHECK
    chosen = answers.get(CHANGE)
    return (
        str(chosen) if chosen in answers and chosen in set(questions_of(Goal.SCREENING, answers, criteria)) else CHANGE
    )


def changing_question(situation: Situation) -> str | None:
    """What to ask of somebody who wants to change a booking: which, whether to move it or give it back, and what then follows."""
    answers = situation.answers
    if WHICH not in answers:
        if situation.standing:
            return WHICH
        return next((name for name in ("booking_reference", "booking_contact") if name not in answers), None)
    if HOW not in answers:
        return HOW
    if answers[HOW] == "give_back":
        return None if SURE in answers else SURE
    if answers[HOW] == "move" and not situation.flagged:
        name = "visit_slot" if situation.changes_visit else "event"
        return None if name in answers else name
    return None


def _booking_question(wanted: str, situation: Situation) -> str | None:
    answers = situation.answers
    if not can_hold_a_booking(answers):
        return None
    if wanted == "keep_in_touch" and "touch_when" not in answers:
        return "touch_when"
    if wanted == "event" and answers.get("event") != "none":
        return _event_question(situation)
    if wanted == "initial_visit" and not situation.has_visit and answers.get("visit_slot") != "none":
        return "visit_slot"
    return None


def _event_question(situation: Situation) -> str | None:
    answers = situation.answers
    if situation.has_offer:
        return "event_offer"
    if not situation.has_place:
        # With both answers and no place there was no room.
        return next((name for name in ("event", "event_places", "event_wait") if name not in answers), None)
    if "event_needs" not in answers:
        return "event_needs"
    return "event_language" if Needs.INTERPRETER in answers["event_needs"] and "event_language" not in answers else None
