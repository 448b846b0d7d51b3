"""Another date, another time, other numbers: a booking keeps its reference, and one that was given back can be booked anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

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
from enquiry.bookings.events.places import book_place, coming_events, move_place, wait_for_place
from enquiry.bookings.may_book import ArrangedByAPerson, check_changeable
from enquiry.bookings.visits.visits import book_visit, free_times, move_visit
from enquiry.enums import BookingStatus
from enquiry.store.models import Place, Visit
from web.booking.booking_view import AGAIN, BookingView, State, state_of
from web.booking.dependencies import count_change, render, saying, to_booking
from web.booking.form import PartyForm, read_party, sentences
from web.booking.manage import changed, opened
from web.booking.time_choices import Date, Day, by_day
from web.booking.visits import SHOWN_AHEAD
from web.dependencies import App, Application
from web.forms import Field, FormRoute, Reading, id_in, moment_in

router = APIRouter(prefix="/booking/{key}", include_in_schema=False, route_class=FormRoute)
DATES_SHOWN = 8
# What came of a try, and what is said of it.
_SAID: dict[type[Exception], str] = {
    EventFull: "move_full",
    EventGone: "move_gone",
    SlotTaken: "move_taken",
    SlotGone: "move_taken",
}


@dataclass(frozen=True)
class MoveForm:
    """Where a booking is moved to: an event by its id, or a visit by its moment."""

    event: Field = ""
    at: Field = ""


@router.get("/move")
def show_choices(request: Request, key: str, app: App) -> Response:
    """Show the other dates with room, or the free times."""
    return _choices(request, app, key)


@router.post("/move")
def move(request: Request, key: str, app: App, written: Annotated[MoveForm, Depends()]) -> Response:
    """Move the booking; or book anew what was given back."""
    count_change(request, app, key)
    if not written.event and not written.at:
        return _choices(request, app, key, status=422, trouble="error_date_or_time")
    try:
        with changed(app, key) as (session, agency, booking):
            again = state_of(session, booking, app.clock()) in AGAIN
            if again:
                reference = _book_again(session, app, agency, booking, written)
            else:
                reference = _move(session, app, agency, booking, written)
    except tuple(_SAID) as gone:
        return _choices(request, app, key, status=409, trouble=_SAID[type(gone)])
    except AlreadyBooked as already:
        trouble = "move_there_already" if isinstance(already.booking, Place) else "visit_there_already"
        return _choices(request, app, key, status=409, trouble=trouble)
    except ArrangedByAPerson:
        return RedirectResponse(f"/booking/{key}?done=by_a_person", 303)
    except (NothingBooked, TooLate):
        with opened(app, key) as (_, _, booking, _):
            return to_booking(app, booking.reference, "not_now")
    return to_booking(app, reference, "booked" if again else "moved")


@router.get("/details")
def show_details(request: Request, key: str, app: App) -> Response:
    """Ask how many come and what they need."""
    with opened(app, key) as (_, agency, booking, view):
        if not _has_details(view):
            return to_booking(app, booking.reference, "by_a_person" if view.by_a_person else "not_now")
        filled = PartyForm(str(view.people), view.needs, view.language)
        return render(request, "change.html", agency, booking=view, written=filled)


@router.post("/details")
def change_details(request: Request, key: str, app: App, written: Annotated[PartyForm, Depends()]) -> Response:
    """Change how many come and what they need. Whoever waits changes the number alone."""
    count_change(request, app, key)
    attempt = app.attempt(Door.PAGE)
    with opened(app, key) as (_, agency, booking, view):
        if not _has_details(view):
            return to_booking(app, booking.reference, "by_a_person" if view.by_a_person else "not_now")
        reading = Reading()
        party = read_party(reading, written, had=view.language)
        if errors := sentences(reading, saying(app, agency)):
            return render(request, "change.html", agency, status=422, booking=view, written=written, errors=errors)
    try:
        with changed(app, key) as (session, _, booking):
            assert isinstance(booking, Place)
            if booking.status == BookingStatus.WAITING:
                wait_for_place(session, booking.event_id, booking.enquiry, party.people, attempt)
            else:
                check_changeable(booking, attempt)
                book_place(
                    session,
                    booking.event_id,
                    booking.enquiry,
                    party.people,
                    attempt,
                    needs=party.needs,
                    language=party.language,
                )
            return to_booking(app, booking.reference, "changed")
    except EventFull:
        errors = {"people": app.wording.say("booking.details_full", agency, people=party.people)}
        return render(request, "change.html", agency, status=409, booking=view, written=written, errors=errors)
    except ArrangedByAPerson:
        return to_booking(app, view.reference, "by_a_person")
    except (NothingBooked, TooLate, EventGone):
        return to_booking(app, view.reference, "not_now")


def _has_details(view: BookingView) -> bool:
    states = (State.BOOKED_PLACE, State.WAITING)
    return bool(view.changeable_until) and not view.by_a_person and view.state in states


def _move(session: Session, app: Application, agency: Agency, booking: Place | Visit, written: MoveForm) -> str:
    if isinstance(booking, Place):
        return move_place(session, booking, id_in(written.event), app.attempt(Door.PAGE)).reference
    at = moment_in(written.at)
    if at is None:
        raise SlotGone
    return move_visit(session, agency, booking, at, app.attempt(Door.PAGE)).reference


def _book_again(session: Session, app: Application, agency: Agency, booking: Place | Visit, written: MoveForm) -> str:
    """Book for the household that had this booking: nothing is typed again, and nothing is shown of it."""
    attempt = app.attempt(Door.PAGE)
    if isinstance(booking, Place):
        needs = [str(need) for need in booking.needs]
        event_id = id_in(written.event)
        return book_place(
            session, event_id, booking.enquiry, booking.people, attempt, needs=needs, language=booking.language
        ).reference
    at = moment_in(written.at)
    if at is None:
        raise SlotGone
    return book_visit(session, agency, booking.enquiry, at, attempt).reference


def _choices(request: Request, app: Application, key: str, *, status: int = 200, trouble: str = "") -> Response:
    now = app.clock()
    with opened(app, key) as (session, agency, booking, view):
        again = view.may_book_again
        movable = view.state in (State.BOOKED_PLACE, State.BOOKED_VISIT) and bool(view.changeable_until)
        if view.by_a_person:
            return to_booking(app, booking.reference, "by_a_person")
        if not again and not movable:
            return to_booking(app, booking.reference, "not_now")
        dates: tuple[Date, ...] = ()
        days: tuple[Day, ...] = ()
        if isinstance(booking, Place):
            coming = map(Date.of, coming_events(session, agency.slug, now, limit=DATES_SHOWN))
            dates = tuple(
                date for date in coming if date.left >= booking.people and (again or date.id != booking.event_id)
            )
        else:
            times = free_times(session, agency, now, without=None if again else booking)
            days = by_day(
                [moment for moment in times if moment < now + SHOWN_AHEAD and (again or moment != booking.starts_at)]
            )
        field = "at" if view.is_visit else "event"
        if trouble == "error_date_or_time":
            trouble = "error_time" if view.is_visit else "error_date"
        errors = {field: app.wording.say(f"booking.{trouble}", agency)} if trouble else {}
        return render(
            request,
            "move.html",
            agency,
            status=status,
            booking=view,
            dates=dates,
            days=days,
            again=again,
            errors=errors,
            written=MoveForm(),
        )
