"""Decisions as staff read them, whether a person has looked at an outcome, and what is to be looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from enquiry.enums import HandoffReason, Outcome, Role
from enquiry.handoffs.handoff import may_read
from enquiry.journey.decisions import been_visited
from enquiry.store.models import DecisionRecord, Enquiry, Handoff, OutcomeRecord, Staff

MOST_DECISIONS = 50
_LOOKED_AT_BY_A_PERSON = frozenset({Outcome.TALK_FIRST, Outcome.OTHER_ROUTE, Outcome.NOT_YET})


@dataclass(frozen=True)
class DecisionLine:
    """One decision. `look_again_at` is when the enquirer asked for this one to be looked at again."""

    id: str
    reference: str
    enquirer: str
    decision: str
    reason: str
    who: str
    staff_id: str
    at: datetime
    look_again_at: datetime | None


@dataclass(frozen=True)
class LookAgainLine:
    """A request that waits. `handoff` is its id, where the reader may open it."""

    asked_at: datetime
    handoff: str | None


@dataclass(frozen=True)
class LookedAt:
    """Whether a person has looked at an outcome. `who` is None when nobody has; `taken_by` then says who is about to."""

    who: str | None
    at: datetime | None
    note: str | None
    taken_by: str | None


@dataclass(frozen=True)
class DecisionSection:
    """What the enquiry's page says of decisions: the latest first."""

    lines: tuple[DecisionLine, ...]
    look_again: LookAgainLine | None
    visit_known: bool

    @property
    def latest(self) -> DecisionLine | None:
        return self.lines[0] if self.lines else None


def decision_section(enquiry: Enquiry, handoffs: Iterable[Handoff], role: Role, now: datetime) -> DecisionSection:
    """The decisions on one enquiry.

    Args:
        handoffs: those of the enquiry, whoever may read them.
    """
    waiting = next((one for one in handoffs if one.reason == HandoffReason.LOOK_AGAIN and one.done_at is None), None)
    return DecisionSection(
        lines=tuple(_line(one) for one in reversed(enquiry.decisions)),
        look_again=LookAgainLine(waiting.created_at, waiting.id if may_read(waiting, role) else None)
        if waiting
        else None,
        visit_known=been_visited(enquiry, now),
    )


def looked_at(
    session: Session, outcome: OutcomeRecord | None, handoffs: Sequence[Handoff], role: Role
) -> LookedAt | None:
    """Who has looked at an outcome that is a person's to confirm: who finished the handoff it led to.

    Returns:
        None for an outcome that needs nobody, and for no outcome.
    """
    if outcome is None or outcome.outcome not in _LOOKED_AT_BY_A_PERSON:
        return None
    about_it = [one for one in handoffs if one.reason == outcome.outcome]
    done = [one for one in about_it if one.done_at is not None and one.done_at >= outcome.at]
    if done:
        last = max(done, key=lambda one: one.done_at or outcome.at)
        return LookedAt(
            _name(session, last.done_by), last.done_at, last.done_note if may_read(last, role) else None, None
        )
    waiting = next((one for one in about_it if one.done_at is None and one.taken_by), None)
    return LookedAt(None, None, None, _name(session, waiting.taken_by) if waiting else None)


def decisions(session: Session, agency: str, *, page: int = 1) -> tuple[tuple[DecisionLine, ...], int]:
    """A page of an agency's decisions, the latest first, and how many there are in all.

    Args:
        page: counted from 1, `MOST_DECISIONS` to a page.
    """
    wanted = (
        select(DecisionRecord).join(Enquiry, DecisionRecord.enquiry_id == Enquiry.id).where(Enquiry.agency == agency)
    )
    number = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    found = session.scalars(
        wanted.options(joinedload(DecisionRecord.enquiry), joinedload(DecisionRecord.staff))
        .order_by(DecisionRecord.at.desc(), DecisionRecord.id)
        .limit(MOST_DECISIONS)
        .offset((page - 1) * MOST_DECISIONS)
    )
    return tuple(_line(one) for one in found), number


def _line(record: DecisionRecord) -> DecisionLine:
    return DecisionLine(
        id=record.id,
        reference=record.enquiry.reference,
        enquirer=record.enquiry.contact_name or "",
        decision=record.decision,
        reason=record.reason,
        who=record.staff.name,
        staff_id=record.staff_id,
        at=record.at,
        look_again_at=record.look_again_at,
    )


def _name(session: Session, staff_id: str | None) -> str | None:
    staff = session.get(Staff, staff_id) if staff_id else None
    return staff.name if staff else None
