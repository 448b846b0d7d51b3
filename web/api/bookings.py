"""The booking API: book a place or a visit, move it, give it back. The key of a booking is all that opens it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency
from enquiry.bookings.attempt import Door
from enquiry.bookings.booking import (
    AlreadyBooked,
    EventFull,
    EventGone,
    NothingBooked,
    SlotGone,
    SlotTaken,
    TooLate,
)
from enquiry.bookings.events.places import MOST_PEOPLE, book_place, move_place, release_place, wait_for_place
from enquiry.bookings.find import booking_of
from enquiry.bookings.forms import Reach, enquiry_of_form, keep_reach
from enquiry.bookings.may_book import ArrangedByAPerson
from enquiry.bookings.visits.visits import book_visit, move_visit, release_visit, times_to_offer
from enquiry.contacts import tidy_contact
from enquiry.enums import Needs
from enquiry.store.models import Place, Visit
from web.api.availability import agency_asked, free_events, free_visits
from web.api.booking_shapes import Booking, Choice, FreeEvent, FreeVisit, NewBooking, NotFree
from web.api.chat import Using
from web.api.shapes import ProblemOut
from web.booking.dependencies import address_of, count_change, form_key, too_many
from web.booking.form import id_in, moment_in, one_line
from web.dependencies import Parts
from web.problems import Problem
from web.rate_limits import TooFast

_JSON: dict[str, Any] = {"application/problem+json": {}}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    **{status: {"model": ProblemOut, "content": _JSON} for status in (404, 422, 429)},
    409: {"model": NotFree, "content": _JSON},
}
router = APIRouter(prefix="/api/bookings", tags=["bookings"], responses=PROBLEMS)
NEXT_SHOWN = 6
_GONE = (EventFull, EventGone, SlotTaken, SlotGone)
_SAID: dict[type[Exception], str] = {TooLate: "too_late", ArrangedByAPerson: "by_a_person"}


@router.post("", status_code=201)
def book(request: Request, wanted: NewBooking, parts: Using) -> Booking:
    """Book a place at an event, or a visit at home. What is not free any more is answered with what is."""
    agency = agency_asked(parts, wanted.agency)
    contact = tidy_contact(wanted.contact)
    if contact is None:
        raise Problem(422, parts.wording.say("booking.api_contact"))
    if Needs.INTERPRETER in wanted.needs and not one_line(wanted.language):
        raise Problem(422, parts.wording.say("booking.api_language"))
    if not 1 <= wanted.people <= MOST_PEOPLE:
        raise Problem(422, parts.wording.say("booking.api_people"))
    at = _one_of_two(parts, wanted)
    try:
        parts.limits.count_booking(address_of(request))
    except TooFast as fast:
        raise Problem(429, too_many(parts, agency, fast), {"Retry-After": str(fast.seconds)}) from None
    form_id = form_key(str(wanted.client_key or uuid4()), agency.slug, str(wanted.event_id or at), contact)
    try:
        return _book(parts, agency, wanted, contact, at, form_id)
    except _GONE as gone:
        raise _not_free(parts, agency, gone, wanted.people) from None
    except AlreadyBooked:
        raise Problem(409, parts.wording.say("booking.api_there_already"), more={"next": []}) from None
    except (ArrangedByAPerson, TooLate) as refused:
        raise _as_it_stands(parts, agency, refused) from None


@router.get("/{key}")
def look(key: str, parts: Using) -> Booking:
    """A booking as it stands."""
    with parts.store.read() as session:
        return _shown(parts, _opened(session, parts, key))


@router.post("/{key}/move")
def move(request: Request, key: str, wanted: Choice, parts: Using) -> Booking:
    """Move a booking; it keeps its reference. Where it can't be moved, it stays as it was."""
    count_change(request, parts, key)
    at = _one_of_two(parts, wanted)
    attempt = parts.attempt(Door.API)
    agency, people = None, 1
    try:
        with parts.store.write() as session:
            booking = _opened(session, parts, key)
            agency = parts.agencies[booking.enquiry.agency]
            if isinstance(booking, Place):
                people = booking.people
                return _shown(parts, move_place(session, booking, id_in(wanted.event_id or ""), attempt))
            if at is None:
                raise SlotGone
            return _shown(parts, move_visit(session, agency, booking, at, attempt))
    except _GONE as gone:
        assert agency is not None
        raise _not_free(parts, agency, gone, people) from None
    except AlreadyBooked:
        raise Problem(409, parts.wording.say("booking.api_there_already"), more={"next": []}) from None
    except (ArrangedByAPerson, NothingBooked, TooLate) as refused:
        raise _as_it_stands(parts, agency, refused) from None


@router.delete("/{key}")
def give_back(request: Request, key: str, parts: Using) -> Booking:
    """Give a booking back, or leave the waiting list. Doing it twice does no harm."""
    count_change(request, parts, key)
    attempt = parts.attempt(Door.API)
    agency = None
    try:
        with parts.store.write() as session:
            booking = _opened(session, parts, key)
            agency = parts.agencies[booking.enquiry.agency]
            if booking.status in ("cancelled", "lapsed"):
                return _shown(parts, booking)
            if isinstance(booking, Place):
                release_place(session, booking, attempt)
            else:
                release_visit(session, booking, attempt)
            return _shown(parts, booking)
    except (NothingBooked, TooLate) as late:
        raise _as_it_stands(parts, agency, late) from None


def _book(parts: Parts, agency: Agency, wanted: NewBooking, contact: str, at: datetime | None, form_id: str) -> Booking:
    attempt = parts.attempt(Door.API)
    email = contact if "@" in contact else None
    reach = Reach(
        name=one_line(wanted.name) or None,
        phone=None if email else contact,
        email=email,
        by=None,
        safe_to_message=wanted.safe_to_message,
    )
    with parts.store.write() as session:
        enquiry = enquiry_of_form(session, agency.slug, form_id, attempt.now)
        keep_reach(session, enquiry, reach, attempt.now)
        if at is not None:
            return _shown(parts, book_visit(session, agency, enquiry, at, attempt))
        take = wait_for_place if wanted.wait else book_place
        needs = [one.value for one in dict.fromkeys(wanted.needs)]
        language = one_line(wanted.language) or None
        return _shown(
            parts,
            take(
                session, id_in(wanted.event_id or ""), enquiry, wanted.people, attempt, needs=needs, language=language
            ),
        )


def _one_of_two(parts: Parts, wanted: Choice) -> datetime | None:
    """The moment of a visit; None when it is an event."""
    if (wanted.event_id is None) == (wanted.starts_at is None):
        raise Problem(422, parts.wording.say("booking.api_one_of_two"))
    if wanted.starts_at is None:
        return None
    at = moment_in(wanted.starts_at.isoformat())
    if at is None:
        raise Problem(422, parts.wording.say("booking.api_one_of_two"))
    return at


def _opened(session: Session, parts: Parts, key: str) -> Place | Visit:
    reference = parts.links.reference_in(key)
    booking = booking_of(session, reference) if reference else None
    if booking is None or booking.enquiry.agency not in parts.agencies:
        raise Problem(404, parts.wording.say("booking.api_booking_unknown"))
    return booking


def _shown(parts: Parts, booking: Place | Visit) -> Booking:
    place = booking if isinstance(booking, Place) else None
    span = place.event if place else booking
    assert not isinstance(span, Place)
    return Booking.model_validate(
        {
            "reference": booking.reference,
            "key": parts.links.key_of(booking.reference),
            "status": booking.status,
            "event_id": place.event_id if place else None,
            "starts_at": span.starts_at,
            "ends_at": span.ends_at,
            "people": place.people if place else None,
            "offer_until": place.offer_until if place else None,
        }
    )


def _not_free(parts: Parts, agency: Agency, gone: Exception, people: int) -> Problem:
    """The refusal, with what is free instead."""
    now = parts.clock()
    free: list[FreeEvent] | list[FreeVisit]
    with parts.store.read() as session:
        if isinstance(gone, EventFull | EventGone):
            free = free_events(session, agency, now, room_for=people)[:NEXT_SHOWN]
            sentence = "api_event_full" if isinstance(gone, EventFull) else "api_event_gone"
        else:
            offered = set(times_to_offer(session, agency, now, NEXT_SHOWN))
            free = [visit for visit in free_visits(session, agency, now) if visit.starts_at in offered]
            sentence = "api_time_taken"
    return Problem(
        409, parts.wording.say(f"booking.{sentence}"), more={"next": [one.model_dump(mode="json") for one in free]}
    )


def _as_it_stands(parts: Parts, agency: Agency | None, why: Exception) -> Problem:
    sentence = _SAID.get(type(why), "api_not_standing")
    return Problem(409, parts.wording.say(f"booking.{sentence}", agency), more={"next": []})
