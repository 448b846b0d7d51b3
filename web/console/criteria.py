"""The criteria in force, and what rehearsals of changed ones found: for the manager who owns them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response

from enquiry.screening.rehearsal.history import rehearsals_of
from enquiry.staff.permissions import Permission
from web.console.auth import ConsoleRoute, May
from web.console.pages import page
from web.permissions import Reader

router = APIRouter(prefix="/console/criteria", route_class=ConsoleRoute)
MayReadCriteria = Annotated[Reader, May(Permission.READ_CRITERIA)]


@router.get("")
def show_criteria(request: Request, reader: MayReadCriteria) -> Response:
    """Show the version in force and the last rehearsals of the reader's own agency, the latest open."""
    with request.app.state.store.read() as session:
        rehearsals = rehearsals_of(session, reader.agency)
    return page(
        request,
        "console/criteria.html",
        criteria=request.app.state.application.catalogue.criteria[reader.agency],
        rehearsals=rehearsals,
    )
