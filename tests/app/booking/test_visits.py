"""Booking a visit at home: a time, kept for ten minutes, then the details."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from enquiry.store.models import Answer
from tests.app.booking.conftest import AT_HOME, NOW, VISIT, Fields, Site, address_in, title_of, words_of


def test_the_free_times_stand_by_day_and_part_of_the_day_for_three_weeks(site: Site) -> None:
    page = site.get(VISIT)
    words = words_of(page)
    for said in ("Wednesday 25 November", "morning", "Afternoon", "Evening", "5:30pm", "about 90 minutes"):
        assert said.lower() in words.lower()
    times = [datetime.fromisoformat(at) for at in Fields(page.text).choices["at"]]
    assert times == sorted(times)
    assert NOW + timedelta(hours=48) <= times[0]
    assert times[-1] < NOW + timedelta(days=21)


def test_a_visit_is_booked_with_its_time_kept_in_between(site: Site) -> None:
    at = site.time()
    kept = site.kept(at)
    assert [visit.status for visit in site.visits()] == ["reserved"]
    page = site.text(kept)
    assert "Wednesday 25 November at 10am" in page
    assert "We will keep this time for you until 10:10am." in page
    answer = site.post(kept, **AT_HOME)
    address = address_in(answer)
    visit, enquiry = site.visits()[0], site.enquiries()[0]
    assert (visit.status, visit.starts_at.isoformat(), enquiry.stage) == ("booked", at, "visit_booked")
    assert [(one.criterion, one.value) for one in site.rows(Answer)] == [("area", "Blaby")]
    assert site.letters() == ["visit_booked"] or sorted(site.letters()) == ["visit_booked", "visitor_told"]
    shown = site.text(address)
    for words in (
        "Your visit is booked",
        visit.reference,
        "At your home",
        "gets in touch first to ask for your address",
    ):
        assert words in shown


def test_sent_twice_it_is_one_visit(site: Site) -> None:
    kept = site.kept(site.time())
    assert address_in(site.post(kept, **AT_HOME)) == address_in(site.post(kept, **AT_HOME))
    assert [visit.status for visit in site.visits()] == ["booked"]
    assert len(site.enquiries()) == 1


def test_choosing_a_time_twice_keeps_one_time(site: Site) -> None:
    at, later = site.time(0), site.time(5)
    for time in (at, at, later):
        assert site.post(VISIT, form="5" * 32, at=time).status_code == 303
    assert [visit.starts_at.isoformat() for visit in site.visits()] == [later]
    assert len(site.enquiries()) == 1


def test_who_goes_back_in_a_form_that_was_sent_sees_nothing_of_the_first(site: Site) -> None:
    kept = site.kept(site.time())
    address = address_in(site.post(kept, **AT_HOME))
    seen = site.get(kept)
    assert "This form has been sent already." in words_of(seen)
    assert address not in seen.text
    other = site.post(kept, **{**AT_HOME, "phone": "07700 900456"})
    assert other.status_code == 409
    assert address not in other.text
    assert [enquiry.contact_phone for enquiry in site.enquiries()] == ["+447700900123"]


def test_a_form_of_times_that_was_used_begins_anew(site: Site) -> None:
    first = site.post(VISIT, form="5" * 32, at=site.time(0)).headers["location"]
    address_in(site.post(first, **AT_HOME))
    second = site.post(VISIT, form="5" * 32, at=site.time(9))
    address_in(site.post(second.headers["location"], **{**AT_HOME, "phone": "07700 900456"}))
    assert [enquiry.contact_phone for enquiry in site.enquiries()] == ["+447700900123", "+447700900456"]


def test_a_time_that_ran_out_is_asked_for_again(site: Site) -> None:
    kept = site.kept(site.time(5))
    site.clock.move(minutes=11)
    assert "We could not keep this time any longer." in site.text(kept)
    assert "Your visit is booked" in site.text(address_in(site.post(kept, **AT_HOME)))


def test_a_time_that_went_to_someone_else_offers_others_and_keeps_what_was_typed(site: Site) -> None:
    at = site.time(5)
    kept = site.kept(at)
    site.clock.move(minutes=11)
    for number in range(2):  # both visitors
        site.visit(at, phone=f"07700 90050{number}")
    answer = site.post(kept, **AT_HOME)
    assert answer.status_code == 409
    assert "That time has gone to someone else." in words_of(answer)
    found = Fields(answer.text)
    assert found.values["phone"] == [AT_HOME["phone"]]
    assert found.values["area"] == ["Blaby"]
    assert at not in found.choices["at"]
    assert len(found.choices["at"]) == 6
    unsure = site.post(kept, **AT_HOME, choosing="yes")
    assert "Choose one of the times" in words_of(unsure)
    assert "Your visit is booked" in site.text(
        address_in(site.post(kept, **AT_HOME, choosing="yes", at=found.choices["at"][2]))
    )


def test_a_time_that_someone_has_just_taken_is_not_kept(site: Site) -> None:
    at = site.time()
    site.kept(at)
    site.kept(at)
    answer = site.post(VISIT, form="", at=at)
    assert answer.status_code == 409
    assert "Someone else has just taken that time." in words_of(answer)
    assert at not in Fields(answer.text).choices["at"]
    assert len(site.enquiries()) == 2


@pytest.mark.parametrize(
    "at",
    [
        "",
        "tomorrow",
        "2026-11-25T10:00:00",
        "0001-01-01T00:00:00+14:00",
        "2020-01-01T10:00:00+00:00",
        "2026-11-25T10:01:00+00:00",
    ],
)
def test_a_moment_that_is_no_free_time_is_not_kept(site: Site, at: str) -> None:
    answer = site.post(VISIT, form="", at=at)
    assert answer.status_code in (409, 422)
    assert title_of(answer).startswith("Error: ")
    assert site.enquiries() == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"area": ""}, "Choose the council you live in"),
        ({"area": "Mars"}, "Choose the council you live in"),
        ({"phone": ""}, "Type a phone number or an email address"),
    ],
)
def test_what_is_missing_in_the_details_is_named(site: Site, wrong: dict[str, str], words: str) -> None:
    kept = site.kept(site.time())
    answer = site.post(kept, **{**AT_HOME, **wrong})
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert "until 10:10am" in words_of(answer)
    assert Fields(answer.text).values["name"] == ["Robin"]


@pytest.mark.parametrize("kept", ["", "nothing", "WyJ4Il0.abc"])
def test_a_form_that_was_not_given_out_here_leads_to_the_times(site: Site, kept: str) -> None:
    for answer in (site.get(f"{VISIT}/details?kept={kept}"), site.post(f"{VISIT}/details?kept={kept}", **AT_HOME)):
        assert answer.status_code == 404
        assert "Please choose a time again." in words_of(answer)


def test_a_form_of_another_service_is_none_here(site: Site) -> None:
    kept = site.kept(site.time()).replace("leicestershire", "coventry")
    assert site.get(kept).status_code == 404


def test_without_visitors_the_page_says_whom_to_ring(site: Site) -> None:
    assert "No time is free just now. Call 024 7683 2828" in site.text("/book/coventry/visit")
