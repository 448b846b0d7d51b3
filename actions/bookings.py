"""Book what was chosen, and say it; where it has just gone, say so and offer what is left."""

from __future__ import annotations

from datetime import timedelta

from actions.asking import ask_for_a_call
from actions.outcomes import name_of, say_contact_needed
from actions.turn import Turn
from enquiry.bookings import AlreadyBooked, EventFull, EventGone, SlotGone, SlotTaken, book_place
from enquiry.bookings import book_visit as book_visit_slot
from enquiry.enquiries import answers_of, forget_answers
from enquiry.flow import can_hold_a_booking
from enquiry.handoffs import make_handoff
from enquiry.letters import in_words, month_in_words
from enquiry.store.models import Event, Place, Visit, VisitSlot
from enquiry.summaries import about
from enquiry.words import BookingStatus, HandoffReason

# How long "in three months" is.
DAYS_UNTIL = {"month": 30, "three_months": 91, "six_months": 182, "year": 365}


def choose_next_step(turn: Turn, step: str) -> None:
    """What was chosen after screening."""
    if step == "phone_call":
        ask_for_a_call(turn, None)
        reachable = turn.enquiry.contact_phone or turn.enquiry.contact_email
        turn.say("call_arranged" if reachable else "call_not_arranged", name=name_of(turn), reference=turn.enquiry.reference)
    elif step == "keep_in_touch" and not can_hold_a_booking(answers_of(turn.enquiry)):
        turn.say("will_not_call", reference=turn.enquiry.reference)
    elif step in ("event", "initial_visit") and not can_hold_a_booking(answers_of(turn.enquiry)):
        say_contact_needed(turn)
    elif step == "nothing":
        turn.say("nothing_for_now", reference=turn.enquiry.reference)
    elif step == "initial_visit" and (visit := standing_visit(turn)):
        tell_standing_visit(turn, visit)
    elif step == "event" and (place := standing_place(turn)):
        tell_standing_place(turn, place)


def keep_in_touch(turn: Turn, when: str) -> None:
    """Put it into the queue for the day it was promised for, so that nobody is forgotten."""
    due = turn.now + timedelta(days=DAYS_UNTIL[when])
    wording = turn.desk.wording
    summary = f"{wording.say('handoffs.keep_in_touch')} {about(turn.enquiry, turn.criteria, wording)}"
    make_handoff(
        turn.session, turn.conversation, agency=turn.agency, reason=HandoffReason.KEEP_IN_TOUCH, summary=summary, now=turn.now, due_by=due,
    )
    turn.say("touch_arranged", name=name_of(turn), when=month_in_words(due), reference=turn.enquiry.reference)


def decline_offer(turn: Turn, question: str) -> None:
    """None of the dates suited: a person finds one."""
    turn.say("declined")
    ask_for_a_call(turn, "about_event" if question == "event" else "about_visit")


def book_event(turn: Turn, people: int) -> None:
    """Book places at the event chosen before."""
    if turn.flagged:
        turn.say("flagged")
        return
    enquiry = turn.enquiry
    event_id = str(answers_of(enquiry).get("event"))
    changes = any(one.event_id == event_id and one.status == BookingStatus.BOOKED and one.people != people for one in enquiry.places)
    try:
        place = book_place(turn.session, event_id, enquiry, people, turn.now)
    except (EventFull, EventGone) as gone:
        turn.say("event_full" if isinstance(gone, EventFull) else "event_gone")
        forget_answers(turn.session, turn.enquiry, "event", "event_places")
        return
    turn.session.expire(enquiry, ["places"])
    event = turn.session.get_one(Event, event_id)
    turn.say(
        "place_changed" if changes else "place_booked",
        title=event.title, when=in_words(event.starts_at), venue=event.venue, people=_so_many(turn, people), reference=place.reference,
    )


def book_visit(turn: Turn, slot_id: str) -> None:
    """Book the visit slot chosen."""
    if turn.flagged:
        turn.say("flagged")
        return
    try:
        visit = book_visit_slot(turn.session, slot_id, turn.enquiry, turn.now)
    except (SlotTaken, SlotGone):
        turn.say("visit_taken")
        forget_answers(turn.session, turn.enquiry, "visit_slot")
        return
    except AlreadyBooked as already:
        tell_standing_visit(turn, already.visit)
        return
    turn.session.expire(turn.enquiry, ["visits"])
    slot = turn.session.get_one(VisitSlot, slot_id)
    turn.say("visit_booked", when=in_words(slot.starts_at), reference=visit.reference)


def standing_visit(turn: Turn) -> Visit | None:
    """The visit that is booked for this enquiry, if there is one."""
    return next((one for one in turn.enquiry.visits if one.status == BookingStatus.BOOKED), None)


def tell_standing_visit(turn: Turn, visit: Visit) -> None:
    """Say when the visit is that is booked already."""
    slot = turn.session.get_one(VisitSlot, visit.slot_id)
    turn.say("visit_already", when=in_words(slot.starts_at), reference=visit.reference)


def standing_place(turn: Turn) -> Place | None:
    """The place that is booked for this enquiry, if there is one."""
    return next((one for one in turn.enquiry.places if one.status == BookingStatus.BOOKED), None)


def tell_standing_place(turn: Turn, place: Place) -> None:
    """Say which event the place is at that is booked already."""
    event = turn.session.get_one(Event, place.event_id)
    turn.say(
        "place_already", title=event.title, when=in_words(event.starts_at), venue=event.venue,
        people=_so_many(turn, place.people), reference=place.reference,
    )


def _so_many(turn: Turn, people: int) -> str:
    return turn.wording("just_you") if people == 1 else turn.wording("so_many", people=people)
