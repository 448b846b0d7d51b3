"""One visit: booked by phone, moved, cancelled, what came of it, its record, and the weekly list after it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from httpx import Response
from sqlalchemy import select

from bench.support.attempts import staff
from enquiry.bookings.visits.visits import book_visit, free_times
from enquiry.enums import Role
from enquiry.store.models import DecisionRecord, Enquiry, OutboxMessage, Visit, VisitRecord
from tests.support.console_bookings import RECORD, Busy
from tests.support.console_example import NOW, Example

from .conftest import Browser, Clock, words_of

PARTS = {"understanding": "They know a lot.", "motivation": "To help.", "strengths": "Patience."}
KEEPING = (Role.COORDINATOR, Role.RECRUITMENT, Role.VISITOR, Role.MANAGER)


def visit_of(example: Example, reference: str) -> Visit:
    with example.store.read() as session:
        return session.scalars(select(Visit).where(Visit.reference == reference)).one()


def free(example: Example, number: int = 5) -> datetime:
    with example.store.read() as session:
        return free_times(session, example.agency, NOW)[number]


def settle(browser: Browser, reference: str, outcome: str, **more: str) -> Response:
    return browser.post(f"/console/visits/{reference}/outcome", outcome=outcome, **more)


def letters(example: Example, reference: str) -> list[str]:
    with example.store.read() as session:
        visit = session.scalars(select(Visit).where(Visit.reference == reference)).one()
        sent = select(OutboxMessage.kind).where(OutboxMessage.enquiry_id == visit.enquiry_id)
        return sorted(session.scalars(sent.order_by(OutboxMessage.kind)))


def test_the_diary_begins_with_what_is_still_open(coordinator: Browser, busy: Busy) -> None:
    page = coordinator.text("/console/visits")
    open_ones, to_come = page.split("The next three weeks")
    assert "Say what came of it Thu 19 Nov, 5:30pm Noor Example" in re.sub(
        r"\w+ \d+ Nov, [\d:apm]+", "Thu 19 Nov, 5:30pm", open_ones
    )
    assert re.search(r"Records to write .*Grace Example .*Record \d day.* overdue", open_ones)
    assert "Yusuf Example" in to_come
    assert ", LE12, VI-" in to_come
    assert "Initial visitor 2 is away." in to_come


def test_the_diary_comes_again_only_when_it_would_look_different(coordinator: Browser, example: Example) -> None:
    mark = re.findall(r"seen=(\w+)", coordinator.get("/console/visits").text)[0]
    assert coordinator.get(f"/console/visits/part?seen={mark}").status_code == 204
    with example.store.write() as session:
        tom = session.scalars(select(Enquiry).where(Enquiry.contact_name == "Tom Example")).one()
        book_visit(session, example.agency, tom, free_times(session, example.agency, NOW)[3], staff(NOW))
    answer = coordinator.get(f"/console/visits/part?seen={mark}")
    assert "Tom Example" in answer.text
    assert "<html" not in answer.text
    assert all(" id=" in link for link in re.findall(r"<a [^>]*>", answer.text))


def test_a_visit_shows_who_when_how_to_reach_them_and_what_happened(coordinator: Browser, busy: Busy) -> None:
    page = coordinator.text(f"/console/visits/{busy.visits['Yusuf Example']}")
    assert "Visit: Yusuf Example VI-" in page
    assert "yusuf@people.example" in page
    assert "Visit booked for" in page
    assert "Area LE12" in page


def test_a_visit_is_booked_for_somebody_who_rings_and_once(coordinator: Browser, example: Example) -> None:
    enquiry, at = example.references["Tom Example"], free(example)
    assert "Book a visit" in coordinator.text(f"/console/enquiries/{enquiry}")
    assert f'value="{at.isoformat()}"' in coordinator.get(f"/console/enquiries/{enquiry}/visit").text
    for _ in range(2):
        page = coordinator.post(f"/console/enquiries/{enquiry}/visit", at=at.isoformat())
        assert "The visit is booked." in page.text
    other = coordinator.post(f"/console/enquiries/{enquiry}/visit", at=free(example, 9).isoformat())
    assert "They have this visit already." in other.text
    assert "Book a visit" not in coordinator.text(f"/console/enquiries/{enquiry}")
    with example.store.read() as session:
        visits = session.scalars(select(Visit).join(Enquiry).where(Enquiry.reference == enquiry)).all()
    assert [visit.starts_at for visit in visits] == [at]


@pytest.mark.parametrize(
    "at", ["", "soon", "2026-11-26T10:00:00", "9999-12-31T23:59:59+00:00", "x" * 3000, "2026-11-26T10:00:00+99:00"]
)
def test_a_time_that_is_none_is_asked_for_again(coordinator: Browser, example: Example, at: str) -> None:
    answer = coordinator.post(f"/console/enquiries/{example.references['Tom Example']}/visit", at=at)
    assert answer.status_code in (409, 422)
    assert "Choose a time." in answer.text or "No visitor is free at that time any more." in answer.text


def test_a_time_that_somebody_else_has_just_taken_is_told_with_what_is_free_now(
    coordinator: Browser, example: Example
) -> None:
    at = free(example, 0)
    with example.store.write() as session:
        for name in ("Dana Example", "Lee Example"):
            enquiry = session.scalars(select(Enquiry).where(Enquiry.contact_name == name)).one()
            book_visit(session, example.agency, enquiry, at, staff(NOW))
    answer = coordinator.post(f"/console/enquiries/{example.references['Tom Example']}/visit", at=at.isoformat())
    assert answer.status_code == 409
    assert "Someone else has just taken that time." in answer.text
    assert f'value="{at.isoformat()}"' not in answer.text
    assert "<option value=" in answer.text


def test_a_visit_to_come_is_moved_and_the_same_form_twice_moves_it_once(
    coordinator: Browser, busy: Busy, example: Example
) -> None:
    reference, at = busy.visits["Yusuf Example"], free(example, 20)
    for _ in range(2):
        assert "The visit has its new time." in settle(coordinator, reference, "moved", at=at.isoformat()).text
    assert (visit_of(example, reference).starts_at, visit_of(example, reference).sequence) == (at, 1)
    assert letters(example, reference).count("visit_moved") == 1


@pytest.mark.parametrize(("asked", "letter"), [("them", "visit_cancelled"), ("us", "visit_cancelled_by_us")])
def test_a_cancelled_visit_is_told_in_the_words_of_who_wanted_it(
    coordinator: Browser, busy: Busy, example: Example, asked: str, letter: str
) -> None:
    reference = busy.visits["Yusuf Example"]
    for _ in range(2):
        assert "The visit is cancelled." in settle(coordinator, reference, "cancelled", asked=asked).text
    assert visit_of(example, reference).status == "cancelled"
    assert [kind for kind in letters(example, reference) if "cancelled" in kind] == [letter]


def test_who_wanted_it_has_to_be_said(coordinator: Browser, busy: Busy, example: Example) -> None:
    answer = settle(coordinator, busy.visits["Yusuf Example"], "cancelled")
    assert answer.status_code == 422
    assert "Say who wanted the visit cancelled" in answer.text
    assert visit_of(example, busy.visits["Yusuf Example"]).status == "booked"


@pytest.mark.parametrize("outcome", ["held", "not_at_home"])
def test_nobody_says_what_came_of_a_visit_before_it(coordinator: Browser, busy: Busy, outcome: str) -> None:
    answer = settle(coordinator, busy.visits["Yusuf Example"], outcome)
    assert answer.status_code == 422
    assert "The visit has not begun yet." in answer.text


@pytest.mark.parametrize("outcome", ["", "attended", "x" * 500])
def test_an_outcome_that_is_none_is_asked_for_again(coordinator: Browser, busy: Busy, outcome: str) -> None:
    answer = settle(coordinator, busy.visits["Noor Example"], outcome)
    assert answer.status_code == 422
    assert "Choose what came of the visit." in answer.text


def test_after_a_visit_that_took_place_its_record_is_due_in_two_days(
    coordinator: Browser, busy: Busy, example: Example
) -> None:
    reference = busy.visits["Noor Example"]
    for _ in range(2):
        assert "Now the record is due." in settle(coordinator, reference, "held").text
    assert "The record" in coordinator.text(f"/console/visits/{reference}")
    with example.store.read() as session:
        assert session.scalars(select(Enquiry.stage).where(Enquiry.contact_name == "Noor Example")).one() == "visited"
    settle(coordinator, reference, "not_at_home")
    assert visit_of(example, reference).status == "missed"


def test_a_visit_nobody_opened_for_is_told_to_them(coordinator: Browser, busy: Busy, example: Example) -> None:
    settle(coordinator, busy.visits["Noor Example"], "not_at_home")
    assert "visit_missed" in letters(example, busy.visits["Noor Example"])
    assert "Noor Example" not in coordinator.text("/console/visits").split("The next three weeks")[0]


def test_what_was_settled_meanwhile_is_told(coordinator: Browser, busy: Busy, example: Example) -> None:
    settle(coordinator, busy.visits["Noor Example"], "cancelled", asked="them")
    answer = settle(coordinator, busy.visits["Noor Example"], "held")
    assert answer.status_code == 409
    assert "is not booked any more" in answer.text


def test_a_record_is_kept_and_stands_on_the_weekly_list(
    staff: Callable[[Role], Browser], busy: Busy, example: Example
) -> None:
    visitor, reference = staff(Role.VISITOR), busy.visits["Grace Example"]
    assert "do not belong here" in visitor.text(f"/console/visits/{reference}")
    for _ in range(2):
        assert "The record is saved." in visitor.post(f"/console/visits/{reference}/record", **PARTS).text
    page = visitor.text("/console/decisions")
    assert "Grace Example" in page.split("To tell")[0]
    assert "They know a lot." in page
    assert "Records to write" not in visitor.text("/console/visits")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "All three parts are needed."), (" \n", "All three parts are needed."), ("x" * 4001, "longer than 4,000")],
)
def test_a_part_that_is_missing_or_too_long_is_told_and_the_others_are_kept(
    coordinator: Browser, busy: Busy, example: Example, typed: str, sentence: str
) -> None:
    answer = coordinator.post(
        f"/console/visits/{busy.visits['Grace Example']}/record", **{**PARTS, "motivation": typed}
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "They know a lot." in answer.text
    with example.store.read() as session:
        assert session.get(VisitRecord, visit_of(example, busy.visits["Grace Example"]).id) is None


def test_only_a_visit_that_took_place_has_a_record(coordinator: Browser, busy: Busy) -> None:
    answer = coordinator.post(f"/console/visits/{busy.visits['Yusuf Example']}/record", **PARTS)
    assert answer.status_code == 409
    assert "Only a visit that took place has a record." in answer.text
    assert "They know a lot." in answer.text


def test_the_weekly_list_has_what_to_decide_and_whom_to_tell(coordinator: Browser, busy: Busy) -> None:
    page = coordinator.text("/console/decisions")
    deciding, telling = page.split("Recorded")[0].split("To tell")
    assert "Ola Example" in deciding
    assert RECORD.strengths in deciding
    assert "Ben Example" in telling
    assert "Going on to assessment decided by" in telling


def test_only_who_decides_is_led_to_the_decision(staff: Callable[[Role], Browser], busy: Busy) -> None:
    assert "Record a decision about Ola Example" in staff(Role.MANAGER).text("/console/decisions")
    assert "Record a decision about" not in staff(Role.COORDINATOR).text("/console/decisions")


def test_telling_is_written_down_once_with_how(
    coordinator: Browser, busy: Busy, example: Example, clock: Clock
) -> None:
    address = f"/console/decisions/{busy.decision}/told"
    missing = coordinator.post(address)
    assert missing.status_code == 422
    assert "Choose how they were told." in missing.text
    assert coordinator.post(address, how="letter").status_code == 422
    coordinator.post(address, how="phone")
    clock.now += timedelta(hours=1)
    page = coordinator.post(address, how="visit")
    assert "Everybody has been told." in page.text
    with example.store.read() as session:
        told = session.get_one(DecisionRecord, busy.decision)
    assert (told.told_how, told.told_at) == ("phone", NOW)


@pytest.mark.parametrize("wrong", ["0" * 32, "%00", "x" * 3000, "a-b"])
def test_what_is_not_there_is_a_sentence(coordinator: Browser, wrong: str) -> None:
    addresses = (
        f"/console/visits/{wrong}/outcome",
        f"/console/visits/{wrong}/record",
        f"/console/decisions/{wrong}/told",
    )
    for address in addresses:
        assert coordinator.post(address, outcome="held", how="phone", **PARTS).status_code == 404
    assert coordinator.get(f"/console/visits/{wrong}").status_code == 404
    assert coordinator.get(f"/console/enquiries/{wrong}/visit").status_code == 404


def test_safeguarding_reads_and_changes_nothing(staff: Callable[[Role], Browser], busy: Busy, example: Example) -> None:
    browser = staff(Role.SAFEGUARDING)
    reference = busy.visits["Grace Example"]
    assert browser.get(f"/console/visits/{reference}").status_code == 200
    answers = [settle(browser, reference, "held"), browser.post(f"/console/visits/{reference}/record", **PARTS)]
    answers += [browser.post(f"/console/decisions/{busy.decision}/told", how="phone")]
    answers += [
        browser.post(f"/console/enquiries/{example.references['Tom Example']}/visit", at=free(example).isoformat())
    ]
    assert [answer.status_code for answer in answers] == [403] * 4


@pytest.mark.parametrize("role", KEEPING)
def test_these_roles_say_what_came_of_a_visit(staff: Callable[[Role], Browser], busy: Busy, role: Role) -> None:
    assert settle(staff(role), busy.visits["Noor Example"], "held").status_code == 200


def test_what_is_written_is_shown_and_never_run(coordinator: Browser, busy: Busy) -> None:
    hostile = "<script>alert(1)</script>"
    coordinator.post(f"/console/visits/{busy.visits['Grace Example']}/record", **{**PARTS, "strengths": hostile})
    for address in ("/console/decisions", f"/console/visits/{busy.visits['Grace Example']}"):
        assert hostile not in coordinator.get(address).text
        assert hostile.replace("<", "&lt;").replace(">", "&gt;") in coordinator.get(address).text


def test_an_enquiry_tells_what_happened_to_its_bookings_and_what_was_sent(
    coordinator: Browser, busy: Busy, example: Example
) -> None:
    page = coordinator.text(f"/console/enquiries/{example.references['Grace Example']}")
    assert "What happened to these bookings The visit took place" in page
    assert "Visit booked for" in page
    answer = coordinator.get(f"/console/enquiries/{example.references['Yusuf Example']}")
    assert "Messages sent to them Visit booked" in words_of(answer)
