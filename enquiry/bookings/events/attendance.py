"""Attendance of an information event: who came, and who came to its door without a booking."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enquiry.bookings.attempt import Attempt
from enquiry.bookings.booking import EventFull, NothingBooked, check_people, note_change, reach
from enquiry.bookings.events.events import EventOver
from enquiry.bookings.events.places import lock_events, lock_place, new_place
from enquiry.contacts import tidy_contact
from enquiry.enums import BookingStatus, Change, Stage
from enquiry.journey.record import begin_enquiry
from enquiry.journey.stages import change_stage, may_step
from enquiry.store.models import Enquiry, Event, Place

# Attendance is written down at the door, or in the days after from a list on paper.
WRITTEN_WITHIN = timedelta(days=7)


class NoSuchContact(ValueError):
    """What was given can be neither a phone number nor an e-mail address."""


def mark_attendance(session: Session, place: Place, status: BookingStatus, attempt: Attempt) -> None:
    """Say who came: `attended`, `missed`, or `booked` again where it was a slip. Idempotent.

    Raises:
        NothingBooked: the place was given back, or never booked.
        ValueError: another status.
    """
    if not status.was_booked:
        raise ValueError(f"{status} is no attendance.")
    lock_place(session, place)
    if not BookingStatus(place.status).was_booked:
        raise NothingBooked
    if place.status == status:
        return
    came = place.status == BookingStatus.ATTENDED
    place.status = status.value
    session.flush()
    note_change(session, place, Change(status.value), attempt)
    if status is BookingStatus.ATTENDED:
        _came(session, place.enquiry, place.reference, attempt)
    elif came:
        _did_not_come(session, place.enquiry, place.reference, attempt)


def welcome_walk_in(session: Session, event: Event, attempt: Attempt, *, name: str, contact: str, people: int) -> Place:
    """Write down a household that comes to the door without a booking, as an enquiry of its own. Nothing is sent to it.

    Args:
        name: as they give it.
        contact: phone number or e-mail address as typed; empty where they leave none.
    Raises:
        EventFull: there is no room; staff may raise the number of places first.
        EventOver: it was cancelled, or was more than a week ago.
        NoSuchContact: the contact can't be one.
        ValueError: people is not 1 to 4.
    """
    check_people(people)
    tidy = tidy_contact(contact) if contact else None
    if contact and tidy is None:
        raise NoSuchContact
    lock_events(session, {event.id})
    if event.cancelled_at or attempt.now > event.ends_at + WRITTEN_WITHIN:
        raise EventOver
    enquiry = begin_enquiry(session, event.agency, attempt.now, who=attempt.who, why="Came to the door of an event")
    enquiry.contact_name = name
    if tidy is not None and "@" in tidy:
        enquiry.contact_email = tidy
    else:
        enquiry.contact_phone = tidy
    place = new_place(event.id, enquiry, people, BookingStatus.ATTENDED, attempt.now)
    try:
        with session.begin_nested():
            session.add(place)
    except IntegrityError:
        raise EventFull(event.id) from None
    session.refresh(event)
    reach(session, enquiry, Stage.EVENT_BOOKED, place.reference, attempt)
    note_change(session, place, Change.ATTENDED, attempt)
    _came(session, enquiry, place.reference, attempt)
    return place


def _came(session: Session, enquiry: Enquiry, reference: str, attempt: Attempt) -> None:
    # With a visit in the diary they are further on already.
    if Stage(enquiry.stage) is not Stage.VISIT_BOOKED and may_step(Stage(enquiry.stage), Stage.EVENT_ATTENDED):
        change_stage(session, enquiry, Stage.EVENT_ATTENDED, who=attempt.who, why=f"Came: {reference}", now=attempt.now)


def _did_not_come(session: Session, enquiry: Enquiry, reference: str, attempt: Attempt) -> None:
    # It was a slip: back to what is booked, unless something else has come of the enquiry since.
    session.expire(enquiry, ["places"])
    others = any(place.status == BookingStatus.ATTENDED for place in enquiry.places)
    if Stage(enquiry.stage) is Stage.EVENT_ATTENDED and not others:
        why = f"Did not come: {reference}"
        change_stage(session, enquiry, Stage.EVENT_BOOKED, who=attempt.who, why=why, now=attempt.now)
