"""The booking API: book a place or a visit, move it, give it back. The key of a booking is all that opens it."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency
from enquiry.bookings.attempt import Door
from enquiry.bookings.booking import (
    MOST_PEOPLE,
    AlreadyBooked,
    EventFull,
    EventGone,
    NothingBooked,
    SlotGone,
    SlotTaken,
    TooLate,
)
from enquiry.bookings.events.places import book_place, move_place, release_place, wait_for_place
from enquiry.bookings.find import booking_of
from enquiry.bookings.forms import Reach, enquiry_of_form, keep_reach
from enquiry.bookings.may_book import ArrangedByAPerson
from enquiry.bookings.visits.visits import book_visit, move_visit, release_visit, times_to_offer
from enquiry.contacts import tidy_contact
from enquiry.enums import Needs
from enquiry.store.models import Place, Visit
from web.api.availability import free_events, free_visits
from web.api.booking_shapes import Booking, Choice, FreeEvent, FreeVisit, NewBooking, NotFree
from web.api.shapes import problems
from web.booking.dependencies import count_change, form_key, too_many
from web.dependencies import App, Application, address_of, agency_called
from web.forms import id_in, moment_in
from web.problems import Problem
from web.rate_limits import Counted, TooFast
from web.text import one_line

PROBLEMS = {**problems(404, 422, 429), 409: {"model": NotFree, "content": {"application/problem+json": {}}}}
router = APIRouter(prefix="/api/bookings", tags=["bookings"], responses=PROBLEMS)
NEXT_SHOWN = 6
_GONE = (EventFull, EventGone, SlotTaken, SlotGone)
_SAID: dict[type[Exception], str] = {TooLate: "too_late", ArrangedByAPerson: "by_a_person"}


@router.post("", status_code=201)
def book(request: Request, wanted: NewBooking, app: App) -> Booking:
    """Book a place at an event, or a visit at home. What is not free any more is answered with what is."""
    agency = agency_called(wanted.agency, app)
    contact = tidy_contact(wanted.contact)
    if contact is None:
        raise Problem(422, app.wording.say("booking.api_contact"))
    if Needs.INTERPRETER in wanted.needs and not one_line(wanted.language):
        raise Problem(422, app.wording.say("booking.api_language"))
    if not 1 <= wanted.people <= MOST_PEOPLE:
        raise Problem(422, app.wording.say("booking.api_people"))
    at = _one_of_two(app, wanted)
    try:
        app.rate_limits.count(Counted.BOOKING, address_of(request))
    except TooFast as fast:
        raise Problem(429, too_many(app, agency, fast), fast.headers) from None
    form_id = form_key(str(wanted.client_key or uuid4()), agency.slug, str(wanted.event_id or at), contact)
    try:
        return _book(app, agency, wanted, contact, at, form_id)
    except _GONE as gone:
        raise _not_free(app, agency, gone, wanted.people) from None
    except AlreadyBooked:
        raise Problem(409, app.wording.say("booking.api_there_already"), more={"next": []}) from None
    except ArrangedByAPerson:  # nothing is booked, so there is no reference to tell
        raise Problem(409, app.wording.say("booking.arranged_first", agency), more={"next": []}) from None
    except TooLate as refused:
        raise _as_it_stands(app, agency, refused) from None


@router.get("/{key}")
def look(key: str, app: App) -> Booking:
    """Give a booking as it stands."""
    with app.store.read() as session:
        return _shown(app, _opened(session, app, key))


@router.post("/{key}/move")
def move(request: Request, key: str, wanted: Choice, app: App) -> Booking:
    """Move a booking; it keeps its reference. Where it can't be moved, it stays as it was."""
    count_change(request, app, key)
    at = _one_of_two(app, wanted)
    attempt = app.attempt(Door.API)
    agency, people = None, 1
    try:
        with app.store.write() as session:
            booking = _opened(session, app, key)
            agency = app.agencies[booking.enquiry.agency]
            if isinstance(booking, Place):
                people = booking.people
                return _shown(app, move_place(session, booking, id_in(wanted.event_id or ""), attempt))
            if at is None:
                raise SlotGone
            return _shown(app, move_visit(session, agency, booking, at, attempt))
    except _GONE as gone:
        assert agency is not None
        raise _not_free(app, agency, gone, people) from None
    except AlreadyBooked:
        raise Problem(409, app.wording.say("booking.api_there_already"), more={"next": []}) from None
    except (ArrangedByAPerson, NothingBooked, TooLate) as refused:
        raise _as_it_stands(app, agency, refused) from None


@router.delete("/{key}")
def give_back(request: Request, key: str, app: App) -> Booking:
    """Give a booking back, or leave the waiting list. Idempotent."""
    count_change(request, app, key)
    attempt = app.attempt(Door.API)
    agency = None
    try:
        with app.store.write() as session:
            booking = _opened(session, app, key)
            agency = app.agencies[booking.enquiry.agency]
            if booking.status in ("cancelled", "lapsed"):
                return _shown(app, booking)
            if isinstance(booking, Place):
                release_place(session, booking, attempt)
            else:
                release_visit(session, booking, attempt)
            return _shown(app, booking)
    except (NothingBooked, TooLate) as late:
        raise _as_it_stands(app, agency, late) from None


def _book(
    app: Application, agency: Agency, wanted: NewBooking, contact: str, at: datetime | None, form_id: str
) -> Booking:
    attempt = app.attempt(Door.API)
    email = contact if "@" in contact else None
    reach = Reach(
        name=one_line(wanted.name) or None,
        phone=None if email else contact,
        email=email,
        by=None,
        safe_to_message=wanted.safe_to_message,
    )
    with app.store.write() as session:
        enquiry = enquiry_of_form(session, agency.slug, form_id, attempt.now)
        keep_reach(session, enquiry, reach, attempt.now)
        if at is not None:
            return _shown(app, book_visit(session, agency, enquiry, at, attempt))
        take = wait_for_place if wanted.wait else book_place
        needs = [need.value for need in dict.fromkeys(wanted.needs)]
        language = one_line(wanted.language) or None
        return _shown(
            app,
            take(
                session, id_in(wanted.event_id or ""), enquiry, wanted.people, attempt, needs=needs, language=language
            ),
        )


def _one_of_two(app: Application, wanted: Choice) -> datetime | None:
    """The moment of a visit; None when it is an event."""
    if (wanted.event_id is None) == (wanted.starts_at is None):
        raise Problem(422, app.wording.say("booking.api_one_of_two"))
    if wanted.starts_at is None:
        return None
    at = moment_in(wanted.starts_at.isoformat())
    if at is None:
        raise Problem(422, app.wording.say("booking.api_one_of_two"))
    return at


def _opened(session: Session, app: Application, key: str) -> Place | Visit:
    reference = app.links.reference_in(key)
    booking = booking_of(session, reference) if reference else None
    if booking is None or booking.enquiry.agency not in app.agencies:
        raise Problem(404, app.wording.say("booking.api_booking_unknown"))
    return booking


def _shown(app: Application, booking: Place | Visit) -> Booking:
    place = booking if isinstance(booking, Place) else None
    span = place.event if place else booking
    assert not isinstance(span, Place)
    return Booking.model_validate(
        {
            "reference": booking.reference,
            "key": app.links.key_of(booking.reference),
            "status": booking.status,
            "event_id": place.event_id if place else None,
            "starts_at": span.starts_at,
            "ends_at": span.ends_at,
            "people": place.people if place else None,
            "offer_until": place.offer_until if place else None,
        }
    )


def _not_free(app: Application, agency: Agency, gone: Exception, people: int) -> Problem:
    """The refusal, with what is free instead."""
    now = app.clock()
    free: list[FreeEvent] | list[FreeVisit]
    with app.store.read() as session:
        if isinstance(gone, EventFull | EventGone):
            free = free_events(session, agency, now, room_for=people)[:NEXT_SHOWN]
            sentence = "api_event_full" if isinstance(gone, EventFull) else "api_event_gone"
        else:
            offered = set(times_to_offer(session, agency, now, NEXT_SHOWN))
            free = [visit for visit in free_visits(session, agency, now) if visit.starts_at in offered]
            sentence = "api_time_taken"
    return Problem(
        409,
        app.wording.say(f"booking.{sentence}"),
        more={"next": [choice.model_dump(mode="json") for choice in free]},
    )


def _as_it_stands(app: Application, agency: Agency | None, why: Exception) -> Problem:
    sentence = _SAID.get(type(why), "api_not_standing")
    return Problem(409, app.wording.say(f"booking.{sentence}", agency), more={"next": []})
