"""Ask the next question: its words, its buttons, and dates from the store where it offers dates."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from actions.chosen_booking import booking_to_change, can_be_moved, finish_change, in_short, standing_bookings
from actions.contact_slips import slip_asked_about
from actions.turn import Turn
from enquiry.bookings.booking import starts_at
from enquiry.bookings.events.places import coming_events
from enquiry.bookings.visits.visits import free_times, times_to_offer
from enquiry.contacts import as_written
from enquiry.conversations.date_phrases.choose import Offer
from enquiry.conversations.next_question import CHANGE, CHECK, FORGET_SURE, HOW, NOTHING, ask_next, next_steps
from enquiry.dates import in_words
from enquiry.enums import Goal, HandoffReason
from enquiry.journey.record import answers_of, record_answer
from enquiry.journey.summaries import about
from enquiry.screening.criteria import Kind, Question
from enquiry.screening.decide import questions_of
from enquiry.screening.progress import is_extra, progress_of
from enquiry.store.models import Event, Place, Visit

MOST_EVENTS = 50
# After these the question that was being asked is asked again, as one goes back to it.
GONE_BACK = (
    "ask",
    "clarify",
    "why",
    "greet",
    "thanks",
    "goodbye",
    "help",
    "thinking",
    "something_else",
    "out_of_scope",
    "not_understood",
    "how_many_left",
    "what_is_kept",
)


IF_LATER = re.compile(r"\b(?:if|when|in case) (?:i|we)\b", re.IGNORECASE)


def ask(turn: Turn) -> None:
    """Ask what is left to ask; where there is nothing to offer, say so and hand over to a person."""
    name = ask_next(turn.situation(), turn.criteria, turn.agency)
    if name is None:
        turn.reply(turn.wording("anything_else"), question="")
        return
    question = turn.criteria.question(name)
    if question.kind is Kind.OFFERED:
        offered = offers(turn, name)
        if not offered:
            changing = turn.goal is Goal.CHANGE
            _nothing_to_offer(turn, name)
            if not changing:
                ask(turn)
            return
        titles = [*(offer.title for offer in offered), *question.titles]
    elif name == "next_step":
        allowed = next_steps(turn.situation(), turn.criteria, turn.agency)
        titles = [choice.title for choice in question.choices if choice.value in allowed]
    elif name == HOW:
        booking = booking_to_change(turn)
        stays = booking is not None and not can_be_moved(turn, booking)
        titles = [choice.title for choice in question.choices if not (stays and choice.value == "move")]
    elif name == CHANGE:
        given = answers_of(turn.enquiry)
        asked = {name for name in questions_of(Goal.SCREENING, given, turn.criteria) if name in given}
        titles = [choice.title for choice in question.choices if choice.value in asked or choice.value == NOTHING]
    elif name == "contact" and (slip := slip_asked_about(turn)):
        turn.reply(turn.wording("did_you_mean_address", contacts=slip[0]), choices=slip, question=name)
        return
    else:
        titles = list(question.titles)
    if turn.intent == "leave_out" and turn.asked == name:
        titles += turn.buttons(("stop", "person"))
    turn.reply(_words(turn, question), choices=titles, question=name)
    if question.kind is Kind.ANY_OF:
        mark_several(turn.replies[-1], question)
    if progress := _progress(turn, name):
        turn.replies[-1]["progress"] = progress


def mark_several(reply: dict[str, Any], question: Question) -> None:
    """Mark the choices of which several may be picked; one that rules out the others is picked alone."""
    for button in reply["choices"]:
        choice = next((one for one in question.choices if one.title == button["title"]), None)
        if choice is not None and not choice.alone:
            button["several"] = True


def may_want_it_forgotten(turn: Turn) -> bool:
    """Whether they ask what could be done later on ("if I change my mind"): nothing is forgotten now."""
    return turn.intent == "forget_me" and IF_LATER.search(turn.text) is not None


def asks_to_be_sure(turn: Turn) -> bool:
    """Whether a wish is only fulfilled once they are sure."""
    if turn.intent == "forget_me":
        return not may_want_it_forgotten(turn)
    enquiry = turn.conversation.enquiry
    begun = enquiry is not None and bool(enquiry.answers) and not turn.conversation.collecting_stopped
    return turn.intent == "start_again" and begun


def nothing_follows(turn: Turn) -> bool:
    """Whether no question is asked behind the reply: they are asked whether they are sure, or all has just been forgotten."""
    forgotten = turn.intent == "confirm" and turn.asked == FORGET_SURE and turn.understood.get("value") == "yes"
    return forgotten or asks_to_be_sure(turn)


def _progress(turn: Turn, name: str) -> str:
    """Which question of how many this is, for the questions of the screening."""
    answers, criteria = answers_of(turn.enquiry), turn.criteria
    if turn.goal is not Goal.SCREENING or name in answers or name not in criteria.screening_questions:
        return ""
    extra = is_extra(name, criteria)
    progress = progress_of(Goal.SCREENING, answers, criteria, turn.agency, extra=extra)
    key = "progress_smaller" if extra else "progress"
    return turn.wording(key, number=progress.answered + 1, total=progress.total)


def offers(turn: Turn, name: str) -> list[Offer]:
    """What a question offers at this moment: dates of events, times of visits, or the bookings that stand."""
    match name:
        case "which_booking":
            return [Offer(one.reference, in_short(turn, one), starts_at(one)) for one in standing_bookings(turn)]
        case "event":
            return [_event_offer(turn, event) for event in _events(turn)]
        case _:
            wish = answers_of(turn.enquiry).get("visit_wish")
            if wish:  # of those that fitted what was typed, what is still free
                free = set(free_times(turn.session, turn.agency, turn.now, without=_visit(turn)))
                times = [at for at in map(datetime.fromisoformat, wish) if at in free]
            else:
                times = times_to_offer(turn.session, turn.agency, turn.now, without=_visit(turn))
            return [visit_offer(turn, at) for at in times]


def every_offer(turn: Turn) -> list[Offer]:
    """Every free time of a visit, also those for which there is no button."""
    return [visit_offer(turn, at) for at in free_times(turn.session, turn.agency, turn.now, without=_visit(turn))]


def every_event(turn: Turn) -> list[Offer]:
    """Every other event to come, also those that have no room for the booking that is moved."""
    moved = booking_to_change(turn)
    own = moved.event_id if isinstance(moved, Place) else None
    return [
        _event_offer(turn, event)
        for event in coming_events(turn.session, turn.agency.slug, turn.now)
        if event.id != own
    ]


def all_events(turn: Turn) -> list[Offer]:
    """Every event to come, also those for which there is no button: of none that is in the diary it may be said that there is none."""
    return [
        _event_offer(turn, event)
        for event in coming_events(turn.session, turn.agency.slug, turn.now, limit=MOST_EVENTS)
    ]


def visit_offer(turn: Turn, at: datetime) -> Offer:
    """A free time as it is offered."""
    return Offer(at.isoformat(), turn.wording("offer_visit", when=in_words(at)), at)


def _visit(turn: Turn) -> Visit | None:
    booking = booking_to_change(turn) if turn.goal is Goal.CHANGE else None
    return booking if isinstance(booking, Visit) else None


def _events(turn: Turn) -> list[Event]:
    events = coming_events(turn.session, turn.agency.slug, turn.now)
    moved = booking_to_change(turn) if turn.goal is Goal.CHANGE else None
    if not isinstance(moved, Place):
        return events
    # To move there has to be room; nobody gives a place away for a waiting list.
    return [event for event in events if event.id != moved.event_id and event.taken + moved.people <= event.places]


def _event_offer(turn: Turn, event: Event) -> Offer:
    words = "offer_event_full" if event.taken >= event.places else "offer_event"
    return Offer(event.id, turn.wording(words, when=in_words(event.starts_at), venue=event.venue), event.starts_at)


def _words(turn: Turn, question: Question) -> str:
    if turn.in_loop and turn.intent in GONE_BACK and turn.asked == question.id:
        return turn.wording("back_to", ask=question.ask)
    if question.id == CHECK and not (turn.intent == "unclear" and turn.asked == CHECK):
        return f"{_list_of_answers(turn)}\n\n{question.ask}"
    first_time = turn.asked != question.id
    return f"{question.before}\n\n{question.ask}" if question.before and first_time else question.ask


def _list_of_answers(turn: Turn) -> str:
    """All that was told, line by line. Someone may read along over a shoulder: what is private only says that it was answered."""
    criteria, answers = turn.criteria, answers_of(turn.enquiry)
    given = [criteria.question(name) for name in questions_of(Goal.SCREENING, answers, criteria) if name in answers]
    lines = [
        turn.wording("check_private")
        if question.sensitive
        else f"{question.short}: {as_written(question.title_of(answers[question.id]))}"
        for question in given
    ]
    # The private ones stand in one line, however many there were.
    return "\n".join((turn.wording("check_list"), *(f"• {line}" for line in dict.fromkeys(lines))))


def _nothing_to_offer(turn: Turn, name: str) -> None:
    if turn.goal is Goal.CHANGE:
        turn.say("no_other_date")
        finish_change(turn)
        return
    turn.say("no_events" if name == "event" else "no_slots")
    record_answer(turn.session, turn.enquiry, name, "none", turn.now)
    ask_for_a_call(turn, "about_event" if name == "event" else "about_visit")


def ask_for_a_call(turn: Turn, about_what: str | None) -> None:
    """Put a call back into the queue."""
    wording = turn.catalogue.wording
    what = wording.say(f"handoffs.call_back_{about_what}" if about_what else "handoffs.call_back")
    summary = f"{what} {about(turn.enquiry, turn.criteria, wording)}"
    turn.hand_over(HandoffReason.CALL_BACK, summary)
