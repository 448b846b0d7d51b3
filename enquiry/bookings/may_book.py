"""Permission to do something about a booking: the one place that says so, through whichever door it is asked.

`arranged_by_a_person` is the policy, pure. `check_allowed` and `check_changeable` are what the booking functions ask with the rows in
hand. Whether there is room or time is not a matter of permission: places.py and visits.py say that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency
from enquiry.bookings.attempt import ENQUIRERS_OWN, Attempt, Door
from enquiry.bookings.booking import BookingRefused, NothingBooked, TooLate, rules_of, starts_at
from enquiry.enums import BookingStatus, Outcome
from enquiry.handoffs.handoff import disclosures_of
from enquiry.safeguarding.after_disclosure import leaves_arranging_to_a_person
from enquiry.screening.next_steps import INITIAL_VISIT, NEXT_STEPS
from enquiry.store.models import Enquiry, Place, Visit


class Act(StrEnum):
    """What somebody wants to do about a booking."""

    BOOK_PLACE = "book_place"  # also to change how many come and what they need
    WAIT = "wait"
    ACCEPT_OFFER = "accept_offer"
    MOVE_PLACE = "move_place"
    BOOK_VISIT = "book_visit"  # also to have a time kept for ten minutes
    MOVE_VISIT = "move_visit"
    GIVE_BACK = "give_back"  # also to leave the waiting list, or to say no to an offer


class ArrangedByAPerson(BookingRefused):
    """A member of staff arranges this with the person: after a disclosure, or where the questions said that somebody talks first."""


@dataclass(frozen=True)
class Situation:
    """What is known of a household that the rules ask about."""

    # A disclosure was made after which a member of staff arranges everything.
    held_back: bool = False
    # What the screening questions led to last; None where they were not asked, which is nobody's duty (docs/decisions/0020).
    outcome: Outcome | None = None


def arranged_by_a_person(act: Act, door: Door, situation: Situation) -> bool:
    """Whether a person arranges it instead.

    Whoever acts for the team may do everything: they are the person who arranges. Giving something back harms nobody and stays
    possible. Events are open to everyone; a visit is not booked by oneself where the questions led to something else than a visit.
    """
    if door not in ENQUIRERS_OWN or act is Act.GIVE_BACK:
        return False
    if situation.held_back:
        return True
    return (
        act is Act.BOOK_VISIT and situation.outcome is not None and INITIAL_VISIT not in NEXT_STEPS[situation.outcome]
    )


def situation_of(session: Session, enquiry: Enquiry, attempt: Attempt) -> Situation:
    """Look up what the rules ask about."""
    disclosed = disclosures_of(session, None, enquiry)
    held_back = leaves_arranging_to_a_person(disclosed, attempt.catalogue.categories)
    return Situation(held_back, Outcome(enquiry.outcomes[-1].outcome) if enquiry.outcomes else None)


def may(session: Session, act: Act, enquiry: Enquiry, attempt: Attempt) -> bool:
    """Whether a page or the chat may offer it."""
    return not attempt.by_enquirer or not arranged_by_a_person(
        act, attempt.door, situation_of(session, enquiry, attempt)
    )


def check_allowed(session: Session, act: Act, enquiry: Enquiry, attempt: Attempt) -> None:
    """Refuse what a person arranges.

    Raises:
        ArrangedByAPerson
    """
    if not may(session, act, enquiry, attempt):
        raise ArrangedByAPerson


def changeable_until(booking: Place | Visit, agency: Agency) -> datetime:
    """Say until when the person may move it or give it back without ringing."""
    rules = rules_of(agency)
    if isinstance(booking, Visit):
        return booking.starts_at - rules.visit_change
    # Whoever waits or was offered a place gives nothing up by saying no: they may until the event begins.
    booked = booking.status == BookingStatus.BOOKED
    return starts_at(booking) - (rules.event_change if booked else timedelta(0))


def check_changeable(booking: Place | Visit, attempt: Attempt) -> None:
    """Refuse to change what does not stand, or is too close; staff may at any time.

    Raises:
        NothingBooked: it does not stand.
        TooLate: it is after the cut-off.
    """
    if not attempt.by_enquirer:
        return
    if not BookingStatus(booking.status).stands:
        raise NothingBooked
    agency = attempt.catalogue.agencies.get(booking.enquiry.agency)
    if agency is None or attempt.now >= changeable_until(booking, agency):
        raise TooLate
