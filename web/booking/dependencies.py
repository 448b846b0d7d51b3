"""Common parts of the booking pages: their sentences, their limits, the booking that a key opens."""

from __future__ import annotations

from uuid import UUID, uuid4, uuid5

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from enquiry.agencies.agency import Agency
from enquiry.bookings.find import booking_of
from enquiry.store.models import Place, Visit
from web.booking.form import Say
from web.chat.pages import ELSEWHERE
from web.dependencies import Application, address_of, usual_agency
from web.problems import Problem
from web.rate_limits import Counted, TooFast


class UnknownBooking(Exception):
    """The key opens no booking: it was not signed here, is not whole, or what it opened has been deleted."""


def count_change(request: Request, app: Application, key: str) -> None:
    """Count one change of the booking that a key opens.

    Raises:
        Problem: the address has used up its hour. It names the number of the booking's own service.
    """
    try:
        app.rate_limits.count(Counted.BOOKING_CHANGE, address_of(request))
    except TooFast as fast:
        with app.store.read() as session:
            reference = app.links.reference_in(key)
            booking = booking_of(session, reference) if reference else None
            agency = app.agencies.get(booking.enquiry.agency if booking else "") or usual_agency(app)
        raise Problem(429, too_many(app, agency, fast), fast.headers) from None


def too_many(app: Application, agency: Agency, fast: TooFast) -> str:
    """What is said to who books too often."""
    return app.wording.say("booking.too_many", agency, minutes=fast.minutes)


def form_key(stated: str, *parts: str) -> str:
    """The id of what a form sends: the same form with the same contact is the same household, with another one another.

    A shared browser shows the form to whoever goes back in it: their contact differs, so they book for themselves.
    """
    try:
        return uuid5(UUID(stated), "\n".join(parts)).hex
    except ValueError:
        return uuid4().hex


def open_booking(session: Session, app: Application, key: str) -> Place | Visit:
    """The booking that a key opens.

    Raises:
        UnknownBooking: it opens none.
    """
    reference = app.links.reference_in(key)
    booking = booking_of(session, reference) if reference else None
    if booking is None:
        raise UnknownBooking(key)
    return booking


def to_booking(app: Application, reference: str, done: str = "") -> Response:
    """Lead on to the page of a booking, with a word on what was done."""
    return RedirectResponse(f"/booking/{app.links.key_of(reference)}" + (f"?done={done}" if done else ""), 303)


def render(request: Request, template: str, agency: Agency | None, *, status: int = 200, **values: object) -> Response:
    """Render a booking page. `t` says a sentence of data/wording/booking.yml in it."""
    app: Application = request.app.state.application
    whose = agency or usual_agency(app)
    context: dict[str, object] = {
        "agency": agency,
        "t": saying(app, whose),
        "here": f"/chat/{whose.slug}",
        "elsewhere": ELSEWHERE,
        "book": f"/book/{whose.slug}",
        "errors": {},
        "agencies": list(app.agencies.values()),
    }
    response: Response = request.app.state.templates.TemplateResponse(
        request, f"booking/{template}", {**context, **values}, status_code=status
    )
    return response


async def on_unknown_booking(request: Request, error: Exception) -> Response:
    """Answer a key that opens nothing: the same whatever the reason."""
    return render(request, "unknown.html", None, status=404)


def saying(app: Application, agency: Agency) -> Say:
    """What says a sentence of data/wording/booking.yml in the name of an agency."""

    def say(key: str, **places: object) -> str:
        return app.wording.say(f"booking.{key}", agency, **places)

    return say
