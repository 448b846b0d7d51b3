"""Content of the calendars that staff subscribe to. Nobody who is visited is named in them."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency
from enquiry.bookings.calendars.icalendar_text import Appointment, feed
from enquiry.content.wording import Wording
from enquiry.enums import BookingStatus
from enquiry.store.models import BookingChange, CalendarFeed, Event, Visit, Visitor

# How long what is over stays in, and what was called off: a calendar that keeps what it once read learns of it.
OVER_STAYS = timedelta(days=90)
CANCELLED_STAYS = timedelta(days=30)


def feed_text(
    session: Session, found: CalendarFeed, agency: Agency, wording: Wording, address: str, now: datetime
) -> str:
    """The iCalendar text of a feed.

    Args:
        address: of this installation, for links into the console.
    """
    if found.visitor_id is None:
        return _events(session, agency, wording, address, now)
    return _visits(session, session.get_one(Visitor, found.visitor_id), agency, wording, address, now)


def _visits(session: Session, visitor: Visitor, agency: Agency, wording: Wording, address: str, now: datetime) -> str:
    changed = (
        select(BookingChange.reference, func.max(BookingChange.at).label("at"))
        .group_by(BookingChange.reference)
        .subquery()
    )
    last_change = func.coalesce(changed.c.at, Visit.booked_at)
    cancelled_lately = or_(Visit.status != BookingStatus.CANCELLED.value, last_change > now - CANCELLED_STAYS)
    wanted = (
        select(Visit, changed.c.at)
        .outerjoin(changed, changed.c.reference == Visit.reference)
        .where(
            Visit.visitor_id == visitor.id,
            Visit.agency == agency.slug,
            Visit.status != BookingStatus.RESERVED.value,
            Visit.starts_at > now - OVER_STAYS,
            cancelled_lately,
        )
        .order_by(Visit.starts_at)
    )
    appointments, cancelled = [], set()
    for visit, changed_at in session.execute(wanted):
        link = f"{address}/console/visits/{visit.reference}"
        one = Appointment(
            uid=f"visitor-{visit.reference}@{_host(address)}",
            sequence=visit.sequence,
            summary=wording.say("calendar.visit_title", reference=visit.reference),
            description=wording.say("calendar.visit_text", link=link),
            location=wording.say("calendar.visit_where"),
            starts_at=visit.starts_at,
            ends_at=visit.ends_at,
            changed_at=changed_at or visit.booked_at,
            organizer_name="",
            organizer_email=None,
            attendee_email=None,
            url=link,
        )
        appointments.append(one)
        if visit.status == BookingStatus.CANCELLED:
            cancelled.add(one.uid)
    return feed(wording.say("calendar.visits_name", name=visitor.name), appointments, cancelled)


def _events(session: Session, agency: Agency, wording: Wording, address: str, now: datetime) -> str:
    stands = or_(Event.cancelled_at.is_(None), Event.cancelled_at > now - CANCELLED_STAYS)
    wanted = select(Event).where(Event.agency == agency.slug, Event.starts_at > now - OVER_STAYS, stands)
    appointments, cancelled = [], set()
    for event in session.scalars(wanted.order_by(Event.starts_at)):
        link = f"{address}/console/events/{event.id}"
        one = Appointment(
            uid=f"event-{event.id}@{_host(address)}",
            sequence=event.sequence,
            summary=event.title,
            description=wording.say("calendar.event_text", people=str(event.taken), count=str(event.places), link=link),
            location=event.venue,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            # The places taken change with every booking, and no column says when.
            changed_at=now,
            organizer_name="",
            organizer_email=None,
            attendee_email=None,
            url=link,
        )
        appointments.append(one)
        if event.cancelled_at is not None:
            cancelled.add(one.uid)
    return feed(wording.say("calendar.events_name", agency), appointments, cancelled)


def _host(address: str) -> str:
    return urlsplit(address).hostname or "localhost"
