"""Three questions after an event."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bench.support.attempts import staff
from enquiry.bookings.events.attendance import mark_attendance
from enquiry.enums import BookingStatus
from enquiry.store.models import Feedback, Place
from tests.app.booking.conftest import DATES, Fields, Site, words_of

ANSWERS = {"useful": "very", "next_step": "visit", "comment": "Warm people.\r\n\r\nThank you."}


@pytest.fixture
def attended(site: Site) -> str:
    """The page of somebody who was at an event."""
    address = site.booked(site.event(days=1))
    site.clock.move(days=2)
    with site.store.write() as session:
        mark_attendance(session, session.scalars(select(Place)).one(), BookingStatus.ATTENDED, staff(site.clock()))
    return f"{address}/feedback"


def test_the_answers_are_kept_without_a_name_and_the_way_on_is_shown(site: Site, attended: str) -> None:
    page = site.text(attended)
    assert "Please do not write about a child or anything private here." in page
    assert "call First Response on 0116 305 0005" in page
    thanks = site.post(attended, **ANSWERS)
    assert "choose a time now" in words_of(thanks)
    assert f'href="{DATES}/visit"' in thanks.text
    kept = site.rows(Feedback)[0]
    assert (kept.useful, kept.next_step, kept.comment) == ("very", "visit", "Warm people.\n\nThank you.")


@pytest.mark.parametrize(
    ("step", "words"),
    [("call", "call 0116 305 0505"), ("later", "There is no hurry"), ("no", "Thank you for thinking about it")],
)
def test_whatever_comes_next_there_is_a_word_on_it(site: Site, attended: str, step: str, words: str) -> None:
    assert words in words_of(site.post(attended, **{**ANSWERS, "next_step": step}))


def test_sent_again_the_new_answers_count_and_the_comment_is_not_shown(site: Site, attended: str) -> None:
    site.post(attended, **ANSWERS)
    again = site.get(attended)
    assert Fields(again.text).values["useful"] == ["very"]
    assert "Warm people" not in again.text
    site.post(attended, useful="quite", next_step="no")
    assert [(one.useful, one.next_step, one.comment) for one in site.rows(Feedback)] == [("quite", "no", "")]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"useful": ""}, "Choose how useful it was"),
        ({"useful": "perfect"}, "Choose how useful it was"),
        ({"next_step": "money"}, "Choose what you would like next"),
        ({"comment": "é" * 501}, "up to 500 characters, and it has 501"),
    ],
)
def test_what_can_not_be_is_named_and_the_comment_is_not_lost(
    site: Site, attended: str, wrong: dict[str, str], words: str
) -> None:
    answer = site.post(attended, **{**ANSWERS, **wrong})
    assert answer.status_code == 422
    assert words in words_of(answer)
    kept = "".join(Fields(answer.text).values["comment"]).replace("\r\n", "\n")
    assert kept == wrong.get("comment", ANSWERS["comment"].replace("\r\n", "\n"))
    assert site.rows(Feedback) == []


def test_before_the_event_and_for_a_visit_there_is_nothing_to_answer(site: Site) -> None:
    for address in (site.booked(site.event()), site.visit(site.time())):
        assert "These questions are for after the event" in site.text(f"{address}/feedback")
        assert site.post(f"{address}/feedback", **ANSWERS).headers["location"] == address
    assert site.rows(Feedback) == []
