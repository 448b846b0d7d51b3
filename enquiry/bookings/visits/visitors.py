"""Initial visitors as staff keep them: hours, areas, leave. What is booked already is never touched by a change of these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enquiry.bookings.visits.hours import Span
from enquiry.bookings.visits.slots import VisitorPlan
from enquiry.bookings.visits.visits import plan_of
from enquiry.dates import LONDON
from enquiry.enums import BookingStatus
from enquiry.store.models import Leave, Staff, Visit, Visitor

LONGEST_LEAVE = timedelta(days=366)
VISIT_MINUTES, BUFFER_MINUTES, VISITS_A_DAY = range(15, 481), range(0, 241), range(1, 13)


class NameTaken(Exception):
    """The agency has a visitor of this name."""


class NoSuchStaff(Exception):
    """The account is not one of this agency's."""


class LeaveTooLong(ValueError):
    """More than a year."""


@dataclass(frozen=True)
class VisitorDetails:
    """What staff say of a visitor. `hours` by day of the week, Monday 0."""

    name: str
    staff_id: str | None
    hours: Mapping[int, Sequence[Span]]
    visit_minutes: int
    buffer_minutes: int
    most_a_day: int
    areas: Sequence[str]
    active: bool


def keep_visitor(
    session: Session, agency_slug: str, details: VisitorDetails, visitor: Visitor | None = None
) -> Visitor:
    """Keep a visitor, a new one when none is given. Saving the same twice does no harm.

    Raises:
        NameTaken: another visitor of this agency has the name.
        NoSuchStaff: the account is not one of this agency's.
        ValueError: a number is out of its bounds.
    """
    _check(details)
    if details.staff_id is not None:
        staff = session.get(Staff, details.staff_id)
        if staff is None or staff.agency != agency_slug:
            raise NoSuchStaff(details.staff_id)
    hours = {
        day: [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in spans] for day, spans in details.hours.items()
    }
    values = {
        "name": details.name,
        "staff_id": details.staff_id,
        "pattern": {str(day): spans for day, spans in hours.items() if spans},
        "visit_minutes": details.visit_minutes,
        "buffer_minutes": details.buffer_minutes,
        "most_a_day": details.most_a_day,
        "areas": list(details.areas),
        "active": details.active,
    }
    try:
        with session.begin_nested():
            if visitor is None:
                visitor = Visitor(agency=agency_slug, **values)
                session.add(visitor)
            for name, value in values.items():
                setattr(visitor, name, value)
    except IntegrityError:
        raise NameTaken(details.name) from None
    return visitor


def add_leave(session: Session, visitor: Visitor, first: date, last: date) -> Leave:
    """Days on which a visitor makes no visits, both counted. The same days twice are kept once.

    Raises:
        LeaveTooLong: more than a year. ValueError: it ends before it begins.
    """
    if last < first:
        raise ValueError("leave ends before it begins")
    if last - first > LONGEST_LEAVE:
        raise LeaveTooLong
    same = next((one for one in visitor.leave if (one.first_day, one.last_day) == (first, last)), None)
    if same is not None:
        return same
    leave = Leave(visitor_id=visitor.id, first_day=first, last_day=last)
    visitor.leave.append(leave)
    session.flush()
    return leave


def remove_leave(session: Session, visitor: Visitor, leave_id: str) -> bool:
    """Take days of leave out again.

    Returns:
        Whether they were there.
    """
    leave = next((one for one in visitor.leave if one.id == leave_id), None)
    if leave is None:
        return False
    visitor.leave.remove(leave)
    session.flush()
    return True


def unfitting_visits(session: Session, visitor: Visitor, now: datetime) -> list[Visit]:
    """Visits to come that the visitor's hours, leave or number a day would not allow any more: a person rings about them."""
    coming = select(Visit).where(
        Visit.visitor_id == visitor.id, Visit.status == BookingStatus.BOOKED.value, Visit.starts_at > now
    )
    plan, number = plan_of(visitor), Counter[date]()
    found = []
    for visit in session.scalars(coming.order_by(Visit.starts_at)):
        number[visit.day] += 1
        if not (visitor.active and _fits(visit, plan) and number[visit.day] <= visitor.most_a_day):
            found.append(visit)
    return found


def _fits(visit: Visit, plan: VisitorPlan) -> bool:
    starts, ends = visit.starts_at.astimezone(LONDON), visit.ends_at.astimezone(LONDON)
    spans = plan.pattern.get(visit.day.weekday(), ())
    return not plan.is_away(visit.day) and any(
        opens <= starts.time() and ends.time() <= closes for opens, closes in spans
    )


def _check(details: VisitorDetails) -> None:
    numbers = (
        details.visit_minutes in VISIT_MINUTES,
        details.buffer_minutes in BUFFER_MINUTES,
        details.most_a_day in VISITS_A_DAY,
    )
    if not all(numbers):
        raise ValueError("a number of this visitor is out of its bounds")
