"""Ways to reach a person, and whether a message may be left."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from enquiry.contacts import as_written
from enquiry.outbox.queue import messages_paused
from enquiry.store.models import Enquiry


@dataclass(frozen=True)
class Contact:
    """How to reach a person, and whether a message may be left.

    `note` is what whoever rings has to mind, in the person's own words; `discreet` that nobody else may hear what it is about.
    """

    name: str
    phone: str
    email: str
    best_time: str
    safe_to_message: bool | None
    flagged: bool
    note: str = ""
    discreet: bool = False

    @property
    def is_safe(self) -> bool:
        """False once the person said no, or spoke of fear at home: then somebody checks first."""
        return self.safe_to_message is not False and not self.flagged


def contact_of(session: Session, enquiry: Enquiry) -> Contact:
    """How to reach the person. A flag for fear at home warns every role without saying what was said."""
    return Contact(
        name=enquiry.contact_name or "",
        phone=as_written(enquiry.contact_phone or ""),
        email=enquiry.contact_email or "",
        best_time=enquiry.contact_time or "",
        safe_to_message=enquiry.safe_to_message,
        flagged=enquiry.safe_to_message is not False and bool(session.scalar(select(messages_paused(enquiry.id)))),
        note=enquiry.contact_note or "",
        discreet=bool(enquiry.discreet),
    )
