"""Initial visits at home: which times are free, and to reserve, book, move and give one back.

A time is offered when any visitor is free then (`enquiry/bookings/visits/slots.py` works it out); who goes is settled when it is booked.
The store's triggers have the last word, and another visitor is tried when one has just been taken.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from enquiry.agencies.agency import Agency
from enquiry.agencies.working_hours import is_bank_holiday
from enquiry.bookings.attempt import Attempt
from enquiry.bookings.booking import (
    RESERVED_FOR,
    AlreadyBooked,
    NothingBooked,
    SlotGone,
    SlotTaken,
    lock_enquiry,
    note_change,
    reach,
    rules_of,
    step_back,
    tells_refusals,
)
from enquiry.bookings.letters import Letter, drop_letters, tell, tell_visitor
from enquiry.bookings.may_book import Act, check_allowed, check_changeable
from enquiry.bookings.visits.slots import Busy, Slot, VisitorPlan, Window, free_slots, spread, visitors_for
from enquiry.enums import BookingStatus, Change, Stage
from enquiry.references import VISIT, new_reference
from enquiry.store.models import Enquiry, Visit, Visitor


def free_times(session: Session, agency: Agency, now: datetime, *, without: Visit | None = None) -> list[datetime]:
    """Every moment at which some visitor could begin a visit, soonest first.

    Args:
        without: a visit that is about to be moved: its own time is free for it.
    """
    return list(dict.fromkeys(slot.starts_at for slot in _slots(session, agency, now, without)[0]))


def free_slots_by_visitor(session: Session, agency: Agency, now: datetime) -> list[Slot]:
    """The same with who is free then, for the diary: a slot for each of them."""
    return _slots(session, agency, now, None)[0]


def times_to_offer(
    session: Session, agency: Agency, now: datetime, limit: int = 6, *, without: Visit | None = None
) -> list[datetime]:
    """A few of them to choose from: on different days and at different times of the day."""
    return spread(free_times(session, agency, now, without=without), limit)


def standing_visit(session: Session, enquiry: Enquiry) -> Visit | None:
    """The visit that is booked for an enquiry."""
    return session.scalar(
        select(Visit).where(Visit.enquiry_id == enquiry.id, Visit.status == BookingStatus.BOOKED.value)
    )


@tells_refusals("visit")
def reserve_visit(session: Session, agency: Agency, enquiry: Enquiry, at: datetime, attempt: Attempt) -> Visit:
    """Keep a time for ten minutes while somebody types their details. A time kept for them before is let go of.

    Raises:
        SlotTaken: someone else has it. SlotGone: nobody makes visits then, or it is too soon.
        AlreadyBooked: the enquiry has a visit.
        ArrangedByAPerson: a member of staff does it (enquiry/bookings/may_book.py).
    """
    lock_enquiry(session, enquiry.id)
    check_allowed(session, Act.BOOK_VISIT, enquiry, attempt)
    return _take(session, agency, enquiry, at, attempt.now, BookingStatus.RESERVED)


@tells_refusals("visit")
def book_visit(session: Session, agency: Agency, enquiry: Enquiry, at: datetime, attempt: Attempt) -> Visit:
    """Book an initial visit at a moment; the one that stands is returned when it is at that moment.

    Raises:
        SlotTaken: someone else has it. SlotGone: nobody makes visits then, or it is too soon.
        AlreadyBooked: the enquiry has a visit at another time.
        ArrangedByAPerson: a member of staff does it (enquiry/bookings/may_book.py).
    """
    lock_enquiry(session, enquiry.id)
    check_allowed(session, Act.BOOK_VISIT, enquiry, attempt)
    now = attempt.now
    reserved = _reserved(session, enquiry, now)
    if reserved is not None and reserved.starts_at == at and standing_visit(session, enquiry) is None:
        visit, reserved.status, reserved.reserved_until = reserved, BookingStatus.BOOKED.value, None
        visit.booked_at = now
        session.flush()
    else:
        try:
            visit = _take(session, agency, enquiry, at, now, BookingStatus.BOOKED)
        except AlreadyBooked as already:
            if isinstance(already.booking, Visit) and already.booking.starts_at == at:
                return already.booking
            raise
    reach(session, enquiry, Stage.VISIT_BOOKED, visit.reference, attempt)
    note_change(session, visit, Change.BOOKED, attempt)
    tell(session, Letter.VISIT_BOOKED, visit, attempt)
    tell_visitor(session, visit, Change.BOOKED, attempt)
    return visit


@tells_refusals("visit")
def move_visit(session: Session, agency: Agency, visit: Visit, at: datetime, attempt: Attempt) -> Visit:
    """Move a visit; it keeps its reference, and maybe another visitor comes. The old time is free again.

    Raises:
        SlotTaken, SlotGone: as when booking; the old time is kept.
        NothingBooked: there is no visit to move. TooLate: it is after the cut-off.
        ArrangedByAPerson: a member of staff does it (enquiry/bookings/may_book.py).
    """
    lock_visit(session, visit)
    check_allowed(session, Act.MOVE_VISIT, visit.enquiry, attempt)
    check_changeable(visit, attempt)
    now = attempt.now
    if visit.status != BookingStatus.BOOKED:
        raise NothingBooked
    if visit.starts_at == at:
        return visit
    before, visitor_before = visit.starts_at, visit.visitor_id
    _let_go(session, visit.enquiry, now)
    for slot in _candidates(session, agency, visit.enquiry, at, now, visit):
        try:
            with session.begin_nested():
                _put(visit, slot)
                visit.sequence += 1
                session.flush()
        except IntegrityError:
            session.refresh(visit)
            continue
        session.expire(visit, ["visitor"])
        note_change(session, visit, Change.MOVED, attempt, before=before)
        drop_letters(session, visit)
        tell(session, Letter.VISIT_MOVED, visit, attempt)
        tell_visitor(session, visit, Change.MOVED, attempt, before=(visitor_before, before))
        return visit
    raise SlotTaken(at)


@tells_refusals("visit")
def release_visit(session: Session, visit: Visit, attempt: Attempt, *, they_asked: bool = True) -> None:
    """Give a visit's time back. Idempotent.

    Args:
        they_asked: whether the household wanted it; the letter says so. Only staff call a visit off of their own accord.
    Raises:
        NothingBooked: it has been: it took place, or did not. TooLate: it is after the cut-off.
    """
    try:
        lock_visit(session, visit)
    except NothingBooked:
        return
    if visit.status == BookingStatus.RESERVED:
        session.delete(visit)
        session.flush()
        return
    if visit.status == BookingStatus.CANCELLED:
        return
    check_changeable(visit, attempt)
    if visit.status != BookingStatus.BOOKED:
        return
    visit.status = BookingStatus.CANCELLED.value
    visit.sequence += 1
    session.flush()
    note_change(session, visit, Change.CANCELLED, attempt)
    drop_letters(session, visit)
    tell(session, Letter.VISIT_CANCELLED if they_asked else Letter.VISIT_CANCELLED_BY_US, visit, attempt)
    tell_visitor(session, visit, Change.CANCELLED, attempt)
    step_back(session, visit.enquiry, visit.reference, attempt)


def lock_visit(session: Session, visit: Visit) -> None:
    """Lock a household and its visit, which is read anew.

    Raises:
        NothingBooked: it is not there any more: a time that was kept has been let go of, or the enquiry is forgotten.
    """
    lock_enquiry(session, visit.enquiry_id)
    wanted = select(Visit).where(Visit.id == visit.id).with_for_update().execution_options(populate_existing=True)
    if session.scalar(wanted) is None:
        raise NothingBooked


def plan_of(visitor: Visitor) -> VisitorPlan:
    """What the calculation of times knows of a visitor."""
    pattern = {
        int(day): tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in spans)
        for day, spans in visitor.pattern.items()
    }
    return VisitorPlan(
        id=visitor.id,
        pattern=pattern,
        visit=timedelta(minutes=visitor.visit_minutes),
        buffer=timedelta(minutes=visitor.buffer_minutes),
        most_a_day=visitor.most_a_day,
        leave=tuple((leave.first_day, leave.last_day) for leave in visitor.leave),
        areas=frozenset(str(area).lower() for area in visitor.areas),
    )


def _take(
    session: Session, agency: Agency, enquiry: Enquiry, at: datetime, now: datetime, status: BookingStatus
) -> Visit:
    """Take a time with the visitor who fits best, or the next one when the store says that this one has just been taken."""
    if own := standing_visit(session, enquiry):
        raise AlreadyBooked(own)
    _let_go(session, enquiry, now)
    for slot in _candidates(session, agency, enquiry, at, now):
        visit = Visit(
            agency=agency.slug,
            enquiry_id=enquiry.id,
            reference=new_reference(VISIT),
            status=status.value,
            sequence=0,
            booked_at=now,
            reserved_until=now + RESERVED_FOR if status is BookingStatus.RESERVED else None,
        )
        _put(visit, slot)
        try:
            with session.begin_nested():
                session.add(visit)
        except IntegrityError:
            # The database said no: another process has taken this visitor's time, or booked for this very household.
            if own := standing_visit(session, enquiry):
                raise AlreadyBooked(own) from None
            continue
        return visit
    raise SlotTaken(at)


def _candidates(
    session: Session, agency: Agency, enquiry: Enquiry, at: datetime, now: datetime, without: Visit | None = None
) -> list[Slot]:
    """Who could come at a moment, the best first.

    Raises:
        SlotTaken: all who make visits then have one. SlotGone: nobody makes visits then.
    """
    slots, busy, plans = _slots(session, agency, now, without)
    area = next((str(answer.value) for answer in enquiry.answers if answer.criterion == "area"), None)
    found = visitors_for(slots, at, busy, plans, area)
    if not found:
        offered = {slot.starts_at for slot in free_slots(plans, [], _window(agency, now), _day_off(agency))}
        raise SlotTaken(at) if at in offered else SlotGone(at)
    return found


def _slots(
    session: Session, agency: Agency, now: datetime, without: Visit | None
) -> tuple[list[Slot], list[Busy], list[VisitorPlan]]:
    wanted = (
        select(Visitor)
        .where(Visitor.agency == agency.slug, Visitor.active.is_(True))
        .options(selectinload(Visitor.leave))
    )
    plans = [plan_of(visitor) for visitor in session.scalars(wanted.order_by(Visitor.id))]
    window = _window(agency, now)
    taken = select(Visit).where(
        Visit.agency == agency.slug,
        Visit.status.not_in([BookingStatus.CANCELLED.value]),
        Visit.busy_until > window.opens - timedelta(days=1),
        Visit.starts_at < window.closes + timedelta(days=1),
    )
    busy = [
        Busy(visit.visitor_id, visit.day, visit.starts_at, visit.busy_until)
        for visit in session.scalars(taken)
        if (without is None or visit.id != without.id) and (visit.reserved_until is None or visit.reserved_until > now)
    ]
    return free_slots(plans, busy, window, _day_off(agency)), busy, plans


def _window(agency: Agency, now: datetime) -> Window:
    rules = rules_of(agency)
    return Window(opens=now + rules.visit_notice, closes=now + rules.visit_horizon)


def _day_off(agency: Agency) -> Callable[[date], bool]:
    return lambda day: is_bank_holiday(day, agency)


def _put(visit: Visit, slot: Slot) -> None:
    visit.visitor_id, visit.day = slot.visitor, slot.day
    visit.starts_at, visit.ends_at, visit.busy_until = slot.starts_at, slot.ends_at, slot.busy_until


def _reserved(session: Session, enquiry: Enquiry, now: datetime) -> Visit | None:
    kept = select(Visit).where(
        Visit.enquiry_id == enquiry.id, Visit.status == BookingStatus.RESERVED.value, Visit.reserved_until > now
    )
    return session.scalar(kept.with_for_update())


def _let_go(session: Session, enquiry: Enquiry, now: datetime) -> None:
    """Delete reservations that have had their time, and this household's own: in the way of the booking that follows."""
    theirs_or_over = or_(Visit.enquiry_id == enquiry.id, Visit.reserved_until <= now)
    kept = select(Visit.id).where(
        Visit.agency == enquiry.agency, Visit.status == BookingStatus.RESERVED.value, theirs_or_over
    )
    # Another process may be letting go of the same ones: nobody waits for that.
    ids = list(session.scalars(kept.with_for_update(skip_locked=True)))
    if ids:
        session.execute(delete(Visit).where(Visit.id.in_(ids)))
