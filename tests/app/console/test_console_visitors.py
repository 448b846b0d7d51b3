"""Initial visitors: their hours, leave and areas, what no longer fits, and their calendars."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from icalendar import Calendar
from sqlalchemy import select

from enquiry.bookings.visits.visits import free_times
from enquiry.enums import Role
from enquiry.store.models import CalendarFeed, Leave, Staff, Visit, Visitor
from tests.support.console_bookings import Busy
from tests.support.console_example import NOW, Example

from .conftest import ADDRESS, Browser, Clock, words_of

ANNA: dict[str, str | list[str]] = {
    "name": "Anna Example",
    "monday": "9:30am-3pm and 17:30 to 19:00",
    "visit_minutes": "60",
    "buffer_minutes": "20",
    "most_a_day": "2",
    "areas": ["LE9", "ZZ1"],
    "active": "yes",
}
CHANGING = (Role.COORDINATOR, Role.RECRUITMENT, Role.MANAGER)


def visitor(example: Example, number: int = 0) -> Visitor:
    with example.store.read() as session:
        return session.scalars(select(Visitor).where(Visitor.agency == "leicestershire").order_by(Visitor.name)).all()[
            number
        ]


def page_of(example: Example, number: int = 0) -> str:
    return f"/console/visitors/{visitor(example, number).id}"


def test_a_visitor_is_added_with_hours_as_people_write_them(coordinator: Browser, example: Example) -> None:
    page = coordinator.post("/console/visitors", **ANNA)
    assert "Saved." in page.text
    with example.store.read() as session:
        anna = session.scalars(select(Visitor).where(Visitor.name == "Anna Example")).one()
    assert anna.pattern == {"0": [["09:30", "15:00"], ["17:30", "19:00"]]}
    assert (anna.agency, anna.areas, anna.most_a_day, anna.active) == ("leicestershire", ["LE9"], 2, True)
    assert 'value="09:30-15:00, 17:30-19:00"' in page.text


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Write the visitor’s name."),
        ("name", "x" * 200, "longer than 120"),
        ("name", "Initial visitor 1", "There is a visitor of this name already."),
        ("tuesday", "mornings", "Write hours such as 10:00-15:30"),
        ("tuesday", "10:00", "Write hours such as"),
        ("tuesday", "15:00-10:00", "These hours end before they begin."),
        ("tuesday", "10:00-12:00, 11:00-13:00", "overlap"),
        ("tuesday", "25:00-26:00", "Write hours such as"),
        ("tuesday", "13pm-14pm", "Write hours such as"),
        ("visit_minutes", "5", "from 15 to 480"),
        ("buffer_minutes", "-1", "from 0 to 240"),
        ("most_a_day", "99", "from 1 to 12"),
        ("staff", "0" * 32, "This account is not there any more."),
    ],
)
def test_a_mistake_is_a_sentence_and_nothing_typed_is_lost(
    coordinator: Browser, example: Example, field: str, typed: str, sentence: str
) -> None:
    answer = coordinator.post("/console/visitors", **{**ANNA, field: typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="9:30am-3pm and 17:30 to 19:00"' in answer.text
    with example.store.read() as session:
        assert session.scalar(select(Visitor).where(Visitor.name == "Anna Example")) is None


def test_the_account_of_another_service_is_never_linked(coordinator: Browser, example: Example) -> None:
    with example.store.read() as session:
        other = session.scalars(select(Staff.id).where(Staff.agency == "coventry")).first()
    assert coordinator.post("/console/visitors", **ANNA, staff=str(other)).status_code == 422


def test_visits_that_no_longer_fit_are_listed_and_not_touched(coordinator: Browser, example: Example) -> None:
    with example.store.read() as session:
        before = session.scalars(select(Visit.starts_at).where(Visit.status == "booked")).all()
    page = coordinator.post(page_of(example), **{**ANNA, "monday": "", "tuesday": "10:00-12:00"})
    assert "These visits do not fit any more They stay as they are." in words_of(page)
    assert "Mon 23 Nov, 5:30pm, Priya Example" in words_of(page)
    assert "1 visit does not fit any more" in coordinator.text("/console/visitors")
    with example.store.read() as session:
        assert session.scalars(select(Visit.starts_at).where(Visit.status == "booked")).all() == before


def test_a_visitor_who_makes_no_more_visits_is_not_offered(coordinator: Browser, example: Example) -> None:
    for number in (0, 1):
        coordinator.post(page_of(example, number), **{**ANNA, "name": f"Gone {number}", "active": ""})
    assert "Makes no visits" in coordinator.text("/console/visitors")
    with example.store.read() as session:
        assert free_times(session, example.agency, NOW) == []


def test_leave_is_added_once_and_taken_out_again(coordinator: Browser, example: Example) -> None:
    address = page_of(example)
    for _ in range(2):
        page = coordinator.post(f"{address}/leave", first="2026-11-23", last="2026-11-24")
    assert "Mon 23 Nov to Tue 24 Nov 2026" in words_of(page)
    assert "Mon 23 Nov, 5:30pm, Priya Example" in words_of(page)  # a visit on a day of leave
    with example.store.read() as session:
        leave = session.scalars(select(Leave).where(Leave.visitor_id == visitor(example).id)).one()
    for _ in range(2):
        assert "No leave written down." in coordinator.post(f"{address}/leave/{leave.id}/remove").text


def test_one_day_of_leave_is_typed_once(coordinator: Browser, example: Example) -> None:
    coordinator.post(f"{page_of(example)}/leave", first="1/12/2026", last="")
    with example.store.read() as session:
        leave = session.scalars(select(Leave)).one()
    assert (leave.first_day, leave.last_day) == (date(2026, 12, 1), date(2026, 12, 1))


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("", "", "Write a date"),
        ("2026-12-02", "2026-12-01", "before the first"),
        ("2026-12-02", "2036-12-01", "more than a year"),
        ("never", "2026-12-01", "Write a date"),
    ],
)
def test_leave_that_can_not_be_is_told(
    coordinator: Browser, example: Example, first: str, last: str, sentence: str
) -> None:
    answer = coordinator.post(f"{page_of(example)}/leave", first=first, last=last)
    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize("role", [role for role in Role if role not in CHANGING])
def test_other_roles_read_and_change_nothing(staff: Callable[[Role], Browser], example: Example, role: Role) -> None:
    browser, address = staff(role), page_of(example)
    assert "10:00-15:30" in browser.text(address)
    answers = [
        browser.get("/console/visitors/new"),
        browser.post("/console/visitors", **ANNA),
        browser.post(address, **ANNA),
    ]
    answers += [browser.post(f"{address}/leave", first="2026-12-01"), browser.post(f"{address}/leave/x/remove")]
    answers += [browser.post(f"{address}/calendar"), browser.post(f"{address}/calendar/revoke")]
    assert [answer.status_code for answer in answers] == [403] * 7


@pytest.mark.parametrize("wrong", ["0" * 32, "%00", "x" * 3000, "a-b"])
def test_an_unknown_visitor_is_a_sentence(coordinator: Browser, wrong: str) -> None:
    assert coordinator.get(f"/console/visitors/{wrong}").status_code == 404
    for part in ("", "/leave", "/leave/1/remove", "/calendar", "/calendar/revoke"):
        assert coordinator.post(f"/console/visitors/{wrong}{part}", **ANNA).status_code == 404


def feed_address(browser: Browser, address: str) -> str:
    made = browser.post(f"{address}/calendar")
    return str(re.findall(r"/calendar/[\w-]+\.ics", made.text)[0])


def fetch(app: FastAPI, address: str) -> tuple[int, str, dict[str, str]]:
    answer = TestClient(app, base_url=ADDRESS).get(address)
    return answer.status_code, answer.text, dict(answer.headers)


def test_a_visitors_calendar_holds_times_and_references_and_no_names(
    coordinator: Browser, app: FastAPI, busy: Busy, example: Example
) -> None:
    address = feed_address(coordinator, page_of(example))
    status, text, headers = fetch(app, address)
    assert (status, headers["content-type"], headers["cache-control"]) == (
        200,
        "text/calendar; charset=utf-8",
        "no-store",
    )
    assert "noindex" in headers["x-robots-tag"]
    found = Calendar.from_ical(text).walk("VEVENT")
    assert found
    assert all(re.fullmatch(r"Initial visit VI-\w{6}", str(one["SUMMARY"])) for one in found)
    assert "Example" not in text
    assert "people.example" not in text


def test_a_cancelled_visit_stays_in_the_calendar_for_thirty_days(
    coordinator: Browser, app: FastAPI, example: Example, clock: Clock
) -> None:
    address = feed_address(coordinator, page_of(example))
    with example.store.read() as session:
        reference = session.scalars(select(Visit.reference)).one()
    coordinator.post(f"/console/visits/{reference}/outcome", outcome="cancelled", asked="them")
    assert [str(one["STATUS"]) for one in Calendar.from_ical(fetch(app, address)[1]).walk("VEVENT")] == ["CANCELLED"]
    clock.now += timedelta(days=31)
    assert Calendar.from_ical(fetch(app, address)[1]).walk("VEVENT") == []


def test_the_calendar_of_events_says_how_many_places_are_taken(coordinator: Browser, app: FastAPI) -> None:
    text = fetch(app, feed_address(coordinator, "/console/events"))[1]
    first = Calendar.from_ical(text).walk("VEVENT")[0]
    assert str(first["SUMMARY"]) == "Find out about fostering"
    assert str(first["DESCRIPTION"]).startswith("2 of 20 places taken.")
    assert "Amina" not in text


@pytest.mark.parametrize("events", [False, True])
def test_an_address_that_was_revoked_or_replaced_opens_nothing(
    coordinator: Browser, app: FastAPI, example: Example, events: bool
) -> None:
    page = "/console/events" if events else page_of(example)
    first = feed_address(coordinator, page)
    second = feed_address(coordinator, page)
    assert [fetch(app, address)[0] for address in (first, second)] == [404, 200]
    for _ in range(2):
        assert "does not work any more" in coordinator.post(f"{page}/calendar/revoke").text
    assert fetch(app, second)[0] == 404
    with example.store.read() as session:
        assert session.scalars(select(CalendarFeed)).all() == []


def test_the_secret_is_kept_nowhere(coordinator: Browser, example: Example) -> None:
    secret = feed_address(coordinator, page_of(example)).removeprefix("/calendar/").removesuffix(".ics")
    with example.store.read() as session:
        assert secret not in str([vars(one) for one in session.scalars(select(CalendarFeed))])
    assert secret not in coordinator.get(page_of(example)).text


@pytest.mark.parametrize("secret", ["x", "x" * 43, "x" * 5000, "%00", "..%2f..", "é"])
def test_an_unknown_address_is_nothing_at_all(app: FastAPI, secret: str) -> None:
    assert fetch(app, f"/calendar/{secret}.ics")[0] == 404


def test_a_visitor_keeps_their_own_calendar_and_no_other(staff: Callable[[Role], Browser], example: Example) -> None:
    with example.store.write() as session:
        own = session.scalars(select(Staff).where(Staff.email == example.email(Role.VISITOR))).one()
        session.get_one(Visitor, visitor(example).id).staff_id = own.id
    browser = staff(Role.VISITOR)
    assert browser.post(f"{page_of(example)}/calendar").status_code == 200
    assert browser.post(f"{page_of(example, 1)}/calendar").status_code == 403
    assert browser.post("/console/events/calendar").status_code == 403
