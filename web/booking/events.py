"""The dates of an agency, and a place at one of its information events."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from enquiry.agencies.agency import Agency
from enquiry.bookings.attempt import Door
from enquiry.bookings.booking import EventFull, EventGone, TooLate
from enquiry.bookings.events.places import book_place, coming_events, wait_for_place
from enquiry.bookings.forms import Reach, enquiry_of_form, keep_reach
from enquiry.bookings.may_book import ArrangedByAPerson
from enquiry.bookings.visits.visits import free_times
from enquiry.store.models import Event, Place
from web.booking.dependencies import form_key, render, saying, to_booking, too_many
from web.booking.form import Party, PlaceForm, read_party, read_reach, sentences
from web.booking.time_choices import Date
from web.dependencies import App, Application, KnownAgency, address_of
from web.forms import FormRoute, Reading, id_in
from web.rate_limits import Counted, TooFast

router = APIRouter(prefix="/book/{slug}", include_in_schema=False, route_class=FormRoute)
DATES_SHOWN = 6
WAIT = "wait"


@router.get("")
def show_dates(request: Request, agency: KnownAgency, app: App) -> Response:
    """Show the coming events, and the way to a visit at home."""
    return _dates(request, app, agency)


@router.get("/events/{event_id}")
def show_event(request: Request, agency: KnownAgency, event_id: str, app: App) -> Response:
    """Ask for the details for one event: for a place, or for the waiting list where it is full."""
    with app.store.read() as session:
        event = _coming(session, agency, event_id, app.clock())
    if event is None:
        return _dates(request, app, agency, status=404, notice="event_unknown")
    return _form(request, agency, event, PlaceForm())


@router.post("/events/{event_id}")
def book_event(
    request: Request, agency: KnownAgency, event_id: str, app: App, written: Annotated[PlaceForm, Depends()]
) -> Response:
    """Book a place, or join the waiting list. Sent twice, it is one booking."""
    reading = Reading()
    waits = written.act == WAIT
    # Where other dates are offered, one of them is chosen in the form itself.
    choosing = bool(written.choosing) and not waits
    chosen = written.event if choosing else event_id
    if not chosen:
        reading.refuse("event", "error_date")
    reach, party = read_reach(reading, written), read_party(reading, written)
    if errors := sentences(reading, saying(app, agency)):
        return _again(request, app, agency, event_id, written, errors)
    try:
        app.rate_limits.count(Counted.BOOKING, address_of(request))
    except TooFast as fast:
        errors = {"": too_many(app, agency, fast)}
        return _again(request, app, agency, event_id, written, errors, status=429)
    try:
        form_id = form_key(written.form, agency.slug, chosen, str(reach.phone), str(reach.email))
        place = _book(app, agency, chosen, form_id, reach, party, waits=waits)
    except EventFull:
        return _again(request, app, agency, chosen, written, {}, status=409, people=party.people)
    except EventGone:
        return _again(request, app, agency, chosen, written, {}, status=409)
    except ArrangedByAPerson:
        errors = {"": app.wording.say("booking.arranged_first", agency)}
        return _again(request, app, agency, chosen, written, errors, status=409)
    except TooLate:  # the form was sent before, and it is too close to the event to change what came of it
        errors = {"": app.wording.say("booking.too_late", agency)}
        return _again(request, app, agency, chosen, written, errors, status=409)
    return to_booking(app, place.reference, "booked" if place.status == "booked" else "")


def _book(
    app: Application, agency: Agency, event_id: str, form_id: str, reach: Reach, party: Party, *, waits: bool
) -> Place:
    """Book and keep the enquiry in one transaction: neither stands without the other."""
    attempt = app.attempt(Door.PAGE)
    with app.store.write() as session:
        enquiry = enquiry_of_form(session, agency.slug, form_id, attempt.now)
        keep_reach(session, enquiry, reach, attempt.now)
        book = wait_for_place if waits else book_place
        return book(
            session, id_in(event_id), enquiry, party.people, attempt, needs=party.needs, language=party.language
        )


def _again(
    request: Request,
    app: Application,
    agency: Agency,
    event_id: str,
    written: PlaceForm,
    errors: dict[str, str],
    *,
    status: int = 422,
    people: int | None = None,
) -> Response:
    """Show the form again with what was typed; with the other dates where this one can't be had, or where they stood before.

    Args:
        people: for how many it was too full.
    """
    with app.store.read() as session:
        event = _coming(session, agency, event_id, app.clock())
        offer = event is None or people is not None or bool(written.choosing)
        others = _others(session, agency, event_id, people or 1, app.clock()) if offer else ()
    if others and event is not None and event.left > 0:
        # Fewer of them may still come to this one.
        others = (event, *others)
    if not others:
        # The other dates have filled up as well: there is nothing to choose.
        errors.pop("event", None)
    notice = ""
    if event is None:
        notice = "event_gone" if others else "event_gone_no_dates"
    elif people is not None or (offer and not others and event.left == 0):
        notice = "just_full" if event.left == 0 else "just_few"
    return _form(
        request, agency, event, written, errors=errors, status=status, others=others, notice=notice, asked_for=people
    )


def _form(
    request: Request, agency: Agency, event: Date | None, written: PlaceForm, *, status: int = 200, **values: object
) -> Response:
    action = request.url.path if event is None else f"/book/{agency.slug}/events/{event.id}"
    form = written.form or uuid4().hex
    return render(
        request, "event.html", agency, status=status, event=event, written=written, action=action, form=form, **values
    )


def _dates(request: Request, app: Application, agency: Agency, *, status: int = 200, notice: str = "") -> Response:
    now = app.clock()
    with app.store.read() as session:
        dates = [Date.of(event) for event in coming_events(session, agency.slug, now, limit=DATES_SHOWN)]
        visits = bool(free_times(session, agency, now))
    return render(request, "dates.html", agency, status=status, dates=dates, visits=visits, notice=notice)


def _coming(session: Session, agency: Agency, event_id: str, now: datetime) -> Date | None:
    event = session.get(Event, id_in(event_id))
    if event is None or event.agency != agency.slug or event.cancelled_at or event.starts_at <= now:
        return None
    return Date.of(event)


def _others(session: Session, agency: Agency, event_id: str, people: int, now: datetime) -> tuple[Date, ...]:
    """The coming events with room for so many, but for this one."""
    coming = map(Date.of, coming_events(session, agency.slug, now, limit=DATES_SHOWN))
    return tuple(date for date in coming if date.id != event_id and date.left >= people)
