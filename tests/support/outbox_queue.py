"""Put messages into the outbox, and take out what is due, as the worker does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from enquiry.outbox.delivery import due_messages
from enquiry.outbox.queue import queue_message
from enquiry.store.models import Enquiry, OutboxMessage
from tests.support.maker import Maker

LETTER: dict[str, Any] = {
    "agency_slug": "leicestershire",
    "kind": "place_booked",
    "channel": "email",
    "recipient": "robin@home.example",
    "subject": "Hello",
    "body": "Text with £ and é",
}


def queue(make: Maker, occasion: str = "one", enquiry: str | None = None, **more: Any) -> str | None:
    with make.store.write() as session:
        found = session.get(Enquiry, enquiry) if enquiry else None
        message = queue_message(session, **{**LETTER, "occasion": occasion, "enquiry": found, "now": make.now, **more})
        return message.id if message else None


def take(make: Maker, after: timedelta = timedelta()) -> list[OutboxMessage]:
    with make.store.write() as session:
        return due_messages(session, make.now + after)


def due(make: Maker, after: timedelta = timedelta()) -> list[str]:
    return [message.id for message in take(make, after)]
