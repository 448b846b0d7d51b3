"""The list of enquiries, and everything about one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from enquiry.enums import Role
from enquiry.handoffs.handoff import may_read
from enquiry.queries.answers import AnswerLine, answer_lines
from enquiry.queries.bookings import HistoryLine, PlaceLine, VisitLine, history_of, place_lines, visit_lines
from enquiry.queries.contact import Contact, contact_of
from enquiry.queries.decisions import DecisionSection, LookedAt, decision_section, looked_at
from enquiry.queries.handoffs import HandoffLine, NotThere, handoff_lines, handoffs_of
from enquiry.queries.messages import MessageLine, messages_to
from enquiry.queries.transcript import Transcript, transcript_of
from enquiry.screening.criteria import Criteria
from enquiry.store.models import Enquiry, Handoff, OutcomeRecord

MOST_ENQUIRIES = 50


@dataclass(frozen=True)
class Change:
    """One dated step of the journey."""

    stage: str
    who: str
    why: str
    at: datetime


@dataclass(frozen=True)
class NoteLine:
    """What a member of staff wrote."""

    who: str
    text: str
    at: datetime


@dataclass(frozen=True)
class ReasonLine:
    """One reason: for staff, what it led to, on what law or policy it rests, and what the person was told would change it."""

    text: str
    outcome: str
    basis: str
    changes_when: str


@dataclass(frozen=True)
class OutcomeLine:
    """What the answers led to, and why: the reasons that carry the outcome first."""

    outcome: str
    reasons: tuple[ReasonLine, ...]
    route: str | None
    criteria_version: str
    at: datetime


@dataclass(frozen=True)
class EnquiryLine:
    """One enquiry as a row of the list."""

    reference: str
    who: str
    stage: str
    outcome: str | None
    waiting: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class EnquiryPage:
    """Everything about one household's journey, on one page."""

    line: EnquiryLine
    contact: Contact
    changes: tuple[Change, ...]
    answers: tuple[AnswerLine, ...]
    outcome: OutcomeLine | None
    looked_at: LookedAt | None
    decision: DecisionSection
    transcripts: tuple[Transcript, ...]
    places: tuple[PlaceLine, ...]
    visits: tuple[VisitLine, ...]
    history: tuple[HistoryLine, ...]
    messages: tuple[MessageLine, ...]
    handoffs: tuple[HandoffLine, ...]
    notes: tuple[NoteLine, ...]


def find_enquiry(session: Session, agency: str, reference: str) -> Enquiry:
    """The enquiry of a reference.

    Raises:
        NotThere: unknown, or another agency's.
    """
    found = session.scalar(select(Enquiry).where(Enquiry.agency == agency, Enquiry.reference == reference))
    if found is None:
        raise NotThere(reference)
    return found


def enquiry_page(
    session: Session, agency: str, role: Role, reference: str, criteria: Criteria, now: datetime
) -> EnquiryPage:
    """One enquiry with everything the role may see. Raises `NotThere`."""
    enquiry = find_enquiry(session, agency, reference)
    latest = _latest(enquiry)
    handoffs = handoffs_of(session, [enquiry.id])[enquiry.id]
    return EnquiryPage(
        line=_enquiry_line(enquiry, handoffs, role),
        contact=contact_of(session, enquiry),
        changes=tuple(Change(one.stage, one.who, one.why, one.at) for one in enquiry.changes),
        answers=answer_lines(enquiry.answers, latest, criteria),
        outcome=_outcome_line(latest) if latest else None,
        looked_at=looked_at(session, latest, handoffs, role),
        decision=decision_section(enquiry, handoffs, role, now),
        transcripts=tuple(
            transcript_of(session, one, role) for one in sorted(enquiry.conversations, key=lambda each: each.started_at)
        ),
        places=place_lines(enquiry.places),
        visits=visit_lines(enquiry.visits),
        history=history_of(session, enquiry),
        messages=messages_to(session, agency, role, enquiry),
        handoffs=handoff_lines(session, handoffs, role),
        notes=tuple(NoteLine(note.staff.name, note.text, note.at) for note in enquiry.notes),
    )


def enquiries(
    session: Session, agency: str, role: Role, *, search: str = "", page: int = 1
) -> tuple[tuple[EnquiryLine, ...], int]:
    """A page of enquiries, the latest first, and how many there are in all.

    Args:
        search: part of a reference or of a name; empty finds everything.
        page: counted from 1, `MOST_ENQUIRIES` to a page.
    """
    wanted = select(Enquiry).where(Enquiry.agency == agency)
    if search:
        wanted = wanted.where(
            or_(
                Enquiry.reference.icontains(search, autoescape=True),
                Enquiry.contact_name.icontains(search, autoescape=True),
            )
        )
    number = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    found = session.scalars(
        wanted.options(selectinload(Enquiry.outcomes))
        .order_by(Enquiry.updated_at.desc(), Enquiry.id)
        .limit(MOST_ENQUIRIES)
        .offset((page - 1) * MOST_ENQUIRIES)
    ).all()
    handoffs = handoffs_of(session, [enquiry.id for enquiry in found])
    return tuple(_enquiry_line(enquiry, handoffs[enquiry.id], role) for enquiry in found), number


def _latest(enquiry: Enquiry) -> OutcomeRecord | None:
    return enquiry.outcomes[-1] if enquiry.outcomes else None


def _outcome_line(record: OutcomeRecord) -> OutcomeLine:
    lines = [
        ReasonLine(*(str(one.get(key) or "") for key in ("for_staff", "outcome", "basis", "changes_when")))
        for one in record.reasons
    ]
    lines.sort(key=lambda line: line.outcome != record.outcome)  # the others are notes for the visitor
    return OutcomeLine(record.outcome, tuple(lines), record.route, record.criteria_version, record.at)


def _enquiry_line(enquiry: Enquiry, handoffs: Iterable[Handoff], role: Role) -> EnquiryLine:
    latest = _latest(enquiry)
    return EnquiryLine(
        reference=enquiry.reference,
        who=enquiry.contact_name or "",
        stage=enquiry.stage,
        outcome=latest.outcome if latest else None,
        waiting=sum(1 for one in handoffs if one.done_at is None and may_read(one, role)),
        created_at=enquiry.created_at,
        updated_at=enquiry.updated_at,
    )
