"""The same service with a full diary: events past, tonight and to come, visits at every step, messages that went and that did not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.support.attempts import staff
from enquiry.bookings.events.attendance import mark_attendance
from enquiry.bookings.events.events import EventDetails, make_event
from enquiry.bookings.events.places import release_place
from enquiry.bookings.for_callers import Caller, book_for_caller
from enquiry.bookings.visits.outcomes import VisitOutcome, WrittenUp, record_outcome, write_record
from enquiry.bookings.visits.visitors import add_leave
from enquiry.bookings.visits.visits import book_visit, free_times
from enquiry.enums import BookingStatus, Decision, Needs, Role
from enquiry.journey.decisions import record_decision
from enquiry.journey.record import begin_enquiry, record_answer
from enquiry.store.models import Enquiry, Event, Feedback, OutboxMessage, Place, Staff, Visit, Visitor
from tests.support.console_example import Example

MEERA = "Meera Example"
RECORD = WrittenUp(
    "Knows that children come with their own stories, and that the aim is often to go home.",
    "Has wanted this since a friend fostered. Hopes to help brothers and sisters stay together.",
    "Patient, well rooted in the village, laughs easily. A good listener.",
)


@dataclass
class Busy:
    """What stands where. Places and visits by name of the household."""

    tonight: str = ""
    full: str = ""
    past: str = ""
    places: dict[str, str] = field(default_factory=dict)
    visits: dict[str, str] = field(default_factory=dict)
    decision: str = ""
    messages: dict[str, str] = field(default_factory=dict)


def fill_diary(session: Session, example: Example, now: datetime) -> Busy:
    """Put it all into a store that `make_example` has filled."""
    busy = Busy()
    _tonight(session, example, busy, now)
    _full(session, example, busy, now)
    _past(session, example, busy, now)
    _visits(session, example, busy, now)
    _messages(session, busy, now)
    return busy


def _event(session: Session, example: Example, at: datetime, title: str, places: int) -> Event:
    details = EventDetails(
        title, "County Hall, Glenfield, Leicestershire LE3 8SA", at, at + timedelta(hours=1, minutes=30), places
    )
    return make_event(session, example.agency.slug, details)


def _ring(
    session: Session, busy: Busy, event: Event, name: str, contact: str, people: int, now: datetime, *needs: Needs
) -> Place:
    language = "Polish" if Needs.INTERPRETER in needs else None
    caller = Caller(name, contact, people, [need.value for need in needs], language)
    place = book_for_caller(session, event, caller, staff(now, MEERA), may_wait=True)
    busy.places[name] = place.reference
    return place


def _tonight(session: Session, example: Example, busy: Busy, now: datetime) -> None:
    event = _event(session, example, now + timedelta(hours=4), "Open evening", 12)
    busy.tonight = event.id
    before = now - timedelta(days=3)
    _ring(session, busy, event, "Zofia Example", "07700 900201", 2, before, Needs.STEP_FREE, Needs.INTERPRETER)
    here = _ring(session, busy, event, "Abel Example", "07700 900202", 1, before)
    long_name = "Marjorie Longsurname-Featherstonehaugh Example"
    away = _ring(session, busy, event, long_name, "marjorie@people.example", 2, before, Needs.LARGE_PRINT)
    _ring(session, busy, event, "Hedda Example", "07700 900204", 1, before)
    mark_attendance(session, here, BookingStatus.ATTENDED, staff(now, MEERA))
    mark_attendance(session, away, BookingStatus.MISSED, staff(now, MEERA))


def _full(session: Session, example: Example, busy: Busy, now: datetime) -> None:
    event = _event(session, example, now + timedelta(days=7), "Small group", 4)
    busy.full = event.id
    before = now - timedelta(days=1)
    _ring(session, busy, event, "Ivo Example", "07700 900211", 2, before)
    leaves = _ring(session, busy, event, "Jana Example", "07700 900212", 2, before)
    _ring(session, busy, event, "Kofi Example", "07700 900213", 2, before + timedelta(hours=1))
    _ring(session, busy, event, "Lena Example", "lena@people.example", 2, before + timedelta(hours=2))
    release_place(session, leaves, staff(now - timedelta(hours=2), MEERA))
    # Nobody writes to this one: a person rings.
    unsafe = session.scalars(select(Enquiry).where(Enquiry.contact_name == "Ivo Example")).one()
    unsafe.safe_to_message = False


def _past(session: Session, example: Example, busy: Busy, now: datetime) -> None:
    event = _event(session, example, now - timedelta(days=5), "Find out about fostering", 20)
    busy.past = event.id
    before = now - timedelta(days=9)
    for number, (useful, step, comment) in enumerate(
        (
            ("very", "visit", "It was good to meet a carer."),
            ("very", "later", ""),
            ("quite", "no", "<b>More tea</b> please & thank you."),
        )
    ):
        place = _ring(session, busy, event, f"Guest {number} Example", f"07700 90022{number}", 1, before)
        mark_attendance(session, place, BookingStatus.ATTENDED, staff(now - timedelta(days=5), MEERA))
        answers = {"useful": useful, "next_step": step, "comment": comment}
        at = now - timedelta(days=4, hours=number)
        session.add(Feedback(agency=event.agency, event_id=event.id, place_id=place.id, at=at, **answers))


def _visits(session: Session, example: Example, busy: Busy, now: datetime) -> None:
    visitor = session.scalars(
        select(Visitor).where(Visitor.agency == example.agency.slug).order_by(Visitor.name)
    ).all()[1]
    add_leave(session, visitor, date(2026, 12, 1), date(2026, 12, 2))
    team = {Role(one.role): one for one in session.scalars(select(Staff).where(Staff.agency == example.agency.slug))}
    _visit(session, example, busy, "Noor Example", "LE9", now - timedelta(days=6), 3)
    held = _visit(session, example, busy, "Grace Example", "in_area", now - timedelta(days=8), 2)
    record_outcome(session, example.agency, held, VisitOutcome.HELD, staff(held.ends_at, MEERA))
    for name in ("Ola Example", "Ben Example"):
        visit = _visit(session, example, busy, name, "border", now - timedelta(days=12), 4)
        record_outcome(session, example.agency, visit, VisitOutcome.HELD, staff(visit.ends_at, MEERA))
        write_record(session, visit, team[Role.VISITOR], RECORD, visit.ends_at + timedelta(hours=20))
        if name == "Ben Example":
            manager, at = team[Role.MANAGER], now - timedelta(days=1)
            decided = record_decision(session, visit.enquiry, manager, Decision.PROGRESSING, "A warm home.", at)
            busy.decision = decided.decision.id
    _visit(session, example, busy, "Yusuf Example", "LE12", now, 6)


def _visit(session: Session, example: Example, busy: Busy, name: str, area: str, at: datetime, which: int) -> Visit:
    enquiry = begin_enquiry(session, example.agency.slug, at, who=MEERA, why="Rang")
    enquiry.contact_name, enquiry.contact_email = name, f"{name.split()[0].lower()}@people.example"
    record_answer(session, enquiry, "area", area, at)
    free = free_times(session, example.agency, at)
    visit = book_visit(session, example.agency, enquiry, free[which], staff(at, MEERA))
    busy.visits[name] = visit.reference
    example.references[name] = enquiry.reference
    return visit


def _messages(session: Session, busy: Busy, now: datetime) -> None:
    waiting = list(
        session.scalars(
            select(OutboxMessage).where(OutboxMessage.enquiry_id.is_not(None)).order_by(OutboxMessage.created_at)
        )
    )
    for number, message in enumerate(waiting):
        if number == 0:
            message.given_up_at, message.attempts = now - timedelta(hours=1), 6
            message.last_error = "The number or address does not exist. Check it with the person."
            busy.messages["undelivered"] = message.id
        elif number % 4:
            message.sent_at, message.attempts = message.created_at + timedelta(minutes=1), 1
            busy.messages["sent"] = message.id
        else:
            busy.messages["waiting"] = message.id
