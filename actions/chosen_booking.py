"""The booking that is being changed in a conversation, and what is forgotten when that is done."""

from __future__ import annotations

from actions.turn import Turn
from enquiry.bookings.booking import starts_at
from enquiry.bookings.find import booking_of, find_booking
from enquiry.bookings.may_book import Act, may
from enquiry.conversations.next_question import HOW, SURE, WHICH
from enquiry.dates import in_words
from enquiry.enums import BookingStatus, Goal
from enquiry.journey.record import answers_of, forget_answers
from enquiry.store.models import Place, Visit

FOUND_BY = ("booking_reference", "booking_contact")
# Forgotten when it is done, and asked afresh each time.
OF_A_CHANGE = (
    WHICH,
    HOW,
    SURE,
    *FOUND_BY,
    "booking_misses",
    "event",
    "event_places",
    "event_wait",
    "visit_slot",
    "visit_wish",
)


def standing_bookings(turn: Turn) -> list[Place | Visit]:
    """What stands for the conversation's own enquiry and has not begun, soonest first."""
    enquiry = turn.conversation.enquiry
    if enquiry is None:
        return []
    found: list[Place | Visit] = [*enquiry.places, *enquiry.visits]
    return sorted(
        (one for one in found if BookingStatus(one.status).stands and starts_at(one) > turn.now), key=starts_at
    )


def booking_to_change(turn: Turn) -> Place | Visit | None:
    """The booking that was chosen or found; never one that is neither one's own nor found by its contact."""
    answers = answers_of(turn.enquiry)
    reference = answers.get(WHICH)
    booking = booking_of(turn.session, str(reference)) if reference not in (None, "none") else None
    if booking is None or booking.enquiry_id == turn.enquiry.id:
        return booking
    found = find_booking(turn.session, turn.agency.slug, *(str(answers.get(name, "")) for name in FOUND_BY))
    return booking if found is not None and found.id == booking.id else None


def can_be_moved(turn: Turn, booking: Place | Visit) -> bool:
    """Whether it has a date to move, which what is only waited for has not. Whoever told of harm is met by a person instead."""
    act = Act.MOVE_PLACE if isinstance(booking, Place) else Act.MOVE_VISIT
    allowed = not turn.flagged and may(turn.session, act, booking.enquiry, turn.attempt)
    return booking.status == BookingStatus.BOOKED and allowed


def finish_change(turn: Turn) -> None:
    """It is done: what was asked for it is forgotten, and the conversation is after what it was after, screening or an event."""
    forget_answers(turn.session, turn.enquiry, *OF_A_CHANGE)
    turn.enquiry.goal = Goal.SCREENING.value if "route" in answers_of(turn.enquiry) else Goal.EVENT.value


def in_short(turn: Turn, booking: Place | Visit) -> str:
    """A booking as a button says it."""
    kind = "visit" if isinstance(booking, Visit) else "event"
    return turn.wording(f"which_{kind}", when=in_words(starts_at(booking)))


def in_full(turn: Turn, booking: Place | Visit) -> str:
    """A booking in a list of what is kept: an event with how many come."""
    if isinstance(booking, Visit):
        return in_short(turn, booking)
    return turn.wording("kept_event", when=in_words(booking.event.starts_at), people=so_many(turn, booking.people))


def so_many(turn: Turn, people: int) -> str:
    """How many come, as it stands in a sentence."""
    return turn.wording("just_you") if people == 1 else turn.wording("so_many", people=people)
