"""Findings of a storm of bookings: what people were told, and what is wrong in the store when it is over."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from sqlalchemy import select

from enquiry.enums import BookingStatus
from enquiry.store.engine import Store
from enquiry.store.models import Event, Place, Visit


@dataclass(frozen=True)
class Ack:
    """What somebody was told of a booking: how it stood after its so many changes."""

    reference: str
    status: str
    sequence: int
    # The event or the moment it was for, and for how many.
    what: str
    people: int


@dataclass
class Found:
    """What came of the attempts of one process, or of all."""

    counts: Counter[str] = field(default_factory=Counter)
    acks: list[Ack] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)

    def add(self, other: Found) -> None:
        self.counts += other.counts
        self.acks += other.acks
        self.milliseconds += other.milliseconds
        self.unexpected += other.unexpected


@dataclass(frozen=True)
class Ground:
    """What there is to be had, and for whom."""

    url: str
    began: datetime
    attempts: int
    events: tuple[str, ...]
    called_off: tuple[str, ...]
    enquiries: tuple[str, ...]


def place_ack(place: Place) -> Ack:
    return Ack(place.reference, place.status, place.sequence, place.event_id, place.people)


def visit_ack(visit: Visit) -> Ack:
    return Ack(visit.reference, visit.status, visit.sequence, visit.starts_at.isoformat(), 1)


def mistakes(store: Store, ground: Ground, found: Found) -> list[str]:
    """What is wrong in the store after the storm; nothing, if all is well."""
    wrong = [*found.unexpected]
    with store.read() as session:
        events = {event.id: event for event in session.scalars(select(Event))}
        places, visits = list(session.scalars(select(Place))), list(session.scalars(select(Visit)))
        for event in events.values():
            its = [place for place in places if place.event_id == event.id]
            taken = sum(place.people for place in its if BookingStatus(place.status).takes_places)
            if taken != event.taken or taken > event.places:
                wrong.append(f"an event of {event.places} places: {event.taken} taken, {taken} in the bookings")
            smallest = min((place.people for place in its if place.status == BookingStatus.WAITING), default=9)
            if event.cancelled_at is None and event.places - taken >= smallest:
                wrong.append(f"{event.places - taken} places are free, and a party of {smallest} waits")
        wrong += _doubled(places, visits)
        wrong += _lost(events, places, visits, found.acks)
    return wrong


def _doubled(places: list[Place], visits: list[Visit]) -> list[str]:
    wrong = []
    standing = Counter(
        (place.event_id, place.enquiry_id) for place in places if place.status not in ("cancelled", "lapsed")
    )
    wrong += [f"{key} stands {number} times" for key, number in standing.items() if number > 1]
    booked = Counter(visit.enquiry_id for visit in visits if visit.status == BookingStatus.BOOKED)
    wrong += [f"{key} has {number} visits" for key, number in booked.items() if number > 1]
    held = [visit for visit in visits if visit.status != BookingStatus.CANCELLED]
    for one, other in pairwise(sorted(held, key=lambda visit: (visit.visitor_id, visit.starts_at))):
        if one.visitor_id == other.visitor_id and other.starts_at < one.busy_until:
            wrong.append(f"two visits at once: {one.reference} and {other.reference}")
    days = Counter((visit.visitor_id, visit.day) for visit in held)
    wrong += [f"{number} visits on {key}" for key, number in days.items() if number > 1]
    return wrong


def _lost(events: dict[str, Event], places: list[Place], visits: list[Visit], acks: list[Ack]) -> list[str]:
    """Everything somebody was told and that is not so, by the last thing they were told of a booking."""
    wrong = []
    now = {place.reference: place_ack(place) for place in places} | {
        visit.reference: visit_ack(visit) for visit in visits
    }
    moved = {(place.enquiry_id, place.event_id) for place in places if place.sequence}
    owner = {place.reference: place.enquiry_id for place in places}
    last: dict[str, Ack] = {}
    for ack in acks:
        before = last.get(ack.reference)
        if before is None or (ack.sequence, _later(ack)) >= (before.sequence, _later(before)):
            last[ack.reference] = ack
    for reference, told in last.items():
        stands = now.get(reference)
        if stands is None:
            wrong.append(f"{told} is not in the store")
        elif told.what in events and events[told.what].cancelled_at is not None:
            if stands.status not in ("cancelled", "lapsed"):
                wrong.append(f"{stands} stands at an event that was called off")
        elif told.status in (BookingStatus.WAITING, BookingStatus.OFFERED):
            # The worker, and those before them, go on with it; and who moves a booking there waits no more.
            elsewhere = stands.status == "cancelled" and (owner[reference], told.what) in moved
            if stands.status not in ("waiting", "offered", "lapsed", "booked") and not elsewhere:
                wrong.append(f"{told} became {stands}")
        elif stands != told:
            wrong.append(f"{told} became {stands}")
    return wrong


def _later(ack: Ack) -> int:
    return ("waiting", "offered", "booked", "lapsed", "cancelled").index(ack.status)
