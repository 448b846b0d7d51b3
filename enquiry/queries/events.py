"""Information events as staff read them: the list, one event with who comes and who waits, and what people thought of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, selectinload

from enquiry.bookings.letters import reach_by
from enquiry.enums import GIVEN_BACK, STANDING, BookingStatus
from enquiry.outbox.queue import may_message
from enquiry.queries.contact import contact_of
from enquiry.queries.handoffs import NotThere
from enquiry.store.models import Enquiry, Event, Feedback, Place

MOST_OVER = 20
COMES = tuple(status for status in BookingStatus if status.was_booked)


@dataclass(frozen=True)
class EventLine:
    """One information event. `waiting` and `offered` count households; `offered_until` is when the next offer lapses."""

    id: str
    title: str
    venue: str
    online_url: str | None
    starts_at: datetime
    ends_at: datetime
    places: int
    taken: int
    waiting: int
    offered: int
    offered_until: datetime | None
    cancelled_at: datetime | None

    @property
    def free(self) -> int:
        return self.places - self.taken


@dataclass(frozen=True)
class Attendee:
    """A household with a place at an event, or waiting for one. `contact` is empty where it is not safe to leave a message."""

    who: str
    people: int
    reference: str
    enquiry: str
    contact: str
    is_safe: bool
    status: str
    needs: tuple[str, ...]
    language: str
    offer_until: datetime | None
    since: datetime


@dataclass(frozen=True)
class Opinion:
    """What came back of the three questions: how often each answer was given, and the comments, the latest first."""

    given: int
    useful: Counter[str]
    next_step: Counter[str]
    comments: tuple[str, ...]


@dataclass(frozen=True)
class EventSheet:
    """One event with everybody it concerns. `booked` is by name; `offered` and `waiting` in their order."""

    line: EventLine
    booked: tuple[Attendee, ...]
    offered: tuple[Attendee, ...]
    waiting: tuple[Attendee, ...]
    opinion: Opinion

    @property
    def people(self) -> int:
        return sum(one.people for one in self.booked)

    @property
    def here(self) -> int:
        return sum(one.people for one in self.booked if one.status == BookingStatus.ATTENDED)

    def matching(self, name: str) -> tuple[Attendee, ...]:
        """Those at the door whose name or reference has this text in it."""
        wanted = name.casefold()
        return tuple(one for one in self.booked if wanted in one.who.casefold() or wanted in one.reference.casefold())


def events(session: Session, agency: str, now: datetime) -> tuple[tuple[EventLine, ...], tuple[EventLine, ...]]:
    """The events to come, soonest first, and those that are over or cancelled, latest first (the last twenty)."""
    of_agency = select(Event).where(Event.agency == agency)
    coming = session.scalars(
        of_agency.where(Event.ends_at > now, Event.cancelled_at.is_(None)).order_by(Event.starts_at)
    )
    over = of_agency.where((Event.ends_at <= now) | Event.cancelled_at.is_not(None)).order_by(Event.starts_at.desc())
    return _lines(session, coming.all()), _lines(session, session.scalars(over.limit(MOST_OVER)).all())


def find_event(session: Session, agency: str, event_id: str) -> Event:
    """The event of an id. Raises `NotThere`: unknown, or another agency's."""
    found = (
        session.scalar(select(Event).where(Event.id == event_id, Event.agency == agency))
        if _may_be_id(event_id)
        else None
    )
    if found is None:
        raise NotThere(event_id)
    return found


def find_place(session: Session, agency: str, event_id: str, reference: str) -> Place:
    """A place at an event by its reference. Raises `NotThere`: unknown, of another event, or another agency's."""
    event = find_event(session, agency, event_id)
    wanted = select(Place).where(Place.event_id == event.id, Place.reference == reference)
    found = session.scalar(wanted) if reference.isprintable() else None
    if found is None:
        raise NotThere(reference)
    return found


def event_sheet(session: Session, agency: str, event_id: str) -> EventSheet:
    """One event and whom it concerns. Raises `NotThere`."""
    event = find_event(session, agency, event_id)
    places = session.scalars(
        select(Place)
        .where(Place.event_id == event.id, Place.status.not_in(GIVEN_BACK))
        .options(selectinload(Place.enquiry))
        .order_by(Place.booked_at, Place.id)
    ).all()
    by_status = {
        kind: [_attendee(session, place) for place in places if place.status in kind]
        for kind in (COMES, _OFFERED, _WAITING)
    }
    booked = sorted(by_status[COMES], key=lambda one: (not one.who, one.who.casefold(), one.reference))
    return EventSheet(
        line=_lines(session, [event])[0],
        booked=tuple(booked),
        offered=tuple(by_status[_OFFERED]),
        waiting=tuple(by_status[_WAITING]),
        opinion=_opinion(session, event),
    )


def who_is_told(session: Session, event: Event) -> tuple[int, tuple[Attendee, ...]]:
    """How many households a change is written to, and those who can't be written to: a person rings them."""
    told = (
        select(Place).where(Place.event_id == event.id, Place.status.in_(STANDING)).options(selectinload(Place.enquiry))
    )
    places = session.scalars(told.order_by(Place.booked_at, Place.id)).all()
    by_hand = tuple(_attendee(session, place) for place in places if not _can_be_told(session, place.enquiry))
    return len(places) - len(by_hand), by_hand


_OFFERED, _WAITING = (BookingStatus.OFFERED,), (BookingStatus.WAITING,)


def _can_be_told(session: Session, enquiry: Enquiry) -> bool:
    way = reach_by(enquiry)
    return way is not None and may_message(session, enquiry, way[1])


def _lines(session: Session, found: Sequence[Event]) -> tuple[EventLine, ...]:
    waits = func.sum(case((Place.status == BookingStatus.WAITING.value, 1), else_=0))
    offers = func.sum(case((Place.status == BookingStatus.OFFERED.value, 1), else_=0))
    until = func.min(case((Place.status == BookingStatus.OFFERED.value, Place.offer_until), else_=None))
    counted = (
        select(Place.event_id, waits, offers, until)
        .where(Place.event_id.in_([event.id for event in found]))
        .group_by(Place.event_id)
    )
    by_event = {
        event_id: (int(waiting), int(offered), ends) for event_id, waiting, offered, ends in session.execute(counted)
    }
    return tuple(
        EventLine(
            event.id,
            event.title,
            event.venue,
            event.online_url,
            event.starts_at,
            event.ends_at,
            event.places,
            event.taken,
            *by_event.get(event.id, (0, 0, None)),
            event.cancelled_at,
        )
        for event in found
    )


def _attendee(session: Session, place: Place) -> Attendee:
    contact = contact_of(session, place.enquiry)
    reach = contact.phone or contact.email if contact.is_safe else ""
    return Attendee(
        contact.name,
        place.people,
        place.reference,
        place.enquiry.reference,
        reach,
        contact.is_safe,
        place.status,
        tuple(map(str, place.needs)),
        place.language or "",
        place.offer_until,
        place.booked_at,
    )


def _opinion(session: Session, event: Event) -> Opinion:
    given: Iterable[Feedback] = session.scalars(
        select(Feedback)
        .where(Feedback.event_id == event.id, Feedback.agency == event.agency)
        .order_by(Feedback.at.desc(), Feedback.id)
    )
    rows = list(given)
    return Opinion(
        given=len(rows),
        useful=Counter(one.useful for one in rows),
        next_step=Counter(one.next_step for one in rows),
        comments=tuple(one.comment for one in rows if one.comment.strip()),
    )


def _may_be_id(text: str) -> bool:
    return text.isascii() and text.isalnum()
