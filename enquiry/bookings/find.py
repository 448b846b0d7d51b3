"""Find a booking by what somebody knows of it: the key in a message, or its reference with the phone number or address it was made with."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from enquiry.contacts import tidy_contact, without_extension
from enquiry.references import ALPHABET, LENGTH, PLACE, VISIT
from enquiry.store.models import Place, Visit

_REFERENCE = re.compile(rf"\b({PLACE}|{VISIT})[\s-]?([{ALPHABET}]{{{LENGTH}}})\b")


def reference_typed(text: str) -> str | None:
    """The reference of a place or a visit that stands in a text, however it is typed: "ev 7k3m2q", "EV-7K3M2Q."."""
    found = _REFERENCE.search(text.upper())
    return f"{found.group(1)}-{found.group(2)}" if found else None


def booking_of(session: Session, reference: str) -> Place | Visit | None:
    """The booking of a reference that was signed by us or read in our own tables. A visit's time that is only reserved is none yet."""
    if reference.startswith(f"{PLACE}-"):
        return session.scalar(select(Place).where(Place.reference == reference))
    return session.scalar(select(Visit).where(Visit.reference == reference, Visit.status != "reserved"))


def find_booking(session: Session, agency_slug: str, typed_reference: str, typed_contact: str) -> Place | Visit | None:
    """The booking with this reference, when it was made with this phone number or e-mail address at this agency.

    Returns:
        None whatever does not fit: nobody learns which of the two was right.
    """
    reference, contact = reference_typed(typed_reference), tidy_contact(typed_contact)
    if reference is None or contact is None:
        return None
    booking = booking_of(session, reference)
    if booking is None or booking.enquiry.agency != agency_slug:
        return None
    theirs = (booking.enquiry.contact_phone or "", booking.enquiry.contact_email or "")
    return booking if without_extension(contact) in map(without_extension, theirs) else None
