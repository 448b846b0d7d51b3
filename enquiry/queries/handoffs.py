"""The queue of handoffs and one handoff, as far as the reader's role is in the audience."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from enquiry.enums import HandoffReason, Priority, Role
from enquiry.handoffs.handoff import may_read, open_handoffs
from enquiry.queries.contact import Contact, contact_of
from enquiry.queries.transcript import Transcript, transcript_of
from enquiry.store.models import Conversation, Enquiry, Handoff, HandoffRead, PuttingRight, Staff


class NotThere(LookupError):
    """There is nothing of that name in this agency."""


class NotForThisRole(PermissionError):
    """It exists, and the reader's role is not in its audience."""


class Show(StrEnum):
    """Which handoffs of the queue are asked for."""

    ALL = "all"
    MINE = "mine"
    FREE = "free"


@dataclass(frozen=True)
class HandoffLine:
    """One handoff as a row of the queue. `who` is empty when no name was given."""

    id: str
    reason: str
    category: str
    priority: str
    due_by: datetime
    created_at: datetime
    who: str
    reference: str | None
    taken_by: str | None
    taken_by_name: str | None
    done_at: datetime | None
    put_right_at: datetime | None = None

    @property
    def is_disclosure(self) -> bool:
        return self.reason == HandoffReason.DISCLOSURE

    @property
    def is_possible_disclosure(self) -> bool:
        return self.reason == HandoffReason.POSSIBLE_DISCLOSURE


@dataclass(frozen=True)
class Queue:
    """The open handoffs a role may read, and how many each filter would show."""

    lines: tuple[HandoffLine, ...]
    counts: dict[Show, int]


@dataclass(frozen=True)
class HandoffPage:
    """One handoff with what was said."""

    line: HandoffLine
    summary: str
    taken_at: datetime | None
    done_by_name: str | None
    done_note: str | None
    limited: bool
    read_by: tuple[tuple[str, datetime], ...]  # name and first time
    contact: Contact | None
    transcript: Transcript
    # When who (None: the person) said that it was not meant that way, and whether that ended the flag.
    puttings_right: tuple[tuple[datetime, str | None, bool], ...] = ()
    pauses_messages: bool = False


def queue(session: Session, agency: str, role: Role, staff_id: str, show: Show) -> Queue:
    """Open handoffs the role may read: disclosures first (live alerts before the rest), then possible ones, then by due by."""
    found = open_handoffs(session, agency, role)
    names = _names(session, found)
    lines = sorted((_line(handoff, names) for handoff in found), key=_urgency)
    chosen = {
        Show.ALL: lines,
        Show.MINE: [line for line in lines if line.taken_by == staff_id],
        Show.FREE: [line for line in lines if line.taken_by is None],
    }
    return Queue(tuple(chosen[show]), {one: len(some) for one, some in chosen.items()})


def find_handoff(session: Session, agency: str, role: Role, handoff_id: str) -> Handoff:
    """The handoff itself, for reading or for acting on.

    Raises:
        NotThere: unknown, or another agency's (which is the same to the reader).
        NotForThisRole: the role is not in its audience.
    """
    handoff = session.scalar(select(Handoff).where(Handoff.agency == agency, Handoff.id == handoff_id))
    if handoff is None:
        raise NotThere(handoff_id)
    if not may_read(handoff, role):
        raise NotForThisRole(handoff_id)
    return handoff


def handoff_page(session: Session, agency: str, role: Role, handoff_id: str) -> HandoffPage:
    """One handoff. Raises as `find_handoff` does."""
    handoff = find_handoff(session, agency, role, handoff_id)
    names = _names(session, [handoff])
    enquiry = _enquiry(handoff)
    return HandoffPage(
        line=_line(handoff, names),
        summary=handoff.summary,
        taken_at=handoff.taken_at,
        done_by_name=names.get(handoff.done_by or ""),
        done_note=handoff.done_note,
        limited=bool(handoff.audience),
        contact=contact_of(session, enquiry) if enquiry else None,
        read_by=_readers(session, handoff),
        transcript=transcript_of(session, handoff.conversation, role),
        puttings_right=_puttings_right(session, handoff),
        pauses_messages=handoff.pauses_messages,
    )


def _readers(session: Session, handoff: Handoff) -> tuple[tuple[str, datetime], ...]:
    rows = session.execute(
        select(Staff.name, HandoffRead.at)
        .join(Staff, HandoffRead.staff_id == Staff.id)
        .where(HandoffRead.handoff_id == handoff.id)
        .order_by(HandoffRead.at)
    )
    return tuple((name, at) for name, at in rows)


def _puttings_right(session: Session, handoff: Handoff) -> tuple[tuple[datetime, str | None, bool], ...]:
    rows = session.execute(
        select(PuttingRight.at, Staff.name, PuttingRight.ended)
        .outerjoin(Staff, PuttingRight.staff_id == Staff.id)
        .where(PuttingRight.handoff_id == handoff.id)
        .order_by(PuttingRight.at)
    )
    return tuple((at, name, ended) for at, name, ended in rows)


def handoffs_of(session: Session, enquiry_ids: Collection[str]) -> dict[str, list[Handoff]]:
    """The handoffs of enquiries, the earliest first, also those made before the conversation became an enquiry."""
    owner = func.coalesce(Handoff.enquiry_id, Conversation.enquiry_id)
    rows = session.execute(
        select(owner, Handoff)
        .join(Conversation, Handoff.conversation_id == Conversation.id)
        .where(owner.in_(enquiry_ids))
        .order_by(Handoff.created_at)
    )
    found: dict[str, list[Handoff]] = {one: [] for one in enquiry_ids}
    for enquiry_id, handoff in rows:
        found[enquiry_id].append(handoff)
    return found


def handoff_lines(session: Session, handoffs: Iterable[Handoff], role: Role) -> tuple[HandoffLine, ...]:
    """Those the role may read, as rows, in the order given."""
    readable = [handoff for handoff in handoffs if may_read(handoff, role)]
    names = _names(session, readable)
    return tuple(_line(handoff, names) for handoff in readable)


def _urgency(line: HandoffLine) -> tuple[bool, bool, bool, datetime, datetime]:
    live_alert = line.is_disclosure and line.priority == Priority.NOW
    return (not line.is_disclosure, not live_alert, not line.is_possible_disclosure, line.due_by, line.created_at)


def _enquiry(handoff: Handoff) -> Enquiry | None:
    # A handoff may be older than the enquiry that its conversation became.
    return handoff.enquiry or handoff.conversation.enquiry


def _names(session: Session, handoffs: Iterable[Handoff]) -> dict[str, str]:
    wanted = {one for handoff in handoffs for one in (handoff.taken_by, handoff.done_by) if one}
    if not wanted:
        return {}
    return {one.id: one.name for one in session.scalars(select(Staff).where(Staff.id.in_(wanted)))}


def _line(handoff: Handoff, names: dict[str, str]) -> HandoffLine:
    enquiry = _enquiry(handoff)
    return HandoffLine(
        id=handoff.id,
        reason=handoff.reason,
        category=handoff.category,
        priority=handoff.priority,
        due_by=handoff.due_by,
        created_at=handoff.created_at,
        who=(enquiry.contact_name or "") if enquiry else "",
        reference=enquiry.reference if enquiry else None,
        taken_by=handoff.taken_by,
        taken_by_name=names.get(handoff.taken_by or ""),
        done_at=handoff.done_at,
        put_right_at=handoff.put_right_at,
    )
