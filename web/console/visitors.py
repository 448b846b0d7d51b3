"""Initial visitors: hours, areas, leave, and the secret address of their calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from enquiry.agencies.agency import WEEKDAYS
from enquiry.bookings.calendars.feeds import make_feed, revoke_feed
from enquiry.bookings.visits.visitors import (
    LeaveTooLong,
    NameTaken,
    NoSuchStaff,
    add_leave,
    keep_visitor,
    remove_leave,
)
from enquiry.queries.visitors import find_visitor, visitor_page, visitors
from enquiry.staff.accounts import staff_of
from enquiry.staff.permissions import Permission
from enquiry.store.models import Staff, Visitor
from web import forms
from web.console.auth import ConsoleRoute, May
from web.console.pages import page
from web.console.visitor_form import VisitorForm, blank_for, districts, filled_with, read_visitor
from web.forms import Field
from web.permissions import NotPermitted, Reader

router = APIRouter(prefix="/console/visitors", route_class=ConsoleRoute)
MayReadBookings = Annotated[Reader, May(Permission.READ_BOOKINGS)]
MayChangeVisitors = Annotated[Reader, May(Permission.CHANGE_VISITORS)]
MayKeepOwnCalendarFeed = Annotated[Reader, May(Permission.KEEP_OWN_CALENDAR_FEED)]


@dataclass(frozen=True)
class LeaveForm:
    """The days as typed."""

    first: Field = ""
    last: Field = ""


@router.get("")
def list_visitors(request: Request, reader: MayReadBookings) -> Response:
    """List who makes visits, and when."""
    with request.app.state.store.read() as session:
        found = visitors(session, reader.agency, request.app.state.clock())
    return page(request, "console/visitors.html", visitors=found, weekdays=WEEKDAYS)


@router.get("/new")
def ask_new(request: Request, reader: MayChangeVisitors) -> Response:
    """Ask for a new visitor, with the hours that new visitors begin with."""
    return _form(request, reader, blank_for(request.app.state.agencies[reader.agency]), {})


@router.post("")
def make(request: Request, reader: MayChangeVisitors, written: Annotated[VisitorForm, Depends()]) -> Response:
    """Add a visitor."""
    return _keep(request, reader, written, None)


@router.get("/{visitor_id}")
def show_visitor(request: Request, reader: MayReadBookings, visitor_id: str, said: str = "") -> Response:
    """Show one visitor: the form, leave, and visits that no longer fit."""
    return _show(request, reader, visitor_id, said=said)


@router.post("/{visitor_id}")
def change(
    request: Request, reader: MayChangeVisitors, visitor_id: str, written: Annotated[VisitorForm, Depends()]
) -> Response:
    """Change a visitor. Visits that are booked stay as they are; those that no longer fit are listed."""
    return _keep(request, reader, written, visitor_id)


@router.post("/{visitor_id}/leave")
def keep_leave(
    request: Request, reader: MayChangeVisitors, visitor_id: str, written: Annotated[LeaveForm, Depends()]
) -> Response:
    """Add days of leave. The same days twice are kept once."""
    reading = forms.Reading()
    first = reading.read("first", written.first, forms.day("day_wrong"), None)
    # One day off is typed once.
    last = reading.read("last", written.last or written.first, forms.day("day_wrong"), None)
    if first and last and last < first:
        reading.refuse("last", "leave_backwards")
    if reading.problems or first is None or last is None:
        return _show(request, reader, visitor_id, status=422, problems=reading.problems, leave=written)
    try:
        with request.app.state.store.write() as session:
            add_leave(session, find_visitor(session, reader.agency, visitor_id), first, last)
    except LeaveTooLong:
        return _show(request, reader, visitor_id, status=422, problems={"last": "leave_long"}, leave=written)
    return RedirectResponse(f"/console/visitors/{visitor_id}?said=leave_kept#leave", status_code=303)


@router.post("/{visitor_id}/leave/{leave_id}/remove")
def take_leave_out(request: Request, reader: MayChangeVisitors, visitor_id: str, leave_id: str) -> Response:
    """Take days of leave out. Idempotent."""
    with request.app.state.store.write() as session:
        remove_leave(session, find_visitor(session, reader.agency, visitor_id), leave_id)
    return RedirectResponse(f"/console/visitors/{visitor_id}?said=leave_removed#leave", status_code=303)


@router.post("/{visitor_id}/calendar")
def make_calendar(request: Request, reader: MayKeepOwnCalendarFeed, visitor_id: str) -> Response:
    """Make a new secret address for a visitor's calendar, shown this once."""
    with request.app.state.store.write() as session:
        visitor = _with_feed(session, reader, visitor_id)
        secret = make_feed(
            session, reader.agency, visitor, session.get_one(Staff, reader.id), request.app.state.clock()
        )
        name = visitor.name
    address = f"{request.app.state.settings.address}/calendar/{secret}.ics"
    return page(
        request, "console/feed.html", feed_address=address, whose=name, back_to=f"/console/visitors/{visitor_id}"
    )


@router.post("/{visitor_id}/calendar/revoke")
def revoke_calendar(request: Request, reader: MayKeepOwnCalendarFeed, visitor_id: str) -> Response:
    """Make the address of a visitor's calendar stop working."""
    with request.app.state.store.write() as session:
        visitor = _with_feed(session, reader, visitor_id)
        revoke_feed(session, reader.agency, visitor)
    return RedirectResponse(f"/console/visitors/{visitor_id}?said=feed_revoked", status_code=303)


def _with_feed(session: Session, reader: Reader, visitor_id: str) -> Visitor:
    visitor = find_visitor(session, reader.agency, visitor_id)
    if not _may_keep_feed(reader, visitor.staff_id):
        raise NotPermitted(Permission.KEEP_CALENDAR_FEEDS)
    return visitor


def _may_keep_feed(reader: Reader, staff_id: str | None) -> bool:
    return reader.may(Permission.KEEP_CALENDAR_FEEDS) or staff_id == reader.id


def _keep(request: Request, reader: Reader, written: VisitorForm, visitor_id: str | None) -> Response:
    try:
        details = read_visitor(written, request.app.state.agencies[reader.agency])
        with request.app.state.store.write() as session:
            before = find_visitor(session, reader.agency, visitor_id) if visitor_id else None
            visitor: Visitor = keep_visitor(session, reader.agency, details, before)
    except forms.Mistakes as mistakes:
        problems = mistakes.problems
    except NameTaken:
        problems = {"name": "visitor_name_taken"}
    except NoSuchStaff:
        problems = {"staff": "staff_gone"}
    else:
        return RedirectResponse(f"/console/visitors/{visitor.id}?said=visitor_kept", status_code=303)
    if visitor_id is None:
        return _form(request, reader, written, problems, status=422)
    return _show(request, reader, visitor_id, status=422, problems=problems, written=written)


def _form(
    request: Request, reader: Reader, written: VisitorForm, problems: dict[str, str], *, status: int = 200
) -> Response:
    agency = request.app.state.agencies[reader.agency]
    with request.app.state.store.read() as session:
        accounts = [(account.id, account.name) for account in staff_of(session, reader.agency)]
    values = {
        "written": written,
        "problems": problems,
        "accounts": accounts,
        "districts": districts(agency),
        "weekdays": WEEKDAYS,
    }
    return page(request, "console/visitor_new.html", status=status, **values)


def _show(
    request: Request,
    reader: Reader,
    visitor_id: str,
    *,
    status: int = 200,
    said: str = "",
    problems: dict[str, str] | None = None,
    written: VisitorForm | None = None,
    leave: LeaveForm | None = None,
) -> Response:
    agency = request.app.state.agencies[reader.agency]
    with request.app.state.store.read() as session:
        found = visitor_page(session, reader.agency, visitor_id, request.app.state.clock())
        accounts = [(account.id, account.name) for account in staff_of(session, reader.agency)]
    values = {
        "visitor": found,
        "written": written or filled_with(found.line),
        "problems": problems or {},
        "accounts": accounts,
        "said": said,
        "leave": leave or LeaveForm(),
        "districts": districts(agency),
        "weekdays": WEEKDAYS,
        "may_keep_feed": _may_keep_feed(reader, found.line.staff_id),
    }
    return page(request, "console/visitor.html", status=status, **values)
