"""Decisions about going on to an assessment: a named member of staff makes them, gives a reason, and Hearth writes both down.

Nothing else writes a decision: not the assistant, not the worker, not a link. Recording one sends nothing to anybody. The
person is told by phone, never by an automatic letter (Leicestershire's own way of doing it, scrutiny report of 2019).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from enquiry.enums import BookingStatus, Decision, Role, Stage
from enquiry.journey.stages import LEADS_TO, change_stage, may_step
from enquiry.staff.permissions import Permission, may
from enquiry.store.models import DecisionRecord, Enquiry, Staff

LONGEST_REASON = 2000
# The same decision, by the same person and for the same reason, within this time is one form sent twice.
SENT_TWICE = timedelta(minutes=1)
_BEEN_VISITED = frozenset({Stage.VISITED, Stage.PROGRESSING})
_WHY = {
    Decision.PROGRESSING: "Decision: go on to assessment",
    Decision.NOT_PROGRESSING: "Decision: not progressing",
    Decision.WAIT: "Decision: wait, keep in touch",
}


class MayNotDecide(Exception):
    """This member of staff is of another agency, or of a role that does not decide."""


class ReasonMissing(Exception):
    """A decision without a reason can't be explained to anybody."""


class ReasonTooLong(Exception):
    """The reason is longer than `LONGEST_REASON` characters."""


class VisitFirst(Exception):
    """Going on comes after the initial visit, and nothing says that there was one."""


@dataclass(frozen=True)
class Recorded:
    """What came of recording a decision.

    `again` is true when it stood there already: the same form, sent twice. `meanwhile` is the latest decision of a colleague
    that was made while the form was open; both are kept, in the order in which they were made.
    """

    decision: DecisionRecord
    again: bool = False
    meanwhile: DecisionRecord | None = None


def been_visited(enquiry: Enquiry, now: datetime) -> bool:
    """Whether an initial visit took place, as far as is known: the journey says so, or the time of a booked visit is over."""
    if any(Stage(change.stage) in _BEEN_VISITED for change in enquiry.changes):
        return True
    return any(
        visit.status == BookingStatus.ATTENDED or (visit.status == BookingStatus.BOOKED and visit.ends_at <= now)
        for visit in enquiry.visits
    )


def record_decision(
    session: Session,
    enquiry: Enquiry,
    staff: Staff,
    decision: Decision,
    reason: str,
    now: datetime,
    *,
    visited: bool = False,
    seen: str | None = None,
) -> Recorded:
    """Keep what a named member of staff decided, and take the enquiry to the stage that follows from it.

    "Progressing" leads to `progressing`; "wait" and "not progressing" lead to `not_yet`. "Not progressing" does not close
    the enquiry, because it can be looked at again and only `not_yet` has a step to `progressing`; the record tells the two
    apart. A household that has left (withdrawn, redirected, closed) stays where it is unless it goes on to an assessment.

    Args:
        reason: why, for colleagues and for the person who asks; at most 2,000 characters.
        visited: the member of staff says that the initial visit took place (it may have been arranged by phone).
        seen: id of the latest decision on the form this comes from, "none" where it showed none; None when there was no form.
    Raises:
        MayNotDecide: a role without the permission, or another agency.
        ReasonMissing, ReasonTooLong: the reason can't be kept.
        VisitFirst: "progressing" without a visit.
    """
    if staff.agency != enquiry.agency or not may(Role(staff.role), Permission.DECIDE):
        raise MayNotDecide
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    if len(reason) > LONGEST_REASON:
        raise ReasonTooLong
    # Two who decide at the same moment take turns here, so that both are kept and it is clear which was the later.
    session.execute(select(Enquiry.id).where(Enquiry.id == enquiry.id).with_for_update())
    session.flush()
    session.refresh(enquiry, ["stage", "changes", "decisions", "visits"])
    new = _since(enquiry, seen)
    for one in reversed(enquiry.decisions):
        same = (one.staff_id, one.decision, one.reason) == (staff.id, decision.value, reason)
        if same and (one in new if seen is not None else now - one.at < SENT_TWICE):
            return Recorded(one, again=True, meanwhile=_of_a_colleague(new, staff))
    there_was_a_visit = visited or been_visited(enquiry, now)
    if decision is Decision.PROGRESSING and not there_was_a_visit:
        raise VisitFirst
    meanwhile = _of_a_colleague(new, staff)
    if there_was_a_visit:
        _reach_visited(session, enquiry, staff, decision, now)
    last = enquiry.decisions[-1].at if enquiry.decisions else None
    record = DecisionRecord(
        staff=staff,
        decision=decision.value,
        reason=reason,
        # Never at the very moment of the one before: the latest decision is the one that counts.
        at=max(now, last + timedelta(microseconds=1)) if last else now,
    )
    enquiry.decisions.append(record)
    enquiry.updated_at = now
    session.flush()
    stage = LEADS_TO[decision]
    if may_step(Stage(enquiry.stage), stage):
        change_stage(session, enquiry, stage, who=staff.name, why=_WHY[decision], now=now)
    return Recorded(record, meanwhile=meanwhile)


def _since(enquiry: Enquiry, seen: str | None) -> list[DecisionRecord]:
    """The decisions made after the one a form knew of."""
    if seen is None:
        return []
    known = [number for number, one in enumerate(enquiry.decisions) if one.id == seen]
    return enquiry.decisions[known[0] + 1 :] if known else list(enquiry.decisions)


def _of_a_colleague(decisions: list[DecisionRecord], staff: Staff) -> DecisionRecord | None:
    return next((one for one in reversed(decisions) if one.staff_id != staff.id), None)


def _reach_visited(session: Session, enquiry: Enquiry, staff: Staff, decision: Decision, now: datetime) -> None:
    """Put the visit on the journey before what was decided after it, where it is not there yet."""
    stage = Stage(enquiry.stage)
    visited_before = any(Stage(change.stage) in _BEEN_VISITED for change in enquiry.changes)
    stays = decision is not Decision.PROGRESSING and not may_step(stage, LEADS_TO[decision])
    if stays or (visited_before and may_step(stage, LEADS_TO[decision])) or stage is LEADS_TO[decision]:
        return
    if not may_step(stage, Stage.VISITED):
        why = "Visited before" if visited_before else "The visit was arranged"
        change_stage(session, enquiry, Stage.VISIT_BOOKED, who=staff.name, why=why, now=now)
    why = "Visited before" if visited_before else "The visit took place"
    change_stage(session, enquiry, Stage.VISITED, who=staff.name, why=why, now=now)
