"""The one-slot loop: begin, ask what is left to ask, take the answer, stop."""

from __future__ import annotations

from actions.answers import take_answer
from actions.asking import ask
from actions.bookings import standing_place, tell_standing_place
from actions.outcomes import finish_call
from actions.turn import ConversationAction, Events, Turn, way_back
from enquiry.criteria import PREFER_NOT
from enquiry.flow import ask_next, next_steps
from enquiry.handoffs import make_handoff
from enquiry.store.models import Answer
from enquiry.summaries import about
from enquiry.words import Goal, HandoffReason

GOALS = {"start_screening": Goal.SCREENING, "book_event": Goal.EVENT, "handoff": Goal.CALL}
# Asked afresh each time the person sets out again.
CHOSEN_EACH_TIME = ("next_step", "event", "event_places", "visit_slot")


class Begin(ConversationAction):
    """Set out: for the screening questions, for an event, or for a person."""

    action_name = "action_begin"

    def act(self, turn: Turn) -> Events:
        turn.conversation.misunderstood = 0
        goal = GOALS[turn.intent]
        if turn.conversation.collecting_stopped:
            if goal is Goal.CALL:
                _ask_for_a_person(turn)
            turn.say("call_collecting_stopped" if goal is Goal.CALL else "collecting_stopped")
            return []
        if goal is Goal.EVENT and "event" not in next_steps(turn.situation(), turn.desk.criteria, turn.agency):
            turn.say("flagged")
            goal = Goal.CALL
        enquiry = turn.enquiry
        known = {answer.criterion for answer in enquiry.answers}
        for answer in [one for one in enquiry.answers if one.criterion in CHOSEN_EACH_TIME or _withheld(one)]:
            enquiry.answers.remove(answer)
            turn.session.delete(answer)
        turn.session.flush()
        enquiry.goal = goal.value
        if goal is Goal.CALL:
            _ask_for_a_person(turn)
            turn.say("begin_call")
            if ask_next(turn.situation(), turn.desk.criteria, turn.agency) is None:
                finish_call(turn)
        elif goal is Goal.EVENT and (place := standing_place(turn)):
            tell_standing_place(turn, place)
        elif goal is Goal.EVENT:
            turn.say("begin_event")
        else:
            turn.say("carry_on" if "age" in known else "begin_screening")
        return []


def _withheld(answer: Answer) -> bool:
    """A contact that was not given may be given now."""
    return answer.criterion == "contact" and answer.value == PREFER_NOT


def _ask_for_a_person(turn: Turn) -> None:
    enquiry = None if turn.conversation.collecting_stopped else turn.enquiry
    summary = turn.desk.wording.say("handoffs.asked_for_a_person")
    if enquiry:
        summary += " " + about(enquiry, turn.desk.criteria, turn.desk.wording)
    make_handoff(
        turn.session, turn.conversation, agency=turn.agency, reason=HandoffReason.ASKED_FOR_A_PERSON, summary=summary, now=turn.now
    )


class Ask(ConversationAction):
    """Ask the next question, or say that nothing is left to ask."""

    action_name = "action_ask_screening_form_screening_answer"
    opens_the_reply = False

    def act(self, turn: Turn) -> Events:
        if not turn.conversation.collecting_stopped:
            ask(turn)
        return []


class Validate(ConversationAction):
    """Take an answer. The slot is emptied again so that the loop goes round, and ends when nothing is left to ask."""

    action_name = "validate_screening_form"

    def act(self, turn: Turn) -> Events:
        if turn.intent not in ("answer", "unclear"):
            return []  # nothing filled: the form steps back and the rule for this intent has its turn
        take_answer(turn)
        more = not turn.conversation.collecting_stopped and ask_next(turn.situation(), turn.desk.criteria, turn.agency)
        return [_slot("screening_answer", None), _slot("requested_slot", "screening_answer" if more else None)]


class Explain(ConversationAction):
    """Why a question is asked."""

    action_name = "action_explain"

    def act(self, turn: Turn) -> Events:
        if turn.asked in turn.desk.criteria.questions:
            turn.say("explain", why=turn.desk.criteria.question(turn.asked).why)
        else:
            turn.say("something_else", buttons=("check", "event", "person"))
        return []


class Stop(ConversationAction):
    """Stop asking; nothing is lost."""

    action_name = "action_stop"

    def act(self, turn: Turn) -> Events:
        begun = turn.conversation.enquiry is not None
        turn.reply(
            turn.wording("stopped" if begun else "stopped_nothing_begun"),
            choices=[turn.wording(f"button_{name}") for name in (way_back(turn), "person")],
            question="",
        )
        return []


class Finish(ConversationAction):
    """The loop has ended of itself."""

    action_name = "action_finish"
    opens_the_reply = False

    def act(self, turn: Turn) -> Events:
        if not turn.conversation.collecting_stopped:
            turn.reply(turn.wording("anything_else"), question="")
        return []


def _slot(name: str, value: str | None) -> dict[str, object]:
    return {"event": "slot", "timestamp": None, "name": name, "value": value}
