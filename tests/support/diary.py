"""What people and staff do with bookings, each in a transaction of its own, and what stands in the store afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.support.attempts import chat, staff, worker
from enquiry.bookings.attempt import ENQUIRER
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


@dataclass(frozen=True)
class Diary:
    """Bookings by their references. Where no moment is given, it is done `now`."""

    make: Maker

    def book(self, event: str, enquiry: str, people: int = 1, now: datetime | None = None) -> str:
        with self.make.store.write() as session:
            return book_place(
                session, event, session.get_one(Enquiry, enquiry), people, chat(now or self.make.now)
            ).reference

    def wait(self, event: str, enquiry: str, people: int = 1, now: datetime | None = None) -> str:
        with self.make.store.write() as session:
            found = session.get_one(Enquiry, enquiry)
            return wait_for_place(session, event, found, people, chat(now or self.make.now)).reference

    def accept(self, reference: str, now: datetime | None = None) -> None:
        with self.make.store.write() as session:
            accept_offer(session, place_in(session, reference), chat(now or self.make.now))

    def move(self, reference: str, event: str, now: datetime | None = None, people: int | None = None) -> None:
        with self.make.store.write() as session:
            move_place(session, place_in(session, reference), event, chat(now or self.make.now), people=people)

    def give_back(self, reference: str, now: datetime | None = None, who: str = ENQUIRER) -> None:
        at = now or self.make.now
        attempt = chat(at) if who == ENQUIRER else staff(at, who)
        with self.make.store.write() as session:
            if reference.startswith("EV"):
                release_place(session, place_in(session, reference), attempt)
            else:
                release_visit(session, visit_in(session, reference), attempt)

    def lapse(self, now: datetime) -> int:
        """As the worker does it: each event in a transaction of its own."""
        with self.make.store.read() as session:
            events = offers_to_lapse(session, now)
        lapsed = 0
        for event in events:
            with self.make.store.write() as session:
                lapsed += lapse_offers(session, event, worker(now))
        return lapsed

    def attend(self, reference: str, status: BookingStatus, now: datetime) -> None:
        with self.make.store.write() as session:
            mark_attendance(session, place_in(session, reference), status, staff(now))

    def cancel_event(self, event: str, now: datetime | None = None) -> int:
        with self.make.store.write() as session:
            return cancel_event(session, session.get_one(Event, event), staff(now or self.make.now))

    def change_event(self, event: str, now: datetime | None = None, **changes: object) -> int:
        with self.make.store.write() as session:
            one = session.get_one(Event, event)
            names = ("title", "venue", "starts_at", "ends_at", "places", "online_url")
            given = {name: getattr(one, name) for name in names}
            if "starts_at" in changes:
                given["ends_at"] = changes["starts_at"] + timedelta(minutes=90)  # type: ignore[operator]
            return change_event(session, one, EventDetails(**{**given, **changes}), staff(now or self.make.now))

    def visit(self, enquiry: str, at: datetime, now: datetime | None = None) -> str:
        with self.make.store.write() as session:
            found = session.get_one(Enquiry, enquiry)
            return book_visit(session, self.make.agency, found, at, chat(now or self.make.now)).reference

    def reserve(self, enquiry: str, at: datetime, now: datetime | None = None) -> str:
        with self.make.store.write() as session:
            found = session.get_one(Enquiry, enquiry)
            return reserve_visit(session, self.make.agency, found, at, chat(now or self.make.now)).reference

    def move_visit(self, reference: str, at: datetime, now: datetime | None = None) -> None:
        with self.make.store.write() as session:
            move_visit(session, self.make.agency, visit_in(session, reference), at, chat(now or self.make.now))

    def outcome(self, reference: str, outcome: VisitOutcome, now: datetime, moved_to: datetime | None = None) -> None:
        with self.make.store.write() as session:
            visit = visit_in(session, reference)
            record_outcome(session, self.make.agency, visit, outcome, staff(now), moved_to=moved_to)

    def remind(self, now: datetime) -> list[str]:
        """Which letters were queued by the worker's reminders."""
        with self.make.store.write() as session:
            make_reminders(session, self.make.agency.slug, worker(now))
        return [letter.kind for letter in self.letters() if letter.created_at == now]

    def place(self, reference: str) -> Place:
        with self.make.store.read() as session:
            place = place_in(session, reference)
            _ = place.event, place.enquiry
            return place

    def visit_of(self, reference: str) -> Visit:
        with self.make.store.read() as session:
            visit = visit_in(session, reference)
            _ = visit.visitor, visit.enquiry
            return visit

    def status(self, reference: str) -> str:
        with self.make.store.read() as session:
            return (place_in if reference.startswith("EV") else visit_in)(session, reference).status

    def letters(self, *kinds: str) -> list[OutboxMessage]:
        """The messages to people, in the order they were queued in; of these kinds, if any are given."""
        with self.make.store.read() as session:
            found = session.scalars(select(OutboxMessage).order_by(OutboxMessage.created_at, OutboxMessage.occasion))
            return [one for one in found if (one.kind in kinds if kinds else one.kind != "visitor_told")]

    def history(self, reference: str) -> list[str]:
        with self.make.store.read() as session:
            of_it = select(BookingChange.change).where(BookingChange.reference == reference)
            return list(session.scalars(of_it.order_by(BookingChange.at)))


def place_in(session: Session, reference: str) -> Place:
    return session.scalars(select(Place).where(Place.reference == reference)).one()


def visit_in(session: Session, reference: str) -> Visit:
    return session.scalars(select(Visit).where(Visit.reference == reference)).one()
