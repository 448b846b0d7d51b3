"""The diary of initial visits."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from enquiry.views.bookings import diary
from web.console import typed
from web.console.entrance import ConsoleRoute, SignedIn
from web.console.pages import page

router = APIRouter(prefix="/console/visits", route_class=ConsoleRoute)


@router.get("")
def three_weeks(request: Request, reader: SignedIn, visitor: str = "") -> Response:
    """Booked and free slots of the next three weeks, by day, of one visitor or of all."""
    with request.app.state.store.read() as session:
        found = diary(session, reader.agency, request.app.state.clock(), typed.line(visitor))
    return page(request, "console/visits.html", diary=found)
