"""The list at the door: who came, who did not, and who comes without a booking. Works on a phone, and without scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from enquiry.bookings.attempt import Door
from enquiry.bookings.booking import MOST_PEOPLE, EventFull, NothingBooked
from enquiry.bookings.events.attendance import NoSuchContact, mark_attendance
from enquiry.bookings.events.events import EventOver
from enquiry.bookings.for_callers import welcome_once
from enquiry.enums import BookingStatus
from enquiry.queries.events import event_sheet, find_event, find_place
from enquiry.staff.permissions import Permission
from web import forms
from web.console.auth import ConsoleRoute, May
from web.console.pages import page
from web.forms import Field
from web.permissions import Reader
from web.text import cut_line

router = APIRouter(prefix="/console/events/{event_id}", route_class=ConsoleRoute)
MayReadBookings = Annotated[Reader, May(Permission.READ_BOOKINGS)]
MayKeepBookings = Annotated[Reader, May(Permission.KEEP_BOOKINGS)]
MARKS = {"came": BookingStatus.ATTENDED, "missed": BookingStatus.MISSED, "undo": BookingStatus.BOOKED}


@dataclass(frozen=True)
class WalkInForm:
    """What was typed at the door."""

    name: Field = ""
    contact: Field = ""
    people: Field = "1"


@router.get("/attendance")
def show_door(request: Request, reader: MayReadBookings, event_id: str, search: str = "", said: str = "") -> Response:
    """Show everybody with a place, big enough for a thumb; with htmx only the list, as one types a name."""
    return _door(request, reader, event_id, search=search, said=said)


@router.post("/attendance/{place}")
def mark(
    request: Request,
    reader: MayKeepBookings,
    event_id: str,
    place: str,
    status: Field = "",
    search: Field = "",
) -> Response:
    """Write down who came. Idempotent: a tap may come twice."""
    with request.app.state.store.read() as session:
        find_place(session, reader.agency, event_id, place)
    said = ""
    if status in MARKS:
        try:
            with request.app.state.store.write() as session:
                found = find_place(session, reader.agency, event_id, place)
                mark_attendance(
                    session, found, MARKS[status], request.app.state.application.attempt(Door.CALLER, reader.name)
                )
        except NothingBooked:
            said = "not_booked_any_more"
    if request.headers.get("hx-request"):
        return _door(request, reader, event_id, search=search, said=said, part=True)
    more = f"&search={quote(cut_line(search))}" if search else ""
    return RedirectResponse(f"/console/events/{event_id}/attendance?said={said}{more}#{place}", status_code=303)


@router.post("/walk-in")
def walk_in(
    request: Request, reader: MayKeepBookings, event_id: str, written: Annotated[WalkInForm, Depends()]
) -> Response:
    """Welcome somebody without a booking. Where the event is full, the page says how to raise the places."""
    reading = forms.Reading()
    name = reading.read("walk-name", written.name, forms.short_text("name_empty", "name_long"), "")
    people = reading.read(
        "walk-people", written.people, forms.whole_number(range(1, MOST_PEOPLE + 1), "people_wrong"), 1
    )
    problems, status = reading.problems, 422
    if not problems:
        try:
            with request.app.state.store.write() as session:
                event = find_event(session, reader.agency, event_id)
                contact = cut_line(written.contact)
                welcome_once(
                    session,
                    event,
                    request.app.state.application.attempt(Door.CALLER, reader.name),
                    name=name,
                    contact=contact,
                    people=people,
                )
        except EventFull:
            problems, status = {"walk-people": "door_full"}, 409
        except EventOver:
            problems, status = {"walk-name": "door_closed"}, 409
        except NoSuchContact:
            problems = {"walk-contact": "contact_wrong"}
    if problems:
        return _door(request, reader, event_id, walk_in=written, problems=problems, status=status)
    return RedirectResponse(f"/console/events/{event_id}/attendance?said=walked_in#walk-in", status_code=303)


def _door(
    request: Request,
    reader: Reader,
    event_id: str,
    *,
    search: str = "",
    said: str = "",
    part: bool = False,
    walk_in: WalkInForm | None = None,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    wanted = cut_line(search)
    with request.app.state.store.read() as session:
        sheet = event_sheet(session, reader.agency, event_id)
    part = part or request.headers.get("hx-request") == "true"
    values = {
        "sheet": sheet,
        "event": sheet.line,
        "search": wanted,
        "rows": sheet.matching(wanted),
        "said": said,
        "problems": problems or {},
        "walk_in": walk_in or WalkInForm(),
        "most_people": MOST_PEOPLE,
    }
    return page(request, "console/attendance_list.html" if part else "console/attendance.html", status=status, **values)
