"""A booked place changed in one message: "can we do the 30th December instead, and just me" tells the date and the number."""

from __future__ import annotations

from actions.chosen_booking import finish_change, so_many
from actions.told_for_event import PEOPLE, coming, date_in, say_missed
from actions.turn import Turn
from enquiry.bookings.booking import AlreadyBooked, EventFull, EventGone, NothingBooked, TooLate
from enquiry.bookings.events.places import book_place, move_place
from enquiry.bookings.may_book import ArrangedByAPerson
from enquiry.conversations.next_question import HOW, WHICH
from enquiry.dates import in_words
from enquiry.enums import BookingStatus, Goal
from enquiry.journey.record import forget_answers, record_answer
from enquiry.store.models import Place


def people_told(turn: Turn) -> int | None:
    """How many come, as far as the message tells it and one household may book so many."""
    people = coming(turn).get(PEOPLE)
    return people if turn.criteria.question(PEOPLE).takes(people) else None


def change_as_told(turn: Turn, place: Place) -> bool:
    """Change the date, the number, or both, to what the message tells, and say what stands then.

    Returns:
        Whether that was done, or could not be and it was said why; otherwise it has still to be asked what to do.
    """
    told, people = date_in(turn), people_told(turn)
    if told.missed:
        say_missed(turn, told.missed)
        if turn.goal is Goal.CHANGE:
            record_answer(turn.session, turn.enquiry, HOW, "move", turn.now)  # they would like another date
    event_id, people = told.offer or place.event_id, people or place.people
    if (event_id, people) == (place.event_id, place.people) or place.status != BookingStatus.BOOKED:
        return False
    turn.conversation.misunderstood = 0
    moves = event_id != place.event_id
    try:
        if moves:
            move_place(turn.session, place, event_id, turn.attempt, people=people)
        else:
            book_place(turn.session, event_id, place.enquiry, people, turn.attempt)
    except (EventFull, EventGone):
        return _offer_others(turn, place, moves)
    except ArrangedByAPerson:
        own = place.enquiry_id == turn.enquiry.id
        turn.say("flagged" if turn.flagged and own else "change_by_a_person")
    except TooLate:
        turn.say("change_too_late")
    except AlreadyBooked as already:
        turn.say("move_there_already", reference=already.booking.reference)
    except NothingBooked:
        turn.say("change_gone", buttons=("event",))
    else:
        say_where_it_stands(turn, place, moved=moves)
    finish_change(turn)
    return True


def say_where_it_stands(turn: Turn, place: Place, *, moved: bool) -> None:
    """Say when it is now, and for how many."""
    values = {
        "when": in_words(place.event.starts_at),
        "reference": place.reference,
        "people": so_many(turn, place.people),
    }
    if moved:
        turn.say("place_moved", venue=place.event.venue, **values)
    else:
        turn.say("place_changed", **values)


def _offer_others(turn: Turn, place: Place, moves: bool) -> bool:
    """Say that there is no room; where another date was meant, the others are offered."""
    if not moves:
        turn.say("event_fuller", people=so_many(turn, place.people))
        finish_change(turn)
        return True
    turn.say("move_full")
    turn.enquiry.goal = Goal.CHANGE.value
    record_answer(turn.session, turn.enquiry, WHICH, place.reference, turn.now)
    record_answer(turn.session, turn.enquiry, HOW, "move", turn.now)
    forget_answers(turn.session, turn.enquiry, "event", "event_wait")
    return True
