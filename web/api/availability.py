"""The availability API: which events and which times for visits there are. Nothing in it is about a person."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency
from enquiry.bookings.events.places import coming_events
from enquiry.bookings.visits.visits import free_slots_by_visitor
from enquiry.enums import BookingStatus
from enquiry.store.models import Place
from web.api.booking_shapes import FreeEvent, FreeEvents, FreeVisit, FreeVisits
from web.api.shapes import problems
from web.dependencies import App, agency_called

router = APIRouter(prefix="/api/availability", tags=["bookings"], responses=problems(404, 422))
EVENTS_SHOWN = 12
# Long enough for many to ask at once, short enough that what is shown is hardly ever gone.
CACHED = "public, max-age=15"


def agency_asked(agency: Annotated[str, Query(max_length=40, examples=["leicestershire"])], app: App) -> Agency:
    """The agency that a request asks about."""
    return agency_called(agency, app)


AgencyAsked = Annotated[Agency, Depends(agency_asked)]


@router.get("/events")
def available_events(agency: AgencyAsked, app: App, response: Response) -> FreeEvents:
    """List the coming information events with the places left."""
    with app.store.read() as session:
        found = free_events(session, agency, app.clock())
    response.headers["Cache-Control"] = CACHED
    return FreeEvents(events=found)


@router.get("/visits")
def available_visits(agency: AgencyAsked, app: App, response: Response) -> FreeVisits:
    """List the times at which somebody can come for a visit at home."""
    with app.store.read() as session:
        found = free_visits(session, agency, app.clock())
    response.headers["Cache-Control"] = CACHED
    return FreeVisits(visits=found)


def free_events(session: Session, agency: Agency, now: datetime, *, room_for: int = 0) -> list[FreeEvent]:
    """The coming events of an agency.

    Args:
        room_for: only those with so many places left.
    """
    events = [
        event
        for event in coming_events(session, agency.slug, now, limit=EVENTS_SHOWN)
        if event.places - event.taken >= room_for
    ]
    counted = select(Place.event_id, func.count()).where(
        Place.event_id.in_([event.id for event in events]), Place.status == BookingStatus.WAITING.value
    )
    waiting = {event_id: number for event_id, number in session.execute(counted.group_by(Place.event_id))}
    return [
        FreeEvent(
            id=event.id,
            title=event.title,
            venue=event.venue,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            places_left=event.places - event.taken,
            waiting=waiting.get(event.id, 0),
        )
        for event in events
    ]


def free_visits(session: Session, agency: Agency, now: datetime) -> list[FreeVisit]:
    """The free times of an agency's visitors. Who comes is settled later, so each lasts as long as the longest of them would stay."""
    ends: dict[datetime, datetime] = {}
    for slot in free_slots_by_visitor(session, agency, now):
        ends[slot.starts_at] = max(slot.ends_at, ends.get(slot.starts_at, slot.ends_at))
    return [FreeVisit(starts_at=starts_at, ends_at=ends_at) for starts_at, ends_at in ends.items()]
