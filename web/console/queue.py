"""The queue: what waits for a person, disclosures first."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response

from enquiry.queries.handoffs import Show, queue
from enquiry.staff.permissions import Permission
from web.console.auth import ConsoleRoute, May
from web.console.pages import page
from web.permissions import Reader

router = APIRouter(prefix="/console", route_class=ConsoleRoute)
MayReadHandoffs = Annotated[Reader, May(Permission.READ_HANDOFFS)]


@router.get("")
def show_queue(request: Request, reader: MayReadHandoffs, show: str = Show.ALL, said: str = "") -> Response:
    """Show what waits for a person."""
    return page(request, "console/queue.html", said=said, **_values(request, reader, show))


@router.get("/queue")
def show_list(request: Request, reader: MayReadHandoffs, show: str = Show.ALL, seen: str = "") -> Response:
    """Send only the list, for htmx; nothing at all (204) when it would look as it does already, so that nothing moves."""
    values = _values(request, reader, show)
    if seen == values["mark"]:
        return Response(status_code=204)
    return page(request, "console/queue_list.html", refreshed=True, **values)


def _values(request: Request, reader: Reader, show: str) -> dict[str, Any]:
    chosen = Show(show) if show in set(Show) else Show.ALL
    now = request.app.state.clock()
    with request.app.state.store.read() as session:
        found = queue(session, reader.agency, reader.role, reader.id, chosen)
    # What is due changes its words once a minute at most.
    seen = [chosen.value, now.strftime("%H:%M"), repr(found)]
    return {"queue": found, "show": chosen, "mark": sha256("\n".join(seen).encode()).hexdigest()[:16]}
