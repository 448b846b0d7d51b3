"""Events with who comes, and the diary of initial visits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from enquiry.enums import Role
from enquiry.journey.record import record_answer
from enquiry.store.models import Enquiry, Event, Visit, Visitor
from tests.support.console_example import Example

from .conftest import Browser, Clock


def test_events_say_when_where_and_how_full(coordinator: Browser) -> None:
    page = coordinator.text("/console/events")
    assert "Wed 2 Dec, 6:30pm to 8pm Find out about fostering County Hall" in page
    assert "2 of 20 taken" in page


def test_an_event_that_is_over_is_listed_apart(coordinator: Browser, clock: Clock) -> None:
    clock.now += timedelta(days=10, hours=11)
    coordinator.client.cookies.clear()
    coordinator.post("/console/sign-in", email="coordinator@leicestershire.example", password="three kind green apples")
    page = coordinator.text("/console/events")
    assert page.index("Over When") < page.index("Wed 2 Dec")


def test_an_event_lists_who_comes_with_people_and_contact(coordinator: Browser, example: Example) -> None:
    page = coordinator.text(f"/console/events/{example.event}")
    assert "Amina Example 2 people 07700 900123 No needs EV-" in page
    assert "2 of 20 places taken , 1 household" in page


def test_a_list_that_may_be_printed_has_no_contact_of_somebody_who_wants_no_messages(
    coordinator: Browser, example: Example, clock: Clock
) -> None:
    with example.store.write() as session:
        enquiry = session.scalars(select(Enquiry).where(Enquiry.contact_name == "Amina Example")).one()
        record_answer(session, enquiry, "safe_to_message", "no", clock.now)
    page = coordinator.text(f"/console/events/{example.event}")
    assert "Not here: no messages" in page
    assert "07700 900123" not in page


@pytest.mark.parametrize("wrong", ["0" * 32, "%00", "x" * 4000, "a-b"])
def test_an_unknown_event_is_a_sentence(coordinator: Browser, wrong: str) -> None:
    answer = coordinator.get(f"/console/events/{wrong}")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text


def test_the_diary_shows_booked_and_free_times_by_day(coordinator: Browser) -> None:
    page = coordinator.text("/console/visits")
    assert "Monday 23 November 2026 5:30pm to 7pm Priya Example Initial visitor 1" in page
    assert "Thursday 26 November 2026 10 times free, from 10am to 5:30pm." in page
    assert "1 booked, " in page


def test_the_diary_of_one_visitor_shows_no_other(coordinator: Browser) -> None:
    page = coordinator.text("/console/visits?visitor=Initial visitor 2")
    assert "Priya Example" not in page
    assert "0 booked" in page


@pytest.mark.parametrize("visitor", ["Nobody", "%00", "x" * 4000])
def test_an_unknown_visitor_shows_everyones_diary(coordinator: Browser, visitor: str) -> None:
    assert "1 booked" in coordinator.text(f"/console/visits?visitor={visitor}")


@pytest.mark.parametrize("role", list(Role))
def test_every_role_sees_events_and_visits(staff: Callable[[Role], Browser], role: Role) -> None:
    browser = staff(role)
    assert "Find out about fostering" in browser.text("/console/events")
    assert "Priya Example" in browser.text("/console/visits")


def test_another_agencys_events_and_slots_are_not_there(coordinator: Browser, example: Example) -> None:
    with example.store.write() as session:
        for one in (
            *session.scalars(select(Event)),
            *session.scalars(select(Visit)),
            *session.scalars(select(Visitor)),
        ):
            one.agency = "elsewhere"
    assert "There is no event to come." in coordinator.text("/console/events")
    assert "There are no visits and no free times" in coordinator.text("/console/visits")
    assert coordinator.get(f"/console/events/{example.event}").status_code == 404
