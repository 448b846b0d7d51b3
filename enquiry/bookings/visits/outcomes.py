"""Outcomes of initial visits, the record that is due two days after, and what is still to be written or decided.

Statement of purpose, 2023: a written record within two days, then the weekly meeting on going on, then the person is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency
from enquiry.bookings.attempt import Attempt
from enquiry.bookings.booking import NothingBooked, note_change, step_back
from enquiry.bookings.letters import Letter, drop_letters, tell
from enquiry.bookings.visits.visits import lock_visit, move_visit, release_visit
from enquiry.enums import BookingStatus, Change, Stage
from enquiry.journey.stages import change_stage, may_step
from enquiry.store.models import DecisionRecord, Enquiry, Staff, Visit, VisitRecord

RECORD_DUE = timedelta(days=2)
LONGEST_RECORD = 4_000  # characters a part
BY_PHONE, AT_A_VISIT = "phone", "visit"


class VisitOutcome(StrEnum):
    """What came of a visit, as the visitor says it."""

    HELD = "held"
    NOT_AT_HOME = "not_at_home"
    MOVED = "moved"
    CANCELLED = "cancelled"


class TooSoon(Exception):
    """The visit has not begun: nobody can say yet what came of it."""


class RecordIncomplete(Exception):
    """A part of the record is empty, or too long."""


class NotHeld(Exception):
    """Only a visit that took place has a record."""


@dataclass(frozen=True)
class WrittenUp:
    """The three parts of a visit record (statement of purpose, 2023)."""

    understanding: str
    motivation: str
    strengths: str


def record_outcome(
    session: Session,
    agency: Agency,
    visit: Visit,
    outcome: VisitOutcome,
    attempt: Attempt,
    *,
    moved_to: datetime | None = None,
    they_asked: bool = False,
) -> None:
    """Write down what came of a visit. Said again, the later word counts, between "held" and "not at home".

    Args:
        moved_to: the new time of a visit that was moved.
        they_asked: whether the household wanted a visit cancelled.
    Raises:
        TooSoon: it has not begun, and it was neither moved nor cancelled.
        NothingBooked: the visit was given back.
        SlotTaken, SlotGone: the new time can't be had.
        ValueError: moved, and no new time.
    """
    match outcome:
        case VisitOutcome.MOVED:
            if moved_to is None:
                raise ValueError("a new time is missing")
            move_visit(session, agency, visit, moved_to, attempt)
        case VisitOutcome.CANCELLED:
            if visit.status != BookingStatus.BOOKED:
                raise NothingBooked
            release_visit(session, visit, attempt, they_asked=they_asked)
        case VisitOutcome.HELD | VisitOutcome.NOT_AT_HOME:
            _settle(session, visit, outcome, attempt)


def _settle(session: Session, visit: Visit, outcome: VisitOutcome, attempt: Attempt) -> None:
    lock_visit(session, visit)
    status = BookingStatus.ATTENDED if outcome is VisitOutcome.HELD else BookingStatus.MISSED
    if not BookingStatus(visit.status).was_booked:
        raise NothingBooked
    if attempt.now < visit.starts_at:
        raise TooSoon
    if visit.status == status:
        return
    visit.status = status.value
    visit.sequence += 1
    session.flush()
    note_change(session, visit, Change(status.value), attempt)
    drop_letters(session, visit)
    enquiry = visit.enquiry
    if status is BookingStatus.MISSED:
        tell(session, Letter.VISIT_MISSED, visit, attempt)
        if Stage(enquiry.stage) is Stage.VISITED:  # "held" was a slip
            _step(session, enquiry, Stage.VISIT_BOOKED, f"Not visited: {visit.reference}", attempt)
        step_back(session, enquiry, visit.reference, attempt)
        return
    if not may_step(Stage(enquiry.stage), Stage.VISITED):  # "not at home" was a slip, and led back to before the visit
        _step(session, enquiry, Stage.VISIT_BOOKED, f"Booked {visit.reference}", attempt)
    _step(session, enquiry, Stage.VISITED, f"Visited: {visit.reference}", attempt)


def _step(session: Session, enquiry: Enquiry, stage: Stage, why: str, attempt: Attempt) -> None:
    if may_step(Stage(enquiry.stage), stage):
        change_stage(session, enquiry, stage, who=attempt.who, why=why, now=attempt.now)


def write_record(session: Session, visit: Visit, staff: Staff, written: WrittenUp, now: datetime) -> VisitRecord:
    """Keep the record of a visit; written again, it takes the place of the one before.

    Raises:
        NotHeld: the visit did not take place.
        RecordIncomplete: a part is empty or longer than 4,000 characters.
    """
    if visit.status != BookingStatus.ATTENDED:
        raise NotHeld
    parts = (written.understanding, written.motivation, written.strengths)
    if any(not part.strip() or len(part) > LONGEST_RECORD for part in parts):
        raise RecordIncomplete
    record = session.get(VisitRecord, visit.id)
    if record is None:
        record = VisitRecord(visit_id=visit.id)
        session.add(record)
    record.understanding, record.motivation, record.strengths = (part.strip() for part in parts)
    record.staff_id, record.at = staff.id, now
    session.flush()
    session.expire(visit, ["record"])
    return record


def outcomes_due(session: Session, agency_slug: str, now: datetime) -> list[Visit]:
    """Visits that are over and of which nobody has said what came of them, the oldest first."""
    over = select(Visit).where(
        Visit.agency == agency_slug, Visit.status == BookingStatus.BOOKED.value, Visit.ends_at <= now
    )
    return list(session.scalars(over.order_by(Visit.ends_at)))


def records_due(session: Session, agency_slug: str) -> list[Visit]:
    """Visits that took place and have no record yet, the oldest first; each is due two days after its end."""
    held = select(Visit).where(Visit.agency == agency_slug, Visit.status == BookingStatus.ATTENDED.value)
    return list(session.scalars(held.where(~Visit.record.has()).order_by(Visit.ends_at)))


def record_due_by(visit: Visit) -> datetime:
    """By when its record is due."""
    return visit.ends_at + RECORD_DUE


def to_be_decided(session: Session, agency_slug: str) -> list[Visit]:
    """For the weekly meeting: visits with a record, of enquiries that nothing was decided of since, the oldest record first."""
    decided = select(DecisionRecord.id).where(
        DecisionRecord.enquiry_id == Visit.enquiry_id, DecisionRecord.at >= VisitRecord.at
    )
    written = (
        select(Visit)
        .join(VisitRecord, VisitRecord.visit_id == Visit.id)
        .join(Enquiry, Enquiry.id == Visit.enquiry_id)
        .where(Visit.agency == agency_slug, Visit.status == BookingStatus.ATTENDED.value)
        .where(Enquiry.stage == Stage.VISITED.value, ~decided.exists())
    )
    return list(session.scalars(written.order_by(VisitRecord.at)))


def to_be_told(session: Session, agency_slug: str) -> list[DecisionRecord]:
    """The latest decision of each enquiry whose person has not been told of it, the oldest first."""
    open_ones = (
        select(DecisionRecord)
        .join(Enquiry, Enquiry.id == DecisionRecord.enquiry_id)
        .where(Enquiry.agency == agency_slug, DecisionRecord.told_at.is_(None))
    )
    return [
        one for one in session.scalars(open_ones.order_by(DecisionRecord.at)) if one.id == one.enquiry.decisions[-1].id
    ]


def tell_applicant(session: Session, decision: DecisionRecord, staff: Staff, how: str, now: datetime) -> None:
    """Write down that a person has told the applicant, and how: by phone or at another visit. Twice does no harm.

    Raises:
        ValueError: another way.
    """
    if how not in (BY_PHONE, AT_A_VISIT):
        raise ValueError(how)
    if decision.told_at is None:
        decision.told_at, decision.told_by, decision.told_how = now, staff.id, how
        session.flush()
