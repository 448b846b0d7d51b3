"""Puts a console template together with what every page shows: the agency, the reader, the clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response

from enquiry import dates
from enquiry.contacts import as_written
from enquiry.queries.messages import count_undelivered
from enquiry.staff.permissions import Permission
from web.assets import asset_address
from web.permissions import Reader

FORMATS = {
    "asset": asset_address,
    "clock": dates.clock,
    "day": dates.full_day,
    "short_day": dates.short_day,
    "moment": dates.short_moment,
    "iso": dates.iso,
    "time_left": dates.time_left,
    "as_written": as_written,
}


@dataclass(frozen=True)
class Pages:
    """Where a page stands in a list that is longer than one: its number, how many rows there are, how many go on a page."""

    number: int
    total: int
    most: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.most))


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """Render a template of the console.

    Args:
        template: its name under web/templates.
        values: what the template needs beside the reader, the agency and the formats of moments.
    """
    reader: Reader | None = getattr(request.state, "reader", None)
    agencies = request.app.state.agencies
    agency = agencies.get(reader.agency) if reader else None

    def undelivered() -> int:
        """Count for the navigation: asked by whole pages alone, not by the parts that bring themselves up to date."""
        if reader is None:
            return 0
        with request.app.state.store.read() as session:
            return count_undelivered(session, reader.agency, reader.role)

    def may(permission: str) -> bool:
        """Whether the reader's role has a permission: what it has not, is not offered."""
        return reader is not None and reader.may(Permission(permission))

    shared = {
        "may": may,
        "reader": reader,
        "agency": agency,
        "now": request.app.state.clock(),
        "disclosures": {
            name: category.title for name, category in request.app.state.application.catalogue.categories.items()
        },
        "undelivered": undelivered,
    }
    context = {**FORMATS, **shared, **values}
    response: Response = request.app.state.templates.TemplateResponse(request, template, context, status_code=status)
    return response
