"""Information events and who comes to them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from enquiry.bookings.calendars.feeds import make_feed, revoke_feed, standing_feed
from enquiry.queries.events import event_sheet, events
from enquiry.staff.permissions import Permission
from enquiry.store.models import Staff
from web.console.auth import ConsoleRoute, May
from web.console.pages import page
from web.forms import number_in
from web.permissions import Reader

router = APIRouter(prefix="/console/events", route_class=ConsoleRoute)
MayReadBookings = Annotated[Reader, May(Permission.READ_BOOKINGS)]
MayKeepCalendarFeeds = Annotated[Reader, May(Permission.KEEP_CALENDAR_FEEDS)]


@router.get("")
def list_events(request: Request, reader: MayReadBookings, said: str = "") -> Response:
    """List the events to come, and the last ones that are over."""
    with request.app.state.store.read() as session:
        coming, over = events(session, reader.agency, request.app.state.clock())
        feed = standing_feed(session, reader.agency, None)
    return page(request, "console/events.html", coming=coming, over=over, feed=feed, said=said)


@router.post("/calendar")
def make_calendar(request: Request, reader: MayKeepCalendarFeeds) -> Response:
    """Make a new secret address for the calendar of events, shown this once."""
    with request.app.state.store.write() as session:
        secret = make_feed(session, reader.agency, None, session.get_one(Staff, reader.id), request.app.state.clock())
    address = f"{request.app.state.settings.address}/calendar/{secret}.ics"
    return page(request, "console/feed.html", feed_address=address, whose="", back_to="/console/events")


@router.post("/calendar/revoke")
def revoke_calendar(request: Request, reader: MayKeepCalendarFeeds) -> Response:
    """Make the address of the calendar of events stop working."""
    with request.app.state.store.write() as session:
        revoke_feed(session, reader.agency, None)
    return RedirectResponse("/console/events?said=feed_revoked", status_code=303)


@router.get("/{event_id}")
def show_event(request: Request, reader: MayReadBookings, event_id: str, said: str = "", told: str = "") -> Response:
    """Show an event with its attendees, fit for printing."""
    with request.app.state.store.read() as session:
        sheet = event_sheet(session, reader.agency, event_id)
    return page(request, "console/event.html", sheet=sheet, event=sheet.line, said=said, told=number_in(told))
