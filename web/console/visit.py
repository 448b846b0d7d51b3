"""One initial visit: move it, cancel it, say what came of it, write its record; and book one for somebody who rang."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from enquiry.bookings.attempt import Door
from enquiry.bookings.booking import AlreadyBooked, NothingBooked, SlotGone, SlotTaken
from enquiry.bookings.visits.outcomes import NotHeld, TooSoon, VisitOutcome, WrittenUp, record_outcome, write_record
from enquiry.bookings.visits.visits import book_visit, free_times, standing_visit
from enquiry.dates import LONDON
from enquiry.enums import BookingStatus
from enquiry.queries.contact import contact_of
from enquiry.queries.enquiries import find_enquiry
from enquiry.queries.visits import find_visit, visit_page
from enquiry.staff.permissions import Permission
from enquiry.store.models import Staff, Visit
from web import forms
from web.console.auth import ConsoleRoute, May
from web.console.enquiries import known_reference
from web.console.pages import page
from web.forms import Field
from web.permissions import Reader

router = APIRouter(prefix="/console", route_class=ConsoleRoute)
MayReadBookings = Annotated[Reader, May(Permission.READ_BOOKINGS)]
MayKeepBookings = Annotated[Reader, May(Permission.KEEP_BOOKINGS)]
# Free times under the first of their day.
Days = list[tuple[datetime, list[datetime]]]
SAID = {
    VisitOutcome.HELD: "visit_held",
    VisitOutcome.NOT_AT_HOME: "visit_missed",
    VisitOutcome.MOVED: "visit_moved",
    VisitOutcome.CANCELLED: "visit_cancelled",
}


@dataclass(frozen=True)
class OutcomeForm:
    """What was chosen. `asked` says who wanted a visit cancelled: "them" or "us"."""

    outcome: Field = ""
    at: Field = ""
    asked: Field = ""


@dataclass(frozen=True)
class RecordForm:
    """The three parts of a record as typed."""

    understanding: Field = ""
    motivation: Field = ""
    strengths: Field = ""


@router.get("/visits/{visit}")
def show_visit(request: Request, reader: MayReadBookings, visit: str, said: str = "") -> Response:
    """Show everything about one visit."""
    return _show(request, reader, visit, said=said)


@router.post("/visits/{visit}/outcome")
def keep_outcome(
    request: Request, reader: MayKeepBookings, visit: str, chosen: Annotated[OutcomeForm, Depends()]
) -> Response:
    """Write down what came of a visit: held, not at home, moved or cancelled. Sent twice, it is kept once."""
    if chosen.outcome not in set(VisitOutcome):
        return _show(request, reader, visit, status=422, problems={"outcome": "outcome_missing"}, chosen=chosen)
    outcome, moved_to = VisitOutcome(chosen.outcome), forms.moment_in(chosen.at)
    if outcome is VisitOutcome.MOVED and moved_to is None:
        return _show(request, reader, visit, status=422, problems={"at": "time_missing"}, chosen=chosen)
    if outcome is VisitOutcome.CANCELLED and chosen.asked not in ("them", "us"):
        return _show(request, reader, visit, status=422, problems={"asked": "asked_missing"}, chosen=chosen)
    agency, _now = request.app.state.agencies[reader.agency], request.app.state.clock()
    try:
        with request.app.state.store.write() as session:
            found = find_visit(session, reader.agency, visit)
            again = outcome is VisitOutcome.CANCELLED and found.status == BookingStatus.CANCELLED
            if not again:
                record_outcome(
                    session,
                    agency,
                    found,
                    outcome,
                    request.app.state.application.attempt(Door.CONSOLE, reader.name),
                    moved_to=moved_to,
                    they_asked=chosen.asked == "them",
                )
    except TooSoon:
        return _show(request, reader, visit, status=422, problems={"outcome": "too_soon"}, chosen=chosen)
    except NothingBooked:
        return _show(request, reader, visit, status=409, problems={"outcome": "nothing_booked"}, chosen=chosen)
    except SlotTaken:
        return _show(request, reader, visit, status=409, problems={"at": "slot_taken"}, chosen=chosen)
    except SlotGone:
        return _show(request, reader, visit, status=409, problems={"at": "slot_gone"}, chosen=chosen)
    return RedirectResponse(f"/console/visits/{visit}?said={SAID[outcome]}", status_code=303)


@router.post("/visits/{visit}/record")
def keep_record(
    request: Request, reader: MayKeepBookings, visit: str, written: Annotated[RecordForm, Depends()]
) -> Response:
    """Keep the record of a visit; what was typed comes back when a part is missing or too long."""
    reading, part = forms.Reading(), forms.long_text("part_empty", "part_long")
    parts = [
        reading.read(name, getattr(written, name), part, "") for name in ("understanding", "motivation", "strengths")
    ]
    if reading.problems:
        return _show(request, reader, visit, status=422, problems=reading.problems, written=written)
    try:
        with request.app.state.store.write() as session:
            found, staff = find_visit(session, reader.agency, visit), session.get_one(Staff, reader.id)
            write_record(session, found, staff, WrittenUp(*parts), request.app.state.clock())
    except NotHeld:
        return _show(request, reader, visit, status=409, problems={"understanding": "not_held"}, written=written)
    return RedirectResponse(f"/console/visits/{visit}?said=record_kept", status_code=303)


@router.get("/enquiries/{reference}/visit")
def ask_booking(request: Request, reader: MayKeepBookings, reference: str) -> Response:
    """Show the free times, for somebody who is on the telephone."""
    return _booking(request, reader, reference)


@router.post("/enquiries/{reference}/visit")
def book(request: Request, reader: MayKeepBookings, reference: str, at: Field = "") -> Response:
    """Book a visit for an enquiry. Idempotent for the same time."""
    known = known_reference(reference)
    moment = forms.moment_in(at)
    if moment is None:
        return _booking(request, reader, known, status=422, problem="time_missing")
    try:
        with request.app.state.store.write() as session:
            agency = request.app.state.agencies[reader.agency]
            enquiry = find_enquiry(session, reader.agency, known)
            visit = book_visit(
                session, agency, enquiry, moment, request.app.state.application.attempt(Door.CONSOLE, reader.name)
            )
    except AlreadyBooked as already:
        return RedirectResponse(f"/console/visits/{already.booking.reference}?said=visit_stands", status_code=303)
    except SlotTaken:
        return _booking(request, reader, known, status=409, problem="slot_taken")
    except SlotGone:
        return _booking(request, reader, known, status=409, problem="slot_gone")
    return RedirectResponse(f"/console/visits/{visit.reference}?said=visit_booked", status_code=303)


def _booking(request: Request, reader: Reader, reference: str, *, status: int = 200, problem: str = "") -> Response:
    agency, now = request.app.state.agencies[reader.agency], request.app.state.clock()
    with request.app.state.store.read() as session:
        enquiry = find_enquiry(session, reader.agency, known_reference(reference))
        standing = standing_visit(session, enquiry)
        if standing is not None:
            return RedirectResponse(f"/console/visits/{standing.reference}?said=visit_stands", status_code=303)
        contact, times = contact_of(session, enquiry), _by_day(free_times(session, agency, now))
    problems = {"at": problem} if problem else {}
    values = {"reference": enquiry.reference, "contact": contact, "times": times, "problems": problems}
    return page(request, "console/visit_booking.html", status=status, **values)


def _show(
    request: Request,
    reader: Reader,
    reference: str,
    *,
    status: int = 200,
    said: str = "",
    problems: dict[str, str] | None = None,
    chosen: OutcomeForm | None = None,
    written: RecordForm | None = None,
) -> Response:
    now = request.app.state.clock()
    with request.app.state.store.read() as session:
        found = visit_page(session, reader.agency, reference)
        times = _times_to_move(session, request, reader, find_visit(session, reader.agency, reference), now)
    kept = found.record
    record = written or (RecordForm(kept.understanding, kept.motivation, kept.strengths) if kept else RecordForm())
    values: dict[str, Any] = {
        "visit": found,
        "times": times,
        "begun": found.row.starts_at <= now,
        "over": found.row.ends_at <= now,
        "problems": problems or {},
        "chosen": chosen or OutcomeForm(),
        "written": record,
        "said": said,
    }
    return page(request, "console/visit.html", status=status, **values)


def _times_to_move(session: Session, request: Request, reader: Reader, visit: Visit, now: datetime) -> Days:
    if visit.status != BookingStatus.BOOKED or not reader.may(Permission.KEEP_BOOKINGS):
        return []
    times = free_times(session, request.app.state.agencies[reader.agency], now, without=visit)
    return _by_day([at for at in times if at != visit.starts_at])


def _by_day(times: Sequence[datetime]) -> Days:
    days = [list(group) for _day, group in groupby(times, key=lambda at: at.astimezone(LONDON).date())]
    return [(group[0], group) for group in days]
