"""Book what was chosen, and say it; where it has just gone, say so and offer what is left."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.ask import ask_for_a_call
from actions.chosen_booking import so_many
from actions.outcomes import name_of, say_contact_needed
from actions.turn import Turn, places_to_come
from enquiry.agencies.texting_hours import is_text_hour
from enquiry.bookings.booking import AlreadyBooked, EventFull, EventGone, OfferOver, SlotGone, SlotTaken, TooLate
from enquiry.bookings.events.places import accept_offer, book_place, note_needs, release_place, wait_for_place
from enquiry.bookings.letters import reach_by
from enquiry.bookings.may_book import ArrangedByAPerson
from enquiry.bookings.visits.visits import book_visit as book_visit_at
from enquiry.conversations.next_question import can_hold_a_booking
from enquiry.dates import in_words, month_in_words
from enquiry.enums import BookingStatus, HandoffReason, Needs
from enquiry.journey.record import answers_of, forget_answers
from enquiry.journey.summaries import about
from enquiry.outbox.queue import may_message
from enquiry.store.models import Place, Visit

# How long "in three months" is.
DAYS_UNTIL = {"month": 30, "three_months": 91, "six_months": 182, "year": 365}
OF_A_DATE = ("event", "event_wait", "event_offer")  # how many come stands, whatever becomes of the date
NOTHING_NEEDED = "none"


def choose_next_step(turn: Turn, step: str) -> None:
    """What was chosen after screening."""
    if step == "phone_call":
        ask_for_a_call(turn, None)
        reachable = turn.enquiry.contact_phone or turn.enquiry.contact_email
        turn.say(
            "call_arranged" if reachable else "call_not_arranged", name=name_of(turn), reference=turn.enquiry.reference
        )
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
    """Put it into the queue for the day it was promised for, so that nobody is forgotten; a message goes out that day, too."""
    due = turn.now + timedelta(days=DAYS_UNTIL[when])
    wording = turn.catalogue.wording
    summary = f"{wording.say('handoffs.keep_in_touch')} {about(turn.enquiry, turn.criteria, wording)}"
    turn.hand_over(HandoffReason.KEEP_IN_TOUCH, summary, due_by=due)
    turn.say("touch_arranged", name=name_of(turn), when=month_in_words(due), reference=turn.enquiry.reference)


def decline_offer(turn: Turn, question: str) -> None:
    """None of the dates suited: a person finds one."""
    turn.say("declined")
    ask_for_a_call(turn, "about_event" if question == "event" else "about_visit")


def book_event(turn: Turn, people: int) -> None:
    """Book places at the event chosen before. Without room nothing is said here: the waiting list is asked about next."""
    enquiry = turn.enquiry
    turn.tried_to_book = True
    event_id = str(answers_of(enquiry).get("event"))
    before = [one.people for one in enquiry.places if one.event_id == event_id and one.status == BookingStatus.BOOKED]
    try:
        needs, language = _needs_told(turn)
        place = book_place(turn.session, event_id, enquiry, people, turn.attempt, needs=needs, language=language)
    except ArrangedByAPerson:
        _say_who_arranges(turn)
        return
    except TooLate:
        turn.say("change_too_late")
        return
    except EventFull:
        if before:  # they have a place, and would like more than there are
            turn.say("event_fuller", people=so_many(turn, before[0]))
        return
    except EventGone:
        turn.say("event_gone")
        forget_answers(turn.session, enquiry, *OF_A_DATE)
        return
    turn.session.expire(enquiry, ["places"])
    event = place.event
    turn.say(
        "place_changed" if before and before[0] != people else "place_booked",
        title=event.title,
        when=in_words(event.starts_at),
        venue=event.venue,
        people=so_many(turn, people),
        reference=place.reference,
        change=how_to_change(turn),
    )


def answer_waiting(turn: Turn, wants: str) -> None:
    """Join the waiting list, or choose another date."""
    answers = answers_of(turn.enquiry)
    if wants != "yes":
        forget_answers(turn.session, turn.enquiry, *OF_A_DATE)
        return
    people = int(answers.get("event_places") or 1)
    try:
        needs, language = _needs_told(turn)
        event_id = str(answers.get("event"))
        place = wait_for_place(
            turn.session, event_id, turn.enquiry, people, turn.attempt, needs=needs or (), language=language
        )
    except ArrangedByAPerson:
        _say_who_arranges(turn)
        return
    except EventGone:
        turn.say("event_gone")
        forget_answers(turn.session, turn.enquiry, *OF_A_DATE)
        return
    turn.session.expire(turn.enquiry, ["places"])
    tell_standing_place(turn, place)


def answer_event_offer(turn: Turn, wants: str) -> None:
    """Take up the place that is free, or let it go to the next household."""
    place = standing_place(turn)
    forget_answers(turn.session, turn.enquiry, "event_offer")
    if place is None:
        turn.say("offer_over")
        return
    if wants != "yes":
        release_place(turn.session, place, turn.attempt)
        turn.session.expire(turn.enquiry, ["places"])
        turn.say("offer_given_on")
        return
    try:
        accept_offer(turn.session, place, turn.attempt)
    except ArrangedByAPerson:
        _say_who_arranges(turn)
        return
    except (OfferOver, EventGone):
        turn.say("offer_over")
        return
    event = place.event
    turn.say(
        "place_booked",
        title=event.title,
        when=in_words(event.starts_at),
        venue=event.venue,
        people=so_many(turn, place.people),
        reference=place.reference,
        change=how_to_change(turn),
    )


def keep_needs(turn: Turn) -> None:
    """What to get ready for them, where they have a place; which language is asked before anything more is said."""
    needs, language = _needs_told(turn)
    if needs is None:
        return
    for place in places_to_come(turn.enquiry, turn.now):
        note_needs(turn.session, place, needs, turn.attempt, language=language)
    if not needs:
        turn.say("needs_none")
    elif Needs.INTERPRETER not in needs or language:
        turn.say("needs_noted")


def _needs_told(turn: Turn) -> tuple[list[str] | None, str | None]:
    """What they told of before, also for another event, and the interpreter's language; None where they were not asked yet."""
    answers = answers_of(turn.enquiry)
    if "event_needs" not in answers:
        return None, None
    needs = [one for one in answers["event_needs"] if one != NOTHING_NEEDED]
    return needs, answers.get("event_language") if Needs.INTERPRETER in needs else None


def may_be_told(turn: Turn) -> bool:
    """Whether a message about a booking reaches them."""
    way = reach_by(turn.enquiry)
    return way is not None and may_message(turn.session, turn.enquiry, way[1])


def how_to_change(turn: Turn) -> str:
    """How to change what is booked. Nobody is told of a message that will not come, nor at night of a text that comes in the morning."""
    if not may_be_told(turn):
        return turn.wording("change_here")
    way = reach_by(turn.enquiry)
    waits = way is not None and way[0] == "text" and not is_text_hour(turn.now)
    return turn.wording("change_by_text_in_the_morning" if waits else "change_by_message")


def _say_who_arranges(turn: Turn) -> None:
    """Why it is not booked here: because of what was told, or by another rule of enquiry/bookings/may_book.py."""
    turn.say("flagged" if turn.flagged else "arranged_first")


def book_visit(turn: Turn, at: str) -> None:
    """Book a visit at the time chosen."""
    try:
        visit = book_visit_at(turn.session, turn.agency, turn.enquiry, datetime.fromisoformat(at), turn.attempt)
    except ArrangedByAPerson:
        _say_who_arranges(turn)
        return
    except (SlotTaken, SlotGone):
        turn.say("visit_taken")
        forget_answers(turn.session, turn.enquiry, "visit_slot", "visit_wish")
        return
    except AlreadyBooked as already:
        if isinstance(already.booking, Visit):
            tell_standing_visit(turn, already.booking)
        return
    turn.session.expire(turn.enquiry, ["visits"])
    turn.say("visit_booked", when=in_words(visit.starts_at), reference=visit.reference, change=how_to_change(turn))


def standing_visit(turn: Turn) -> Visit | None:
    """The visit that is booked for this enquiry, if there is one."""
    return next((one for one in turn.enquiry.visits if one.status == BookingStatus.BOOKED), None)


def tell_standing_visit(turn: Turn, visit: Visit) -> None:
    """Say when the visit is that is booked already."""
    turn.say("visit_already", when=in_words(visit.starts_at), reference=visit.reference)


def standing_place(turn: Turn) -> Place | None:
    """What stands for this enquiry at an event to come: offered, since that lapses, else booked, else waited for."""
    wanted = (BookingStatus.OFFERED, BookingStatus.BOOKED, BookingStatus.WAITING)
    coming = places_to_come(turn.enquiry, turn.now)
    return next((one for status in wanted for one in coming if one.status == status), None)


def tell_standing_place(turn: Turn, place: Place) -> None:
    """Say which event the place is at, and how it stands with it."""
    event = place.event
    values = {
        "title": event.title,
        "when": in_words(event.starts_at),
        "venue": event.venue,
        "reference": place.reference,
    }
    people = so_many(turn, place.people)
    if place.status == BookingStatus.OFFERED and place.offer_until:
        turn.say("offer_open", people=people, until=in_words(place.offer_until), **values)
    elif place.status == BookingStatus.WAITING:
        turn.say("waiting" if may_be_told(turn) else "waiting_untold", people=people, **values)
    else:
        turn.say("place_already", people=people, **values)
