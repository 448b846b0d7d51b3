"""Messages as the worker has them in hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from enquiry.store.models import OutboxMessage

INVITATION = "\r\n".join(
    (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Hearth//EN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:place-1@hearth",
        "SEQUENCE:0",
        "DTSTAMP:20261123T100000Z",
        "DTSTART:20261202T183000Z",
        "DTEND:20261202T200000Z",
        "SUMMARY:Find out about fostering, £0 é",
        "ORGANIZER:mailto:fostering@council.example",
        "ATTENDEE:mailto:robin@home.example",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
)


def letter(**more: Any) -> OutboxMessage:
    """A message that is in nobody's store."""
    given: dict[str, Any] = {
        "id": "a" * 32,
        "agency": "leicestershire",
        "occasion": "one",
        "kind": "place_booked",
        "channel": "email",
        "recipient": "robin@home.example",
        "subject": "Your place",
        "body": "Hello\n",
        "calendar": None,
        "attempts": 1,
        "created_at": datetime(2026, 11, 23, 10, tzinfo=UTC),
        "next_try_at": datetime(2026, 11, 23, 10, 2, tzinfo=UTC),
        **more,
    }
    return OutboxMessage(**given)
