"""What every booking page needs: its agency, its sentences, and who may send its forms how often."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from uuid import UUID, uuid4, uuid5

from fastapi import Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from enquiry.agencies.agency import Agency
from enquiry.bookings.find import booking_of
from enquiry.store.models import Place, Visit
from web.api.chat import Using
from web.chat.pages import ELSEWHERE, known_agency
from web.dependencies import Parts
from web.problems import Problem
from web.rate_limits import TooFast
from web.security_headers import from_own_page

Named = Annotated[Agency, Depends(known_agency)]


class UnknownBooking(Exception):
    """The key opens no booking: it was not signed here, is not whole, or what it opened has been deleted."""


def own_form(request: Request, parts: Using) -> None:
    """Refuses a form that another website sent: its visitors would book in the place of one who may book no more."""
    if not from_own_page(request):
        raise Problem(403, parts.wording.say("booking.from_elsewhere"))


OWN_FORM = [Depends(own_form)]


def address_of(request: Request) -> str:
    """The network address a request comes from."""
    return request.client.host if request.client else ""


def count_change(request: Request, parts: Parts, key: str) -> None:
    """Count one change of the booking that a key opens.

    Raises:
        Problem: the address has used up its hour. It names the number of the booking's own service.
    """
    try:
        parts.limits.count_booking_change(address_of(request))
    except TooFast as fast:
        with parts.store.read() as session:
            reference = parts.links.reference_in(key)
            booking = booking_of(session, reference) if reference else None
            agency = parts.agencies.get(booking.enquiry.agency if booking else "") or usual_agency(parts)
        raise Problem(429, too_many(parts, agency, fast), {"Retry-After": str(fast.seconds)}) from None


def usual_agency(parts: Parts) -> Agency:
    """The agency of a page that is no agency's."""
    return parts.agencies.get(parts.settings.agency) or next(iter(parts.agencies.values()))


def too_many(parts: Parts, agency: Agency, fast: TooFast) -> str:
    """What is said to who books too often."""
    return parts.wording.say("booking.too_many", agency, minutes=-(-fast.seconds // 60))


def form_key(stated: str, *parts: str) -> str:
    """The id of what a form sends: the same form with the same contact is the same household, with another one another.

    A shared browser shows the form to whoever goes back in it: their contact differs, so they book for themselves.
    """
    try:
        return uuid5(UUID(stated), "\n".join(parts)).hex
    except ValueError:
        return uuid4().hex


def open_booking(session: Session, parts: Parts, key: str) -> Place | Visit:
    """The booking that a key opens.

    Raises:
        UnknownBooking: it opens none.
    """
    reference = parts.links.reference_in(key)
    booking = booking_of(session, reference) if reference else None
    if booking is None:
        raise UnknownBooking(key)
    return booking


def to_booking(parts: Parts, reference: str, done: str = "") -> Response:
    """On to the booking's own page, with a word on what was done."""
    return RedirectResponse(f"/booking/{parts.links.key_of(reference)}" + (f"?done={done}" if done else ""), 303)


def render(request: Request, template: str, agency: Agency | None, *, status: int = 200, **values: object) -> Response:
    """A booking page. `t` says a sentence of data/wording/booking.yml in it."""
    parts: Parts = request.app.state.parts
    shown = agency or usual_agency(parts)
    context: dict[str, object] = {
        "agency": agency,
        "t": _sentences(parts, shown),
        "here": f"/chat/{shown.slug}",
        "elsewhere": ELSEWHERE,
        "book": f"/book/{shown.slug}",
        "errors": {},
        "agencies": list(parts.agencies.values()),
    }
    response: Response = request.app.state.templates.TemplateResponse(
        request, f"booking/{template}", {**context, **values}, status_code=status
    )
    return response


async def on_unknown_booking(request: Request, error: Exception) -> Response:
    """The page for a key that opens nothing: the same whatever the reason."""
    return render(request, "unknown.html", None, status=404)


def _sentences(parts: Parts, agency: Agency) -> Callable[..., str]:
    def say(key: str, **places: object) -> str:
        return parts.wording.say(f"booking.{key}", agency, **places)

    return say
