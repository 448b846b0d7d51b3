"""A booking to look at and to manage: how it stands, and to give it back, answer an offer, or have no more messages.

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
from web.booking.booking_view import BookingView, State, view_of
from web.booking.dependencies import UnknownBooking, count_change, open_booking, render
from web.dependencies import App, Application
from web.forms import Field, FormRoute

router = APIRouter(prefix="/booking/{key}", include_in_schema=False, route_class=FormRoute)
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
def show_booking(request: Request, key: str, app: App, done: str = "") -> Response:
    """Show how it stands with the booking."""
    with opened(app, key) as (_, agency, _, view):
        notice = f"done_{done}" if done in DONE else NOT_DONE.get(done, "")
        return render(request, "booking.html", agency, booking=view, notice=notice)


@router.get("/calendar.ics")
def add_to_calendar(key: str, app: App) -> Response:
    """Give the booking as a calendar file; one that takes it out again when it does not stand any more."""
    with opened(app, key) as (_, agency, booking, view):
        appointment = appointment_of(booking, None, app.attempt(Door.PAGE))
        if booking.status in (BookingStatus.WAITING, BookingStatus.OFFERED, BookingStatus.LAPSED):
            return RedirectResponse(f"/booking/{key}", 303)
        called_off = booking.status == BookingStatus.CANCELLED or view.state is State.EVENT_OFF
        text, method = (cancellation(appointment), "CANCEL") if called_off else (invitation(appointment), "PUBLISH")
        name = app.wording.say("booking.calendar_file", agency)
        attached = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(text, media_type=f"text/calendar; charset=utf-8; method={method}", headers=attached)


@router.post("/offer")
def answer_offer(request: Request, key: str, app: App, answer: Field = "") -> Response:
    """Take up the place that is offered, or let it go to the next household."""
    count_change(request, app, key)
    attempt = app.attempt(Door.PAGE)
    with changed(app, key) as (session, _, booking):
        if not isinstance(booking, Place) or answer not in ("yes", "no"):
            return _back(key)
        try:
            if answer == "no":
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
def ask_before_giving_back(request: Request, key: str, app: App) -> Response:
    """Ask before a booking is given back."""
    with opened(app, key) as (_, agency, _, view):
        if not view.changeable_until:
            return _back(key, "not_now")
        return render(request, "sure.html", agency, booking=view, question=QUESTIONS[view.state], act="give-back")


@router.post("/give-back")
def give_back(request: Request, key: str, app: App) -> Response:
    """Give the booking back, or leave the waiting list."""
    count_change(request, app, key)
    attempt = app.attempt(Door.PAGE)
    with changed(app, key) as (session, _, booking):
        try:
            if isinstance(booking, Place):
                release_place(session, booking, attempt)
            else:
                release_visit(session, booking, attempt)
        except (NothingBooked, TooLate):
            return _back(key, "not_now" if booking.status == BookingStatus.BOOKED else "")
        return _back(key)


@router.get("/quiet")
def ask_before_keeping_quiet(request: Request, key: str, app: App) -> Response:
    """Ask before no more messages are sent."""
    with opened(app, key) as (_, agency, _, view):
        return render(request, "sure.html", agency, booking=view, question="quiet", act="quiet")


@router.post("/quiet")
def keep_quiet(request: Request, key: str, app: App) -> Response:
    """Send nothing more. Someone else may be reading along, so nobody leaves a message either before asking."""
    count_change(request, app, key)
    now = app.clock()
    with changed(app, key) as (session, _, booking):
        enquiry = booking.enquiry
        enquiry.safe_to_message = False
        for recipient in (enquiry.contact_email, enquiry.contact_phone):
            if recipient:
                stop_messages(session, recipient, now)
        return _back(key, "quiet")


@contextmanager
def opened(app: Application, key: str) -> Iterator[tuple[Session, Agency, Place | Visit, BookingView]]:
    """Open a booking to look at.

    Raises:
        UnknownBooking: the key opens none.
    """
    with app.store.read() as session:
        booking = open_booking(session, app, key)
        agency = _agency_of(app, booking)
        yield session, agency, booking, view_of(session, agency, booking, app.attempt(Door.PAGE))


@contextmanager
def changed(app: Application, key: str) -> Iterator[tuple[Session, Agency, Place | Visit]]:
    """Open a booking to change, in one transaction.

    Raises:
        UnknownBooking: the key opens none.
    """
    with app.store.write() as session:
        booking = open_booking(session, app, key)
        yield session, _agency_of(app, booking), booking


def _agency_of(app: Application, booking: Place | Visit) -> Agency:
    agency = app.agencies.get(booking.enquiry.agency)
    if agency is None:
        # The service is not here any more; its bookings open nothing.
        raise UnknownBooking(booking.reference)
    return agency


def _back(key: str, done: str = "") -> Response:
    return RedirectResponse(f"/booking/{key}" + (f"?done={done}" if done else ""), 303)
