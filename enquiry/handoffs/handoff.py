"""Handoffs: what a person at the service has to do, by when, who may read it and who does it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency
from enquiry.agencies.working_hours import add_working_time, end_of_working_day
from enquiry.content.wording import Wording
from enquiry.enums import DISCLOSURES, HandoffReason, Priority, Role
from enquiry.outbox.letters import alert_staff
from enquiry.staff.permissions import Permission, may
from enquiry.store.after_commit import tell_after_commit
from enquiry.store.models import Conversation, Enquiry, Handoff, HandoffRead, Message, Staff

_URGENCY = {Priority.NOW: 0, Priority.SAME_DAY: 1, Priority.NORMAL: 2}


class MayNotRead(Exception):
    """This handoff is not for this member of staff."""


class AlreadyTaken(Exception):
    """Someone else has taken it; `by` says who."""

    def __init__(self, by: Staff) -> None:
        super().__init__(f"{by.name} has taken it.")
        self.by = by


class AlreadyDone(Exception):
    """It has been done; `by` says who did it."""

    def __init__(self, by: Staff) -> None:
        super().__init__(f"{by.name} has done it.")
        self.by = by


class NoteMissing(Exception):
    """Nothing is done without a note of what was done."""


def make_handoff(
    session: Session,
    conversation: Conversation,
    *,
    agency: Agency,
    wording: Wording,
    reason: HandoffReason,
    summary: str,
    now: datetime,
    priority: Priority = Priority.NORMAL,
    category: str = "",
    audience: Collection[Role] = (),
    pauses_messages: bool = False,
    by_rule: bool | None = None,
    due_by: datetime | None = None,
) -> Handoff:
    """Ask a person at the service to act.

    An open handoff of the same conversation, reason and category gets the new summary and keeps its due time, unless it
    has become more urgent. A disclosure alerts everyone in its audience, in words that tell nothing of it, and so does a possible one
    that is for today; a silent assistant alerts those who may read what nobody has understood yet. Asked again, it alerts again, once an
    hour. A disclosure that was put right and is told again counts again.

    Args:
        wording: what alerts are written with.
        category: the disclosure's category, or the route somebody is passed on by; else empty.
        audience: roles that may read it; empty means every role.
        pauses_messages: nothing is sent to the person by itself from now on.
        by_rule: of a disclosure, whether a rule has heard it and not the trained part alone.
        due_by: a moment that was agreed with the person, instead of the usual one.
    """
    due_by = due_by or due_time(priority, agency, now)
    handoff = _open_one(session, conversation, reason, category)
    is_new = handoff is None
    if handoff is None:
        handoff = Handoff(
            agency=agency.slug,
            conversation_id=conversation.id,
            enquiry_id=conversation.enquiry_id,
            reason=reason.value,
            category=category,
            audience=[Role(role).value for role in audience],
            pauses_messages=pauses_messages,
            priority=priority.value,
            summary=summary,
            created_at=now,
            due_by=due_by,
        )
        try:
            with session.begin_nested():
                session.add(handoff)
        except IntegrityError:
            # Another process has made it a moment ago: refresh that one.
            standing = _open_one(session, conversation, reason, category)
            if standing is None:
                raise
            handoff, is_new = standing, False
    if reason.value in DISCLOSURES:
        handoff.told_at, handoff.put_right_at = now, None
        if is_new or by_rule:  # what a rule has heard once stays heard by a rule
            handoff.by_rule = by_rule
        handoff.pauses_messages = handoff.pauses_messages or pauses_messages
    if handoff.summary != summary or handoff.enquiry_id != conversation.enquiry_id:
        handoff.summary = summary
        handoff.enquiry_id = conversation.enquiry_id
    if _URGENCY[priority] < _URGENCY[Priority(handoff.priority)]:
        handoff.priority = priority.value
        handoff.due_by = min(handoff.due_by, due_by)
    session.flush()
    about = {"handoff_id": handoff.id, "conversation_id": conversation.id, "agency": agency.slug}
    if is_new:
        tell_after_commit(session, "handoff_made", reason=reason.value, priority=priority.value, **about)
    if alerted := [role.value for role in Role if _is_alerted(handoff, role)]:
        colleagues = select(Staff).where(Staff.agency == agency.slug, Staff.role.in_(alerted)).order_by(Staff.email)
        alerts = sum(alert_staff(session, handoff, staff, wording, now) for staff in session.scalars(colleagues).all())
        # Of a new one also that there is nobody to alert.
        if is_new or alerts:
            tell_after_commit(session, "alert_queued", count=alerts, **about)
    return handoff


def due_time(priority: Priority, agency: Agency, now: datetime) -> datetime:
    """By when a person acts.

    At once for `now`, at any hour; the end of the working day for `same_day`; the agency's own number of working hours
    otherwise.
    """
    match priority:
        case Priority.NOW:
            return now
        case Priority.SAME_DAY:
            return end_of_working_day(now, agency)
        case Priority.NORMAL:
            if agency.reply_within_hours is None:  # nothing is promised, and nobody is left waiting overnight either
                return end_of_working_day(now, agency)
            return add_working_time(now, agency.reply_within_hours, agency)


def may_read(handoff: Handoff, role: Role) -> bool:
    """Whether someone in this role may see it at all."""
    return may(role, Permission.READ_HANDOFFS) and (not handoff.audience or role.value in handoff.audience)


def open_handoffs(session: Session, agency_slug: str, role: Role) -> list[Handoff]:
    """What this role may read and is not done, the one due first at the top."""
    rows = session.scalars(
        select(Handoff)
        .where(Handoff.agency == agency_slug, Handoff.done_at.is_(None))
        .order_by(Handoff.due_by, Handoff.created_at)
    )
    return [handoff for handoff in rows if may_read(handoff, role)]


def mark_read(session: Session, handoff: Handoff, staff_id: str, now: datetime) -> None:
    """Keep who opened a disclosure and when first; later visits change nothing."""
    if session.get(HandoffRead, (handoff.id, staff_id)) is None:
        try:
            with session.begin_nested():
                session.add(HandoffRead(handoff_id=handoff.id, staff_id=staff_id, at=now))
        except IntegrityError:
            return  # opened twice at the same moment


def take_handoff(session: Session, handoff: Handoff, staff: Staff, now: datetime) -> None:
    """Say that one does it. Taking one's own again does no harm.

    Raises:
        MayNotRead: it is not for this member of staff.
        AlreadyTaken: someone else was first.
        AlreadyDone: it has been done.
    """
    _check_reader(handoff, staff)
    session.execute(
        update(Handoff)
        .where(Handoff.id == handoff.id, Handoff.taken_by.is_(None), Handoff.done_at.is_(None))
        .values(taken_by=staff.id, taken_at=now)
        .execution_options(synchronize_session=False)
    )
    session.refresh(handoff)
    _check_open(session, handoff)
    if handoff.taken_by not in (None, staff.id):
        raise AlreadyTaken(session.get_one(Staff, handoff.taken_by))


def finish_handoff(session: Session, handoff: Handoff, staff: Staff, note: str, now: datetime) -> None:
    """Say that it is done and what was done. Someone who has not taken it may do it, too: people are off sick.

    Raises:
        MayNotRead: it is not for this member of staff.
        NoteMissing: the note is empty.
        AlreadyDone: someone was first.
    """
    _check_reader(handoff, staff)
    if not note.strip():
        raise NoteMissing
    session.refresh(handoff)
    _check_open(session, handoff)
    changed = session.scalar(
        update(Handoff)
        .where(Handoff.id == handoff.id, Handoff.done_at.is_(None))
        .values(
            done_by=staff.id,
            done_at=now,
            done_note=note.strip(),
            taken_by=handoff.taken_by or staff.id,
            taken_at=handoff.taken_at or now,
        )
        .returning(Handoff.id)
        .execution_options(synchronize_session=False)
    )
    session.refresh(handoff)
    if changed is None:
        _check_open(session, handoff)


def seen_by_staff() -> ColumnElement[bool]:
    """Whether staff have dealt with a message that the assistant left unanswered: with all that waited when they finished."""
    dealt_with = select(Handoff.id).where(
        Handoff.conversation_id == Message.conversation_id,
        Handoff.reason == HandoffReason.ASSISTANT_SILENT.value,
        Handoff.done_at >= Message.at,
    )
    return dealt_with.exists()


def _open_one(session: Session, conversation: Conversation, reason: HandoffReason, category: str) -> Handoff | None:
    return session.scalar(
        select(Handoff).where(
            Handoff.conversation_id == conversation.id,
            Handoff.reason == reason.value,
            Handoff.category == category,
            Handoff.done_at.is_(None),
        )
    )


def _is_alerted(handoff: Handoff, role: Role) -> bool:
    match HandoffReason(handoff.reason):
        case HandoffReason.DISCLOSURE:
            return may_read(handoff, role)
        case HandoffReason.POSSIBLE_DISCLOSURE:
            return may_read(handoff, role) and handoff.priority != Priority.NORMAL
        case HandoffReason.ASSISTANT_SILENT:
            return may_read(handoff, role) and may(role, Permission.READ_UNREAD)
        case _:
            return False


def _check_reader(handoff: Handoff, staff: Staff) -> None:
    if staff.agency != handoff.agency or not may_read(handoff, Role(staff.role)):
        raise MayNotRead


def _check_open(session: Session, handoff: Handoff) -> None:
    if handoff.done_by is not None:
        raise AlreadyDone(session.get_one(Staff, handoff.done_by))


def disclosures_of(session: Session, conversation: Conversation | None, enquiry: Enquiry | None = None) -> list[str]:
    """Find the categories of every disclosure of a conversation, and of a household in all of its conversations.

    Also of those that staff have dealt with; not of those that were put right (putting_right.py).
    """
    of_theirs = [] if conversation is None else [Handoff.conversation_id == conversation.id]
    if enquiry is not None:
        conversations = select(Conversation.id).where(Conversation.enquiry_id == enquiry.id)
        of_theirs += [Handoff.enquiry_id == enquiry.id, Handoff.conversation_id.in_(conversations)]
    disclosed = select(Handoff.category).where(
        Handoff.reason == HandoffReason.DISCLOSURE.value, Handoff.put_right_at.is_(None), or_(*of_theirs)
    )
    return list(session.scalars(disclosed))


def handoffs_of(session: Session, conversation: Conversation) -> list[Handoff]:
    """Every handoff of a conversation, done or not, oldest first."""
    return list(
        session.scalars(select(Handoff).where(Handoff.conversation_id == conversation.id).order_by(Handoff.created_at))
    )
