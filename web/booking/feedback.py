"""Three questions after an information event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from enquiry.bookings.events.feedback import (
    LONGEST_COMMENT,
    NextStep,
    NothingToSayYet,
    Useful,
    feedback_of,
    give_feedback,
)
from enquiry.store.models import Place
from web.booking.booking_view import State
from web.booking.dependencies import count_change, render, to_booking
from web.booking.manage import changed, opened
from web.dependencies import App
from web.forms import Field, FormRoute
from web.text import paragraphs

router = APIRouter(prefix="/booking/{key}/feedback", include_in_schema=False, route_class=FormRoute)


@dataclass(frozen=True)
class FeedbackForm:
    """The answers to the three questions."""

    useful: Field = ""
    next_step: Field = ""
    comment: Field = ""


@router.get("")
def show_questions(request: Request, key: str, app: App) -> Response:
    """Ask the questions, with what was answered before."""
    with opened(app, key) as (session, agency, booking, view):
        if not isinstance(booking, Place) or view.state is not State.ATTENDED:
            return render(request, "feedback_later.html", agency, booking=view)
        given = feedback_of(session, booking)
        # The comment is not shown again: the link may have been passed on.
        filled = FeedbackForm(given.useful, given.next_step) if given else FeedbackForm()
        return render(request, "feedback.html", agency, booking=view, written=filled, limit=LONGEST_COMMENT)


@router.post("")
def take_answers(request: Request, key: str, app: App, written: Annotated[FeedbackForm, Depends()]) -> Response:
    """Keep the answers; sent again, they take the place of the first."""
    count_change(request, app, key)
    errors: dict[str, str] = {}
    say = app.wording.say
    comment = paragraphs(written.comment)
    if written.useful not in list(Useful):
        errors["useful"] = say("booking.error_useful")
    if written.next_step not in list(NextStep):
        errors["next_step"] = say("booking.error_next_step")
    if len(comment) > LONGEST_COMMENT:
        errors["comment"] = say("booking.error_comment", limit=LONGEST_COMMENT, length=len(comment))
    if errors:
        with opened(app, key) as (_, agency, _, view):
            return render(
                request,
                "feedback.html",
                agency,
                status=422,
                booking=view,
                written=written,
                errors=errors,
                limit=LONGEST_COMMENT,
            )
    next_step = NextStep(written.next_step)
    with changed(app, key) as (session, agency, booking):
        if not isinstance(booking, Place):
            return to_booking(app, booking.reference)
        try:
            give_feedback(session, booking, Useful(written.useful), next_step, comment, app.clock())
        except NothingToSayYet:
            return to_booking(app, booking.reference)
    return render(request, "feedback_thanks.html", agency, next_step=next_step.value)
