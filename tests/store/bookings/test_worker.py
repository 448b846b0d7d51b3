"""What the worker does with bookings in its rounds."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bench.support.attempts import project_catalogue, worker
from enquiry.agencies.agency import Agency
from enquiry.bookings.attempt import Attempt
from enquiry.bookings.booking import OFFER_LASTS
from enquiry.bookings.events import places
from enquiry.bookings.reminders import SOON
from enquiry.store.engine import Store
from enquiry.store.models import Event
from tests.support.diary import Diary
from tests.support.maker import Maker
from worker import bookings
from worker.bookings import lapse_unanswered, plan_ahead, remind

AGENCIES = project_catalogue().agencies
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def offered(make: Maker, diary: Diary, **contact: object) -> str:
    """Somebody is offered the only place of an event, and somebody else waits behind them."""
    event = make.event(places=1)
    booked = diary.book(event, make.enquiry())
    waits = diary.wait(event, make.enquiry(**contact))
    diary.wait(event, make.enquiry(), 1, make.now + HOUR)
    diary.give_back(booked)
    return waits


def test_offers_that_were_not_answered_lapse_at_every_event(store: Store, make: Maker, diary: Diary) -> None:
    waiting = [offered(make, diary) for _ in range(3)]
    assert lapse_unanswered(store, worker(make.now + OFFER_LASTS - HOUR)) == 0
    assert lapse_unanswered(store, worker(make.now + OFFER_LASTS)) == 3
    assert {diary.status(one) for one in waiting} == {"lapsed"}
    assert lapse_unanswered(store, worker(make.now + OFFER_LASTS)) == 0


def test_a_trouble_with_one_event_does_not_keep_the_others_waiting(
    store: Store, make: Maker, diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = {diary.place(one).event_id: one for one in (offered(make, diary) for _ in range(3))}
    broken = sorted(waiting)[1]

    def lapse(session: Session, event_id: str, attempt: Attempt) -> int:
        if event_id == broken:
            raise OperationalError("the disk is full", None, Exception())
        return places.lapse_offers(session, event_id, attempt)

    monkeypatch.setattr(bookings, "lapse_offers", lapse)
    with pytest.raises(OperationalError):
        lapse_unanswered(store, worker(make.now + OFFER_LASTS))
    assert {event: diary.status(one) for event, one in waiting.items()} == {
        event: "offered" if event == broken else "lapsed" for event in waiting
    }
    monkeypatch.undo()
    assert lapse_unanswered(store, worker(make.now + OFFER_LASTS)) == 1


def test_reminders_are_made_for_every_agency_and_one_in_trouble_holds_nobody_up(
    store: Store, make: Maker, diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = diary.book(make.event(days=12), make.enquiry(contact_email="robin@home.example"))
    due = diary.place(reference).event.starts_at - SOON
    assert remind(store, worker(due - HOUR)) == 0

    def look(session: Session, slug: str, now: datetime) -> bool:
        if slug == "coventry":
            raise OperationalError("gone", None, Exception())
        return True

    monkeypatch.setattr(bookings, "anything_due", look)
    with pytest.raises(OperationalError):
        remind(store, worker(due))
    assert [letter.kind for letter in diary.letters("place_soon")] == ["place_soon"]
    monkeypatch.undo()
    assert remind(store, worker(due)) == 0


def test_the_plan_is_kept_ahead_for_every_agency_that_has_one(store: Store, make: Maker, agency: Agency) -> None:
    assert agency.event_plan
    assert plan_ahead(store, AGENCIES, make.now) == agency.event_plan.how_many == make.count(Event)
    assert plan_ahead(store, AGENCIES, make.now + HOUR) == 0
    assert plan_ahead(store, AGENCIES, make.now + timedelta(weeks=agency.event_plan.every_weeks)) == 1


def test_a_worker_with_nothing_to_do_does_not_become_a_writer(
    store: Store, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_ahead(store, AGENCIES, make.now)
    monkeypatch.delattr(Store, "write")
    assert lapse_unanswered(store, worker(make.now)) == 0
    assert remind(store, worker(make.now)) == 0
    assert plan_ahead(store, AGENCIES, make.now + DAY) == 0
