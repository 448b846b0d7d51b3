"""A visit at home: choose a time, which is kept for ten minutes, and then say who you are."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import quote
from uuid import uuid4

from fastapi import APIRouter, Depends, Request
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import select
from starlette.responses import RedirectResponse, Response

from enquiry.agencies.agency import Agency
from enquiry.agencies.areas import KNOWN
from enquiry.bookings.attempt import Door
from enquiry.bookings.booking import AlreadyBooked, SlotGone, SlotTaken
from enquiry.bookings.forms import Reach, enquiry_of_form, keep_reach, was_sent_by
from enquiry.bookings.may_book import ArrangedByAPerson
from enquiry.bookings.visits.visits import book_visit, reserve_visit, standing_visit, times_to_offer
from enquiry.dates import clock, in_words
from enquiry.enums import BookingStatus
from enquiry.store.models import Visit
from web.api.availability import free_visits
from web.booking.dependencies import form_key, render, saying, to_booking, too_many
from web.booking.form import VisitForm, area_names, one_of, read_reach, sentences
from web.booking.time_choices import by_day, free_time
from web.dependencies import App, Application, KnownAgency, address_of
from web.forms import Field, FormRoute, Reading, moment_in
from web.rate_limits import Counted, TooFast

router = APIRouter(prefix="/book/{slug}/visit", include_in_schema=False, route_class=FormRoute)
# Further ahead there are times too, but a page can only be so long; who needs them rings.
SHOWN_AHEAD = timedelta(days=21)
OTHER_AREAS = KNOWN[2:]  # elsewhere, not_sure


class SentByAnother(Exception):
    """The form was sent before, with another contact: what came of it is not shown."""


@router.get("")
def show_times(request: Request, agency: KnownAgency, app: App) -> Response:
    """Show the free times by day."""
    return _times(request, app, agency)


@router.post("")
def keep_time(request: Request, agency: KnownAgency, app: App, at: Field = "", form: Field = "") -> Response:
    """Keep the chosen time for ten minutes, and go on to the details."""
    moment = moment_in(at)
    if moment is None:
        return _times(request, app, agency, status=422, errors={"at": app.wording.say("booking.error_time")})
    try:
        app.rate_limits.count(Counted.BOOKING, address_of(request))
    except TooFast as fast:
        return _times(request, app, agency, status=429, errors={"": too_many(app, agency, fast)})
    form_id = form_key(form, agency.slug, "visit")
    try:
        enquiry_id = _keep(app, agency, form_id, moment)
    except (SlotTaken, SlotGone):
        return _times(request, app, agency, status=409, errors={"at": app.wording.say("booking.time_just_taken")})
    except ArrangedByAPerson:
        return _times(request, app, agency, status=409, errors={"": app.wording.say("booking.arranged_first", agency)})
    except AlreadyBooked:
        # The form that a browser still shows was used up: whoever sends it now begins anew.
        enquiry_id = _keep(app, agency, uuid4().hex, moment)
    kept = _kept_forms(app).dumps([agency.slug, enquiry_id, moment.isoformat()])
    return RedirectResponse(f"/book/{agency.slug}/visit/details?kept={quote(str(kept))}", 303)


@router.get("/details")
def show_details(request: Request, agency: KnownAgency, app: App, kept: str = "") -> Response:
    """Ask for the details, and say until when the time is kept."""
    opened = _opened(app, agency, kept)
    if opened is None:
        return _times(request, app, agency, status=404, notice="visit_form_old")
    return _details(request, app, agency, kept, *opened)


@router.post("/details")
def book(
    request: Request, agency: KnownAgency, app: App, written: Annotated[VisitForm, Depends()], kept: str = ""
) -> Response:
    """Book the visit. Where the time was kept no longer, it is asked for again; where it is gone, others are offered."""
    opened = _opened(app, agency, kept)
    if opened is None:
        return _times(request, app, agency, status=404, notice="visit_form_old")
    enquiry_id, at = opened
    reading, choosing = Reading(), bool(written.choosing)
    if choosing:
        chosen = moment_in(written.at)
        if chosen is None:
            reading.refuse("at", "error_time")
        at = chosen or at
    reach = read_reach(reading, written)
    area = reading.read("area", written.area, one_of((*area_names(agency), *OTHER_AREAS), "error_area"), "")
    errors, status = sentences(reading, saying(app, agency)), 422
    if not errors:
        try:
            app.rate_limits.count(Counted.BOOKING, address_of(request))
        except TooFast as fast:
            errors, status = {"": too_many(app, agency, fast)}, 429
    if errors:
        return _details(
            request, app, agency, kept, enquiry_id, at, written, errors=errors, status=status, choosing=choosing
        )
    try:
        return to_booking(app, _book(app, agency, enquiry_id, at, replace(reach, area=area)), "booked")
    except (SlotTaken, SlotGone):
        return _details(request, app, agency, kept, enquiry_id, at, written, status=409, gone=True, choosing=True)
    except (SentByAnother, AlreadyBooked):
        return render(request, "sent.html", agency, status=409)
    except ArrangedByAPerson:
        errors = {"": app.wording.say("booking.arranged_first", agency)}
        return _details(request, app, agency, kept, enquiry_id, at, written, errors=errors, status=409)


def _keep(app: Application, agency: Agency, form_id: str, at: datetime) -> str:
    attempt = app.attempt(Door.PAGE)
    with app.store.write() as session:
        enquiry = enquiry_of_form(session, agency.slug, form_id, attempt.now)
        reserve_visit(session, agency, enquiry, at, attempt)
        return enquiry.id


def _book(app: Application, agency: Agency, enquiry_id: str, at: datetime, reach: Reach) -> str:
    attempt = app.attempt(Door.PAGE)
    with app.store.write() as session:
        # Begun again where the time ran out so long ago that it was tidied away.
        enquiry = enquiry_of_form(session, agency.slug, enquiry_id, attempt.now)
        if (standing := standing_visit(session, enquiry)) is not None:
            if not was_sent_by(enquiry, reach):
                raise SentByAnother
            return standing.reference
        keep_reach(session, enquiry, reach, attempt.now)
        return book_visit(session, agency, enquiry, at, attempt).reference


def _times(request: Request, app: Application, agency: Agency, *, status: int = 200, **values: object) -> Response:
    now = app.clock()
    with app.store.read() as session:
        visits = [visit for visit in free_visits(session, agency, now) if visit.starts_at < now + SHOWN_AHEAD]
    days = by_day([visit.starts_at for visit in visits])
    longest = max((visit.ends_at - visit.starts_at for visit in visits), default=timedelta())
    return render(
        request,
        "times.html",
        agency,
        status=status,
        days=days,
        form=uuid4().hex,
        minutes=longest // timedelta(minutes=1),
        written=VisitForm(),
        **values,
    )


def _details(
    request: Request,
    app: Application,
    agency: Agency,
    kept: str,
    enquiry_id: str,
    at: datetime,
    written: VisitForm | None = None,
    *,
    status: int = 200,
    choosing: bool = False,
    **values: object,
) -> Response:
    """Show the form, with other times to choose where the one that was chosen is gone."""
    now = app.clock()
    with app.store.read() as session:
        visits = list(session.scalars(select(Visit).where(Visit.enquiry_id == enquiry_id)))
        others = [free_time(moment) for moment in times_to_offer(session, agency, now)] if choosing else []
    if written is None and any(visit.status == BookingStatus.BOOKED for visit in visits):
        return render(request, "sent.html", agency)
    holds = [
        visit.reserved_until
        for visit in visits
        if visit.reserved_until and visit.reserved_until > now and visit.starts_at == at
    ]
    return render(
        request,
        "details.html",
        agency,
        status=status,
        written=written or VisitForm(),
        kept=kept,
        when=in_words(at),
        choosing=choosing,
        others=others,
        until=clock(holds[0]) if holds else "",
        areas=area_names(agency),
        **values,
    )


def _opened(app: Application, agency: Agency, kept: str) -> tuple[str, datetime] | None:
    """Whose form it is and for when, out of what the page carries."""
    try:
        slug, enquiry_id, at = _kept_forms(app).loads(kept)
    except BadData:
        return None
    moment = moment_in(at)
    return (enquiry_id, moment) if slug == agency.slug and moment else None


def _kept_forms(app: Application) -> URLSafeSerializer:
    return URLSafeSerializer(app.settings.signing_key, salt="visit-details")
