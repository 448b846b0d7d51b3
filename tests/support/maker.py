"""Makes what tests of the store need: events, visitors, enquiries, messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from bench.support.attempts import project_catalogue
from enquiry.agencies.agency import Agency
from enquiry.content.wording import Wording
from enquiry.conversations.conversation import add_message, open_conversation
from enquiry.dates import LONDON
from enquiry.enums import Author
from enquiry.journey.record import enquiry_of
from enquiry.store.engine import Store
from enquiry.store.models import Base, Conversation, Enquiry, Event, Visitor

_numbers = count(1)


@dataclass(frozen=True)
class Maker:
    """Makes what tests need, in a transaction of its own."""

    store: Store
    agency: Agency
    now: datetime

    @property
    def wording(self) -> Wording:
        """Every approved sentence."""
        return project_catalogue().wording

    def event(self, places: int = 20, days: int = 7, agency: str | None = None) -> str:
        """Id of an event some days from now."""
        starts_at = self.now + timedelta(days=days, minutes=next(_numbers))
        with self.store.write() as session:
            event = Event(
                agency=agency or self.agency.slug,
                title="Find out about fostering",
                venue="County Hall",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=90),
                places=places,
            )
            session.add(event)
            session.flush()
            return event.id

    def visitor(self, name: str = "Initial visitor 1", **details: Any) -> str:
        """Id of an initial visitor who makes visits from 8am to 8pm on every day of the week, half an hour apart."""
        pattern = {str(day): [["08:00", "20:00"]] for day in range(7)}
        values = {"visit_minutes": 90, "buffer_minutes": 30, "most_a_day": 5, "pattern": pattern}
        with self.store.write() as session:
            visitor = Visitor(agency=self.agency.slug, name=name, **{**values, **details})
            session.add(visitor)
            session.flush()
            return visitor.id

    def moment(self, days: int = 7, hour: int = 10) -> datetime:
        """A moment some days from now at which a visitor could begin, on the hour in local time."""
        day = (self.now + timedelta(days=days)).astimezone(LONDON)
        return day.replace(hour=hour, minute=0, second=0, microsecond=0).astimezone(UTC)

    def enquiry(self, **contact: object) -> str:
        """Id of an enquiry with one conversation."""
        with self.store.write() as session:
            enquiry = enquiry_of(session, open_conversation(session, self.agency.slug, self.now), self.now)
            for name, value in contact.items():
                setattr(enquiry, name, value)
            return enquiry.id

    def conversation(self) -> str:
        """Id of a conversation without an enquiry."""
        with self.store.write() as session:
            return open_conversation(session, self.agency.slug, self.now).id

    def message(self, conversation_id: str, text: str, **more: Any) -> str:
        """Id of a message put into a conversation; the enquirer's, unless another author is given."""
        with self.store.write() as session:
            conversation = session.get_one(Conversation, conversation_id)
            given = {"author": Author.ENQUIRER, "now": self.now, **more}
            return add_message(session, conversation, text=text, **given).id

    def taken(self, event_id: str) -> int:
        """How many places of an event the store says are taken."""
        with self.store.read() as session:
            return session.get_one(Event, event_id).taken

    def stage(self, enquiry_id: str) -> str:
        """The stage of an enquiry."""
        with self.store.read() as session:
            return session.get_one(Enquiry, enquiry_id).stage

    def count(self, table: type[Base]) -> int:
        """How many rows a table has."""
        with self.store.read() as session:
            return session.query(table).count()

    def conversation_of(self, enquiry_id: str) -> str:
        """Id of the conversation of an enquiry."""
        with self.store.read() as session:
            return session.query(Conversation.id).filter_by(enquiry_id=enquiry_id).one()[0]
