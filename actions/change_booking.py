"""Change one's mind about a booking: move it or give it back, one's own or by its reference and the contact it was made with.

A booking found by its reference stays where it is: nothing else of that enquiry is shown here, and what was typed to find it is
forgotten at the end.
"""

from __future__ import annotations

import re
from datetime import datetime

from actions.change_as_told import change_as_told, people_told, say_where_it_stands
from actions.chosen_booking import FOUND_BY, booking_to_change, can_be_moved, finish_change, so_many, standing_bookings
from actions.handoff import lead_to_a_person, tell_staff
from actions.turn import Turn
from enquiry.bookings.booking import (
    AlreadyBooked,
    EventFull,
    EventGone,
    NothingBooked,
    SlotGone,
    SlotTaken,
    TooLate,
    starts_at,
)
from enquiry.bookings.events.places import move_place, release_place
from enquiry.bookings.find import find_booking
from enquiry.bookings.may_book import ArrangedByAPerson, check_changeable
from enquiry.bookings.visits.visits import move_visit, release_visit
from enquiry.conversations.next_question import HOW, WHICH
from enquiry.dates import in_words
from enquiry.enums import BookingStatus, HandoffReason
from enquiry.handoffs.handoff import handoffs_of
from enquiry.journey.record import answers_of, forget_answers, record_answer
from enquiry.store.models import Place, Visit

MOST_MISSES = 2
SHOWS = {BookingStatus.WAITING: "shows_waiting", BookingStatus.OFFERED: "shows_offered"}
# Who only says that they can't come may rather come another day: they are asked.
GIVES_BACK = re.compile(
    r"\b(?:cancel\w*|un-?book|call .{0,20}\boff|take (?:me|us) off|off the (?:waiting )?list|(?:give|hand) .{0,40}\bback)\b",
    re.I,
)
MOVES = re.compile(
    r"\b(?:mov(?:e|ing)|reschedul\w+|rearrang\w+|swap|switch|postpon\w+|put off|push .{0,20}\bback|bring .{0,20}\bforward|instead)\b",
    re.I,
)
OTHER_DATE = re.compile(r"\b(?:another|different|chang\w+|later|earlier)\b", re.I)
OF_A_VISIT = re.compile(r"\b(?:visits?|visitor|appointment|social worker)\b", re.I)
OF_AN_EVENT = re.compile(r"\b(?:events?|places?|seats?|session|talk|information|waiting list)\b", re.I)


def begin_change(turn: Turn) -> None:
    """Set out: with the only booking there is, with a choice of two, or with the question for a reference."""
    gives_back, moves = GIVES_BACK.search(turn.text), MOVES.search(turn.text)
    if moves and not gives_back:
        record_answer(turn.session, turn.enquiry, HOW, "move", turn.now)
    elif gives_back and not moves and not OTHER_DATE.search(turn.text):
        record_answer(turn.session, turn.enquiry, HOW, "give_back", turn.now)
    own = standing_bookings(turn)
    if not own and _awaits_a_call(turn):
        tell_staff(turn, HandoffReason.ASKED_FOR_A_PERSON, "call_to_be_changed")
        finish_change(turn)
        turn.say("call_to_be_changed")
        return
    if not own:
        turn.say("change_find")
        return
    meant = _meant(turn.text, own)
    place = meant[0] if len(meant) == 1 else None
    if isinstance(place, Place) and not gives_back and change_as_told(turn, place):
        return
    if len(meant) == 1:
        record_answer(turn.session, turn.enquiry, WHICH, meant[0].reference, turn.now)
        _show(turn, meant[0])


def _awaits_a_call(turn: Turn) -> bool:
    """Whether staff owe a call, and the text speaks of no event or visit: a call is theirs to move, and they have to know."""
    if OF_A_VISIT.search(turn.text) or OF_AN_EVENT.search(turn.text):
        return False
    owed = (HandoffReason.ASKED_FOR_A_PERSON.value, HandoffReason.QUESTION.value)
    return any(one.done_at is None and one.reason in owed for one in handoffs_of(turn.session, turn.conversation))


def _meant(text: str, own: list[Place | Visit]) -> list[Place | Visit]:
    """Those of a kind, where the text names one of the kinds: "I need to move my visit" leaves no question which."""
    visit, event = OF_A_VISIT.search(text), OF_AN_EVENT.search(text)
    kind = [one for one in own if isinstance(one, Visit if visit else Place)] if bool(visit) != bool(event) else []
    return kind or own


def choose_booking(turn: Turn, reference: str) -> None:
    """Which of several is meant."""
    booking = booking_to_change(turn)
    if reference == "none":
        _leave(turn)
    elif booking is None:
        _gone(turn)
    else:
        _show(turn, booking)


def look_up(turn: Turn) -> None:
    """Both the reference and the contact are given: find the booking, or say that there is none, whichever of the two is wrong."""
    answers = answers_of(turn.enquiry)
    booking = find_booking(turn.session, turn.agency.slug, *(str(answers.get(name, "")) for name in FOUND_BY))
    if booking is not None:
        record_answer(turn.session, turn.enquiry, WHICH, booking.reference, turn.now)
        _show(turn, booking)
        return
    forget_answers(turn.session, turn.enquiry, *FOUND_BY)
    misses = int(answers.get("booking_misses") or 0) + 1
    record_answer(turn.session, turn.enquiry, "booking_misses", misses, turn.now)
    turn.say("change_not_found")
    if misses >= MOST_MISSES:
        finish_change(turn)
        lead_to_a_person(turn, HandoffReason.ASKED_FOR_A_PERSON, "begin_call")


def choose_how(turn: Turn, how: str) -> None:
    """Move it, give it back, or leave it."""
    booking = booking_to_change(turn)
    if how == "leave":
        _leave(turn)
    elif booking is None:
        _gone(turn)
    elif how == "move" and not can_be_moved(turn, booking):
        waits = booking.status != BookingStatus.BOOKED and not turn.flagged
        turn.say("change_waiting_moves_not" if waits else _by_a_person(turn, booking))
        finish_change(turn)
    else:
        _check(turn, booking)


def move_to(turn: Turn, chosen: str) -> None:
    """Move it to the date that was chosen; where that has just gone, it stays as it was, and the others are offered."""
    booking = booking_to_change(turn)
    if chosen == "none":
        _leave(turn)
        return
    if booking is None:
        _gone(turn)
        return
    if not _check(turn, booking):
        return
    try:
        if isinstance(booking, Place):
            move_place(turn.session, booking, chosen, turn.attempt, people=people_told(turn))
        else:
            move_visit(turn.session, turn.agency, booking, datetime.fromisoformat(chosen), turn.attempt)
    except ArrangedByAPerson:
        turn.say(_by_a_person(turn, booking))
    except (EventFull, EventGone, SlotTaken, SlotGone):
        turn.say("move_full")
        forget_answers(turn.session, turn.enquiry, "event", "visit_slot", "visit_wish")
        return
    except AlreadyBooked as already:
        turn.say("move_there_already", reference=already.booking.reference)
    except NothingBooked:
        turn.say("change_gone", buttons=("event",))
    else:
        if isinstance(booking, Place):
            say_where_it_stands(turn, booking, moved=True)
        else:
            turn.say("visit_moved", when=in_words(booking.starts_at), reference=booking.reference)
    finish_change(turn)


def give_back(turn: Turn, sure: str) -> None:
    """Give it back, or keep it after all.

    This stays possible after a disclosure for which a person arranges everything else: it promises nothing, meets nobody and asks
    nothing about them. Only where nothing is collected any more, it is not asked about either (`actions/screening.py`): the device
    may be in somebody else's hands, who would like the visit called off.
    """
    booking = booking_to_change(turn)
    if sure != "yes":
        _leave(turn)
        return
    if booking is None:
        _gone(turn)
        return
    if not _check(turn, booking):
        return
    waited = booking.status != BookingStatus.BOOKED
    if isinstance(booking, Place):
        release_place(turn.session, booking, turn.attempt)
    else:
        release_visit(turn.session, booking, turn.attempt)
    turn.session.expire(turn.enquiry, ["places", "visits"])
    turn.say("list_left" if waited else "given_back")
    finish_change(turn)


def _show(turn: Turn, booking: Place | Visit) -> None:
    values = {"when": in_words(starts_at(booking)), "reference": booking.reference}
    if isinstance(booking, Visit):
        turn.say("shows_visit", **values)
    else:
        values |= {"venue": booking.event.venue, "people": so_many(turn, booking.people)}
        turn.say(SHOWS.get(BookingStatus(booking.status), "shows_place"), **values)
    if _check(turn, booking) and answers_of(turn.enquiry).get(HOW) == "move" and not can_be_moved(turn, booking):
        forget_answers(turn.session, turn.enquiry, HOW)  # asked what else to do with it


def _check(turn: Turn, booking: Place | Visit) -> bool:
    try:
        check_changeable(booking, turn.attempt)
    except TooLate:
        turn.say("change_too_late")
    except NothingBooked:
        turn.say("change_gone", buttons=("event",))
    else:
        return True
    finish_change(turn)
    return False


def _by_a_person(turn: Turn, booking: Place | Visit) -> str:
    """Choose the sentence: of somebody else's booking nobody learns that something was told."""
    return "flagged" if turn.flagged and booking.enquiry_id == turn.enquiry.id else "change_by_a_person"


def _gone(turn: Turn) -> None:
    turn.say("change_gone", buttons=("event",))
    finish_change(turn)


def _leave(turn: Turn) -> None:
    turn.say("change_left")
    finish_change(turn)
