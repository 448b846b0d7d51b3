"""Information events and who comes to them."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from enquiry.bookings.calendars.feeds import make_feed, revoke_feed, standing_feed
from enquiry.queries.events import event_sheet, events
from enquiry.staff.permissions import MAY_CHANGE_EVENTS, MAY_KEEP_BOOKINGS, MAY_KEEP_FEEDS
from enquiry.store.models import Staff
from web.console.auth import ConsoleRoute, SignedIn, stopped
from web.console.pages import page

router = APIRouter(prefix="/console/events", route_class=ConsoleRoute)


@router.get("")
def all_events(request: Request, reader: SignedIn, said: str = "") -> Response:
    """The events to come, and the last ones that are over."""
    with request.app.state.store.read() as session:
        coming, over = events(session, reader.agency, request.app.state.clock())
        feed = standing_feed(session, reader.agency, None)
    may = {"may_change": reader.role in MAY_CHANGE_EVENTS, "may_keep_feeds": reader.role in MAY_KEEP_FEEDS}
    return page(request, "console/events.html", coming=coming, over=over, feed=feed, said=said, **may)


@router.post("/calendar")
def make_calendar(request: Request, reader: SignedIn) -> Response:
    """A new secret address for the calendar of events, shown this once."""
    if reader.role not in MAY_KEEP_FEEDS:
        return stopped(request, "not_yours_to_change", 403)
    with request.app.state.store.write() as session:
        secret = make_feed(session, reader.agency, None, session.get_one(Staff, reader.id), request.app.state.clock())
    address = f"{request.app.state.settings.address}/calendar/{secret}.ics"
    return page(request, "console/feed.html", feed_address=address, whose="", back_to="/console/events")


@router.post("/calendar/revoke")
def revoke_calendar(request: Request, reader: SignedIn) -> Response:
    """Make the address stop working."""
    if reader.role not in MAY_KEEP_FEEDS:
        return stopped(request, "not_yours_to_change", 403)
    with request.app.state.store.write() as session:
        revoke_feed(session, reader.agency, None)
    return RedirectResponse("/console/events?said=feed_revoked", status_code=303)


@router.get("/{event_id}")
def one_event(request: Request, reader: SignedIn, event_id: str, said: str = "", told: str = "") -> Response:
    """One event with its attendees, fit for printing."""
    with request.app.state.store.read() as session:
        sheet = event_sheet(session, reader.agency, event_id)
    number = int(told) if told.isascii() and told.isdigit() and len(told) < 5 else 0
    may = {"may_change": reader.role in MAY_CHANGE_EVENTS, "may_keep": reader.role in MAY_KEEP_BOOKINGS}
    return page(request, "console/event.html", sheet=sheet, event=sheet.line, said=said, told=number, **may)
