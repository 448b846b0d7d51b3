"""The criteria in force, and what rehearsals of changed ones found: for the manager who owns them."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from enquiry.enums import Role
from enquiry.queries.handoffs import NotForThisRole
from enquiry.screening.rehearsal.history import rehearsals_of
from web.console.auth import ConsoleRoute, SignedIn
from web.console.pages import page

router = APIRouter(prefix="/console/criteria", route_class=ConsoleRoute)


@router.get("")
def criteria(request: Request, reader: SignedIn) -> Response:
    """The version in force and the last rehearsals of the reader's own agency, the latest open."""
    if reader.role is not Role.MANAGER:
        raise NotForThisRole("criteria")
    with request.app.state.store.read() as session:
        rehearsals = rehearsals_of(session, reader.agency)
    return page(
        request,
        "console/criteria.html",
        criteria=request.app.state.parts.catalogue.criteria[reader.agency],
        rehearsals=rehearsals,
    )
