"""The diary of initial visits. It brings itself up to date, so that a booking made in the chat is seen at once."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response

from enquiry.queries.diary import diary
from enquiry.staff.permissions import Permission
from web.console.auth import ConsoleRoute, May
from web.console.pages import page
from web.permissions import Reader
from web.text import cut_line

router = APIRouter(prefix="/console/visits", route_class=ConsoleRoute)
MayReadBookings = Annotated[Reader, May(Permission.READ_BOOKINGS)]


@router.get("")
def show_diary(request: Request, reader: MayReadBookings, visitor: str = "", said: str = "") -> Response:
    """Show what is open, and the visits of the next three weeks by day, of one visitor or of all."""
    return page(request, "console/visits.html", said=said, **_values(request, reader, visitor))


@router.get("/part")
def show_lists(request: Request, reader: MayReadBookings, visitor: str = "", seen: str = "") -> Response:
    """Send only the lists, for htmx; nothing at all (204) when they would look as they do already, so that nothing moves."""
    values = _values(request, reader, visitor)
    if seen == values["mark"]:
        return Response(status_code=204)
    return page(request, "console/visits_list.html", refreshed=True, **values)


def _values(request: Request, reader: Reader, visitor: str) -> dict[str, Any]:
    now = request.app.state.clock()
    with request.app.state.store.read() as session:
        found = diary(session, request.app.state.agencies[reader.agency], now, cut_line(visitor))
    # Free times end as time goes by, but not more often than every half hour; what is due changes its words with the minutes.
    seen = [now.strftime("%H:%M") if found.records_due else "", repr(found)]
    mark = sha256("\n".join(seen).encode()).hexdigest()[:16]
    chosen = found.visitors[0] if len(found.everyone) > 1 and len(found.visitors) == 1 else ""
    return {"diary": found, "mark": mark, "chosen": chosen}
