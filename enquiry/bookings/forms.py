"""Enquiries of booking forms: one for each form that is filled in, however often it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from enquiry.bookings.attempt import ENQUIRER
from enquiry.journey.record import begin_enquiry, record_answer
from enquiry.outbox.queue import Channel
from enquiry.store.models import Enquiry

WHY = "Booked on the page"


@dataclass(frozen=True)
class Reach:
    """How to reach the person: numbers and addresses as they are kept, at least one of the two."""

    name: str | None
    phone: str | None
    email: str | None
    # Which of the two messages go to, where the person gave both and chose.
    by: Channel | None
    safe_to_message: bool
    # The name of a council as the agency's file has it, or one of enquiry.agencies.areas.KNOWN; None where it was not asked.
    area: str | None = None


def enquiry_of_form(session: Session, agency_slug: str, form_id: str, now: datetime) -> Enquiry:
    """The enquiry of a form; a new one when the form is sent for the first time.

    Args:
        form_id: 32 characters that nobody guesses.
    """
    return session.get(Enquiry, form_id) or begin_enquiry(
        session, agency_slug, now, who=ENQUIRER, why=WHY, form_id=form_id
    )


def keep_reach(session: Session, enquiry: Enquiry, reach: Reach, now: datetime) -> None:
    """Keep how to reach the person, before anything is booked: the booking is told to them at once."""
    enquiry.contact_name, enquiry.contact_phone, enquiry.contact_email = reach.name, reach.phone, reach.email
    enquiry.message_by, enquiry.safe_to_message = reach.by, reach.safe_to_message
    if reach.area is not None:
        record_answer(session, enquiry, "area", reach.area, now)
    session.flush()


def was_sent_by(enquiry: Enquiry, reach: Reach) -> bool:
    """Whether the form was filled in with this phone number and e-mail address: a browser that others use shows it to them, too."""
    return (enquiry.contact_phone, enquiry.contact_email) == (reach.phone, reach.email)
