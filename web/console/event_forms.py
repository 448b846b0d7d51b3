"""Make an event, change one, call one off: forms that say beforehand who will be told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from enquiry.bookings.attempt import Door
from enquiry.bookings.events.events import (
    MOST_PLACES,
    EventDetails,
    EventOver,
    TimeTaken,
    TooFewPlaces,
    cancel_event,
    change_event,
    make_event,
)
from enquiry.dates import LONDON
from enquiry.queries.events import event_sheet, events, find_event, who_is_told
from enquiry.staff.permissions import Permission
from enquiry.store.models import Event
from web import forms
from web.console.auth import ConsoleRoute, May
from web.console.pages import page
from web.forms import Field
from web.permissions import Reader

router = APIRouter(prefix="/console/events", route_class=ConsoleRoute)
MayChangeEvents = Annotated[Reader, May(Permission.CHANGE_EVENTS)]


@dataclass(frozen=True)
class EventForm:
    """What was typed of an event."""

    title: Field = ""
    venue: Field = ""
    online_url: Field = ""
    day: Field = ""
    starts: Field = ""
    ends: Field = ""
    places: Field = ""


@router.get("/new")
def ask_new(request: Request, reader: MayChangeEvents) -> Response:
    """Ask for a new event, with the title, place and times of the agency's plan to begin with."""
    plan = request.app.state.agencies[reader.agency].event_plan
    written = EventForm()
    if plan:
        times = {"starts": f"{plan.starts:%H:%M}", "ends": f"{plan.ends:%H:%M}"}
        written = replace(written, title=plan.title, venue=plan.venue, places=str(plan.places), **times)
    return _form(request, written, {})


@router.post("")
def make(request: Request, reader: MayChangeEvents, written: Annotated[EventForm, Depends()]) -> Response:
    """Make an event; what was typed comes back with a sentence beside what can't be used."""
    try:
        details = _read(written, request.app.state.clock())
        with request.app.state.store.write() as session:
            event = make_event(session, reader.agency, details)
    except forms.Mistakes as mistakes:
        return _form(request, written, mistakes.problems, status=422)
    except TimeTaken:
        return _form(request, written, {"starts": "time_taken"}, status=422)
    return RedirectResponse(f"/console/events/{event.id}?said=event_made", status_code=303)


@router.get("/{event_id}/change")
def ask_change(request: Request, reader: MayChangeEvents, event_id: str) -> Response:
    """Ask what to change of an event."""
    with request.app.state.store.read() as session:
        event = find_event(session, reader.agency, event_id)
    return _form(request, _as_written(event), {}, event=event)


@router.post("/{event_id}/change")
def change(
    request: Request,
    reader: MayChangeEvents,
    event_id: str,
    written: Annotated[EventForm, Depends()],
    sure: Field = "",
) -> Response:
    """Change an event. Where that is told to people, it is asked once more, with how many they are."""
    now = request.app.state.clock()
    with request.app.state.store.read() as session:
        event = find_event(session, reader.agency, event_id)
        told, by_hand = who_is_told(session, event)
    try:
        details = _read(written, now, event.starts_at)
        if _is_told(event, details) and (told or by_hand) and sure != "yes" and _may_change(event, now, details):
            return page(
                request,
                "console/event_sure.html",
                event=event,
                written=written,
                details=details,
                told=told,
                by_hand=by_hand,
            )
        with request.app.state.store.write() as session:
            number = change_event(
                session,
                find_event(session, reader.agency, event_id),
                details,
                request.app.state.application.attempt(Door.CONSOLE, reader.name),
            )
    except forms.Mistakes as mistakes:
        return _form(request, written, mistakes.problems, status=422, event=event)
    except TimeTaken:
        return _form(request, written, {"starts": "time_taken"}, status=422, event=event)
    except TooFewPlaces:
        return _form(request, written, {"places": "too_few_places"}, status=422, event=event)
    except EventOver:
        return _form(request, written, {"title": "event_over"}, status=409, event=event)
    return RedirectResponse(f"/console/events/{event_id}?said=event_changed&told={number}", status_code=303)


@router.get("/{event_id}/cancel")
def ask_cancel(request: Request, reader: MayChangeEvents, event_id: str) -> Response:
    """Ask before an event is called off: who will be told, and which other dates they are offered."""
    return _sure_to_cancel(request, reader, event_id)


@router.post("/{event_id}/cancel")
def cancel(request: Request, reader: MayChangeEvents, event_id: str) -> Response:
    """Call an event off; everybody is told. Idempotent: nobody is told twice."""
    try:
        with request.app.state.store.write() as session:
            told = cancel_event(
                session,
                find_event(session, reader.agency, event_id),
                request.app.state.application.attempt(Door.CONSOLE, reader.name),
            )
    except EventOver:
        return _sure_to_cancel(request, reader, event_id, status=409)
    return RedirectResponse(f"/console/events/{event_id}?said=event_cancelled&told={told}", status_code=303)


def _sure_to_cancel(request: Request, reader: Reader, event_id: str, status: int = 200) -> Response:
    now = request.app.state.clock()
    with request.app.state.store.read() as session:
        event = find_event(session, reader.agency, event_id)
        told, by_hand = who_is_told(session, event)
        sheet = event_sheet(session, reader.agency, event_id)
        coming, _over = events(session, reader.agency, now)
    others = [other for other in coming if other.id != event.id and other.starts_at > now]
    over = event.ends_at <= now
    return page(
        request,
        "console/event_cancel.html",
        status=status,
        event=sheet.line,
        told=told,
        by_hand=by_hand,
        others=others,
        over=over,
    )


def _form(
    request: Request, written: EventForm, problems: dict[str, str], *, status: int = 200, event: Event | None = None
) -> Response:
    return page(request, "console/event_form.html", status=status, written=written, problems=problems, event=event)


def _as_written(event: Event) -> EventForm:
    starts, ends = event.starts_at.astimezone(LONDON), event.ends_at.astimezone(LONDON)
    return EventForm(
        title=event.title,
        venue=event.venue,
        online_url=event.online_url or "",
        day=starts.date().isoformat(),
        starts=f"{starts:%H:%M}",
        ends=f"{ends:%H:%M}",
        places=str(event.places),
    )


def _read(written: EventForm, now: datetime, kept: datetime | None = None) -> EventDetails:
    """The details of an event. Raises `Mistakes` with all that is wrong.

    Args:
        kept: when the event begins so far. That may be over: places are raised when people stand at the door.
    """
    reading = forms.Reading()
    title = reading.read("title", written.title, forms.short_text("title_empty", "title_long"), "")
    venue = reading.read("venue", written.venue, forms.short_text("venue_empty", "venue_long", 200), "")
    online = reading.read("online_url", written.online_url, forms.web_address, None)
    places = reading.read("places", written.places, forms.whole_number(range(1, MOST_PLACES + 1), "places_wrong"), 1)
    on = reading.read("day", written.day, forms.day("day_wrong"), None)
    starts = reading.read("starts", written.starts, forms.time_of_day("time_wrong"), None)
    ends = reading.read("ends", written.ends, forms.time_of_day("time_wrong"), None)
    starts_at = ends_at = now
    if on and starts and ends:
        starts_at, ends_at = _moments(reading, on, (forms.in_london(on, starts), forms.in_london(on, ends)), now, kept)
    reading.check()
    return EventDetails(
        title=title, venue=venue, starts_at=starts_at, ends_at=ends_at, places=places, online_url=online
    )


def _moments(
    reading: forms.Reading,
    on: date,
    found: tuple[datetime | None, datetime | None],
    now: datetime,
    kept: datetime | None,
) -> tuple[datetime, datetime]:
    starts_at, ends_at = found
    if starts_at is None or ends_at is None:
        reading.refuse("starts" if starts_at is None else "ends", "time_skipped")
        return now, now
    if ends_at <= starts_at:
        reading.refuse("ends", "ends_first")
    if starts_at <= now and starts_at != kept:
        reading.refuse("day" if on < now.astimezone(LONDON).date() else "starts", "day_past")
    elif on.year > now.year + 2:
        reading.refuse("day", "day_far")
    return starts_at, ends_at


def _is_told(event: Event, details: EventDetails) -> bool:
    """Whether a change is one that people are told of: `change_event` tells of time and place."""
    before: tuple[Any, ...] = (event.starts_at, event.ends_at, event.venue, event.online_url)
    return before != (details.starts_at, details.ends_at, details.venue, details.online_url)


def _may_change(event: Event, now: datetime, details: EventDetails) -> bool:
    """Nobody is asked whether they are sure of what can't be done: the change itself then says why."""
    return event.cancelled_at is None and event.ends_at > now and details.places >= event.taken
