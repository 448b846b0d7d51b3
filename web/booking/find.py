"""Find one's booking without its link: by its reference, and the phone number or e-mail address it was made with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from enquiry.bookings.find import find_booking
from web.booking.dependencies import render, to_booking
from web.dependencies import App, address_of
from web.forms import Field, FormRoute
from web.rate_limits import Counted, TooFast

router = APIRouter(prefix="/booking", include_in_schema=False, route_class=FormRoute)


@dataclass(frozen=True)
class FindForm:
    """What a booking is found by."""

    agency: Field = ""
    reference: Field = ""
    contact: Field = ""


@router.get("")
def show_form(request: Request, app: App, agency: str = "") -> Response:
    """Ask for what a booking is found by."""
    return render(request, "find.html", None, written=FindForm(agency or app.settings.agency))


@router.post("")
def find(request: Request, app: App, written: Annotated[FindForm, Depends()]) -> Response:
    """Go to the booking. Whatever does not fit, one and the same sentence is said."""
    say = app.wording.say
    try:
        app.rate_limits.count(Counted.BOOKING_SEARCH, address_of(request))
    except TooFast as fast:
        errors = {"": say("booking.too_many_searches", seconds=fast.seconds)}
        return render(request, "find.html", None, status=429, written=written, errors=errors)
    with app.store.read() as session:
        booking = find_booking(session, written.agency, written.reference, written.contact)
        if booking is not None:
            return to_booking(app, booking.reference)
    return render(
        request, "find.html", None, status=422, written=written, errors={"reference": say("booking.find_nothing")}
    )
