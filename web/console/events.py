"""Information events and who comes to them."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from enquiry.views.bookings import event_with_attendees, events
from enquiry.views.handoffs import NotThere
from web.console.entrance import ConsoleRoute, SignedIn
from web.console.pages import page

router = APIRouter(prefix="/console/events", route_class=ConsoleRoute)


@router.get("")
def all_events(request: Request, reader: SignedIn) -> Response:
    """The events to come, and the last ones that are over."""
    with request.app.state.store.read() as session:
        coming, over = events(session, reader.agency, request.app.state.clock())
    return page(request, "console/events.html", coming=coming, over=over)


@router.get("/{event_id}")
def one_event(request: Request, reader: SignedIn, event_id: str) -> Response:
    """One event with its attendees, fit for printing."""
    with request.app.state.store.read() as session:
        found = event_with_attendees(session, reader.agency, event_id) if event_id.isalnum() else None
    if found is None:
        raise NotThere(event_id)
    event, attendees = found
    return page(request, "console/event.html", event=event, attendees=attendees)
