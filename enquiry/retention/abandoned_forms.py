"""Booking forms that were begun and left: a time was kept for ten minutes, and nobody said who they are."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, or_, select
from sqlalchemy.orm import Session

from enquiry.enums import BookingStatus
from enquiry.store.models import Conversation, Enquiry, Handoff, Note, Place, Visit

# Long enough to come back from the door or the phone: the form still works, the time is asked for again.
ABANDONED_AFTER = timedelta(hours=1)


def abandoned_forms(session: Session, now: datetime) -> list[str]:
    """Ids of enquiries that nobody could do anything with: no way to reach the person, nothing said, nothing booked."""
    return list(session.scalars(select(Enquiry.id).where(*_abandoned(now))))


def delete_abandoned_form(session: Session, enquiry_id: str, now: datetime) -> bool:
    """Delete one, unless it has been taken up in the meantime. Its lapsed time goes with it.

    Returns:
        Whether it was deleted.
    """
    gone = delete(Enquiry).where(Enquiry.id == enquiry_id, *_abandoned(now)).returning(Enquiry.id)
    return session.scalar(gone) is not None


def _abandoned(now: datetime) -> tuple[ColumnElement[bool], ...]:
    stands = or_(Visit.status != BookingStatus.RESERVED.value, Visit.reserved_until > now)
    return (
        Enquiry.created_at < now - ABANDONED_AFTER,
        Enquiry.contact_phone.is_(None),
        Enquiry.contact_email.is_(None),
        ~exists(select(Conversation.id).where(Conversation.enquiry_id == Enquiry.id)),
        ~exists(select(Place.id).where(Place.enquiry_id == Enquiry.id)),
        ~exists(select(Visit.id).where(Visit.enquiry_id == Enquiry.id, stands)),
        ~exists(select(Handoff.id).where(Handoff.enquiry_id == Enquiry.id)),
        ~exists(select(Note.id).where(Note.enquiry_id == Enquiry.id)),
    )
