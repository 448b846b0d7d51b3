"""Wishes about the conversation itself, in the questions and outside: go back, how many are left, what is kept, leave it out,
start again, forget it all.
"""

from __future__ import annotations

import re
from dataclasses import replace

from actions.ask import asks_to_be_sure, may_want_it_forgotten
from actions.chosen_booking import in_full, standing_bookings
from actions.outcomes import after_answer
from actions.turn import LOOP, ConversationAction, Events, Turn, way_back
from actions.volunteered import HELD, as_noted, slot
from enquiry.contacts import as_written
from enquiry.conversations.next_question import AGAIN_SURE, CHANGE, CHECK, FORGET_SURE, PUT_RIGHT, ask_next
from enquiry.enums import Goal
from enquiry.handoffs.handoff import handoffs_of
from enquiry.journey.record import answers_of, forget_answers, forget_contact, record_answer
from enquiry.screening.criteria import CONTACT_QUESTIONS, Kind
from enquiry.screening.decide import questions_of
from enquiry.screening.progress import is_extra, progress_of

BUTTONS = ("check", "event", "person")
# "Have you deleted it or kept it?" is answered before what is kept is listed.
ASKS_WHETHER = re.compile(
    r"\b(?:delet\w+|wiped?|erased?|gone|forg[eo]t\w*|removed?|kept?|keep|saved?|got rid of)\b", re.IGNORECASE
)
# Asked behind the path; one may go back to them until something is booked.
BEHIND = (CHECK, "next_step", "event", "event_places")
SAID_OF_LEAVING_OUT = ("the_rest", "contact", "contact_name")


class GoBack(ConversationAction):
    """Ask the question before once more; the answer to it is taken back."""

    action_name = "action_go_back"

    def act(self, turn: Turn) -> Events:
        turn.conversation.misunderstood = 0
        if turn.conversation.enquiry is None:
            turn.say("nothing_before", buttons=BUTTONS)
            return []
        if PUT_RIGHT in answers_of(turn.enquiry):
            forget_answers(turn.session, turn.enquiry, PUT_RIGHT)
            turn.say("left_as_it_is")
            return _goes_on(turn)
        name = question_before(turn)
        if name is None:
            booked = bool(standing_bookings(turn))
            turn.say("nothing_before_booked" if booked else "nothing_before", buttons=() if turn.in_loop else BUTTONS)
            return []
        question = turn.criteria.question(name)
        said = answers_of(turn.enquiry)[name]
        forget_answers(turn.session, turn.enquiry, name, CHECK, CHANGE)
        if question.sensitive or name in BEHIND:
            turn.say("gone_back")
        else:
            turn.say("gone_back_to", answer=as_written(question.title_of(said)))
        return _goes_on(turn)


def question_before(turn: Turn) -> str | None:
    """The question that was answered before the one being asked, and that is asked again once its answer is gone."""
    situation, answers = turn.situation(), answers_of(turn.enquiry)
    path = [name for name in questions_of(turn.goal, answers, turn.criteria) if name in answers]
    behind = [name for name in BEHIND if name in answers]
    asked = {message.question for message in turn.conversation.messages}
    fitting = []
    for name in reversed([*path, *behind]):
        without = {one: value for one, value in answers.items() if one not in (name, CHECK, CHANGE)}
        if name in BEHIND and name != CHECK and CHECK in answers:
            without[CHECK] = answers[CHECK]
        if ask_next(replace(situation, answers=without), turn.criteria, turn.agency) == name:
            fitting.append(name)
        elif name in ("event", "event_places") and situation.has_place:
            break  # what is booked stays as it is
    # What was told unasked is passed over, as long as something was asked before it.
    return next((name for name in fitting if name in asked), next(iter(fitting), None))


class HowManyLeft(ConversationAction):
    """How many questions are left."""

    action_name = "action_how_many_left"

    def act(self, turn: Turn) -> Events:
        turn.conversation.misunderstood = 0
        begun = turn.conversation.enquiry is not None
        goal, answers = (turn.goal, answers_of(turn.enquiry)) if begun else (Goal.SCREENING, {})
        progress = progress_of(goal, answers, turn.criteria, turn.agency)
        asked = turn.asked if turn.asked in turn.criteria.questions else None
        if goal is Goal.CHANGE:
            turn.say("left_few")
        elif not begun or (goal is Goal.SCREENING and "route" not in answers and not turn.in_loop):
            turn.say("left_not_begun", buttons=("check",), total=progress.total)
        elif asked is not None and is_extra(asked, turn.criteria):
            more = progress_of(goal, answers, turn.criteria, turn.agency, extra=True)
            turn.say("left_with_smaller", more=more.left, left=progress.left, total=progress.total)
        elif progress.left == 0:
            turn.say("left_few" if turn.in_loop else "left_none")
        elif progress.left == 1:
            turn.say("left_one")
        else:
            turn.say("left_event" if goal is Goal.EVENT else "left_some", left=progress.left, total=progress.total)
        return []


class WhatIsKept(ConversationAction):
    """Everything that is kept so far, in a short list, and how to change it."""

    action_name = "action_what_is_kept"

    def act(self, turn: Turn) -> Events:
        turn.conversation.misunderstood = 0
        lines = [*(f"• {line}" for line in kept_lines(turn))]
        if lines and ASKS_WHETHER.search(turn.text):
            turn.say("still_kept")
        if not lines:
            turn.say("kept_nothing", buttons=() if turn.in_loop else BUTTONS)
            return []
        text = "\n".join((turn.wording("kept_list"), *lines))
        buttons = () if turn.in_loop else (way_back(turn), "person")
        turn.reply(f"{text}\n\n{turn.wording('kept_change')}", choices=turn.buttons(buttons))
        return []


def kept_lines(turn: Turn) -> list[str]:
    """What was told and what is booked, a line each. What is private only says that it was answered: someone may read along."""
    if turn.conversation.enquiry is None:
        return as_noted(turn, turn.held)
    criteria, enquiry = turn.criteria, turn.enquiry
    lines = []
    for name, value in sorted(answers_of(enquiry).items(), key=lambda told: criteria.in_order.get(told[0], 0)):
        if name not in criteria.screening_questions or name == "contact":
            continue
        question = criteria.question(name)
        if question.sensitive:
            lines.append(turn.wording("check_private"))
        else:
            lines.append(f"{question.short}: {as_written(question.title_of(value))}")
    for contact in (enquiry.contact_phone, enquiry.contact_email):
        if contact:
            lines.append(f"{criteria.question('contact').short}: {as_written(contact)}")
    if enquiry.contact_note:
        lines.append(turn.wording("kept_for_whoever_rings", note=enquiry.contact_note))
    lines += [in_full(turn, booking) for booking in standing_bookings(turn)]
    return list(dict.fromkeys([*lines, *as_noted(turn, turn.held)]))


class LeaveOut(ConversationAction):
    """Leave out what may be left out, and say what happens then; what the next step depends on can't be, and a person is offered."""

    action_name = "action_leave_out"

    def act(self, turn: Turn) -> Events:
        turn.conversation.misunderstood = 0
        asked = turn.asked if turn.asked in turn.criteria.questions else None
        if turn.conversation.enquiry is None or asked is None or not turn.in_loop:
            turn.say("leave_out_nothing", buttons=BUTTONS)
            return []
        if PUT_RIGHT in answers_of(turn.enquiry):
            forget_answers(turn.session, turn.enquiry, PUT_RIGHT)
            turn.say("left_as_it_is")
            return []
        left_out = _left_out_with(turn, asked)
        if left_out is None:
            turn.say("leave_out_not")  # the buttons stand with the question, asked again behind it
            return []
        question = turn.criteria.question(left_out)
        value = [question.left_out_as] if question.kind is Kind.ANY_OF else question.left_out_as
        turn.say(f"left_out_{left_out}" if left_out in SAID_OF_LEAVING_OUT else "left_out")
        record_answer(turn.session, turn.enquiry, left_out, value, turn.now)
        after_answer(turn)
        return []


def _left_out_with(turn: Turn, name: str) -> str | None:
    """The question whose answer leaves this one out: itself, or the one that asked whether to ask it."""
    question = turn.criteria.question(name)
    if question.left_out_as is not None:
        return name
    for one, values in question.only_if.items():
        left_out_as = turn.criteria.question(one).left_out_as
        if left_out_as is not None and left_out_as not in values:
            return one
        if further := _left_out_with(turn, one) if is_extra(one, turn.criteria) else None:
            return further
    return None


class BeSure(ConversationAction):
    """Ask once more before answers are cleared, or before everything is forgotten."""

    action_name = "action_be_sure"
    # Whoever may not be asked anything any more can have it all forgotten.
    is_safety = True

    def act(self, turn: Turn) -> Events:
        turn.conversation.misunderstood = 0
        if may_want_it_forgotten(turn):
            turn.say("can_be_forgotten", buttons=("forget",))
            return []
        if not asks_to_be_sure(turn):
            turn.say("again_nothing", buttons=() if turn.in_loop else BUTTONS)
            return []
        question = turn.criteria.question(FORGET_SURE if turn.intent == "forget_me" else AGAIN_SURE)
        turn.reply(question.ask, choices=question.titles, question=question.id)
        return []


class Confirm(ConversationAction):
    """Do what somebody is sure of, or leave it all as it is."""

    action_name = "action_confirm"
    is_safety = True

    def act(self, turn: Turn) -> Events:
        sure = turn.understood.get("value") == "yes"
        if turn.asked == FORGET_SURE and sure:
            turn.reply(turn.wording("forgotten"), question="")
            turn.replies[-1]["forgotten"] = True
            return [slot(HELD, None)]
        if turn.asked == AGAIN_SURE and sure and not turn.conversation.collecting_stopped:
            return self._start_again(turn)
        buttons = () if turn.in_loop else BUTTONS
        kept = "kept_not_deleted" if turn.asked == FORGET_SURE else "kept_after_all"
        turn.reply(turn.wording(kept), choices=turn.buttons(buttons), question=None if turn.in_loop else "")
        return []

    def _start_again(self, turn: Turn) -> Events:
        enquiry = turn.enquiry
        kept = CONTACT_QUESTIONS if _somebody_may_ring(turn) else ()
        forget_answers(turn.session, enquiry, *(name for name in answers_of(enquiry) if name not in kept))
        if not kept:
            forget_contact(turn.session, enquiry)
        if turn.goal not in (Goal.EVENT, Goal.CALL):
            enquiry.goal = Goal.SCREENING.value
        turn.conversation.misunderstood = 0
        turn.say("started_again")
        return [slot(HELD, None), *_goes_on(turn)]


def _somebody_may_ring(turn: Turn) -> bool:
    """Whether the name and number are needed for something that stands: a booking, or a call that staff owe."""
    owed = any(one.done_at is None for one in handoffs_of(turn.session, turn.conversation))
    return owed or bool(standing_bookings(turn))


def _goes_on(turn: Turn) -> Events:
    """Inside the questions the next one is asked by itself; outside they are taken up."""
    return [] if turn.in_loop else [{"event": "followup", "name": LOOP}]
