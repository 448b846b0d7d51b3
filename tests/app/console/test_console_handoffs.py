"""One handoff: reading it, taking it, saying what was done."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from enquiry.enums import HandoffReason, Role
from enquiry.handoffs.handoff import make_handoff
from enquiry.store.models import Handoff, HandoffRead, PuttingRight
from tests.support.console_example import NOW, Example

from .conftest import Browser, words_of


def note_of(example: Example, name: str) -> str | None:
    """The note a handoff was finished with."""
    with example.store.read() as session:
        return session.get_one(Handoff, example.handoffs[name]).done_note


def test_it_shows_the_summary_the_contact_and_what_was_said(coordinator: Browser, example: Example) -> None:
    page = coordinator.text(f"/console/handoffs/{example.handoffs['tom']}")
    assert "Would like to talk in private about one of the questions" in page
    assert "07700 900456" in page
    assert "Mornings" in page
    assert "Enquirer Mon 23 Nov" in page or "Enquirer 12:50pm yes, in private" in page


def test_a_disclosure_without_an_enquiry_is_shown(coordinator: Browser, example: Example) -> None:
    page = coordinator.text(f"/console/handoffs/{example.handoffs['worried']}")
    assert "Safeguarding disclosure A worry about a child" in page
    assert "I am worried about the child next door" in page
    assert "There is no enquiry for this conversation" in page


def test_who_opened_a_disclosure_is_kept_and_shown_once(
    coordinator: Browser, staff: Callable[[Role], Browser], example: Example
) -> None:
    address = f"/console/handoffs/{example.handoffs['worried']}"
    coordinator.get(address)
    coordinator.get(address)
    page = staff(Role.MANAGER).text(address)
    readers = page.split("Read by")[1].split("Who sees this")[0]
    assert readers.count("Meera Example") == 1
    assert "Service manager" in readers
    with example.store.read() as session:
        rows = session.query(HandoffRead).filter_by(handoff_id=example.handoffs["worried"]).count()
    assert rows == 2


def test_a_role_outside_the_audience_gets_403_and_not_a_word_of_it(coordinator: Browser, example: Example) -> None:
    answer = coordinator.get(f"/console/handoffs/{example.handoffs['allegation']}")
    assert answer.status_code == 403
    assert "This one is for other colleagues" in answer.text
    assert "cares for or works with children" not in answer.text


def test_another_handoff_of_the_same_conversation_does_not_give_it_away(coordinator: Browser, example: Example) -> None:
    with example.store.write() as session:
        kept_close = session.get_one(Handoff, example.handoffs["allegation"])
        call = make_handoff(
            session,
            kept_close.conversation,
            agency=example.agency,
            wording=example.wording,
            reason=HandoffReason.CALL_BACK,
            summary="Ring back.",
            now=NOW,
        )
    page = coordinator.text(f"/console/handoffs/{call.id}")
    assert "Ring back." in page
    assert "This conversation is not shown to your role" in page
    assert "the allegation words" not in page


@pytest.mark.parametrize("step", ["take", "done"])
def test_a_role_outside_the_audience_can_not_act_on_it_either(
    coordinator: Browser, example: Example, step: str
) -> None:
    answer = coordinator.post(f"/console/handoffs/{example.handoffs['allegation']}/{step}", note="x", told="police")
    assert answer.status_code == 403
    with example.store.read() as session:
        handoff = session.get_one(Handoff, example.handoffs["allegation"])
        assert handoff.taken_by is None
        assert handoff.done_at is None


def test_the_second_to_take_it_sees_who_has_it(
    coordinator: Browser, staff: Callable[[Role], Browser], example: Example
) -> None:
    address = f"/console/handoffs/{example.handoffs['tom']}"
    assert "It is yours now." in words_of(coordinator.post(f"{address}/take"))
    second = words_of(staff(Role.RECRUITMENT).post(f"{address}/take"))
    assert "Meera Example took this one just before you." in second
    assert "Taken by Meera Example" in second


def test_it_is_done_with_a_note_and_leaves_the_queue(coordinator: Browser, example: Example) -> None:
    answer = coordinator.post(f"/console/handoffs/{example.handoffs['tom']}/done", note="Rang.\r\nVisit agreed.")
    page = words_of(answer)
    assert "Marked done." in page
    assert "by Meera Example" in page
    assert note_of(example, "tom") == "Rang.\nVisit agreed."
    assert "Tom Example" not in coordinator.text("/console")


def test_a_disclosure_says_who_was_told_in_the_note(coordinator: Browser, example: Example) -> None:
    coordinator.post(
        f"/console/handoffs/{example.handoffs['worried']}/done",
        note="Passed on by phone.",
        told=["police", "first_response"],
    )
    assert note_of(example, "worried") == "Told: First Response, the police.\nPassed on by phone."


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ([], "Say who was told."),
        (["nobody", "police"], "Please choose one or the other."),
        (["someone"], "Say who was told."),
    ],
)
def test_a_disclosure_can_not_be_done_without_saying_who_was_told(
    coordinator: Browser, example: Example, told: list[str], sentence: str
) -> None:
    answer = coordinator.post(
        f"/console/handoffs/{example.handoffs['worried']}/done", note="Rang the number.", told=told
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Rang the number." in answer.text
    assert note_of(example, "worried") is None


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        ("", "Write down what was done"),
        (" \n\t", "Write down what was done"),
        ("\x00\x07", "Write down what was done"),
        ("x" * 10_000, "longer than 4,000 characters"),
    ],
)
def test_a_note_that_can_not_be_kept_is_explained(
    coordinator: Browser, example: Example, note: str, sentence: str
) -> None:
    answer = coordinator.post(f"/console/handoffs/{example.handoffs['tom']}/done", note=note)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert note_of(example, "tom") is None


def test_a_note_too_long_comes_back_whole(coordinator: Browser, example: Example) -> None:
    assert "x" * 10_000 in coordinator.post(f"/console/handoffs/{example.handoffs['tom']}/done", note="x" * 10_000).text


def test_what_is_done_already_stays_as_it_was_and_the_second_note_is_given_back(
    coordinator: Browser, staff: Callable[[Role], Browser], example: Example
) -> None:
    address = f"/console/handoffs/{example.handoffs['tom']}/done"
    coordinator.post(address, note="Rang at two.")
    answer = staff(Role.RECRUITMENT).post(address, note="Rang at three.")
    assert answer.status_code == 409
    assert "Somebody has marked this one done already." in answer.text
    assert "Rang at two." in answer.text
    assert "Rang at three." in answer.text
    assert note_of(example, "tom") == "Rang at two."


def test_taking_what_is_done_says_who_did_it(
    coordinator: Browser, staff: Callable[[Role], Browser], example: Example
) -> None:
    address = f"/console/handoffs/{example.handoffs['tom']}"
    coordinator.post(f"{address}/done", note="Rang.")
    assert "Meera Example has marked this one done." in words_of(staff(Role.RECRUITMENT).post(f"{address}/take"))


@pytest.mark.parametrize("wrong", ["0" * 32, "%00", "é", "x" * 5000, "'; drop table handoffs"])
@pytest.mark.parametrize("step", ["", "/take", "/done"])
def test_an_unknown_handoff_is_a_sentence(coordinator: Browser, wrong: str, step: str) -> None:
    address = f"/console/handoffs/{wrong}{step}"
    answer = coordinator.post(address, note="x") if step else coordinator.get(address)
    assert answer.status_code in (404, 405)


def test_another_agencys_handoff_is_not_there(coordinator: Browser, example: Example) -> None:
    with example.store.write() as session:
        session.get_one(Handoff, example.handoffs["tom"]).agency = "elsewhere"
    assert coordinator.get(f"/console/handoffs/{example.handoffs['tom']}").status_code == 404
    assert "Tom Example" not in coordinator.text("/console")


def test_what_people_typed_is_shown_and_never_run(coordinator: Browser, example: Example) -> None:
    with example.store.write() as session:
        session.get_one(Handoff, example.handoffs["tom"]).summary = "<script>alert(1)</script>"
    page = coordinator.get(f"/console/handoffs/{example.handoffs['tom']}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def put_right(example: Example, *, ended: bool) -> str:
    """Somebody says of the worry about a child that it was not meant that way; gives the handoff's id."""
    with example.store.write() as session:
        handoff = session.get_one(Handoff, example.handoffs["worried"])
        session.add(PuttingRight(handoff_id=handoff.id, ended=ended, at=NOW))
        handoff.put_right_at = NOW if ended else None
        return handoff.id


def test_staff_see_that_it_was_said_to_be_a_misunderstanding_and_that_it_still_waits(
    coordinator: Browser, example: Example
) -> None:
    handoff = put_right(example, ended=True)
    page = coordinator.text(f"/console/handoffs/{handoff}")
    assert "They said it was a misunderstanding. They can book by themselves again." in page
    assert "I am worried about the child next door" in page
    queue = coordinator.text("/console")
    assert "Said it was a misunderstanding" in queue
    assert "A worry about a child" in queue


def test_where_staff_have_to_look_first_the_page_says_so(coordinator: Browser, example: Example) -> None:
    page = coordinator.text(f"/console/handoffs/{put_right(example, ended=False)}")
    assert "It stays until one of us has looked." in page


def test_staff_mark_a_misunderstanding_when_they_finish(coordinator: Browser, example: Example) -> None:
    address = f"/console/handoffs/{example.handoffs['worried']}"
    coordinator.post(f"{address}/done", note="It was the dog.", told=["nobody"], misunderstanding="yes")
    with example.store.read() as session:
        (row,) = session.query(PuttingRight).all()
        assert row.ended
        assert row.staff_id is not None
        assert session.get_one(Handoff, example.handoffs["worried"]).put_right_at is not None
    assert "marked it as a misunderstanding" in coordinator.text(address)
