"""The view of a booking that its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency
from enquiry.bookings.attempt import ENQUIRER, Attempt
from enquiry.bookings.letters import reach_by
from enquiry.bookings.may_book import Act, changeable_until, may
from enquiry.contacts import masked
from enquiry.dates import clock_span, day_in_words, in_words
from enquiry.enums import BookingStatus, Change
from enquiry.outbox.queue import may_message
from enquiry.store.models import BookingChange, Place, Visit


class State(StrEnum):
    """How it stands. Each has a heading in data/wording/booking.yml, and most a sentence."""

    BOOKED_PLACE = "booked_place"
    WAITING = "waiting"
    OFFERED = "offered"
    OFFER_OVER = "offer_over"
    LAPSED = "lapsed"
    GIVEN_BACK = "given_back"
    LEFT_LIST = "left_list"
    EVENT_OFF = "event_off"
    ATTENDED = "attended"
    MISSED = "missed"
    OVER = "over"
    BOOKED_VISIT = "booked_visit"
    VISIT_GIVEN_BACK = "visit_given_back"
    VISIT_OFF = "visit_off"
    VISIT_OVER = "visit_over"
    VISIT_MISSED = "visit_missed"
    VISIT_PAST = "visit_past"


STANDS = (State.BOOKED_PLACE, State.WAITING, State.OFFERED, State.BOOKED_VISIT)
# What was given back can be booked again with the same link: nothing has to be typed a second time.
AGAIN = (
    State.OFFER_OVER,
    State.LAPSED,
    State.GIVEN_BACK,
    State.LEFT_LIST,
    State.EVENT_OFF,
    State.MISSED,
    State.VISIT_GIVEN_BACK,
    State.VISIT_OFF,
    State.VISIT_MISSED,
)
_VISIT_STATES = {
    BookingStatus.ATTENDED: State.VISIT_OVER,
    BookingStatus.MISSED: State.VISIT_MISSED,
}
_PLACE_STATES = {
    BookingStatus.LAPSED: State.LAPSED,
    BookingStatus.ATTENDED: State.ATTENDED,
    BookingStatus.MISSED: State.MISSED,
    BookingStatus.WAITING: State.WAITING,
    BookingStatus.BOOKED: State.BOOKED_PLACE,
}


@dataclass(frozen=True)
class BookingView:
    """A booking as its page shows it. Nothing of the household is in it but how many come and what they need."""

    key: str
    reference: str
    state: State
    is_visit: bool
    title: str
    day: str
    hours: str
    when: str
    venue: str
    people: int
    needs: tuple[str, ...]
    language: str
    # Until when an offer stands, and until when it can be changed here; the second is empty when it can't any more.
    offered_until: str
    changeable_until: str
    # Whether a member of staff arranges everything but giving it back.
    by_a_person: bool
    # How the person is told of it ("email", "text" or ""), and where, masked.
    told_by: str
    told_to: str
    join: str

    @property
    def stands(self) -> bool:
        return self.state in STANDS

    @property
    def may_book_again(self) -> bool:
        return self.state in AGAIN and not self.by_a_person

    @property
    def needs_a_person(self) -> bool:
        """Whether the page says that a member of staff does what it would otherwise offer."""
        return self.by_a_person and (self.stands or self.state in AGAIN)


def state_of(session: Session, booking: Place | Visit, now: datetime) -> State:
    """Say how it stands with a booking at a moment."""
    status = BookingStatus(booking.status)
    if isinstance(booking, Visit):
        if status is BookingStatus.CANCELLED:
            return State.VISIT_GIVEN_BACK if _gave_back(session, booking) else State.VISIT_OFF
        return _VISIT_STATES.get(status) or (State.VISIT_PAST if now >= booking.ends_at else State.BOOKED_VISIT)
    event = booking.event
    if event.cancelled_at is not None:
        return State.EVENT_OFF
    if status is BookingStatus.CANCELLED:
        return State.GIVEN_BACK if _was_booked(session, booking) else State.LEFT_LIST
    ends = event.ends_at if status is BookingStatus.BOOKED else event.starts_at
    if status.stands and now >= ends:
        return State.OVER
    if status is BookingStatus.OFFERED:
        # The worker ends an offer a moment later; nobody can say yes to it in between.
        return State.OFFERED if booking.offer_until is not None and now < booking.offer_until else State.OFFER_OVER
    return _PLACE_STATES[status]


def view_of(session: Session, agency: Agency, booking: Place | Visit, attempt: Attempt) -> BookingView:
    """Take together what the page of a booking shows."""
    now = attempt.now
    state = state_of(session, booking, now)
    span = booking.event if isinstance(booking, Place) else booking
    until = changeable_until(booking, agency)
    way = reach_by(booking.enquiry)
    told = way if way is not None and may_message(session, booking.enquiry, way[1]) else ("", "")
    place = booking if isinstance(booking, Place) else None
    event = place.event if place else None
    return BookingView(
        key=attempt.links.key_of(booking.reference),
        reference=booking.reference,
        state=state,
        is_visit=place is None,
        title=event.title if event else "",
        day=day_in_words(span.starts_at),
        hours=clock_span(span.starts_at, span.ends_at),
        when=in_words(span.starts_at),
        venue=event.venue if event else "",
        people=place.people if place else 0,
        needs=tuple(str(need) for need in place.needs) if place else (),
        language=(place.language or "") if place else "",
        offered_until=in_words(place.offer_until) if place and place.offer_until else "",
        changeable_until=in_words(until) if state in STANDS and now < until else "",
        by_a_person=not _may_arrange(session, booking, state, attempt),
        told_by=told[0],
        told_to=masked(told[1]).removeprefix("…") if told[1] else "",
        join=(event.online_url or "") if event and state is State.BOOKED_PLACE else "",
    )


def _may_arrange(session: Session, booking: Place | Visit, state: State, attempt: Attempt) -> bool:
    """Whether the person may move it, or book another in its place."""
    if isinstance(booking, Place):
        act = Act.BOOK_PLACE if state in AGAIN else Act.MOVE_PLACE
    else:
        act = Act.BOOK_VISIT if state in AGAIN else Act.MOVE_VISIT
    return may(session, act, booking.enquiry, attempt)


def _gave_back(session: Session, visit: Visit) -> bool:
    """Whether the household cancelled a visit itself, and not the team for it or for reasons of its own."""
    who = select(BookingChange.who).where(
        BookingChange.reference == visit.reference, BookingChange.change == Change.CANCELLED.value
    )
    return session.scalar(who.order_by(BookingChange.at.desc()).limit(1)) in (ENQUIRER, None)


def _was_booked(session: Session, place: Place) -> bool:
    steps = (Change.BOOKED.value, Change.ACCEPTED.value)
    booked = select(BookingChange.id).where(BookingChange.reference == place.reference, BookingChange.change.in_(steps))
    return session.scalar(booked.limit(1)) is not None
