"""Places at information events: book, change, move, give back, wait for one, take up an offer, come to the door.

Every function locks the household and then the event, so that two of them never wait for each other's rows in turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enquiry.bookings.attempt import Attempt
from enquiry.bookings.booking import (
    LATEST_OFFER,
    OFFER_ENDS_BEFORE,
    OFFER_LASTS,
    TRIES,
    AlreadyBooked,
    EventFull,
    EventGone,
    NothingBooked,
    OfferOver,
    check_people,
    lock_enquiry,
    note_change,
    reach,
    step_back,
    tells_refusals,
)
from enquiry.bookings.letters import Letter, drop_letters, tell
from enquiry.bookings.may_book import Act, check_allowed, check_changeable
from enquiry.enums import GIVEN_BACK, BookingStatus, Change, Stage
from enquiry.references import PLACE, new_reference
from enquiry.store.models import Enquiry, Event, Place

_STANDS = Place.status.not_in(GIVEN_BACK)


def coming_events(session: Session, agency_slug: str, now: datetime, limit: int = 3) -> list[Event]:
    """The next information events, soonest first, full ones too: people may wait for a place there.

    Where all of the next ones are full, the next with places left stands behind them.
    """
    coming = (Event.agency == agency_slug, Event.starts_at > now, Event.cancelled_at.is_(None))
    found = list(session.scalars(select(Event).where(*coming).order_by(Event.starts_at).limit(limit)))
    if found and all(event.taken >= event.places for event in found):
        later = select(Event).where(*coming, Event.taken < Event.places).order_by(Event.starts_at).limit(1)
        found += list(session.scalars(later))
    return found


@tells_refusals("place")
def book_place(
    session: Session,
    event_id: str,
    enquiry: Enquiry,
    people: int,
    attempt: Attempt,
    *,
    needs: Sequence[str] | None = None,
    language: str | None = None,
) -> Place:
    """Book places at an event for one household; the booking that stands is returned when there is one.

    Who waits or was offered a place has it booked; who came already stays as they are.

    Args:
        people: how many come, 1 to 4. Another number than before changes the booking.
        needs: what to get ready (enquiry.enums.Needs); None leaves it as it is.
        language: of the interpreter, where one is asked for.
    Raises:
        EventFull: fewer places are left.
        EventGone: no such event, or it is cancelled, or it has begun.
        TooLate: it is booked, and too close to the event to change it.
        ArrangedByAPerson: a member of staff does it (enquiry/bookings/may_book.py).
        ValueError: people is not 1 to 4.
    """
    check_people(people)
    lock_enquiry(session, enquiry.id)
    check_allowed(session, Act.BOOK_PLACE, enquiry, attempt)
    for _ in range(TRIES):
        event = _locked(session, event_id, enquiry.agency, attempt.now)
        place = standing_place(session, event_id, enquiry)
        if place is not None and place.status in (BookingStatus.ATTENDED, BookingStatus.MISSED):
            return place
        stood, booked = place is not None, place is not None and place.status == BookingStatus.BOOKED
        same_needs = place is not None and (needs is None or (list(needs), language) == (place.needs, place.language))
        if place is not None and booked:
            if place.people == people and same_needs:
                return place
            check_changeable(place, attempt)
        try:
            with session.begin_nested():
                if place is None:
                    place = new_place(event_id, enquiry, people, BookingStatus.BOOKED, attempt.now)
                    session.add(place)
                place.people, place.status, place.offer_until = people, BookingStatus.BOOKED.value, None
                if needs is not None:
                    place.needs, place.language = list(needs), language
                if booked:
                    place.sequence += 1
        except IntegrityError:
            # The database said no; what is true by now says why.
            session.refresh(event)
            standing = standing_place(session, event_id, enquiry)
            extra = people - (standing.people if standing and BookingStatus(standing.status).takes_places else 0)
            if event.taken + extra > event.places:
                raise EventFull(event_id) from None
            continue
        session.refresh(event)
        reach(session, enquiry, Stage.EVENT_BOOKED, place.reference, attempt)
        note_change(session, place, Change.CHANGED if booked else Change.BOOKED, attempt)
        if stood:
            drop_letters(session, place)
        tell(session, Letter.PLACE_BOOKED, place, attempt)
        if stood:  # fewer people than before, or than were offered a place
            offer_free_places(session, event, attempt)
        return place
    raise EventFull(event_id)


def note_needs(
    session: Session, place: Place, needs: Sequence[str], attempt: Attempt, *, language: str | None = None
) -> None:
    """Keep what is to be got ready (enquiry.enums.Needs). Nothing is sent: it changes nothing for them."""
    lock_events(session, {place.event_id})
    session.refresh(place)
    if (list(needs), language) != (place.needs, place.language):
        place.needs, place.language = list(needs), language
        session.flush()
        note_change(session, place, Change.CHANGED, attempt)


@tells_refusals("place")
def wait_for_place(
    session: Session,
    event_id: str,
    enquiry: Enquiry,
    people: int,
    attempt: Attempt,
    *,
    needs: Sequence[str] = (),
    language: str | None = None,
) -> Place:
    """Join the waiting list of a full event. Who waits already keeps their turn, with the new number of people.

    Where there is room after all, it is booked: whoever could have it waits no more.

    Raises:
        EventGone: no such event, or it is cancelled, or it has begun.
        ArrangedByAPerson: a member of staff does it (enquiry/bookings/may_book.py).
        ValueError: people is not 1 to 4.
    """
    check_people(people)
    lock_enquiry(session, enquiry.id)
    check_allowed(session, Act.WAIT, enquiry, attempt)
    event = _locked(session, event_id, enquiry.agency, attempt.now)
    place = standing_place(session, event_id, enquiry)
    if place is not None and place.status != BookingStatus.WAITING:
        return place
    if event.places - event.taken >= people:
        return book_place(session, event_id, enquiry, people, attempt, needs=needs, language=language)
    if place is not None:
        place.people, place.needs, place.language = people, list(needs), language
        session.flush()
        return place
    place = new_place(event_id, enquiry, people, BookingStatus.WAITING, attempt.now)
    place.needs, place.language = list(needs), language
    session.add(place)
    session.flush()
    note_change(session, place, Change.WAITING, attempt)
    tell(session, Letter.PLACE_WAITING, place, attempt)
    return place


@tells_refusals("place")
def accept_offer(session: Session, place: Place, attempt: Attempt) -> Place:
    """Take up a place that is offered. Idempotent.

    Raises:
        ArrangedByAPerson: a member of staff does it (enquiry/bookings/may_book.py).
        OfferOver: the offer has lapsed or was given back.
        EventGone: the event is cancelled or has begun.
        NothingBooked: the enquiry is forgotten.
    """
    event = lock_place(session, place)[place.event_id]
    check_allowed(session, Act.ACCEPT_OFFER, place.enquiry, attempt)
    _check_coming(event, place.enquiry.agency, attempt.now)
    if place.status == BookingStatus.BOOKED:
        return place
    if place.status != BookingStatus.OFFERED or place.offer_until is None or place.offer_until <= attempt.now:
        raise OfferOver
    place.status, place.offer_until = BookingStatus.BOOKED.value, None
    session.flush()
    session.refresh(event)
    reach(session, place.enquiry, Stage.EVENT_BOOKED, place.reference, attempt)
    note_change(session, place, Change.ACCEPTED, attempt)
    drop_letters(session, place)
    tell(session, Letter.PLACE_BOOKED, place, attempt)
    return place


@tells_refusals("place")
def move_place(session: Session, place: Place, event_id: str, attempt: Attempt, *, people: int | None = None) -> Place:
    """Move a booking to another event; it keeps its reference, and the place left is offered to who waits.

    Args:
        people: how many come there, 1 to 4; None leaves it as it is. Date and number change together or not at all.
    Raises:
        EventFull, EventGone: as when booking; the old place is kept.
        AlreadyBooked: the household has a booking there.
        NothingBooked: there is no booking to move. TooLate: it is after the cut-off.
        ArrangedByAPerson: a member of staff does it (enquiry/bookings/may_book.py).
        ValueError: people is not 1 to 4.
    """
    if people is not None:
        check_people(people)
    events = lock_place(session, place, event_id)
    check_allowed(session, Act.MOVE_PLACE, place.enquiry, attempt)
    check_changeable(place, attempt)
    if place.status != BookingStatus.BOOKED:
        raise NothingBooked
    if place.event_id == event_id:
        return place
    before = events[place.event_id]
    if event_id not in events:
        raise EventGone(event_id)
    event = events[event_id]
    _check_coming(event, place.enquiry.agency, attempt.now)
    there = standing_place(session, event_id, place.enquiry)
    if there is not None and there.status != BookingStatus.WAITING:
        raise AlreadyBooked(there)
    try:
        with session.begin_nested():
            if there is not None:  # they waited there: the place they bring takes its turn
                there.status = BookingStatus.CANCELLED.value
                session.flush()
            place.event_id = event_id
            place.people = people or place.people
            place.sequence += 1
    except IntegrityError:
        raise EventFull(event_id) from None
    session.expire(place, ["event"])
    for one in (before, event):
        session.refresh(one)
    if there is not None:
        note_change(session, there, Change.CANCELLED, attempt)
        drop_letters(session, there)
    note_change(session, place, Change.MOVED, attempt, before=before.starts_at)
    drop_letters(session, place)
    tell(session, Letter.PLACE_MOVED, place, attempt)
    offer_free_places(session, before, attempt)
    return place


@tells_refusals("place")
def release_place(session: Session, place: Place, attempt: Attempt) -> None:
    """Give a place back, leave the waiting list, or say no to an offer. Idempotent.

    Raises:
        NothingBooked: it has been: they came, or did not. TooLate: it is after the cut-off.
    """
    try:
        event = lock_place(session, place)[place.event_id]
    except NothingBooked:
        return
    if BookingStatus(place.status).is_given_back:
        return
    check_changeable(place, attempt)
    if not BookingStatus(place.status).stands:
        return
    was_booked = place.status == BookingStatus.BOOKED
    place.status, place.offer_until = BookingStatus.CANCELLED.value, None
    place.sequence += 1
    session.flush()
    session.refresh(event)
    note_change(session, place, Change.CANCELLED, attempt)
    drop_letters(session, place)
    if was_booked:
        tell(session, Letter.PLACE_CANCELLED, place, attempt)
        step_back(session, place.enquiry, place.reference, attempt)
    offer_free_places(session, event, attempt)


def offer_free_places(session: Session, event: Event, attempt: Attempt) -> int:
    """Offer what is free to those who wait, in their order; a household that does not fit is passed over until one is.

    The caller has locked the event. Nothing is offered shortly before it begins.

    Returns:
        How many households were made an offer.
    """
    by_worker, now = attempt.by_worker(), attempt.now
    if event.cancelled_at or event.starts_at - now < LATEST_OFFER or event.taken >= event.places:
        return 0
    waiting = select(Place).where(Place.event_id == event.id, Place.status == BookingStatus.WAITING.value)
    free, offered = event.places - event.taken, 0
    for place in session.scalars(waiting.order_by(Place.booked_at, Place.id)):
        if place.people > free:
            continue
        place.status = BookingStatus.OFFERED.value
        place.offer_until = min(now + OFFER_LASTS, event.starts_at - OFFER_ENDS_BEFORE)
        free -= place.people
        session.flush()
        note_change(session, place, Change.OFFERED, by_worker)
        tell(session, Letter.PLACE_OFFERED, place, by_worker, expires_at=place.offer_until)
        offered += 1
        if free == 0:
            break
    session.refresh(event)
    return offered


def offers_to_lapse(session: Session, now: datetime) -> list[str]:
    """Ids of the events with an offer that was not answered in time."""
    return list(session.scalars(select(Place.event_id).where(*_overdue(now)).distinct()))


def lapse_offers(session: Session, event_id: str, attempt: Attempt) -> int:
    """End the offers of an event that were not answered in time, and offer the places on.

    Returns:
        How many lapsed.
    """
    event = lock_events(session, {event_id})[event_id]
    overdue = list(
        session.scalars(select(Place).where(Place.event_id == event_id, *_overdue(attempt.now)).order_by(Place.id))
    )
    for place in overdue:
        place.status = BookingStatus.LAPSED.value
        note_change(session, place, Change.LAPSED, attempt)
        drop_letters(session, place)
        if event.starts_at > attempt.now and event.cancelled_at is None:
            tell(session, Letter.PLACE_LAPSED, place, attempt)
    session.flush()
    session.refresh(event)
    offer_free_places(session, event, attempt)
    return len(overdue)


def standing_place(session: Session, event_id: str, enquiry: Enquiry) -> Place | None:
    """What stands for a household at an event: waited for, offered or booked."""
    own = select(Place).where(Place.event_id == event_id, Place.enquiry_id == enquiry.id, _STANDS)
    return session.scalar(own.execution_options(populate_existing=True))


def _overdue(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (Place.status == BookingStatus.OFFERED.value, Place.offer_until <= now)


def new_place(event_id: str, enquiry: Enquiry, people: int, status: BookingStatus, now: datetime) -> Place:
    """A place that is not in the store yet, with a reference of its own."""
    return Place(
        event_id=event_id,
        enquiry_id=enquiry.id,
        reference=new_reference(PLACE),
        people=people,
        status=status.value,
        needs=[],
        sequence=0,
        booked_at=now,
    )


def _locked(session: Session, event_id: str, agency_slug: str, now: datetime) -> Event:
    event = lock_events(session, {event_id}).get(event_id)
    if event is None:
        raise EventGone(event_id)
    _check_coming(event, agency_slug, now)
    return event


def _check_coming(event: Event, agency_slug: str, now: datetime) -> None:
    if event.agency != agency_slug or event.starts_at <= now or event.cancelled_at:
        raise EventGone(event.id)


def lock_place(session: Session, place: Place, *more: str) -> dict[str, Event]:
    """Lock a household and the event its place is at, and more events; the place is read anew.

    Raises:
        NothingBooked: the enquiry is forgotten.
    """
    lock_enquiry(session, place.enquiry_id)
    # It may have been moved before, but not from now on; what came of an offer is only known once the event is locked, too.
    session.refresh(place)
    events = lock_events(session, {place.event_id, *more})
    session.refresh(place)
    return events


def lock_events(session: Session, ids: set[str]) -> dict[str, Event]:
    """The events, locked in the order of their ids: whoever locks two does it in the same order. SQLite has one writer anyway."""
    wanted = select(Event).where(Event.id.in_(ids)).order_by(Event.id).with_for_update(key_share=True)
    return {event.id: event for event in session.scalars(wanted.execution_options(populate_existing=True))}
