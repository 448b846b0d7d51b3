"""What the console keeps and reads of bookings, on both databases: callers, walk-ins, visitors, calendars and the lists."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from bench.support.attempts import staff
from enquiry.agencies.agency import load_agency
from enquiry.bookings.booking import EventFull
from enquiry.bookings.calendars.feed_content import feed_text
from enquiry.bookings.calendars.feeds import feed_of, make_feed, revoke_feed, standing_feed
from enquiry.bookings.for_callers import Caller, book_for_caller, welcome_once
from enquiry.bookings.visits.visitors import NameTaken, VisitorDetails, add_leave, keep_visitor, unfitting_visits
from enquiry.bookings.visits.visits import free_times
from enquiry.content.wording import load_wording
from enquiry.enums import Role
from enquiry.queries.bookings import history_of
from enquiry.queries.diary import diary, slots
from enquiry.queries.events import event_sheet, events, who_is_told
from enquiry.queries.visitors import visitor_page, visitors
from enquiry.queries.visits import visit_page
from enquiry.queries.weekly import still_to_decide, still_to_tell
from enquiry.settings import ROOT, Settings
from enquiry.setup.seed import seed_agency
from enquiry.store.engine import Store
from enquiry.store.models import Enquiry, Event, Place, Staff, Visit, Visitor
from tests.support.console_bookings import Busy, fill_diary
from tests.support.console_example import NOW, Example

LEICESTERSHIRE = load_agency(ROOT / "data" / "agencies" / "leicestershire.yml")
SLUG = LEICESTERSHIRE.slug
RAE = Caller("Rae", "07700 900301", 2)
MEERA = staff(NOW, "Meera")


@pytest.fixture
def filled(store: Store) -> tuple[Store, Busy]:
    """A service with a full diary."""
    example = Example(store, Settings(), LEICESTERSHIRE)
    with store.write() as session:
        seed_agency(session, LEICESTERSHIRE, NOW - timedelta(days=20))
        session.flush()
        return store, fill_diary(session, example, NOW)


def test_the_lists_are_the_same_on_either_database(filled: tuple[Store, Busy]) -> None:
    store, busy = filled
    with store.read() as session:
        coming, _over = events(session, SLUG, NOW)
        full = next(one for one in coming if one.id == busy.full)
        assert (full.taken, full.waiting, full.offered) == (4, 1, 1)
        assert full.offered_until == datetime.fromisoformat("2026-11-24T12:30:00+00:00")
        assert event_sheet(session, SLUG, busy.past).opinion.useful == {"very": 2, "quite": 1}
        assert who_is_told(session, session.get_one(Event, busy.full))[0] == 2
        found = diary(session, LEICESTERSHIRE, NOW)
        assert [one.who for one in found.outcomes_due] == ["Noor Example"]
        assert [one.visit.who for one in found.records_due] == ["Grace Example"]
        assert {line.status for line in slots(session, LEICESTERSHIRE, NOW)} == {"booked", "free"}
        assert [one.visit.who for one in still_to_decide(session, SLUG)] == ["Ola Example"]
        assert [one.contact.name for one in still_to_tell(session, SLUG)] == ["Ben Example"]
        assert visit_page(session, SLUG, busy.visits["Ola Example"]).record is not None
        assert all(visitor_page(session, SLUG, one.id, NOW).line == one for one in visitors(session, SLUG, NOW))
        enquiry = session.scalars(select(Enquiry).where(Enquiry.contact_name == "Grace Example")).one()
        assert [step.change for step in history_of(session, enquiry)] == ["attended", "booked"]


def test_somebody_who_rings_twice_has_one_place(filled: tuple[Store, Busy]) -> None:
    store, busy = filled
    found = []
    for _ in range(2):
        with store.write() as session:
            event = session.get_one(Event, busy.tonight)
            found.append(book_for_caller(session, event, RAE, MEERA).reference)
    assert found[0] == found[1]


def test_a_caller_for_whom_there_is_no_room_leaves_nothing_behind(filled: tuple[Store, Busy]) -> None:
    store, busy = filled
    with store.write() as session:
        event = session.get_one(Event, busy.full)
        with pytest.raises(EventFull), session.begin_nested():
            book_for_caller(session, event, RAE, MEERA)
        place = book_for_caller(session, event, RAE, MEERA, may_wait=True)
        assert place.status == "waiting"
        # Who waits and rings again is on the list once.
        assert book_for_caller(session, event, RAE, MEERA, may_wait=True).id == place.id


def test_a_walk_in_sent_twice_is_one_and_another_of_the_name_is_another(filled: tuple[Store, Busy]) -> None:
    store, busy = filled
    for name, contact in (
        ("Jo", ""),
        ("Jo", ""),
        ("Jo", "jo@people.example"),
        ("Jo", "jo@people.example"),
        ("Jo", "07700 900302"),
    ):
        with store.write() as session:
            event = session.get_one(Event, busy.tonight)
            welcome_once(session, event, MEERA, name=name, contact=contact, people=1)
    with store.read() as session:
        assert len(session.scalars(select(Place).join(Enquiry).where(Enquiry.contact_name == "Jo")).all()) == 3


def test_two_visitors_of_one_name_are_told_apart(filled: tuple[Store, Busy]) -> None:
    store, _busy = filled
    details = VisitorDetails("Initial visitor 1", None, {}, 60, 0, 3, (), active=True)
    with store.write() as session:
        with pytest.raises(NameTaken):
            keep_visitor(session, SLUG, details)
        assert keep_visitor(session, "coventry", details).agency == "coventry"
        with pytest.raises(ValueError, match="bounds"):
            keep_visitor(session, SLUG, VisitorDetails("Anna", None, {}, 1, 0, 3, (), active=True))


def test_leave_takes_times_away_and_lists_what_no_longer_fits(filled: tuple[Store, Busy]) -> None:
    store, busy = filled
    with store.write() as session:
        visit = session.scalars(select(Visit).where(Visit.reference == busy.visits["Yusuf Example"])).one()
        visitor, day = visit.visitor, visit.day
        assert unfitting_visits(session, visitor, NOW) == []
        for one in session.scalars(select(Visitor).where(Visitor.agency == SLUG)):
            add_leave(session, one, day, day)
        session.flush()
        assert [one.reference for one in unfitting_visits(session, visitor, NOW)] == [visit.reference]
        assert day not in {at.date() for at in free_times(session, LEICESTERSHIRE, NOW)}
        assert date(2026, 12, 9) in {at.date() for at in free_times(session, LEICESTERSHIRE, NOW)}


def test_a_calendar_has_one_address_at_a_time(filled: tuple[Store, Busy]) -> None:
    store, _busy = filled
    wording = load_wording(ROOT / "data" / "wording")
    with store.write() as session:
        staff = session.scalars(select(Staff).where(Staff.agency == SLUG, Staff.role == Role.MANAGER.value)).one()
        chosen = session.scalars(select(Visitor).where(Visitor.agency == SLUG).order_by(Visitor.name)).all()
        for whose in (*chosen, None):
            first, second = (make_feed(session, SLUG, whose, staff, NOW) for _ in range(2))
            assert feed_of(session, first) is None
            feed = feed_of(session, second)
            assert feed is not None
            text = feed_text(session, feed, LEICESTERSHIRE, wording, "https://hearth.example", NOW)
            assert Calendar.from_ical(text).walk("VEVENT")
            assert "people.example" not in text
        assert revoke_feed(session, SLUG, None)
        assert not revoke_feed(session, SLUG, None)
        assert standing_feed(session, SLUG, None) is None
        assert all(standing_feed(session, SLUG, one) for one in chosen)
