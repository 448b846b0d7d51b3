"""One enquiry on one page, the list, and notes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from enquiry.conversations.conversation import open_conversation
from enquiry.enums import HandoffReason, Role
from enquiry.handoffs.handoff import make_handoff
from enquiry.journey.record import enquiry_of
from enquiry.store.models import Enquiry
from tests.support.console_example import NOW, Example

from .conftest import Browser, words_of


def test_one_page_has_the_journey_the_answers_the_bookings_the_notes_and_what_was_said(
    coordinator: Browser, example: Example
) -> None:
    page = coordinator.text(f"/console/enquiries/{example.references['Amina Example']}")
    assert "Amina Example HE-" in page
    assert "Event booked" in page
    assert "Bedroom for a child Not yet, but planned Note for the visitor A bedroom is planned." in page
    assert "Children at home 5 to 10, 11 to 15 Nothing to note" in page
    assert "Adults at home Two of us (corrected)" in page
    assert "criteria of 2026-11-21" in page
    assert "Find out about fostering, 2 people. Booked, EV-" in page
    assert "Rang to say hello. Will bring her sister." in page
    assert "sorry, I meant two adults" in page
    assert "Questions answered by the assistant" in page


def test_each_line_of_the_transcript_says_who_said_it(coordinator: Browser, example: Example) -> None:
    page = coordinator.text(f"/console/enquiries/{example.references['Amina Example']}")
    assert "Enquirer 11:30am hi, can I foster if I rent my house?" in page
    assert "Assistant (automated) 11:30am Yes. Many foster carers rent." in page
    assert "Choices offered: Just me · Two of us" in page


def test_somebody_who_wants_no_messages_is_marked_as_such(coordinator: Browser, example: Example) -> None:
    page = coordinator.text(f"/console/enquiries/{example.references['Tom Example']}")
    assert "Do not leave a message They asked us not to leave messages." in page


def test_fear_at_home_warns_every_role_without_saying_why(staff: Callable[[Role], Browser], example: Example) -> None:
    page = staff(Role.RECRUITMENT).text(f"/console/enquiries/{example.references['Lee Example']}")
    assert "Do not leave a message" in page
    assert "Check a safe way to reach them" in page
    assert "abuse" not in page.lower()
    assert "partner" not in page


def test_what_was_flagged_before_the_conversation_became_an_enquiry_belongs_to_it(
    coordinator: Browser, example: Example
) -> None:
    with example.store.write() as session:
        conversation = open_conversation(session, "leicestershire", NOW)
        make_handoff(
            session,
            conversation,
            agency=example.agency,
            wording=example.wording,
            reason=HandoffReason.DISCLOSURE,
            category="domestic_abuse",
            pauses_messages=True,
            summary="Spoke of fear at home.",
            now=NOW,
        )
        reference = enquiry_of(session, conversation, NOW).reference
    page = coordinator.text(f"/console/enquiries/{reference}")
    assert "Someone is afraid of a partner" in page
    assert "Check a safe way to reach them" in page


def test_a_conversation_with_a_disclosure_for_other_eyes_is_not_shown(
    coordinator: Browser, staff: Callable[[Role], Browser], example: Example
) -> None:
    address = f"/console/enquiries/{example.references['Kim Example']}"
    page = coordinator.text(address)
    assert "This conversation is not shown to your role" in page
    assert "cares for or works with children" not in page
    assert "hurt a child" not in page
    assert "the allegation words" in staff(Role.SAFEGUARDING).text(address)


def test_a_note_is_kept_with_name_and_time(coordinator: Browser, example: Example) -> None:
    address = f"/console/enquiries/{example.references['Priya Example']}"
    page = words_of(coordinator.post(f"{address}/notes", note="Prefers a morning <b>visit</b>."))
    assert "Your note is saved." in page
    assert "Meera Example Mon 23 Nov, 2:30pm Prefers a morning &lt;b&gt;visit&lt;/b&gt;." in page


@pytest.mark.parametrize(
    ("note", "sentence"), [("", "Write down what was done"), ("y" * 10_000, "longer than 4,000 characters")]
)
def test_a_note_that_can_not_be_kept_is_explained_and_comes_back(
    coordinator: Browser, example: Example, note: str, sentence: str
) -> None:
    answer = coordinator.post(f"/console/enquiries/{example.references['Priya Example']}/notes", note=note)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert note in answer.text


@pytest.mark.parametrize("wrong", ["HE-ZZZZZZ", "nonsense", "%00", "HE-" + "A" * 3000, "HE-%27%20OR%201=1"])
def test_an_unknown_reference_is_a_sentence(coordinator: Browser, wrong: str) -> None:
    for answer in (
        coordinator.get(f"/console/enquiries/{wrong}"),
        coordinator.post(f"/console/enquiries/{wrong}/notes", note="x"),
    ):
        assert answer.status_code == 404
        assert "There is nothing here" in answer.text


def test_a_reference_is_found_in_small_letters_too(coordinator: Browser, example: Example) -> None:
    assert "Tom Example" in coordinator.text(f"/console/enquiries/{example.references['Tom Example'].lower()}")


def test_the_list_has_the_latest_first_with_stage_outcome_and_what_is_open(coordinator: Browser) -> None:
    page = coordinator.text("/console/enquiries")
    assert page.index("Dana Example") < page.index("Tom Example") < page.index("Priya Example")
    assert "Tom Example Questions answered Talk first 1 open" in page


def test_the_list_does_not_count_what_is_for_other_eyes(coordinator: Browser, staff: Callable[[Role], Browser]) -> None:
    assert "Kim Example New None yet Nothing open" in coordinator.text("/console/enquiries?search=Kim")
    assert "Kim Example New None yet 1 open" in staff(Role.MANAGER).text("/console/enquiries?search=Kim")


@pytest.mark.parametrize("search", ["amina", "AMINA", "Amina Ex"])
def test_a_name_is_found_whatever_its_case(coordinator: Browser, search: str) -> None:
    page = coordinator.text(f"/console/enquiries?search={search}")
    assert "Amina Example" in page
    assert "Tom Example" not in page


def test_a_whole_reference_leads_straight_to_its_page(coordinator: Browser, example: Example) -> None:
    answer = coordinator.get(f"/console/enquiries?search={example.references['Tom Example'].lower()}")
    assert answer.url.path == f"/console/enquiries/{example.references['Tom Example']}"


@pytest.mark.parametrize("search", ["%25", "_", "nobody at all", "%00", "x" * 5000])
def test_a_search_that_finds_nothing_says_so_and_wildcards_are_only_letters(coordinator: Browser, search: str) -> None:
    answer = coordinator.get(f"/console/enquiries?search={search}")
    assert answer.status_code == 200
    assert "No enquiry has" in answer.text or search == "%00"


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999", "²", "3"])
def test_a_page_number_out_of_range_is_no_error(coordinator: Browser, number: str) -> None:
    assert coordinator.get(f"/console/enquiries?number={number}").status_code == 200


def test_staff_see_their_own_agency_only(coordinator: Browser, example: Example) -> None:
    with example.store.write() as session:
        for enquiry in session.query(Enquiry).where(Enquiry.contact_name == "Tom Example"):
            enquiry.agency = "elsewhere"
    assert coordinator.get(f"/console/enquiries/{example.references['Tom Example']}").status_code == 404
    assert "Tom Example" not in coordinator.text("/console/enquiries")
