"""Common parts of places and visits: refusals by name, an agency's cut-offs, the lock on a household, the history, the journey.

`enquiry/bookings/events/places.py` and `enquiry/bookings/visits/visits.py` book; the store decides who gets the last one
(enquiry/store/triggers.py).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency
from enquiry.bookings.attempt import Attempt
from enquiry.enums import BookingStatus, Change, Stage
from enquiry.journey.stages import change_stage, may_step
from enquiry.operating.logs import event_log
from enquiry.store.after_commit import tell_after_commit
from enquiry.store.models import BookingChange, Enquiry, Place, Visit

# A reference given out before, or something given back in between, is a reason to try again; more often is a real trouble.
TRIES = 5
MOST_PEOPLE = 4  # of one household
# An offered place waits this long for its answer; the last ones are offered this long before an event begins.
OFFER_LASTS = timedelta(hours=24)
LATEST_OFFER = timedelta(hours=3)
OFFER_ENDS_BEFORE = timedelta(hours=1)
# While somebody types their details, a visit's time is kept for them.
RESERVED_FOR = timedelta(minutes=10)

log = event_log()
_ON_BOOKINGS = frozenset({Stage.EVENT_BOOKED, Stage.VISIT_BOOKED})
_BEFORE_BOOKING = frozenset({Stage.NEW, Stage.SCREENING, Stage.SCREENED})


class BookingRefused(Exception):
    """Nothing is booked, moved or given back as it was asked for; the kinds below say why."""

    told = False


class EventFull(BookingRefused):
    """The event has fewer places left than were asked for."""


class EventGone(BookingRefused):
    """There is no such event of this agency, it is cancelled, or it has begun."""


class SlotTaken(BookingRefused):
    """Someone else has this time."""


class SlotGone(BookingRefused):
    """No visitor makes visits then, or it is too soon or too far ahead."""


class OfferOver(BookingRefused):
    """The place is not offered any more: the offer has lapsed, or was answered before."""


class TooLate(BookingRefused):
    """It is too close to the time to change it here, or it has begun: the team is a call away."""


class NothingBooked(BookingRefused):
    """The booking does not stand any more: it was given back, or it is over."""


class AlreadyBooked(BookingRefused):
    """The household has one already; `booking` says which."""

    def __init__(self, booking: Place | Visit) -> None:
        super().__init__(f"{booking.reference} is booked already.")
        self.booking = booking


@dataclass(frozen=True)
class BookingRules:
    """How soon, how far ahead and until when, of one agency."""

    event_change: timedelta
    visit_notice: timedelta
    visit_horizon: timedelta
    visit_change: timedelta


# Where an agency's file has no plan, staff may still put dates and visitors into the console.
UNPLANNED = BookingRules(timedelta(hours=2), timedelta(hours=48), timedelta(days=28), timedelta(hours=24))


def rules_of(agency: Agency) -> BookingRules:
    """The rules of an agency's file, or the usual ones."""
    events, visits = agency.event_plan, agency.visit_plan
    return BookingRules(
        event_change=timedelta(hours=events.change_until_hours) if events else UNPLANNED.event_change,
        visit_notice=timedelta(hours=visits.notice_hours) if visits else UNPLANNED.visit_notice,
        visit_horizon=timedelta(days=visits.horizon_days) if visits else UNPLANNED.visit_horizon,
        visit_change=timedelta(hours=visits.change_until_hours) if visits else UNPLANNED.visit_change,
    )


def kind_of(booking: Place | Visit) -> str:
    """What was booked, as the log and the figures call it."""
    return "place" if isinstance(booking, Place) else "visit"


def tells_refusals[**P, T](kind: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Put into the log why a booking function refused, whoever asked and whatever is made of it there."""

    def telling(act: Callable[P, T]) -> Callable[P, T]:
        @functools.wraps(act)
        def told(*args: P.args, **more: P.kwargs) -> T:
            try:
                return act(*args, **more)
            except BookingRefused as no:
                _told(kind, no)
                raise

        return told

    return telling


def _told(kind: str, no: BookingRefused) -> BookingRefused:
    # One booking function may stand behind another: each refusal is told once.
    if not no.told:
        no.told = True
        log.info("booking_refused", kind=kind, reason=re.sub(r"(?<!^)(?=[A-Z])", "_", type(no).__name__).lower())
    return no


def starts_at(booking: Place | Visit) -> datetime:
    """When what was booked begins."""
    return booking.event.starts_at if isinstance(booking, Place) else booking.starts_at


def check_people(people: int) -> None:
    """Refuse a household of none, or of more than four, with a ValueError."""
    if not 1 <= people <= MOST_PEOPLE:
        raise ValueError("One household books 1 to 4 places.")


def lock_enquiry(session: Session, enquiry_id: str) -> Enquiry:
    """Lock a household's row and read it anew, before anything of its bookings is touched.

    Whoever books, changes or calls off locks in one order: enquiries, then events or visits, each by their ids. So nobody waits for
    somebody who waits for them, also when the same person does two things at once. SQLite has one writer anyway.

    Raises:
        NothingBooked: the enquiry is forgotten, and its bookings with it.
    """
    wanted = select(Enquiry).where(Enquiry.id == enquiry_id).with_for_update(key_share=True)
    enquiry = session.scalar(wanted.execution_options(populate_existing=True))
    if enquiry is None:
        raise NothingBooked
    return enquiry


def note_change(
    session: Session, booking: Place | Visit, change: Change, attempt: Attempt, *, before: datetime | None = None
) -> None:
    """Write a step into the history of a booking.

    Args:
        before: the time it was for, where that changed.
    """
    session.add(
        BookingChange(
            enquiry_id=booking.enquiry_id,
            reference=booking.reference,
            change=change.value,
            who=attempt.who,
            starts_at=starts_at(booking),
            before=before,
            at=attempt.now,
        )
    )
    tell_after_commit(
        session, "booking_changed", kind=kind_of(booking), change=change.value, reference=booking.reference
    )


def reach(session: Session, enquiry: Enquiry, stage: Stage, reference: str, attempt: Attempt) -> None:
    """Go on to a booking's stage, unless the enquiry is further on: an event after a visit is booked changes nothing."""
    current = Stage(enquiry.stage)
    further = current is Stage.VISIT_BOOKED and stage is Stage.EVENT_BOOKED
    if not further and may_step(current, stage):
        change_stage(session, enquiry, stage, who=attempt.who, why=f"Booked {reference}", now=attempt.now)


def step_back(session: Session, enquiry: Enquiry, reference: str, attempt: Attempt) -> None:
    """After a booking was given back: to what else is booked, or to where the person was before they booked."""
    session.expire(enquiry, ["places", "visits", "changes"])
    if Stage(enquiry.stage) not in _ON_BOOKINGS:
        return
    # What this booking itself led to, by a slip, is not where they were before.
    others = [Stage(change.stage) for change in enquiry.changes if not change.why.endswith(reference)]
    earlier = [stage for stage in others if stage not in _ON_BOOKINGS][-1]
    if any(visit.status == BookingStatus.BOOKED for visit in enquiry.visits):
        stage = Stage.VISIT_BOOKED
    elif earlier is Stage.VISITED:  # a second visit was called off: the first one took place all the same
        stage = earlier
    elif any(place.status == BookingStatus.BOOKED for place in enquiry.places):
        stage = Stage.EVENT_BOOKED
    elif earlier in _BEFORE_BOOKING and any(place.status == BookingStatus.ATTENDED for place in enquiry.places):
        stage = Stage.EVENT_ATTENDED
    else:
        stage = earlier
    if may_step(Stage(enquiry.stage), stage):
        change_stage(session, enquiry, stage, who=attempt.who, why=f"Gave back {reference}", now=attempt.now)
