"""Calendars to subscribe to: GET /calendar/<secret>.ics, for calendar programs that can't sign in. The address is the key."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from enquiry.bookings.calendars.feed_content import feed_text
from enquiry.bookings.calendars.feeds import feed_of
from web.problems import Problem
from web.security_headers import SECRET_ADDRESS

router = APIRouter(include_in_schema=False)


@router.get("/calendar/{secret}.ics")
def calendar(request: Request, secret: str) -> Response:
    """Give the calendar of a secret; an unknown one and one that was revoked are nothing at all."""
    state = request.app.state
    with state.store.read() as session:
        found = feed_of(session, secret)
        agency = state.agencies.get(found.agency) if found else None
        if found is None or agency is None:
            raise Problem(404, state.wording.say("page.not_found"), SECRET_ADDRESS)
        text = feed_text(session, found, agency, state.wording, state.settings.address, state.clock())
    headers = {**SECRET_ADDRESS, "Cache-Control": "no-store", "Content-Disposition": "inline; filename=hearth.ics"}
    return Response(text, media_type="text/calendar; charset=utf-8", headers=headers)
