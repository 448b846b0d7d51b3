"""What people and staff do with bookings, each in a transaction of its own, and what stands in the store afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from enquiry.bookings.events.attendance import mark_attendance
from enquiry.bookings.events.events import EventDetails, cancel_event, change_event
from enquiry.bookings.events.places import (
    accept_offer,
    book_place,
    lapse_offers,
    move_place,
    offers_to_lapse,
    release_place,
    wait_for_place,
)
from enquiry.bookings.reminders import make_reminders
from enquiry.bookings.visits.outcomes import VisitOutcome, record_outcome
from enquiry.bookings.visits.visits import book_visit, move_visit, release_visit, reserve_visit
from enquiry.enums import BookingStatus
from enquiry.store.models import BookingChange, Enquiry, Event, OutboxMessage, Place, Visit

if TYPE_CHECKING:
    from tests.support.maker import Maker

STAFF = "Sam"


@dataclass(frozen=True)
class Diary:
    """Bookings by their references. Where no moment is given, it is done `now`."""

    make: Maker

    def book(self, event: str, enquiry: str, people: int = 1, now: datetime | None = None) -> str:
        with self.make.store.write() as session:
            return book_place(session, event, session.get_one(Enquiry, enquiry), people, now or self.make.now).reference

    def wait(self, event: str, enquiry: str, people: int = 1, now: datetime | None = None) -> str:
        with self.make.store.write() as session:
            return wait_for_place(
                session, event, session.get_one(Enquiry, enquiry), people, now or self.make.now
            ).reference

    def accept(self, reference: str, now: datetime | None = None) -> None:
        with self.make.store.write() as session:
            accept_offer(session, _place(session, reference), now or self.make.now)

    def move(self, reference: str, event: str, now: datetime | None = None) -> None:
        with self.make.store.write() as session:
            move_place(session, _place(session, reference), event, now or self.make.now)

    def give_back(self, reference: str, now: datetime | None = None, who: str = "enquirer") -> None:
        with self.make.store.write() as session:
            if reference.startswith("EV"):
                release_place(session, _place(session, reference), now or self.make.now, who=who)
            else:
                release_visit(session, _visit(session, reference), now or self.make.now, who=who)

    def lapse(self, now: datetime) -> int:
        """As the worker does it: each event in a transaction of its own."""
        with self.make.store.read() as session:
            events = offers_to_lapse(session, now)
        lapsed = 0
        for event in events:
            with self.make.store.write() as session:
                lapsed += lapse_offers(session, event, now)
        return lapsed

    def attend(self, reference: str, status: BookingStatus, now: datetime) -> None:
        with self.make.store.write() as session:
            mark_attendance(session, _place(session, reference), status, now, who=STAFF)

    def cancel_event(self, event: str, now: datetime | None = None) -> int:
        with self.make.store.write() as session:
            return cancel_event(session, session.get_one(Event, event), now or self.make.now, who=STAFF)

    def change_event(self, event: str, now: datetime | None = None, **changes: object) -> int:
        with self.make.store.write() as session:
            one = session.get_one(Event, event)
            names = ("title", "venue", "starts_at", "ends_at", "places", "online_url")
            given = {name: getattr(one, name) for name in names}
            if "starts_at" in changes:
                given["ends_at"] = changes["starts_at"] + timedelta(minutes=90)  # type: ignore[operator]
            return change_event(session, one, EventDetails(**{**given, **changes}), now or self.make.now, who=STAFF)

    def visit(self, enquiry: str, at: datetime, now: datetime | None = None) -> str:
        with self.make.store.write() as session:
            return book_visit(
                session, self.make.agency, session.get_one(Enquiry, enquiry), at, now or self.make.now
            ).reference

    def reserve(self, enquiry: str, at: datetime, now: datetime | None = None) -> str:
        with self.make.store.write() as session:
            return reserve_visit(
                session, self.make.agency, session.get_one(Enquiry, enquiry), at, now or self.make.now
            ).reference

    def move_visit(self, reference: str, at: datetime, now: datetime | None = None) -> None:
        with self.make.store.write() as session:
            move_visit(session, self.make.agency, _visit(session, reference), at, now or self.make.now)

    def outcome(self, reference: str, outcome: VisitOutcome, now: datetime, moved_to: datetime | None = None) -> None:
        with self.make.store.write() as session:
            record_outcome(
                session, self.make.agency, _visit(session, reference), outcome, now, who=STAFF, moved_to=moved_to
            )

    def remind(self, now: datetime) -> list[str]:
        """Which letters were queued by the worker's reminders."""
        with self.make.store.write() as session:
            make_reminders(session, self.make.agency.slug, now)
        return [letter.kind for letter in self.letters() if letter.created_at == now]

    def place(self, reference: str) -> Place:
        with self.make.store.read() as session:
            place = _place(session, reference)
            _ = place.event, place.enquiry
            return place

    def visit_of(self, reference: str) -> Visit:
        with self.make.store.read() as session:
            visit = _visit(session, reference)
            _ = visit.visitor, visit.enquiry
            return visit

    def status(self, reference: str) -> str:
        with self.make.store.read() as session:
            return (_place if reference.startswith("EV") else _visit)(session, reference).status

    def letters(self, *kinds: str) -> list[OutboxMessage]:
        """The messages to people, in the order they were queued in; of these kinds, if any are given."""
        with self.make.store.read() as session:
            found = session.scalars(select(OutboxMessage).order_by(OutboxMessage.created_at, OutboxMessage.occasion))
            return [one for one in found if (one.kind in kinds if kinds else one.kind != "visitor_told")]

    def history(self, reference: str) -> list[str]:
        with self.make.store.read() as session:
            of_it = select(BookingChange.change).where(BookingChange.reference == reference)
            return list(session.scalars(of_it.order_by(BookingChange.at)))


def _place(session: Session, reference: str) -> Place:
    return session.scalars(select(Place).where(Place.reference == reference)).one()


def _visit(session: Session, reference: str) -> Visit:
    return session.scalars(select(Visit).where(Visit.reference == reference)).one()
