"""Put messages into the outbox, and take out or send what is due, as the worker does."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bench.support.attempts import project_catalogue
from enquiry.outbox.delivery import due_messages
from enquiry.outbox.failures import Failures
from enquiry.outbox.queue import queue_message
from enquiry.store.engine import Store
from enquiry.store.models import Enquiry, OutboxMessage
from tests.support.maker import Maker
from worker.deliver import deliver_due
from worker.providers.contract import Provider

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


def failures() -> Failures:
    """Why messages did not go out, in the approved sentences."""
    return Failures(project_catalogue().wording)


def deliver(store: Store, provider: Provider, now: datetime) -> int:
    """Send what is due, with a clock that stands still; how many were sent."""
    return deliver_due(store, provider, failures(), lambda: now)
