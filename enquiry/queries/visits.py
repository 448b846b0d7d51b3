"""One initial visit as staff read it: who, when, who goes, what came of it, and its record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from enquiry.bookings.visits.outcomes import record_due_by
from enquiry.enums import BookingStatus
from enquiry.queries.bookings import HistoryLine, history_of_booking
from enquiry.queries.contact import Contact, contact_of
from enquiry.queries.handoffs import NotThere
from enquiry.store.models import Visit


@dataclass(frozen=True)
class VisitRow:
    """One visit in a list. `area` is the enquirer's answer: a side of the boundary or a postcode district; empty when not known."""

    reference: str
    visitor: str
    starts_at: datetime
    ends_at: datetime
    status: str
    who: str
    enquiry: str
    area: str


@dataclass(frozen=True)
class RecordText:
    """What the visitor wrote up."""

    understanding: str
    motivation: str
    strengths: str
    who: str
    at: datetime


@dataclass(frozen=True)
class VisitPage:
    """Everything about one visit."""

    row: VisitRow
    contact: Contact
    record: RecordText | None
    record_due_by: datetime
    history: tuple[HistoryLine, ...]


def find_visit(session: Session, agency: str, reference: str) -> Visit:
    """The visit of a reference. Raises `NotThere`: unknown, another agency's, or only a time kept while somebody types."""
    wanted = select(Visit).where(
        Visit.agency == agency, Visit.reference == reference, Visit.status != BookingStatus.RESERVED.value
    )
    found = session.scalar(wanted) if reference.isprintable() else None
    if found is None:
        raise NotThere(reference)
    return found


def visit_row(visit: Visit) -> VisitRow:
    """A visit as a row of a list."""
    area = next((str(answer.value) for answer in visit.enquiry.answers if answer.criterion == "area"), "")
    return VisitRow(
        visit.reference,
        visit.visitor.name,
        visit.starts_at,
        visit.ends_at,
        visit.status,
        visit.enquiry.contact_name or "",
        visit.enquiry.reference,
        area,
    )


def visit_page(session: Session, agency: str, reference: str) -> VisitPage:
    """One visit. Raises `NotThere`."""
    visit = find_visit(session, agency, reference)
    return VisitPage(
        row=visit_row(visit),
        contact=contact_of(session, visit.enquiry),
        record=record_text(visit),
        record_due_by=record_due_by(visit),
        history=history_of_booking(session, visit),
    )


def record_text(visit: Visit) -> RecordText | None:
    """The record of a visit, when there is one."""
    record = visit.record
    if record is None:
        return None
    return RecordText(record.understanding, record.motivation, record.strengths, record.staff.name, record.at)
