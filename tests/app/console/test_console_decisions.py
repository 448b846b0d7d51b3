"""Decisions at the console: who may record one, what is asked for, and what is to be looked at again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from enquiry.content.wording import load_wording
from enquiry.enums import Decision, HandoffReason, Outcome, Role
from enquiry.handoffs.handoff import finish_handoff, make_handoff, take_handoff
from enquiry.handoffs.second_look import ask_to_look_again
from enquiry.journey.decisions import record_decision
from enquiry.journey.record import record_outcome
from enquiry.settings import ROOT
from enquiry.staff.accounts import issue_token
from enquiry.store.models import DecisionRecord, Enquiry, OutboxMessage, Staff
from tests.support.console_example import NOW, Example

from .conftest import ADDRESS, Browser, Clock, words_of

REASON = "They move house in June; a room is free then."
MAY = [Role.RECRUITMENT, Role.MANAGER]
MAY_NOT = [Role.COORDINATOR, Role.VISITOR, Role.SAFEGUARDING]


def address(example: Example, name: str = "Priya Example") -> str:
    return f"/console/enquiries/{example.references[name]}"


def kept(example: Example) -> list[tuple[str, str]]:
    with example.store.read() as session:
        return [
            (one.decision, one.reason) for one in session.scalars(select(DecisionRecord).order_by(DecisionRecord.at))
        ]


def decide(example: Example, role: Role, decision: Decision, reason: str = REASON, name: str = "Priya Example") -> str:
    with example.store.write() as session:
        enquiry = session.scalars(select(Enquiry).where(Enquiry.reference == example.references[name])).one()
        someone = session.scalars(select(Staff).where(Staff.email == Example.email(role))).one()
        return record_decision(session, enquiry, someone, decision, reason, NOW, visited=True).decision.id


def ask_again(example: Example, name: str = "Priya Example") -> None:
    with example.store.write() as session:
        enquiry = session.scalars(select(Enquiry).where(Enquiry.reference == example.references[name])).one()
        wording = load_wording(ROOT / "data" / "wording")
        ask_to_look_again(session, enquiry.conversations[0], enquiry, example.agency, wording, NOW)


@pytest.mark.parametrize("role", MAY)
def test_a_decision_is_recorded_with_name_reason_and_stage(
    staff: Callable[[Role], Browser], example: Example, role: Role
) -> None:
    browser = staff(role)
    page = words_of(
        browser.post(f"{address(example)}/decisions", decision="not_progressing", reason=REASON, seen="none")
    )
    assert "The decision is recorded. Nothing is sent: please call the person" in page
    name = {Role.RECRUITMENT: "Sam Example"}.get(role, "")
    assert f"Not progressing {name}" in page
    assert REASON in page
    assert "Priya Example HE-" in page
    assert "Not yet by" in page  # the journey


def test_recording_a_decision_sends_nothing(staff: Callable[[Role], Browser], example: Example) -> None:
    def number() -> int:
        with example.store.read() as session:
            return session.query(OutboxMessage).count()

    before = number()
    staff(Role.MANAGER).post(f"{address(example)}/decisions", decision="not_progressing", reason=REASON, seen="none")
    assert len(kept(example)) == 1
    assert number() == before


@pytest.mark.parametrize("role", MAY_NOT)
def test_other_roles_read_the_history_and_have_no_form(
    staff: Callable[[Role], Browser], example: Example, role: Role
) -> None:
    decide(example, Role.RECRUITMENT, Decision.WAIT)
    answer = staff(role).get(address(example))
    assert REASON in answer.text
    assert "Wait, keep in touch" in answer.text
    assert '/decisions"' not in answer.text.replace('/console/decisions"', "")
    assert "Record decision" not in answer.text
    assert "The recruitment team or the manager records what was decided." in words_of(answer)


@pytest.mark.parametrize("role", MAY_NOT)
def test_a_decision_sent_by_another_role_is_refused_in_a_sentence(
    staff: Callable[[Role], Browser], example: Example, role: Role
) -> None:
    answer = staff(role).post(f"{address(example)}/decisions", decision="wait", reason=REASON)
    assert answer.status_code == 403
    assert "The recruitment team or the manager records what was decided. Nothing was changed." in words_of(answer)
    assert kept(example) == []


def test_nobody_who_is_not_signed_in_and_no_other_site_decides(
    stranger: Browser, staff: Callable[[Role], Browser], example: Example
) -> None:
    assert stranger.post(f"{address(example)}/decisions", decision="wait", reason=REASON).status_code == 303
    elsewhere = staff(Role.MANAGER).client.post(
        f"{address(example)}/decisions",
        data={"decision": "wait", "reason": REASON},
        headers={"Origin": "https://elsewhere.example"},
    )
    assert elsewhere.status_code == 403
    assert kept(example) == []


@pytest.mark.parametrize(
    ("fields", "sentence", "href"),
    [
        ({"reason": REASON}, "Choose what was decided.", "#decision"),
        ({"decision": "rejected", "reason": REASON}, "Choose what was decided.", "#decision"),
        ({"decision": "wait", "reason": " \r\n "}, "Give the reason.", "#reason"),
        ({"decision": "wait", "reason": "y" * 2001}, "longer than 2,000 characters", "#reason"),
        ({"decision": "wait", "reason": "y" * 50_000}, "longer than 2,000 characters", "#reason"),
        (
            {"decision": "progressing", "reason": REASON},
            "Going on to assessment comes after the initial visit.",
            "#visited",
        ),
    ],
)
def test_what_can_not_be_kept_is_explained_and_comes_back(
    staff: Callable[[Role], Browser], example: Example, fields: dict[str, str], sentence: str, href: str
) -> None:
    answer = staff(Role.RECRUITMENT).post(f"{address(example)}/decisions", seen="none", **fields)
    assert answer.status_code == 422
    assert f'<a href="{href}">{sentence[:10]}' in answer.text or sentence in answer.text
    assert f'href="{href}"' in answer.text
    assert f'id="{href[1:]}"' in answer.text
    assert "Error:" in answer.text
    assert sentence in answer.text
    assert fields["reason"].strip() in answer.text
    if fields.get("decision") in set(Decision):
        assert f'value="{fields["decision"]}" aria-describedby' in answer.text
        assert answer.text.count(" checked") == 1
    assert kept(example) == []


def test_going_on_is_recorded_when_the_visit_is_confirmed(staff: Callable[[Role], Browser], example: Example) -> None:
    fields = {"decision": "progressing", "reason": REASON, "seen": "none", "visited": "yes"}
    page = words_of(staff(Role.MANAGER).post(f"{address(example)}/decisions", **fields))
    assert "Going on to assessment" in page
    assert kept(example) == [("progressing", REASON)]


def test_the_form_asks_about_the_visit_only_where_none_is_known(
    staff: Callable[[Role], Browser], example: Example
) -> None:
    browser = staff(Role.MANAGER)
    assert "The initial visit has taken place" in browser.text(address(example))
    decide(example, Role.RECRUITMENT, Decision.WAIT)
    assert "The initial visit has taken place" not in browser.text(address(example))


def test_hostile_text_is_shown_as_it_was_typed(staff: Callable[[Role], Browser], example: Example) -> None:
    text = "<script>alert(1)</script>\x00 {{ 7*7 }}"
    answer = staff(Role.MANAGER).post(f"{address(example)}/decisions", decision="wait", reason=text, seen="\x00" * 40)
    assert answer.status_code == 200
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in answer.text


def test_the_form_sent_twice_records_once_and_says_so_even_hours_later(
    staff: Callable[[Role], Browser], example: Example, clock: Clock
) -> None:
    browser = staff(Role.RECRUITMENT)
    for sentence in ("The decision is recorded.", "That was recorded already"):
        page = words_of(browser.post(f"{address(example)}/decisions", decision="wait", reason=REASON, seen="none"))
        assert sentence in page
        clock.now += timedelta(hours=3)
    assert kept(example) == [("wait", REASON)]


def test_a_colleague_who_decided_meanwhile_is_named_and_both_are_kept(
    staff: Callable[[Role], Browser], example: Example
) -> None:
    staff(Role.RECRUITMENT).post(f"{address(example)}/decisions", decision="wait", reason=REASON, seen="none")
    fields = {"decision": "not_progressing", "reason": "Spoke to them.", "seen": "none"}
    page = words_of(staff(Role.MANAGER).post(f"{address(example)}/decisions", **fields))
    assert "Sam Example recorded one at about the same time. Both are kept below; the latest counts." in page
    assert kept(example) == [("wait", REASON), ("not_progressing", "Spoke to them.")]
    assert page.index("Spoke to them.") < page.index(REASON)


def test_a_wish_to_look_again_stands_at_the_top_of_the_section_and_in_the_queue(
    staff: Callable[[Role], Browser], coordinator: Browser, example: Example
) -> None:
    decide(example, Role.RECRUITMENT, Decision.NOT_PROGRESSING)
    ask_again(example)
    manager = staff(Role.MANAGER)
    page = manager.text(address(example))
    assert (
        "Decision Asked to look at it again , Mon 23 Nov, 2:30pm. Someone other than Sam Example should look at it."
        in page
    )
    assert "Open the request" in page
    assert "You decided this, so someone else should look at it." in staff(Role.RECRUITMENT).text(address(example))
    assert "Asked for it to be looked at again Priya Example" in manager.text("/console")
    assert "Asked for it to be looked at again" not in coordinator.text("/console")
    others = coordinator.text(address(example))
    assert "Asked to look at it again" in others
    assert "Open the request" not in others


def test_a_request_that_is_done_is_not_at_the_top_any_more_and_stays_with_its_decision(
    staff: Callable[[Role], Browser], example: Example
) -> None:
    decide(example, Role.RECRUITMENT, Decision.NOT_PROGRESSING)
    ask_again(example)
    with example.store.write() as session:
        enquiry = session.scalars(select(Enquiry).where(Enquiry.reference == example.references["Priya Example"])).one()
        someone = session.scalars(select(Staff).where(Staff.email == Example.email(Role.MANAGER))).one()
        finish_handoff(session, enquiry.handoffs[-1], someone, "Rang and explained.", NOW)
    page = staff(Role.MANAGER).text(address(example))
    assert "should look at it" not in page
    assert page.count("Asked to look at it again, Mon 23 Nov, 2:30pm.") == 1


def confirm(example: Example, outcome: Outcome, step: str) -> None:
    with example.store.write() as session:
        enquiry = session.scalars(select(Enquiry).where(Enquiry.reference == example.references["Priya Example"])).one()
        record_outcome(session, enquiry, outcome, [], "v", NOW)
        someone = session.scalars(select(Staff).where(Staff.email == Example.email(Role.COORDINATOR))).one()
        reason = HandoffReason(outcome.value)
        handoff = make_handoff(
            session,
            enquiry.conversations[0],
            agency=example.agency,
            wording=example.wording,
            reason=reason,
            summary="x",
            now=NOW,
        )
        if step == "taken":
            take_handoff(session, handoff, someone, NOW)
        elif step == "done":
            finish_handoff(session, handoff, someone, "Rang; they see it the same way.", NOW + timedelta(minutes=5))
        elif step == "changed since":
            finish_handoff(session, handoff, someone, "Rang.", NOW + timedelta(minutes=5))
            record_outcome(session, enquiry, outcome, [], "v2", NOW + timedelta(minutes=9))


@pytest.mark.parametrize("outcome", [Outcome.NOT_YET, Outcome.OTHER_ROUTE, Outcome.TALK_FIRST])
@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ("nothing", "Nobody has looked at it yet."),
        ("taken", "Nobody has looked at it yet. Meera Example has taken it."),
        ("done", "Looked at by Meera Example , Mon 23 Nov, 2:35pm. Rang; they see it the same way."),
        ("changed since", "Nobody has looked at it yet."),
    ],
)
def test_beside_the_outcome_it_says_whether_a_person_has_looked_at_it(
    coordinator: Browser, example: Example, outcome: Outcome, step: str, sentence: str
) -> None:
    confirm(example, outcome, step)
    assert sentence in coordinator.text(address(example))


def test_an_outcome_that_needs_nobody_says_nothing_of_the_kind(coordinator: Browser, example: Example) -> None:
    page = coordinator.text(address(example))
    assert "Continue" in page
    assert "looked at it" not in page.lower()


def test_the_list_has_the_latest_first_with_who_decided(coordinator: Browser, example: Example) -> None:
    assert "Nothing has been decided yet." in coordinator.text("/console/decisions")
    decide(example, Role.RECRUITMENT, Decision.WAIT, name="Tom Example")
    decide(example, Role.RECRUITMENT, Decision.NOT_PROGRESSING)
    ask_again(example)
    page = coordinator.text("/console/decisions")
    assert "2 decisions" in page
    assert (
        "Priya Example Not progressing Asked to look at it again, Mon 23 Nov, 2:30pm Sam Example Mon 23 Nov, 2:30pm"
        in page
    )
    assert "Tom Example Wait, keep in touch Sam Example" in page


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999", "²", "3"])
def test_a_page_number_out_of_range_is_no_error(coordinator: Browser, number: str) -> None:
    assert coordinator.get(f"/console/decisions?number={number}").status_code == 200


def _move_to_another_agency(example: Example, name: str) -> None:
    with example.store.write() as session:
        for enquiry in session.query(Enquiry).where(Enquiry.contact_name == name):
            enquiry.agency = "elsewhere"


def test_staff_neither_see_nor_make_decisions_of_another_agency(
    staff: Callable[[Role], Browser], example: Example, app: FastAPI
) -> None:
    decide(example, Role.RECRUITMENT, Decision.WAIT)
    decide(example, Role.RECRUITMENT, Decision.NOT_PROGRESSING, "Another household.", "Tom Example")
    _move_to_another_agency(example, "Priya Example")
    manager = staff(Role.MANAGER)
    page = manager.text("/console/decisions")
    assert "Tom Example" in page
    assert "Priya Example" not in page
    assert manager.get(address(example)).status_code == 404
    assert manager.post(f"{address(example)}/decisions", decision="wait", reason="mine", seen="none").status_code == 404
    assert len(kept(example)) == 2
    with example.store.write() as session:
        token = issue_token(session, "leicestershire", Role.MANAGER, NOW)
    found = TestClient(app, base_url=ADDRESS).get("/api/decisions", headers={"Authorization": f"Bearer {token}"}).json()
    assert [one["reason"] for one in found["decisions"]] == ["Another household."]
    assert found["total"] == 1
