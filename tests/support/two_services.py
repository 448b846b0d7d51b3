"""Services in one store, each with rows of every kind. Every text of one holds a word of its own, by which it is known anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from bench.support.attempts import page, project_catalogue, staff
from enquiry.agencies.agency import Agency
from enquiry.bookings.calendars.feeds import make_feed
from enquiry.bookings.events.attendance import mark_attendance
from enquiry.bookings.events.feedback import NextStep, Useful, give_feedback
from enquiry.bookings.events.places import book_place
from enquiry.bookings.visits.outcomes import VisitOutcome, WrittenUp, tell_applicant, write_record
from enquiry.bookings.visits.outcomes import record_outcome as record_visit
from enquiry.bookings.visits.visits import book_visit
from enquiry.conversations.conversation import add_message, open_conversation
from enquiry.conversations.return_links import make_link
from enquiry.enums import Author, BookingStatus, Decision, HandoffReason, Outcome, Priority, Role
from enquiry.handoffs.handoff import finish_handoff, make_handoff, mark_read, take_handoff
from enquiry.journey.decisions import record_decision
from enquiry.journey.notes import add_note
from enquiry.journey.record import enquiry_of, record_answer, record_outcome
from enquiry.outbox.queue import ALERT
from enquiry.screening.rehearsal.history import keep_rehearsal
from enquiry.screening.rehearsal.report import Count, ReasonShift, Report
from enquiry.settings import Settings
from enquiry.setup.prepare import prepare_store
from enquiry.staff import accounts
from enquiry.staff.sessions import SESSION_LASTS, TOKEN_LASTS, SecretKind, begin
from enquiry.store.engine import Store
from enquiry.store.models import (
    Base,
    Conversation,
    DecisionRecord,
    Enquiry,
    Event,
    Handoff,
    Leave,
    OutboxMessage,
    Rehearsal,
    Staff,
    Visit,
    Visitor,
)

NOW = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
CRITERIA = "2026-11-21"
# A disclosure everybody reads who works with enquiries, and one that is for few eyes.
# When an initial visit is booked, and when another could be.
VISIT, FREE = NOW + timedelta(days=4), NOW + timedelta(days=6)
# Whose phone number it is that wants no more messages is no service's own.
SHARED = frozenset({"no_messages"})
DISCLOSURES = {"worried_about_child": tuple(Role), "allegation_carer_or_worker": (Role.MANAGER, Role.SAFEGUARDING)}

Row = dict[str, Any]


@dataclass
class Service:
    """One service's word, what its rows are called, and how its staff come in, by role."""

    agency: Agency
    word: str
    enquiries: list[str] = field(default_factory=list)  # references
    conversations: list[str] = field(default_factory=list)
    handoffs: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    visitors: list[str] = field(default_factory=list)
    bookings: list[str] = field(default_factory=list)  # references
    leave: list[str] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    rehearsals: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)  # the secrets
    cookies: dict[Role, str] = field(default_factory=dict)
    tokens: dict[Role, str] = field(default_factory=dict)

    def named(self, what: str) -> str:
        """A text that only this service has."""
        return f"{what} {self.word}"


def prepared_store(folder: Path) -> tuple[Settings, Store]:
    """A store with the tables, and the accounts of every agency of the project."""
    settings = Settings(
        state_dir=folder, database_url=f"sqlite:///{folder / 'hearth.db'}", secret="for tests alone, and long enough"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        prepare_store(settings, NOW - timedelta(days=1))
    return settings, Store(settings.store_url)


def fill_service(store: Store, agency: Agency, word: str, now: datetime = NOW) -> Service:
    """Put rows of every kind into a store for an agency that has accounts and nothing else of its own."""
    service = Service(agency, word)
    with store.write() as session:
        team = {Role(one.role): one for one in session.scalars(select(Staff).where(Staff.agency == agency.slug))}
        for role, one in team.items():
            one.name, one.must_change = service.named(role.value.title()), False
            service.cookies[role] = begin(session, one, SecretKind.BROWSER, now, SESSION_LASTS)
            service.tokens[role] = begin(session, one, SecretKind.TOKEN, now, TOKEN_LASTS)
        _events_and_visitors(session, service, team, now)
        booked = _booked(session, service, team, now)
        _handoffs(session, service, booked, team, now)
        _waiting(session, service, now)
        _rehearsal(session, service, now)
        session.flush()
        service.leave += session.scalars(select(Leave.id).join(Visitor).where(Visitor.agency == agency.slug))
        service.decisions += session.scalars(
            select(DecisionRecord.id).join(Enquiry).where(Enquiry.agency == agency.slug)
        )
        # Alerts are for some roles alone.
        messages = select(OutboxMessage).where(OutboxMessage.agency == agency.slug, OutboxMessage.kind != ALERT)
        for number, message in enumerate(
            session.scalars(messages.order_by(OutboxMessage.created_at, OutboxMessage.id))
        ):
            service.messages.append(message.id)
            if number == 0:
                message.given_up_at, message.last_error = now, service.named("Nobody took")
    return service


def _events_and_visitors(session: Session, service: Service, team: dict[Role, Staff], now: datetime) -> None:
    slug = service.agency.slug
    for days in (5, -5):
        at = now + timedelta(days=days)
        place = {"title": service.named("Evening"), "venue": service.named("Hall")}
        event = Event(agency=slug, starts_at=at, ends_at=at + timedelta(hours=1), places=20, **place)
        session.add(event)
        session.flush()
        service.events.append(event.id)
    visitor = Visitor(
        agency=slug,
        name=service.named("Visitor"),
        staff=team[Role.VISITOR],
        visit_minutes=60,
        buffer_minutes=30,
        most_a_day=1,
        pattern={str(day): [["08:30", "20:00"]] for day in range(7)},
        areas=[service.named("Area")],
        leave=[Leave(first_day=date(2026, 12, 24), last_day=date(2026, 12, 31))],
    )
    session.add(visitor)
    session.flush()
    service.visitors.append(visitor.id)
    for whose in (visitor, None):
        make_feed(session, slug, whose, team[Role.COORDINATOR], now)


def _talk(session: Session, service: Service, now: datetime) -> Conversation:
    conversation = open_conversation(session, service.agency.slug, now)
    service.conversations.append(conversation.id)
    buttons = [{"title": service.named("Yes"), "text": "Yes"}]
    said = service.named("What about")
    for author, text in ((Author.ENQUIRER, f"{said}?"), (Author.ASSISTANT, f"{said}.")):
        add_message(
            session,
            conversation,
            author=author,
            text=text,
            now=now,
            choices=buttons if author is Author.ASSISTANT else (),
        )
    return conversation


def _booked(session: Session, service: Service, team: dict[Role, Staff], now: datetime) -> Enquiry:
    """Somebody who has been through everything."""
    enquiry = enquiry_of(session, _talk(session, service, now), now)
    email = f"somebody.{service.word}@people.example".lower()
    for criterion, value in (("age", "25_plus"), ("dogs", "yes"), ("contact", email), ("safe_to_message", "yes")):
        record_answer(session, enquiry, criterion, value, now)
    record_answer(session, enquiry, "contact_name", service.named("Somebody"), now)
    record_answer(session, enquiry, "contact_time", service.named("After"), now)
    reason = {"criterion": "dogs", "reason": "dog_at_home", "outcome": "not_yet", "for_staff": service.named("A dog")}
    record_outcome(session, enquiry, Outcome.NOT_YET, [reason], CRITERIA, now, route="mainstream")
    past = session.get_one(Event, service.events[1])
    came = book_place(session, past.id, enquiry, 1, page(past.starts_at - timedelta(days=1)))
    mark_attendance(session, came, BookingStatus.ATTENDED, staff(past.starts_at, service.named("Door")))
    give_feedback(session, came, Useful.VERY, NextStep.VISIT, service.named("Good"), now)
    place = book_place(session, service.events[0], enquiry, 2, page(now))
    _visited(session, service, enquiry, team, now)
    visit = book_visit(session, service.agency, enquiry, VISIT, staff(now, service.named("Diary")))
    service.bookings += [one.reference for one in (came, place, visit)]
    add_note(session, enquiry, team[Role.COORDINATOR], service.named("Rang"), now)
    decided = record_decision(
        session, enquiry, team[Role.MANAGER], Decision.NOT_PROGRESSING, service.named("Because"), now
    )
    decided.decision.look_again_at = now
    tell_applicant(session, decided.decision, team[Role.MANAGER], "phone", now)
    service.links.append(make_link(session, enquiry.conversations[0], now))
    service.enquiries.append(enquiry.reference)
    return enquiry


def _visited(session: Session, service: Service, enquiry: Enquiry, team: dict[Role, Staff], now: datetime) -> None:
    """A first visit, some days ago, and what was written of it."""
    before = staff(now - timedelta(days=10), service.named("Diary"))
    visit: Visit = book_visit(session, service.agency, enquiry, now - timedelta(days=3), before)
    record_visit(session, service.agency, visit, VisitOutcome.HELD, staff(visit.ends_at, service.named("Visitor")))
    parts = [service.named(part) for part in ("Understands", "Wants", "Can")]
    write_record(session, visit, team[Role.VISITOR], WrittenUp(*parts), now)
    service.bookings.append(visit.reference)


def _handoffs(session: Session, service: Service, enquiry: Enquiry, team: dict[Role, Staff], now: datetime) -> None:
    """One of every reason, some of them taken and done."""
    for reason in HandoffReason:
        if reason is HandoffReason.DISCLOSURE:
            continue
        handoff = _hand_over(session, service, enquiry.conversations[0], reason, now)
        if reason is HandoffReason.CALL_BACK:
            take_handoff(session, handoff, team[Role.RECRUITMENT], now)
        if reason is HandoffReason.NOT_YET:
            finish_handoff(session, handoff, team[Role.COORDINATOR], service.named("Done"), now)
    for category, audience in DISCLOSURES.items():
        conversation = _talk(session, service, now)
        if category == "worried_about_child":  # told by somebody who has become an enquiry; the other by a stranger
            told = enquiry_of(session, conversation, now)
            record_answer(session, told, "contact_name", service.named("Worried"), now)
            service.enquiries.append(told.reference)
        more = {"category": category, "audience": audience, "priority": Priority.NOW}
        handoff = _hand_over(session, service, conversation, HandoffReason.DISCLOSURE, now, **more)
        mark_read(session, handoff, team[Role.SAFEGUARDING].id, now)


def _hand_over(
    session: Session, service: Service, conversation: Conversation, reason: HandoffReason, now: datetime, **more: Any
) -> Handoff:
    summary = service.named("Please")
    wording = project_catalogue().wording
    handoff = make_handoff(
        session, conversation, agency=service.agency, wording=wording, reason=reason, summary=summary, now=now, **more
    )
    service.handoffs.append(handoff.id)
    return handoff


def _rehearsal(session: Session, service: Service, now: datetime) -> None:
    """What changed criteria would have done to a person of this service."""
    one, none = Count(given=1), Count()
    reason = ReasonShift("dog_at_home", Outcome.NOTE.value, service.named("A dog"), came=one, went=none)
    report = Report(
        service.agency.slug, CRITERIA, service.named("changed"), one, none, one, none, none, reasons=(reason,)
    )
    keep_rehearsal(session, report, now)
    service.rehearsals += session.scalars(select(Rehearsal.id).where(Rehearsal.agency == service.agency.slug))


def _waiting(session: Session, service: Service, now: datetime) -> None:
    """A conversation that is no enquiry, with a message nobody has understood yet."""
    conversation = _talk(session, service, now)
    add_message(session, conversation, author=Author.ENQUIRER, text=service.named("Hello"), now=now, waiting=True)


def dump(store: Store) -> dict[str, list[Row]]:
    """Every row of every table, in order."""
    with store.read() as session:
        return {table.name: _rows(session, table) for table in Base.metadata.sorted_tables}


def rows_of(store: Store, agency: Agency) -> dict[str, list[Row]]:
    """The rows that belong to an agency: by their own column, or by the row they hang on.

    Raises:
        AssertionError: a table has neither, so nobody could tell whose its rows are.
    """
    whole = dump(store)
    found: dict[str, list[Row]] = {}
    for table in Base.metadata.sorted_tables:
        if table.name in SHARED:
            found[table.name] = []
            continue
        if "agency" in table.columns:
            found[table.name] = [row for row in whole[table.name] if row["agency"] == agency.slug]
            continue
        links = [(key.parent.name, key.column.table.name, key.column.name) for key in table.foreign_keys]
        assert links, f"{table.name} has no agency and hangs on nothing that has one"
        keys = [(column, {row[far] for row in found[other]}) for column, other, far in links]
        found[table.name] = [row for row in whole[table.name] if any(row[column] in own for column, own in keys)]
    return found


def signs_of(service: Service, rows: dict[str, list[Row]]) -> frozenset[str]:
    """What gives a row of a service away wherever it turns up: its word, and the keys and references of all its rows; in small letters."""
    names = [name for table in Base.metadata.sorted_tables for name in _telling(table, rows[table.name])]
    return frozenset(sign.casefold() for sign in (service.word, *names))


def _telling(table: Table, rows: Iterable[Row]) -> Iterable[str]:
    columns = [column.name for column in table.primary_key] + [
        name for name in ("reference", "email", "occasion") if name in table.columns
    ]
    return [str(row[name]) for row in rows for name in columns if row[name]]


def _rows(session: Session, table: Table) -> list[Row]:
    found = session.execute(select(table).order_by(*table.primary_key.columns))
    return [dict(row._mapping) for row in found]
