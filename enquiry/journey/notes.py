"""Notes of staff about an enquiry."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from enquiry.store.models import Enquiry, Note, Staff


def add_note(session: Session, enquiry: Enquiry, staff: Staff, text: str, now: datetime) -> Note:
    """Keep a note with the enquiry; every role of the agency reads it."""
    note = Note(enquiry_id=enquiry.id, staff_id=staff.id, text=text, at=now)
    session.add(note)
    enquiry.updated_at = now
    session.flush()
    return note
