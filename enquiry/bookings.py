"""Places at information events, and initial visits. The database decides who gets the last one; see the first migration."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enquiry.agencies import LONDON
from enquiry.journey import change_stage, may_step
from enquiry.letters import confirm_place, confirm_visit, place_occasion, visit_occasion
from enquiry.outbox import take_back
from enquiry.references import PLACE, VISIT, new_reference
from enquiry.store.models import Enquiry, Event, Place, Visit, VisitSlot
from enquiry.words import BookingStatus, Stage

# A visitor needs two days to arrange a visit.
VISIT_NOTICE = timedelta(hours=48)
# A reference given out before, or a place given back in between, is a reason to try again; a third time is a real trouble.
TRIES = 5
BY_ENQUIRER = "enquirer"

_STAGE_BEFORE = frozenset({Stage.EVENT_BOOKED, Stage.VISIT_BOOKED})


class EventFull(Exception):
    """The event has fewer places left than were asked for."""


class EventGone(Exception):
    """There is no such event of this agency, or it has begun."""


class SlotTaken(Exception):
    """Someone else has this visit slot."""


class SlotGone(Exception):
    """There is no such visit slot of this agency, or its time has come."""


class AlreadyBooked(Exception):
    """The enquiry has a visit booked already, at another time; `visit` says which."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(f"Visit {visit.reference} is booked already.")
        self.visit = visit


def open_events(session: Session, agency_slug: str, now: datetime, limit: int = 3) -> list[Event]:
    """The next information events that have places left, soonest first."""
    return list(
        session.scalars(
            select(Event)
            .where(Event.agency == agency_slug, Event.starts_at > now, Event.taken < Event.places)
            .order_by(Event.starts_at)
            .limit(limit)
        )
    )


def book_place(session: Session, event_id: str, enquiry: Enquiry, people: int, now: datetime) -> Place:
    """Book places at an event for one household; the booking that stands is returned when there is one.

    Args:
        people: how many come, 1 to 4. Another number than before changes the booking.
    Raises:
        EventFull: fewer places are left.
        EventGone: no such event, or it has begun.
        ValueError: people is not 1 to 4.
    """
    if not 1 <= people <= 4:
        raise ValueError("One household books 1 to 4 places.")
    for _ in range(TRIES):
        own_event = select(Event).where(Event.id == event_id, Event.agency == enquiry.agency)
        event = session.scalar(own_event.execution_options(populate_existing=True))
        if event is None or event.starts_at <= now:
            raise EventGone(event_id)
        place = _standing_place(session, event_id, enquiry)
        if place is not None and place.people == people:
            return place
        try:
            with session.begin_nested():
                if place is None:
                    place = Place(
                        event_id=event_id,
                        enquiry_id=enquiry.id,
                        reference=new_reference(PLACE),
                        status=BookingStatus.BOOKED.value,
                        booked_at=now,
                    )
                    session.add(place)
                place.people = people
        except IntegrityError:
            # The database said no; what is true by now says why.
            session.refresh(event)
            standing = _standing_place(session, event_id, enquiry)
            extra = people - (standing.people if standing else 0)
            if event.taken + extra > event.places:
                raise EventFull(event_id) from None
            continue
        session.refresh(event)
        _reach(session, enquiry, Stage.EVENT_BOOKED, place.reference, now)
        take_back(session, place_occasion(place))
        confirm_place(session, place, event, enquiry, now)
        return place
    raise EventFull(event_id)


def release_place(session: Session, place: Place, now: datetime) -> None:
    """Give a place back. Giving it back twice does no harm."""
    if place.status != BookingStatus.BOOKED:
        return
    place.status = BookingStatus.CANCELLED.value
    session.flush()
    session.expire(place.event)
    take_back(session, place_occasion(place))
    _step_back(session, place.enquiry, place.reference, now)


def free_slots(session: Session, agency_slug: str, now: datetime, limit: int = 6) -> list[VisitSlot]:
    """Visit slots to choose from, from two days ahead: one a day and at changing times before a second on any day."""
    taken = select(Visit.id).where(Visit.slot_id == VisitSlot.id, Visit.status != BookingStatus.CANCELLED.value)
    days: defaultdict[date, dict[datetime, VisitSlot]] = defaultdict(dict)
    for slot in session.scalars(
        select(VisitSlot)
        .where(VisitSlot.agency == agency_slug, VisitSlot.starts_at >= now + VISIT_NOTICE, ~taken.exists())
        .order_by(VisitSlot.starts_at, VisitSlot.visitor)
    ):
        # Two visitors free at the same time are one choice for the enquirer.
        days[slot.starts_at.astimezone(LONDON).date()].setdefault(slot.starts_at, slot)
    left = [list(day.values()) for _, day in sorted(days.items())]
    chosen: list[VisitSlot] = []
    turn = 0
    while len(chosen) < limit and any(left):
        for day in left:
            if day and len(chosen) < limit:
                chosen.append(day.pop(turn % len(day)))
                turn += 1
    return sorted(chosen, key=lambda slot: slot.starts_at)


def book_visit(session: Session, slot_id: str, enquiry: Enquiry, now: datetime) -> Visit:
    """Book an initial visit; the booking that stands is returned when it is for this slot.

    Raises:
        SlotTaken: someone else has it.
        SlotGone: no such slot, or its time has come.
        AlreadyBooked: the enquiry has a visit at another time.
    """
    for _ in range(TRIES):
        slot = session.scalar(select(VisitSlot).where(VisitSlot.id == slot_id, VisitSlot.agency == enquiry.agency))
        if slot is None or slot.starts_at <= now:
            raise SlotGone(slot_id)
        own = _standing_visit(session, enquiry)
        if own is not None and own.slot_id == slot_id:
            return own
        if own is not None:
            raise AlreadyBooked(own)
        visit = Visit(
            slot_id=slot_id,
            enquiry_id=enquiry.id,
            reference=new_reference(VISIT),
            status=BookingStatus.BOOKED.value,
            booked_at=now,
        )
        try:
            with session.begin_nested():
                session.add(visit)
        except IntegrityError:
            # The database said no; what is true by now says why.
            if _holder(session, slot_id, enquiry):
                raise SlotTaken(slot_id) from None
            continue
        _reach(session, enquiry, Stage.VISIT_BOOKED, visit.reference, now)
        confirm_visit(session, visit, slot, enquiry, now)
        return visit
    raise SlotTaken(slot_id)


def release_visit(session: Session, visit: Visit, now: datetime) -> None:
    """Give a visit's slot back. Giving it back twice does no harm."""
    if visit.status != BookingStatus.BOOKED:
        return
    visit.status = BookingStatus.CANCELLED.value
    session.flush()
    take_back(session, visit_occasion(visit))
    _step_back(session, visit.enquiry, visit.reference, now)


def _standing_place(session: Session, event_id: str, enquiry: Enquiry) -> Place | None:
    return session.scalar(
        select(Place).where(
            Place.event_id == event_id,
            Place.enquiry_id == enquiry.id,
            Place.status != BookingStatus.CANCELLED.value,
        ).execution_options(populate_existing=True)
    )


def _standing_visit(session: Session, enquiry: Enquiry) -> Visit | None:
    return session.scalar(
        select(Visit).where(Visit.enquiry_id == enquiry.id, Visit.status == BookingStatus.BOOKED.value)
    )


def _holder(session: Session, slot_id: str, enquiry: Enquiry) -> bool:
    held = select(Visit.id).where(
        Visit.slot_id == slot_id, Visit.enquiry_id != enquiry.id, Visit.status != BookingStatus.CANCELLED.value
    )
    return session.scalar(held) is not None


def _reach(session: Session, enquiry: Enquiry, stage: Stage, reference: str, now: datetime) -> None:
    """Go on to a booking's stage, unless the enquiry is further on: an event after a visit is booked changes nothing."""
    current = Stage(enquiry.stage)
    further = current is Stage.VISIT_BOOKED and stage is Stage.EVENT_BOOKED
    if not further and may_step(current, stage):
        change_stage(session, enquiry, stage, who=BY_ENQUIRER, why=f"Booked {reference}", now=now)


def _step_back(session: Session, enquiry: Enquiry, reference: str, now: datetime) -> None:
    """After a booking was given back: to what else is booked, or to where the person was before they booked."""
    session.expire(enquiry, ["places", "visits", "changes"])
    if Stage(enquiry.stage) not in _STAGE_BEFORE:
        return
    if any(visit.status == BookingStatus.BOOKED for visit in enquiry.visits):
        stage = Stage.VISIT_BOOKED
    elif any(place.status == BookingStatus.BOOKED for place in enquiry.places):
        stage = Stage.EVENT_BOOKED
    else:
        earlier = [Stage(change.stage) for change in enquiry.changes if Stage(change.stage) not in _STAGE_BEFORE]
        stage = earlier[-1]
    if may_step(Stage(enquiry.stage), stage):
        change_stage(session, enquiry, stage, who=BY_ENQUIRER, why=f"Gave back {reference}", now=now)
