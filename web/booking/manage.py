"""One's own booking: how it stands, and to give it back, answer an offer, or have no more messages.

Opening a page never changes anything: mail scanners open links, too. The key in the address is all a form needs: who has it
may do what the form does, and another website does not have it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from enquiry.agencies.agency import Agency
from enquiry.bookings.attempt import Door
from enquiry.bookings.booking import EventGone, NothingBooked, OfferOver, TooLate
from enquiry.bookings.calendars.icalendar_text import cancellation, invitation
from enquiry.bookings.events.places import accept_offer, release_place
from enquiry.bookings.letters import appointment_of
from enquiry.bookings.may_book import ArrangedByAPerson
from enquiry.bookings.visits.visits import release_visit
from enquiry.enums import BookingStatus
from enquiry.outbox.opt_outs import stop_messages
from enquiry.store.models import Place, Visit
from web.api.chat import Using
from web.booking.booking_view import Own, State, own
from web.booking.dependencies import OWN_FORM, UnknownBooking, count_change, open_booking, render
from web.booking.form import TypedIn
from web.dependencies import Parts

router = APIRouter(prefix="/booking/{key}", include_in_schema=False)
# What the page may be told to say first.
DONE = ("booked", "moved", "changed", "quiet", "given_back")
# Or why it could not be done.
NOT_DONE = {"not_now": "not_now", "offer_over": "offer_was_over", "by_a_person": "by_a_person"}
# A question before something is given up, by what it is given up of.
QUESTIONS = {
    State.BOOKED_PLACE: "give_back",
    State.OFFERED: "give_back",
    State.WAITING: "leave_list",
    State.BOOKED_VISIT: "cancel_visit",
}


@router.get("")
def show_booking(request: Request, key: str, parts: Using, done: str = "") -> Response:
    """How it stands with the booking."""
    with opened(parts, key) as (_, agency, _, shown):
        notice = f"done_{done}" if done in DONE else NOT_DONE.get(done, "")
        return render(request, "booking.html", agency, own=shown, notice=notice)


@router.get("/calendar.ics")
def add_to_calendar(key: str, parts: Using) -> Response:
    """The booking as a calendar file; one that takes it out again when it does not stand any more."""
    with opened(parts, key) as (_, agency, booking, shown):
        appointment = appointment_of(booking, None, parts.attempt(Door.PAGE))
        if booking.status in (BookingStatus.WAITING, BookingStatus.OFFERED, BookingStatus.LAPSED):
            return RedirectResponse(f"/booking/{key}", 303)
        called_off = booking.status == BookingStatus.CANCELLED or shown.state is State.EVENT_OFF
        text, method = (cancellation(appointment), "CANCEL") if called_off else (invitation(appointment), "PUBLISH")
        name = parts.wording.say("booking.calendar_file", agency)
        attached = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(text, media_type=f"text/calendar; charset=utf-8; method={method}", headers=attached)


@router.post("/offer", dependencies=OWN_FORM)
def answer_offer(request: Request, key: str, parts: Using, typed: TypedIn) -> Response:
    """Take up the place that is offered, or let it go to the next household."""
    count_change(request, parts, key)
    attempt = parts.attempt(Door.PAGE)
    wanted = typed.one("answer")
    with changed(parts, key) as (session, _, booking):
        if not isinstance(booking, Place) or wanted not in ("yes", "no"):
            return _back(key)
        try:
            if wanted == "no":
                if booking.status == BookingStatus.OFFERED:
                    release_place(session, booking, attempt)
                return _back(key)
            accept_offer(session, booking, attempt)
        except ArrangedByAPerson:
            return _back(key, "by_a_person")
        except (OfferOver, EventGone, TooLate):
            return _back(key, "offer_over")
        return _back(key, "booked")


@router.get("/give-back")
def ask_before_giving_back(request: Request, key: str, parts: Using) -> Response:
    """Ask first."""
    with opened(parts, key) as (_, agency, _, shown):
        if not shown.changeable_until:
            return _back(key, "not_now")
        return render(request, "sure.html", agency, own=shown, question=QUESTIONS[shown.state], act="give-back")


@router.post("/give-back", dependencies=OWN_FORM)
def give_back(request: Request, key: str, parts: Using) -> Response:
    """Give the booking back, or leave the waiting list."""
    count_change(request, parts, key)
    attempt = parts.attempt(Door.PAGE)
    with changed(parts, key) as (session, _, booking):
        try:
            if isinstance(booking, Place):
                release_place(session, booking, attempt)
            else:
                release_visit(session, booking, attempt)
        except (NothingBooked, TooLate):
            return _back(key, "not_now" if booking.status == BookingStatus.BOOKED else "")
        return _back(key)


@router.get("/quiet")
def ask_before_keeping_quiet(request: Request, key: str, parts: Using) -> Response:
    """Ask first."""
    with opened(parts, key) as (_, agency, _, shown):
        return render(request, "sure.html", agency, own=shown, question="quiet", act="quiet")


@router.post("/quiet", dependencies=OWN_FORM)
def keep_quiet(request: Request, key: str, parts: Using) -> Response:
    """Send nothing more. Someone else may be reading along, so nobody leaves a message either before asking."""
    count_change(request, parts, key)
    now = parts.clock()
    with changed(parts, key) as (session, _, booking):
        enquiry = booking.enquiry
        enquiry.safe_to_message = False
        for recipient in (enquiry.contact_email, enquiry.contact_phone):
            if recipient:
                stop_messages(session, recipient, now)
        return _back(key, "quiet")


@contextmanager
def opened(parts: Parts, key: str) -> Iterator[tuple[Session, Agency, Place | Visit, Own]]:
    """A booking to look at.

    Raises:
        UnknownBooking: the key opens none.
    """
    with parts.store.read() as session:
        booking = open_booking(session, parts, key)
        agency = _agency_of(parts, booking)
        yield session, agency, booking, own(session, agency, booking, parts.attempt(Door.PAGE))


@contextmanager
def changed(parts: Parts, key: str) -> Iterator[tuple[Session, Agency, Place | Visit]]:
    """A booking to change, in one transaction.

    Raises:
        UnknownBooking: the key opens none.
    """
    with parts.store.write() as session:
        booking = open_booking(session, parts, key)
        yield session, _agency_of(parts, booking), booking


def _agency_of(parts: Parts, booking: Place | Visit) -> Agency:
    agency = parts.agencies.get(booking.enquiry.agency)
    if agency is None:
        # The service is not here any more; its bookings open nothing.
        raise UnknownBooking(booking.reference)
    return agency


def _back(key: str, done: str = "") -> Response:
    return RedirectResponse(f"/booking/{key}" + (f"?done={done}" if done else ""), 303)
