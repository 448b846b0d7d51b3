"""The staff API: what the console shows, for machines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import select

from enquiry.enums import Decision, Role
from enquiry.journey.decisions import record_decision
from enquiry.staff.accounts import issue_token
from enquiry.store.models import Enquiry, Staff
from tests.support.console_example import NOW, Example

from .conftest import Clock

PATHS = ["/api/enquiries", "/api/enquiries/HE-ZZZZZZ", "/api/handoffs", "/api/decisions", "/api/events", "/api/visits"]


@pytest.fixture
def ask(app: FastAPI, example: Example, clock: Clock) -> Callable[..., Response]:
    """Asks with the token of a role."""

    def asked(path: str, role: Role = Role.COORDINATOR) -> Response:
        with example.store.write() as session:
            token = issue_token(session, "leicestershire", role, clock.now)
        answer: Response = TestClient(app).get(path, headers={"Authorization": f"Bearer {token}"})
        return answer

    return asked


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic eDp4"}, {"Authorization": "Bearer "}]
)
def test_without_a_good_token_there_is_a_problem_with_a_sentence(
    app: FastAPI, path: str, headers: dict[str, str]
) -> None:
    answer = TestClient(app).get(path, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert "./hearth staff token" in answer.json()["detail"]


def test_enquiries_can_be_searched(ask: Callable[..., Response]) -> None:
    found = ask("/api/enquiries?search=tom").json()
    assert found["total"] == 1
    assert found["enquiries"][0]["name"] == "Tom Example"
    assert found["enquiries"][0]["outcome"] == "talk_first"
    assert found["enquiries"][0]["open_handoffs"] == 1


def test_one_enquiry_comes_whole(ask: Callable[..., Response], example: Example) -> None:
    found = ask(f"/api/enquiries/{example.references['Amina Example']}").json()
    assert found["contact"] == {
        "name": "Amina Example",
        "phone": "07700 900123",
        "email": "",
        "best_time": "After 6",
        "note": "",
        "is_safe": True,
    }
    assert found["criteria_version"] == "2026-11-21"
    assert [one["status"] for one in found["places"]] == ["booked"]
    assert {one["criterion"]: one["outcomes"] for one in found["answers"]}["bedroom"] == ["note"]


def test_an_unknown_enquiry_is_a_problem_with_a_sentence(ask: Callable[..., Response]) -> None:
    for reference in ("HE-ZZZZZZ", "%00", "x" * 3000):
        answer = ask(f"/api/enquiries/{reference}")
        assert answer.status_code == 404
        assert answer.json()["detail"].startswith("There is no enquiry")


def test_handoffs_are_those_of_the_tokens_role(ask: Callable[..., Response]) -> None:
    def categories(role: Role) -> list[str]:
        return [one["category"] for one in ask("/api/handoffs", role).json()["handoffs"] if one["category"]]

    assert categories(Role.COORDINATOR) == ["worried_about_child", "domestic_abuse"]
    assert categories(Role.RECRUITMENT) == []
    assert "allegation_carer_or_worker" in categories(Role.SAFEGUARDING)


def test_an_enquirys_handoffs_are_those_of_the_tokens_role_too(ask: Callable[..., Response], example: Example) -> None:
    path = f"/api/enquiries/{example.references['Kim Example']}"
    assert ask(path).json()["handoffs"] == []
    assert len(ask(path, Role.SAFEGUARDING).json()["handoffs"]) == 1


def test_events_and_visits_are_listed(ask: Callable[..., Response]) -> None:
    event = ask("/api/events").json()["events"][0]
    assert (event["taken"], event["places"]) == (2, 20)
    assert (event["waiting"], event["offered"], event["offered_until"]) == (0, 0, None)
    slots = ask("/api/visits").json()["slots"]
    assert [(slot["status"], slot["enquiry"] is not None) for slot in slots if slot["visit"]] == [("booked", True)]
    assert {slot["status"] for slot in slots if not slot["visit"]} == {"free"}


def test_decisions_are_read_with_who_and_why_and_can_not_be_written(
    ask: Callable[..., Response], app: FastAPI, example: Example
) -> None:
    reference = example.references["Tom Example"]
    with example.store.write() as session:
        enquiry = session.scalars(select(Enquiry).where(Enquiry.reference == reference)).one()
        sam = session.scalars(select(Staff).where(Staff.email == Example.email(Role.RECRUITMENT))).one()
        record_decision(session, enquiry, sam, Decision.WAIT, "They move house in June.", NOW)
        token = issue_token(session, "leicestershire", Role.MANAGER, NOW)
    found = ask("/api/decisions").json()
    assert found["total"] == 1
    assert found["decisions"] == ask(f"/api/enquiries/{reference}").json()["decisions"]
    one = found["decisions"][0]
    assert (one["reference"], one["decision"], one["reason"], one["who"], one["look_again_at"]) == (
        reference,
        "wait",
        "They move house in June.",
        "Sam Example",
        None,
    )
    assert ask(f"/api/enquiries/{reference}").json()["looked_at"] == {"who": None, "at": None, "note": None}
    for path in ("/api/decisions", f"/api/enquiries/{reference}/decisions"):
        sent = TestClient(app).post(
            path, headers={"Authorization": f"Bearer {token}"}, json={"decision": "wait", "reason": "x"}
        )
        assert sent.status_code in (404, 405)


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=99999999", f"search={'x' * 300}"])
def test_a_senseless_question_is_a_problem(ask: Callable[..., Response], query: str) -> None:
    answer = ask(f"/api/enquiries?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
