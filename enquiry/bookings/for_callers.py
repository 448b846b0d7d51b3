"""Bookings that staff write down for people who ring or come to the door: a form that is sent twice is kept once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from enquiry.bookings.attempt import Attempt
from enquiry.bookings.booking import EventGone, check_people
from enquiry.bookings.events.attendance import NoSuchContact, welcome_walk_in
from enquiry.bookings.events.places import book_place, lock_events, wait_for_place
from enquiry.contacts import tidy_contact
from enquiry.enums import GIVEN_BACK, BookingStatus
from enquiry.journey.record import begin_enquiry
from enquiry.store.models import Enquiry, Event, Place

# Two households of one name may well come; two within this time, with the same contact, are one form sent twice.
SENT_TWICE = timedelta(minutes=2)
_STANDS = Place.status.not_in(GIVEN_BACK)


@dataclass(frozen=True)
class Caller:
    """Who rang, as they said it. `contact` is a phone number or an e-mail address as typed."""

    name: str
    contact: str
    people: int
    needs: Sequence[str] = ()
    language: str | None = None
    # False: somebody else may read what is sent there.
    safe: bool = True


def book_for_caller(
    session: Session, event: Event, caller: Caller, attempt: Attempt, *, may_wait: bool = False
) -> Place:
    """Book a place for somebody who rang, as an enquiry of its own; who has one with this contact keeps it.

    Args:
        may_wait: on the waiting list, where fewer places are left than they need.
    Raises:
        EventFull: fewer places are left, and they would not wait.
        EventGone: it is cancelled or has begun.
        NoSuchContact: there is no way to reach them.
        ValueError: people is not 1 to 4.
    """
    check_people(caller.people)
    contact = tidy_contact(caller.contact)
    if contact is None:
        raise NoSuchContact
    lock_events(session, {event.id})
    session.refresh(event)
    standing = _standing_with(session, event, contact)
    if standing is not None and (standing.status != BookingStatus.WAITING or may_wait):
        return standing
    if standing is not None:
        return book_place(session, event.id, standing.enquiry, caller.people, attempt)
    if event.cancelled_at or event.starts_at <= attempt.now:
        raise EventGone(event.id)
    enquiry = begin_enquiry(session, event.agency, attempt.now, who=attempt.who, why="Rang to book a place")
    enquiry.contact_name = caller.name
    enquiry.contact_email, enquiry.contact_phone = (contact, None) if "@" in contact else (None, contact)
    enquiry.safe_to_message = None if caller.safe else False
    session.flush()
    needs, language = list(caller.needs), caller.language
    if may_wait and event.taken + caller.people > event.places:
        return wait_for_place(session, event.id, enquiry, caller.people, attempt, needs=needs, language=language)
    return book_place(session, event.id, enquiry, caller.people, attempt, needs=needs, language=language)


def welcome_once(session: Session, event: Event, attempt: Attempt, *, name: str, contact: str, people: int) -> Place:
    """Write down who came to the door without a booking, unless that has just been done.

    Raises:
        EventFull, EventOver, NoSuchContact, ValueError: as `welcome_walk_in`.
    """
    lock_events(session, {event.id})
    session.refresh(event)
    tidy = tidy_contact(contact) if contact else None
    just_now = (
        Place.event_id == event.id,
        Place.status == BookingStatus.ATTENDED.value,
        Place.booked_at > attempt.now - SENT_TWICE,
    )
    phone, email = (None, tidy) if tidy and "@" in tidy else (tidy, None)
    reach = (Enquiry.contact_phone.is_not_distinct_from(phone), Enquiry.contact_email.is_not_distinct_from(email))
    same = (Enquiry.contact_name == name, Place.people == people, *reach)
    twice = session.scalar(select(Place).join(Enquiry).where(*just_now, *same).limit(1))
    if twice is not None:
        return twice
    return welcome_walk_in(session, event, attempt, name=name, contact=contact, people=people)


def _standing_with(session: Session, event: Event, contact: str) -> Place | None:
    theirs = or_(Enquiry.contact_phone == contact, Enquiry.contact_email == contact)
    return session.scalar(select(Place).join(Enquiry).where(Place.event_id == event.id, _STANDS, theirs).limit(1))
