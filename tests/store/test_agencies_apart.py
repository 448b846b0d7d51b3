"""Services in one store keep apart: dates offered, bookings, alerts, accounts."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from actions.answers import Asked
from actions.ask import offers
from actions.book import book_event
from actions.book import book_visit as choose_visit
from actions.turn import Turn
from bench.support.attempts import chat, project_catalogue, staff
from enquiry.bookings.booking import EventGone, SlotGone
from enquiry.bookings.events.places import book_place, coming_events
from enquiry.bookings.find import find_booking
from enquiry.bookings.visits.visits import book_visit, free_times
from enquiry.catalogue import Catalogue
from enquiry.enums import Decision, HandoffReason, Outcome, Priority, Role
from enquiry.handoffs.handoff import MayNotRead, finish_handoff, make_handoff, take_handoff
from enquiry.handoffs.silence import SILENT_AFTER
from enquiry.journey.decisions import MayNotDecide, record_decision
from enquiry.journey.record import record_answer, record_outcome
from enquiry.settings import ROOT, Settings
from enquiry.setup.prepare import prepare_store
from enquiry.staff.accounts import add_staff, issue_token, remove_staff, sign_in
from enquiry.staff.sessions import SecretKind, staff_for
from enquiry.store.engine import Store
from enquiry.store.models import Conversation, Enquiry, Handoff, Message, OutboxMessage, Staff, Visit, Visitor
from launcher import services as launcher_services
from launcher.bootstrap.troubles import Trouble
from launcher.commands import staff as staff_command
from tests.support.outbox_queue import deliver
from tests.support.turns import context_of
from tests.support.two_services import FREE, NOW, Service, dump, fill_service, rows_of
from worker.providers.files import FileProvider
from worker.silence import SilenceWatch

AGENCIES = project_catalogue().agencies
PAIRS = pytest.mark.parametrize(("mine", "other"), [("leicestershire", "coventry"), ("coventry", "leicestershire")])


@pytest.fixture
def services(store: Store) -> dict[str, Service]:
    """Two services full of rows, each with a word of its own in every text."""
    with store.write() as session:
        for slug in ("leicestershire", "coventry"):
            for role in Role:
                add_staff(session, slug, f"{role.value}@{slug}.example", role.value, role, NOW)
    words = {"leicestershire": "Kestrelwing", "coventry": "Heronwater"}
    return {slug: fill_service(store, AGENCIES[slug], word) for slug, word in words.items()}


@pytest.fixture
def in_a_turn(store: Store) -> Callable[[Service, Callable[[Turn], object]], list[str]]:
    """Do something in the chat of a service's first conversation; gives back what is said."""
    tools = context_of(store, NOW)

    def done(service: Service, act: Callable[[Turn], object]) -> list[str]:
        with store.write() as session:
            conversation = session.get_one(Conversation, service.conversations[0])
            understood = {"intent": {"name": "answer"}, "text": ""}
            turn = Turn(session, tools, conversation, service.agency, NOW, understood, in_loop=True)
            act(turn)
            return [reply["text"] for reply in turn.replies]

    return done


@PAIRS
def test_a_chat_offers_the_events_and_visits_of_its_own_service(
    store: Store,
    services: dict[str, Service],
    in_a_turn: Callable[..., list[str]],
    catalogue: Catalogue,
    mine: str,
    other: str,
) -> None:
    offered: list[str] = []
    told: list[str] = []
    topic = next(one for one in catalogue.topics.values() if "next_event" in one.places)

    def look(turn: Turn) -> None:
        offered.extend(offer.id for name in ("event", "visit_slot") for offer in offers(turn, name))
        told.append(Asked(topic).text(turn))

    in_a_turn(services[mine], look)
    assert offered[0] == services[mine].events[0]
    assert services[mine].word in told[0]
    assert services[other].word not in told[0]
    with store.read() as session:
        assert {event.agency for event in coming_events(session, mine, NOW, limit=100)} == {mine}


@PAIRS
def test_a_time_at_which_only_another_service_makes_visits_is_not_offered(
    store: Store, services: dict[str, Service], mine: str, other: str
) -> None:
    with store.write() as session:
        _nobody_visits(session, mine)
    with store.read() as session:
        assert free_times(session, AGENCIES[mine], NOW) == []
        assert FREE in free_times(session, AGENCIES[other], NOW)
    with pytest.raises(SlotGone), store.write() as session:
        book_visit(session, AGENCIES[mine], _enquiry(services[mine], session), FREE, staff(NOW))


@PAIRS
def test_a_booking_of_another_service_is_not_found(
    store: Store, services: dict[str, Service], mine: str, other: str
) -> None:
    contact = f"somebody.{services[other].word}@people.example"
    with store.read() as session:
        for reference in services[other].bookings:
            assert find_booking(session, mine, reference, contact) is None
            assert find_booking(session, other, reference, contact) is not None


@PAIRS
def test_a_booking_of_what_another_service_offers_is_refused_and_changes_nothing(
    store: Store, services: dict[str, Service], mine: str, other: str
) -> None:
    before = dump(store)
    for event_id in services[other].events:
        with pytest.raises(EventGone), store.write() as session:
            book_place(session, event_id, _enquiry(services[mine], session), 1, chat(NOW))
    assert dump(store) == before


@PAIRS
def test_an_event_of_another_service_that_somebody_names_by_its_id_is_told_to_be_gone(
    store: Store,
    services: dict[str, Service],
    in_a_turn: Callable[..., list[str]],
    catalogue: Catalogue,
    mine: str,
    other: str,
) -> None:
    before = rows_of(store, AGENCIES[other])

    with store.write() as session:
        _nobody_visits(session, mine)

    def choose(turn: Turn) -> None:
        record_answer(turn.session, turn.enquiry, "event", services[other].events[0], NOW)
        # Where the questions led to something else than a visit, none is booked here in the first place.
        record_outcome(turn.session, turn.enquiry, Outcome.CONTINUE, [], "v", NOW)
        book_event(turn, 2)
        choose_visit(turn, FREE.isoformat())

    said = in_a_turn(services[mine], choose)
    wording = catalogue.wording
    assert said == [
        wording.say("assistant.event_gone", AGENCIES[mine]),
        wording.say("assistant.visit_taken", AGENCIES[mine]),
    ]
    assert rows_of(store, AGENCIES[other]) == before


@PAIRS
def test_a_disclosure_is_made_known_to_the_staff_of_its_own_service_and_to_nobody_else(
    store: Store, services: dict[str, Service], catalogue: Catalogue, tmp_path: Path, mine: str, other: str
) -> None:
    known = {row["id"] for row in dump(store)["outbox"]}
    with store.write() as session:
        conversation = session.get_one(Conversation, services[mine].conversations[-1])
        make_handoff(
            session,
            conversation,
            agency=AGENCIES[mine],
            wording=catalogue.wording,
            reason=HandoffReason.DISCLOSURE,
            category="user_is_child",
            audience=tuple(Role),
            priority=Priority.NOW,
            summary="Please",
            now=NOW + timedelta(hours=2),
        )
    fresh = [row for row in dump(store)["outbox"] if row["id"] not in known]
    assert {row["recipient"] for row in fresh} == {f"{role.value}@{mine}.example" for role in Role}
    assert {row["agency"] for row in fresh} == {mine}
    later = NOW + timedelta(hours=3)
    while deliver(store, FileProvider(tmp_path / "sent"), later):
        pass
    sent = [file.read_text() for file in (tmp_path / "sent").iterdir() if any(row["id"] in file.name for row in fresh)]
    assert len(sent) == len(Role)
    assert not any(services[other].word in text or f"@{other}.example" in text for text in sent)


def test_a_silent_assistant_is_made_known_to_each_service_for_its_own_conversations(
    store: Store, services: dict[str, Service], catalogue: Catalogue
) -> None:
    known = {row["id"] for row in dump(store)["handoffs"]}
    SilenceWatch(store, catalogue).look(NOW + SILENT_AFTER + timedelta(minutes=1))
    fresh = [row for row in dump(store)["handoffs"] if row["id"] not in known]
    assert sorted(row["agency"] for row in fresh) == ["coventry", "leicestershire"]
    with store.read() as session:
        for row in fresh:
            assert session.get_one(Conversation, row["conversation_id"]).agency == row["agency"]
            told = session.scalars(
                select(OutboxMessage).where(OutboxMessage.occasion.startswith(f"alert:{row['id']}:"))
            ).all()
            assert {one.recipient for one in told} == {
                f"{role}@{row['agency']}.example" for role in ("manager", "safeguarding")
            }


def test_no_other_service_is_told_of_a_message_whose_own_service_is_gone(
    store: Store, services: dict[str, Service], catalogue: Catalogue
) -> None:
    before = dump(store)["outbox"]
    with store.write() as session:
        session.execute(
            update(Message).values(waiting=False).where(Message.conversation_id.in_(services["coventry"].conversations))
        )
    coventry = replace(catalogue, agencies={"coventry": AGENCIES["coventry"]})
    assert SilenceWatch(store, coventry).look(NOW + timedelta(hours=1)) == 0
    assert dump(store)["outbox"] == before


@PAIRS
def test_staff_act_on_nothing_of_another_service_even_past_the_pages(
    store: Store, services: dict[str, Service], mine: str, other: str
) -> None:
    before = dump(store)
    with store.write() as session:
        for someone in session.scalars(select(Staff).where(Staff.agency == mine)).all():
            for handoff_id in services[other].handoffs:
                handoff = session.get_one(Handoff, handoff_id)
                with pytest.raises(MayNotRead):
                    take_handoff(session, handoff, someone, NOW)
                with pytest.raises(MayNotRead):
                    finish_handoff(session, handoff, someone, "Rang", NOW)
            with pytest.raises(MayNotDecide):
                record_decision(session, _enquiry(services[other], session), someone, Decision.WAIT, "Because", NOW)
    assert dump(store) == before


@pytest.fixture
def at_the_command_line(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """./hearth staff works on the store under test."""
    monkeypatch.setattr(launcher_services, "load_settings", lambda: Settings(database_url=store.url))


@pytest.mark.usefixtures("at_the_command_line")
@pytest.mark.parametrize("typed", ["manager@coventry.example", " Manager@COVENTRY.example "])
def test_one_address_belongs_to_one_service(store: Store, services: dict[str, Service], typed: str) -> None:
    before = dump(store)
    with pytest.raises(Trouble, match=r"an account for manager@coventry\.example already"):
        staff_command.add(Role.SAFEGUARDING, typed, "Somebody else", "leicestershire")
    assert dump(store) == before


@pytest.mark.usefixtures("at_the_command_line")
def test_an_account_at_a_service_that_is_not_there_is_not_made(store: Store) -> None:
    with pytest.raises(Trouble, match='no service "coventri"'):
        staff_command.add(Role.MANAGER, "new@x.example", "New", "coventri")
    assert dump(store)["staff"] == []


def test_who_leaves_one_service_for_another_takes_nothing_along(store: Store, services: dict[str, Service]) -> None:
    email, secrets = "manager@coventry.example", services["coventry"]
    with store.write() as session:
        remove_staff(session, email)
        _account, password = add_staff(session, "leicestershire", email, "Manager", Role.MANAGER, NOW)
    with store.read() as session:
        assert staff_for(session, secrets.cookies[Role.MANAGER], SecretKind.BROWSER, NOW) is None
        assert staff_for(session, secrets.tokens[Role.MANAGER], SecretKind.TOKEN, NOW) is None
    assert sign_in(store, email, password, NOW).staff.agency == "leicestershire"


@PAIRS
def test_a_token_acts_for_the_service_it_was_made_for(
    store: Store, services: dict[str, Service], mine: str, other: str
) -> None:
    with store.write() as session:
        # The other service's accounts are the older ones.
        session.execute(update(Staff).where(Staff.agency == other).values(created_at=NOW - timedelta(days=9)))
        for role in Role:
            holder = staff_for(session, issue_token(session, mine, role, NOW), SecretKind.TOKEN, NOW)
            assert holder is not None
            assert (holder.agency, holder.role) == (mine, role)


def test_a_service_added_later_gets_its_accounts_although_somebody_has_been_removed(
    new_url: str, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever was removed belongs to no service: that is not the one that was added."""
    folder = tmp_path / "data" / "agencies"
    folder.mkdir(parents=True)
    monkeypatch.setattr("enquiry.setup.prepare.ROOT", tmp_path)
    settings = Settings(database_url=new_url)
    shutil.copy(ROOT / "data" / "agencies" / "leicestershire.yml", folder)
    prepare_store(settings, now)
    opened = Store(new_url)
    with opened.write() as session:
        remove_staff(session, "visitor@leicestershire.example")
    opened.close()
    assert not prepare_store(settings, now).accounts
    shutil.copy(ROOT / "data" / "agencies" / "coventry.yml", folder)
    assert {account.email for account in prepare_store(settings, now).accounts} == {
        f"{role.value}@coventry.example" for role in Role
    }


def _enquiry(service: Service, session: Session) -> Enquiry:
    return session.scalars(select(Enquiry).where(Enquiry.reference == service.enquiries[0])).one()


def _nobody_visits(session: Session, slug: str) -> None:
    """No visitor of a service works any more, and nothing stands in their diary."""
    session.execute(update(Visitor).where(Visitor.agency == slug).values(active=False))
    session.execute(update(Visit).where(Visit.agency == slug).values(status="cancelled"))
