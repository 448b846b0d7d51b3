"""Bookings for somebody who rings about an event: book a place, take up an offer, give a place back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from enquiry.bookings.attempt import Door
from enquiry.bookings.booking import MOST_PEOPLE, EventFull, EventGone, OfferOver
from enquiry.bookings.events.attendance import NoSuchContact
from enquiry.bookings.events.places import accept_offer, release_place
from enquiry.bookings.for_callers import Caller, book_for_caller
from enquiry.enums import BookingStatus, Needs
from enquiry.queries.events import event_sheet, find_event, find_place
from enquiry.staff.permissions import Permission
from web import forms
from web.console.auth import ConsoleRoute, May
from web.console.pages import page
from web.forms import Choices, Field
from web.permissions import Reader
from web.text import LONGEST_LINE, cut_line

router = APIRouter(prefix="/console/events/{event_id}", route_class=ConsoleRoute)
MayKeepBookings = Annotated[Reader, May(Permission.KEEP_BOOKINGS)]
SAID = {BookingStatus.WAITING: "caller_waits", BookingStatus.OFFERED: "caller_offered"}


@dataclass(frozen=True)
class CallerForm:
    """What was typed while somebody rang."""

    name: Field = ""
    contact: Field = ""
    people: Field = "1"
    needs: Choices = ()
    language: Field = ""
    unsafe: Field = ""
    wait: Field = ""


@router.get("/add")
def ask(request: Request, reader: MayKeepBookings, event_id: str) -> Response:
    """Ask for the details of somebody who rings."""
    return _form(request, reader, event_id, CallerForm(), {})


@router.post("/add")
def add(
    request: Request, reader: MayKeepBookings, event_id: str, written: Annotated[CallerForm, Depends()]
) -> Response:
    """Book for somebody who rings, or put them on the waiting list when they would wait. Sent twice, they have one place."""
    try:
        caller = _read(written)
        with request.app.state.store.write() as session:
            event = find_event(session, reader.agency, event_id)
            attempt = request.app.state.application.attempt(Door.CALLER, reader.name)
            place = book_for_caller(session, event, caller, attempt, may_wait=written.wait == "yes")
            said = SAID.get(BookingStatus(place.status), "caller_booked")
    except forms.Mistakes as mistakes:
        return _form(request, reader, event_id, written, mistakes.problems, status=422)
    except NoSuchContact:
        return _form(request, reader, event_id, written, {"contact": "contact_wrong"}, status=422)
    except EventFull:
        return _form(request, reader, event_id, written, {"people": "caller_full"}, status=409)
    except EventGone:
        return _form(request, reader, event_id, written, {"name": "event_gone"}, status=409)
    return RedirectResponse(f"/console/events/{event_id}?said={said}", status_code=303)


@router.post("/places/{place}/give-back")
def give_back(request: Request, reader: MayKeepBookings, event_id: str, place: str, back: Field = "") -> Response:
    """Give a place back, take them off the waiting list, or say no to an offer, for somebody who rang. Idempotent."""
    with request.app.state.store.write() as session:
        found = find_place(session, reader.agency, event_id, place)
        release_place(session, found, request.app.state.application.attempt(Door.CALLER, reader.name))
        said = "given_back" if found.status == BookingStatus.CANCELLED else "not_given_back"
    return RedirectResponse(f"{_page(event_id, back)}?said={said}", status_code=303)


@router.post("/places/{place}/accept")
def accept(request: Request, reader: MayKeepBookings, event_id: str, place: str, back: Field = "") -> Response:
    """Take up an offer for somebody who rang to say yes. Idempotent."""
    said = "offer_taken"
    try:
        with request.app.state.store.write() as session:
            found = find_place(session, reader.agency, event_id, place)
            accept_offer(session, found, request.app.state.application.attempt(Door.CALLER, reader.name))
    except OfferOver:
        said = "offer_over"
    except EventGone:
        said = "event_gone"
    return RedirectResponse(f"{_page(event_id, back)}?said={said}", status_code=303)


def _page(event_id: str, back: str) -> str:
    return f"/console/events/{event_id}" + ("/attendance" if back == "door" else "")


def _form(
    request: Request,
    reader: Reader,
    event_id: str,
    written: CallerForm,
    problems: dict[str, str],
    *,
    status: int = 200,
) -> Response:
    with request.app.state.store.read() as session:
        sheet = event_sheet(session, reader.agency, event_id)
    values = {
        "event": sheet.line,
        "written": written,
        "problems": problems,
        "all_needs": list(Needs),
        "most_people": MOST_PEOPLE,
    }
    return page(request, "console/caller.html", status=status, **values)


def _read(written: CallerForm) -> Caller:
    reading = forms.Reading()
    name = reading.read("name", written.name, forms.short_text("name_empty", "name_long"), "")
    contact = reading.read(
        "contact", written.contact, forms.short_text("contact_empty", "contact_wrong", LONGEST_LINE), ""
    )
    people = reading.read("people", written.people, forms.whole_number(range(1, MOST_PEOPLE + 1), "people_wrong"), 1)
    needs = [need.value for need in Needs if need.value in written.needs]
    language = cut_line(written.language)
    if len(language) > forms.LONGEST_LANGUAGE:
        reading.refuse("language", "language_long")
    if language and Needs.INTERPRETER.value not in needs:
        needs.append(Needs.INTERPRETER.value)
    reading.check()
    return Caller(name, contact, people, needs, language or None, safe=written.unsafe != "yes")
