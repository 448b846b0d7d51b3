"""The weekly list: visits whose record waits for a decision, and decisions that nobody has told the person of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from enquiry.bookings.visits.outcomes import to_be_decided, to_be_told
from enquiry.queries.contact import Contact, contact_of
from enquiry.queries.handoffs import NotThere
from enquiry.queries.visits import RecordText, VisitRow, record_text, visit_row
from enquiry.store.models import DecisionRecord, Enquiry


@dataclass(frozen=True)
class ToDecide:
    """A visit with its record."""

    visit: VisitRow
    record: RecordText


@dataclass(frozen=True)
class ToTell:
    """A decision the person has not been told of."""

    id: str
    reference: str
    contact: Contact
    decision: str
    decided_by: str
    at: datetime


def still_to_decide(session: Session, agency: str) -> tuple[ToDecide, ...]:
    """What the weekly meeting looks at, the oldest record first."""
    written = ((visit, record_text(visit)) for visit in to_be_decided(session, agency))
    return tuple(ToDecide(visit_row(visit), record) for visit, record in written if record is not None)


def still_to_tell(session: Session, agency: str) -> tuple[ToTell, ...]:
    """Who has to be told, the oldest decision first."""
    return tuple(
        ToTell(one.id, one.enquiry.reference, contact_of(session, one.enquiry), one.decision, one.staff.name, one.at)
        for one in to_be_told(session, agency)
    )


def find_decision(session: Session, agency: str, decision_id: str) -> DecisionRecord:
    """One decision. Raises `NotThere`: unknown, or another agency's."""
    own = select(DecisionRecord).join(Enquiry, Enquiry.id == DecisionRecord.enquiry_id)
    wanted = own.where(DecisionRecord.id == decision_id, Enquiry.agency == agency)
    found = session.scalar(wanted) if decision_id.isascii() and decision_id.isalnum() else None
    if found is None:
        raise NotThere(decision_id)
    return found
