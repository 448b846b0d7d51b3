"""Making, changing and cancelling events: who may, what is said beforehand, and what is said of mistakes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from enquiry.bookings.events.events import EventDetails, make_event
from enquiry.enums import Role
from enquiry.store.models import Event, OutboxMessage, Place
from tests.support.console_bookings import Busy
from tests.support.console_example import NOW, Example

from .conftest import Browser, Clock, words_of

NEW = {
    "title": "Evening for couples",
    "venue": "Online",
    "online_url": "https://meet.example/abc",
    "day": "2026-12-09",
    "starts": "18:30",
    "ends": "20:00",
    "places": "15",
}
CHANGING = (Role.COORDINATOR, Role.RECRUITMENT, Role.MANAGER)


def test_an_event_is_made_and_shown(coordinator: Browser, example: Example) -> None:
    page = coordinator.post("/console/events", **NEW)
    assert "The event is in the diary." in page.text
    shown = words_of(page)
    assert (
        "Wednesday 9 December 2026, 6:30pm to 8pm Online Joining address, for those with a place: https://meet.example/abc"
        in shown
    )
    with example.store.read() as session:
        made = session.scalars(select(Event).where(Event.title == "Evening for couples")).one()
    assert (made.agency, made.starts_at, made.places) == (
        "leicestershire",
        datetime(2026, 12, 9, 18, 30, tzinfo=UTC),
        15,
    )


def test_a_new_event_begins_with_what_the_plan_says(coordinator: Browser) -> None:
    page = coordinator.get("/console/events/new").text
    assert 'value="Find out about fostering"' in page
    assert 'value="18:30"' in page


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title", " ", "Write what the event is called."),
        ("title", "x" * 121, "longer than 120 characters"),
        ("venue", "", "Write where it is."),
        ("online_url", "javascript:alert(1)", "It begins with https://."),
        ("day", "", "Write a date"),
        ("day", "31/2/2026", "Write a date"),
        ("day", "2026-11-22", "This date and time are over."),
        ("day", "2036-11-22", "more than two years ahead"),
        ("starts", "half six", "Write a time such as 18:30."),
        ("ends", "18:30", "It ends before it begins."),
        ("ends", "25:00", "Write a time such as 18:30."),
        ("places", "0", "from 1 to 500"),
        ("places", "501", "from 1 to 500"),
        ("places", "٣", "from 1 to 500"),
        ("places", "", "from 1 to 500"),
    ],
)
def test_a_mistake_is_a_sentence_beside_the_field_and_nothing_typed_is_lost(
    coordinator: Browser, example: Example, field: str, typed: str, sentence: str
) -> None:
    answer = coordinator.post("/console/events", **{**NEW, field: typed})
    assert answer.status_code == 422
    assert answer.text.count(sentence) == 2  # in the summary and beside the field
    assert 'value="https://meet.example/abc"' in answer.text or field == "online_url"
    with example.store.read() as session:
        assert session.scalar(select(Event).where(Event.title == "Evening for couples")) is None


def test_every_mistake_is_told_at_once(coordinator: Browser) -> None:
    page = words_of(coordinator.post("/console/events", **{**NEW, "title": "", "places": "many", "day": "soon"}))
    assert "Write what the event is called. Write a number of places from 1 to 500. Write a date" in page


def test_a_date_typed_with_strokes_is_read_too(coordinator: Browser) -> None:
    assert "Wednesday 9 December 2026" in coordinator.post("/console/events", **{**NEW, "day": "9/12/2026"}).text


def test_a_time_that_the_clocks_skip_is_told(coordinator: Browser) -> None:
    page = coordinator.post("/console/events", **{**NEW, "day": "2027-03-28", "starts": "01:30", "ends": "03:00"}).text
    assert "because the clocks go forward" in page


def test_a_second_event_at_the_same_time_is_told_and_a_form_sent_twice_makes_one(
    coordinator: Browser, example: Example
) -> None:
    coordinator.post("/console/events", **NEW)
    again = coordinator.post("/console/events", **NEW)
    assert again.status_code == 422
    assert "There is another event at this very time." in again.text
    with example.store.read() as session:
        assert len(session.scalars(select(Event).where(Event.title == "Evening for couples")).all()) == 1


def test_before_a_change_that_is_told_it_says_how_many_and_whom_to_ring(
    coordinator: Browser, busy: Busy, example: Example
) -> None:
    typed = {**NEW, "day": "2026-12-01", "title": "Small group", "venue": "Library", "online_url": "", "places": "4"}
    page = coordinator.post(f"/console/events/{busy.full}/change", **typed)
    text = words_of(page)
    assert "Tell 2 households of the change?" in text
    assert "1 household can’t be written to. Please call them yourself: Ivo Example, no messages" in text
    with example.store.read() as session:
        assert session.get_one(Event, busy.full).venue != "Library"
    done = coordinator.post(f"/console/events/{busy.full}/change", **typed, sure="yes")
    assert "The event is changed. 2 households are told." in words_of(done)
    with example.store.read() as session:
        assert session.get_one(Event, busy.full).venue == "Library"
        assert len(session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "event_moved")).all()) == 2


def test_more_places_are_given_without_telling_anybody_and_are_offered(
    coordinator: Browser, busy: Busy, example: Example
) -> None:
    with example.store.read() as session:
        event = session.get_one(Event, busy.full)
    typed = {"title": event.title, "venue": event.venue, "day": "2026-11-30", "starts": "14:30", "ends": "16:00"}
    page = words_of(coordinator.post(f"/console/events/{busy.full}/change", **typed, places="6"))
    assert "The event is changed. Nobody had to be told." in page
    assert "Nobody waits for a place." in page
    fewer = coordinator.post(f"/console/events/{busy.full}/change", **typed, places="3")
    assert fewer.status_code == 422
    assert "More places than that are taken already." in fewer.text
    assert 'value="3"' in fewer.text


def test_an_event_that_is_over_or_cancelled_is_not_changed(coordinator: Browser, busy: Busy) -> None:
    answer = coordinator.post(f"/console/events/{busy.past}/change", **NEW)
    assert answer.status_code == 409
    assert "can’t be changed any more" in answer.text
    assert coordinator.post(f"/console/events/{busy.past}/cancel").status_code == 409
    assert "It is over." in coordinator.text(f"/console/events/{busy.past}/cancel")


def test_cancelling_says_who_is_told_and_which_dates_they_are_offered(
    coordinator: Browser, busy: Busy, example: Example
) -> None:
    page = coordinator.text(f"/console/events/{busy.full}/cancel")
    assert "2 households will be told by email or text" in page
    assert "Wednesday 2 December 2026, 6:30pm: 18 places free" in page
    assert "1 household can’t be written to." in page
    done = words_of(coordinator.post(f"/console/events/{busy.full}/cancel"))
    assert "The event is cancelled. 2 households are told." in done
    again = words_of(coordinator.post(f"/console/events/{busy.full}/cancel"))
    assert "There is nobody else to tell." in again
    with example.store.read() as session:
        assert len(session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "event_cancelled")).all()) == 2
        assert {place.status for place in session.scalars(select(Place).where(Place.event_id == busy.full))} == {
            "cancelled"
        }
    over = coordinator.text("/console/events").split("Over When")[1]
    assert "Small group Cancelled" in over


def test_the_list_says_how_many_wait_and_until_when_a_place_is_offered(coordinator: Browser, busy: Busy) -> None:
    page = coordinator.text("/console/events")
    assert "LE3 8SA 4 of 4 taken Full 1 household waiting, 1 offered until Tue 24 Nov, 12:30pm" in page


@pytest.mark.parametrize("role", [role for role in Role if role not in CHANGING])
def test_other_roles_read_and_change_nothing(staff: Callable[[Role], Browser], example: Example, role: Role) -> None:
    browser = staff(role)
    assert "Change this event" not in browser.text(f"/console/events/{example.event}")
    for address in (
        "/console/events/new",
        f"/console/events/{example.event}/change",
        f"/console/events/{example.event}/cancel",
    ):
        assert browser.get(address).status_code == 403
    for address in (
        "/console/events",
        f"/console/events/{example.event}/change",
        f"/console/events/{example.event}/cancel",
    ):
        answer = browser.post(address, **NEW)
        assert answer.status_code == 403
        assert "Nothing was changed." in answer.text


@pytest.mark.parametrize("role", CHANGING)
def test_these_roles_may_change_them(staff: Callable[[Role], Browser], role: Role) -> None:
    assert staff(role).post("/console/events", **NEW).status_code == 200


@pytest.mark.parametrize("part", ["", "/change", "/cancel", "/attendance", "/add"])
@pytest.mark.parametrize("wrong", ["0" * 32, "%00", "x" * 3000, "a-b"])
def test_an_unknown_event_is_a_sentence_on_every_page(coordinator: Browser, wrong: str, part: str) -> None:
    assert coordinator.get(f"/console/events/{wrong}{part}").status_code == 404
    if part not in ("", "/attendance"):
        assert coordinator.post(f"/console/events/{wrong}{part}", **NEW).status_code == 404


def test_what_is_typed_is_shown_as_it_is_and_never_run(coordinator: Browser) -> None:
    page = coordinator.post("/console/events", **{**NEW, "title": '"><script>alert(1)</script>', "places": "0"}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_feedback_is_counted_and_the_comments_are_read(coordinator: Browser, busy: Busy) -> None:
    answer = coordinator.get(f"/console/events/{busy.past}")
    page = words_of(answer)
    assert "3 households answered. The answers come without names." in page
    assert "Very useful 2 Quite useful 1 Not really useful 0" in page
    assert "A visit at home 1 A call 0 Later 1 It is not for them 1" in page
    assert "It was good to meet a carer." in page
    assert "&lt;b&gt;More tea&lt;/b&gt; please" in answer.text
    assert "What people thought of it" not in coordinator.text(f"/console/events/{busy.full}")


def test_an_event_that_has_just_begun_is_still_among_those_to_come(
    coordinator: Browser, example: Example, clock: Clock
) -> None:
    with example.store.write() as session:
        make_event(
            session,
            "leicestershire",
            EventDetails("Now", "Hall", NOW - timedelta(hours=1), NOW + timedelta(hours=1), 3),
        )
    page = coordinator.text("/console/events")
    assert page.index("Now Hall") < page.index("Wed 2 Dec")
