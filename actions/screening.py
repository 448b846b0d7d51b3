"""The one-slot loop: begin, ask what is left to ask, take the answer, stop."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions.answers import answer_beside
from actions.ask import ask, nothing_follows
from actions.book import standing_place, tell_standing_place
from actions.change_as_told import change_as_told
from actions.change_booking import begin_change
from actions.chosen_booking import OF_A_CHANGE, booking_to_change, finish_change, standing_bookings
from actions.contact_slips import say_what_is_amiss
from actions.handoff import lead_to_a_call, lead_to_a_person, tell_staff
from actions.outcomes import after_answer
from actions.pass_on import pass_on_question
from actions.return_link import finish_link
from actions.take_answer import take_answer
from actions.told_for_event import book_what_is_told, books_an_event, coming, dates_in_lines, keep_for_event
from actions.turn import ConversationAction, Events, Turn, way_back
from actions.volunteered import note_volunteered, slot
from actions.whoever_rings import keep_notes
from enquiry.conversations.next_question import (
    CHANGE,
    CHECK,
    NOT_RIGHT,
    PUT_RIGHT,
    ask_next,
    next_steps,
    path_complete,
)
from enquiry.enums import Goal, HandoffReason
from enquiry.journey.record import answers_of, forget_answers, record_answer
from enquiry.screening.criteria import PREFER_NOT
from enquiry.store.models import Place

PASS_ON = "pass_on"
GOALS = {
    "start_screening": Goal.SCREENING,
    "book_event": Goal.EVENT,
    "handoff": Goal.CALL,
    PASS_ON: Goal.CALL,
    "send_link": Goal.LINK,
    "change_booking": Goal.CHANGE,
}
# With these what is told of coming to an event has been kept before the next question is asked.
TAKE_IT_THEMSELVES = ("answer", "unclear", "book_event", "change_booking")
# Asked afresh each time the person sets out again.
CHOSEN_EACH_TIME = ("next_step", "touch_when", PUT_RIGHT, *OF_A_CHANGE)

# Who wants to begin and says so of an answer means the list of them.
CHANGES = re.compile(r"\bchang\w+\b|\bwrong\b", re.IGNORECASE)


# "I'm back, where were we" goes on with what was begun, whatever that was.
TAKES_UP = re.compile(
    r"\bwhere (?:were|was|did|are|we|i)\b|\b(?:i'?m|i am|we'?re) (?:back|here again)\b", re.IGNORECASE
)


class Begin(ConversationAction):
    """Set out: for the screening questions, for an event, or for a person."""

    action_name = "action_begin"

    def act(self, turn: Turn) -> Events:
        turn.conversation.misunderstood = 0
        goal = GOALS[turn.intent]
        if turn.intent == PASS_ON and turn.in_loop:
            turn.say(pass_on_question(turn))
            return []
        if turn.conversation.collecting_stopped:
            if goal is Goal.CALL:
                tell_staff(turn, HandoffReason.ASKED_FOR_A_PERSON)
            turn.say("call_collecting_stopped" if goal is Goal.CALL else "collecting_stopped")
            return []
        begun = turn.conversation.enquiry is not None and turn.intent == "start_screening"
        enquiry = turn.enquiry
        known = answers_of(enquiry)
        if _left_to_a_person(turn, goal, known):
            turn.say("flagged")
            goal = Goal.CALL
        if goal is Goal.CHANGE and _changes_what_is_being_booked(turn):
            goal = Goal.EVENT
        stays = _told_of_the_event_before(turn, goal)
        forget_answers(
            turn.session,
            enquiry,
            *(name for name in CHOSEN_EACH_TIME if name not in stays),
            *_begun_otherwise(known),
            *_shown_another_way(turn, known, goal),
        )
        if stays:
            keep_for_event(turn)
            book_what_is_told(turn)
            return []
        if not (begun and TAKES_UP.search(turn.text)):
            enquiry.goal = goal.value
        if turn.intent == PASS_ON:
            lead_to_a_call(turn, pass_on_question(turn))
        elif goal is Goal.CALL:
            lead_to_a_person(turn, HandoffReason.ASKED_FOR_A_PERSON, "begin_call")
        elif goal is Goal.LINK:
            self._send_link(turn)
        elif goal is Goal.CHANGE:
            begin_change(turn)
        elif goal is Goal.EVENT and (place := standing_place(turn)):
            if not (coming(turn) and change_as_told(turn, place)):
                tell_standing_place(turn, place)
        elif goal is Goal.EVENT:
            say_what_is_amiss(turn)
            _show_the_dates(turn)
            book_what_is_told(turn)
        elif CHANGES.search(turn.text) and path_complete(turn.situation(), turn.criteria, turn.agency):
            forget_answers(turn.session, enquiry, CHANGE)
            record_answer(turn.session, enquiry, CHECK, NOT_RIGHT, turn.now)
        elif CHANGES.search(turn.text) and "route" in known:
            forget_answers(turn.session, enquiry, CHANGE)
            record_answer(turn.session, enquiry, PUT_RIGHT, CHANGE, turn.now)
        else:
            taken_up = begun and TAKES_UP.search(turn.text) is not None
            turn.say("carry_on" if "route" in known or taken_up else "begin_screening")
        return []

    def _send_link(self, turn: Turn) -> None:
        """At once where we know how to reach them, else after asking."""
        turn.say("begin_link")
        if path_complete(turn.situation(), turn.criteria, turn.agency):
            finish_link(turn)


def _show_the_dates(turn: Turn) -> None:
    """What there is to choose from comes before a name and a number are asked for, unless it was chosen in the same message."""
    keep_for_event(turn)
    dates = dates_in_lines(turn)
    if dates and "event" not in answers_of(turn.enquiry):
        turn.say("begin_event_dates", dates=dates)
    else:
        turn.say("begin_event")


def _changes_what_is_being_booked(turn: Turn) -> bool:
    """Whether "can I change it to the 30th" means the place that is just being booked: nothing is booked yet that could be changed."""
    return bool(coming(turn)) and books_an_event(turn) and not standing_bookings(turn)


def _told_of_the_event_before(turn: Turn, goal: Goal) -> tuple[str, ...]:
    """The answers that stand where somebody says once more, with more of it, what they have begun."""
    goes_on = goal is Goal.EVENT and bool(coming(turn)) and turn.in_loop and books_an_event(turn)
    return ("next_step", "event", "event_places", "event_wait") if goes_on else ()


def _left_to_a_person(turn: Turn, goal: Goal, known: Mapping[str, Any]) -> bool:
    """Whether a person arranges what somebody wants to begin. Questions that were begun before a disclosure may be finished."""
    if goal is Goal.EVENT:
        return "event" not in next_steps(turn.situation(), turn.criteria, turn.agency)
    return goal is Goal.SCREENING and turn.flagged and "route" not in known


def _begun_otherwise(known: Mapping[str, Any]) -> tuple[str, ...]:
    """What else is asked afresh: a contact that was not given may be given now, and a change that was left open is chosen again."""
    withheld = ("contact",) if known.get("contact") == PREFER_NOT else ()
    return (*withheld, CHECK, CHANGE) if known.get(CHECK) == NOT_RIGHT else withheld


def _shown_another_way(turn: Turn, known: Mapping[str, Any], goal: Goal) -> tuple[str, ...]:
    """Whoever was shown the way to another team and begins again has something else in mind: the route is asked afresh."""
    settled = goal is Goal.SCREENING and "route" in known and not turn.criteria.route_of(known).screened
    return ("route", "other_matter", "pass_on") if settled else ()


class Ask(ConversationAction):
    """Ask the next question, or say that nothing is left to ask."""

    action_name = "action_ask_screening_form_screening_answer"
    opens_the_reply = False
    notes_facts = False

    def act(self, turn: Turn) -> Events:
        # Settled within the same message: who asks for a link wants to leave, and what can't be changed any more is not asked about.
        settled = turn.intent in ("send_link", "change_booking") and turn.goal is not GOALS[turn.intent]
        if not turn.conversation.collecting_stopped and not settled and not nothing_follows(turn):
            if turn.intent not in TAKE_IT_THEMSELVES:
                say_what_is_amiss(turn)
                keep_for_event(turn)
                book_what_is_told(turn)
            ask(turn)
        return []


class Validate(ConversationAction):
    """Take an answer. The slot is emptied again so that the loop goes round, and ends when nothing is left to ask."""

    action_name = "validate_screening_form"
    takes_answers = True
    notes_facts = False  # only where the message is an answer: behind any other, the action that replies to it does

    def act(self, turn: Turn) -> Events:
        if turn.intent not in ("answer", "unclear"):
            return []  # nothing filled: the form steps back and the rule for this intent has its turn
        # Where something else was told instead of an answer, that is noted, and nothing was unclear.
        goal = turn.goal
        if not turn.conversation.collecting_stopped:
            keep_notes(turn, [])  # before an answer that is the last one hands all of it over
        noted = note_volunteered(turn) if turn.intent == "unclear" else []
        booked_for = books_an_event(turn)
        keep_for_event(turn)
        if turn.intent == "unclear" and (place := _place_that_it_changes(turn)):
            change_as_told(turn, place)
        if turn.intent == "answer" or not (turn.replies or turn.kept_for_event):
            before = len(turn.replies)
            answer_beside(turn)
            heard = len(turn.replies) > before
            take_answer(turn)
            if turn.intent == "answer":
                say_what_is_amiss(turn)
            if (turn.understood.get("reading") or {}).get("beside") and not heard and not turn.flagged:
                turn.say("question_not_heard")
        else:
            say_what_is_amiss(turn)  # the rest of the line was noted
        if turn.intent == "answer":
            complete = _is_complete(turn)
            noted = note_volunteered(turn)
            if not complete and _is_complete(turn):
                after_answer(turn)  # what was told beside the answer was the rest of it
        if not booked_for:
            keep_for_event(turn)  # this very answer was that they would like to come to one
        book_what_is_told(turn)
        # An answer may call for a safety message: then nothing is asked behind it, and the loop ends.
        settled = goal in (Goal.LINK, Goal.CHANGE) and turn.goal is not goal
        ended = turn.conversation.collecting_stopped or turn.safety_said or (settled and turn.goal is not Goal.CALL)
        more = not ended and ask_next(turn.situation(), turn.criteria, turn.agency)
        return [*noted, slot("screening_answer", None), slot("requested_slot", "screening_answer" if more else None)]


def _place_that_it_changes(turn: Turn) -> Place | None:
    """The place that is booked, where a message tells another date or number at a question that it does not answer."""
    told = coming(turn)
    if not told or turn.conversation.enquiry is None or turn.conversation.collecting_stopped or turn.flagged:
        return None
    if turn.goal is Goal.CHANGE:
        booking = booking_to_change(turn)
        return booking if isinstance(booking, Place) else None
    names_both = "day" in told and "event_places" in told
    return standing_place(turn) if turn.goal is Goal.EVENT and names_both else None


def _is_complete(turn: Turn) -> bool:
    return path_complete(turn.situation(), turn.criteria, turn.agency)


class Explain(ConversationAction):
    """Why a question is asked."""

    action_name = "action_explain"

    def act(self, turn: Turn) -> Events:
        if asked := turn.criteria.questions.get(turn.asked or ""):
            turn.say("explain", why=asked.why)
        else:
            turn.say("something_else", buttons=("check", "event", "person"))
        return []


class Stop(ConversationAction):
    """Stop asking; nothing is lost."""

    action_name = "action_stop"
    notes_facts = False

    def act(self, turn: Turn) -> Events:
        begun = turn.conversation.enquiry is not None
        if begun and turn.goal is Goal.CHANGE:
            finish_change(turn)
        turn.reply(
            turn.wording("stopped" if begun else "stopped_nothing_begun"),
            choices=[
                turn.wording(f"button_{name}") for name in (way_back(turn), *(("link",) if begun else ()), "person")
            ],
            question="",
        )
        return []


class Finish(ConversationAction):
    """The loop has ended of itself."""

    action_name = "action_finish"
    opens_the_reply = False
    notes_facts = False

    def act(self, turn: Turn) -> Events:
        if not turn.conversation.collecting_stopped and not turn.flagged:
            # After the outcome the answers can still be put right.
            settled = turn.conversation.enquiry is not None and turn.enquiry.outcomes and turn.goal is Goal.SCREENING
            screened = settled and turn.criteria.route_of(answers_of(turn.enquiry)).screened
            buttons = [*(["change"] if screened else []), *(["change_booking"] if standing_bookings(turn) else [])]
            turn.reply(turn.wording("anything_else"), choices=turn.buttons(buttons), question="")
        return []
