"""Every route for staff asks for a permission, and a role that has it not gets a sentence and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from enquiry.enums import Role
from enquiry.settings import ROOT
from enquiry.staff.accounts import issue_token
from enquiry.staff.permissions import Permission, may
from enquiry.store.models import Staff, Visitor
from tests.support.console_bookings import Busy
from tests.support.console_example import NOW, Example
from tests.support.two_services import dump
from web.api.staff import May
from web.permission_table import COMMAND, WITHOUT_PERMISSION, StaffRoute, document, staff_routes
from web.problems import add_problem_handlers

from .conftest import FROM_HERE, Browser

# What is open to everybody, or opened by the key of a conversation or a booking, by a link, or by the token of GOV.UK Notify.
FOR_NO_STAFF = re.compile(
    r"/(?:$|assets/|widget\.js$|health|ready$|metrics$|chat/|book/|booking|calendar/"
    r"|api/(?:conversations|return$|status$|notify/|availability/|bookings|openapi\.json$))"
)
SAFE = ("GET", "HEAD")


def all_staff_routes(app: FastAPI) -> list[StaffRoute]:
    """Every route of the application that is not known to be for the public: a new one is for staff until it is listed above."""
    return [route for route in staff_routes(app.routes) if not FOR_NO_STAFF.match(route.path)]


def test_every_route_for_staff_asks_for_a_permission_or_says_why_not(app: FastAPI) -> None:
    routes = all_staff_routes(app)
    assert len(routes) > 50
    without = {(route.method, route.path) for route in routes if route.permission is None}
    assert without == set(WITHOUT_PERMISSION)
    assert all(reason.endswith(".") for reason in WITHOUT_PERMISSION.values())


def test_every_route_that_changes_something_asks_for_a_permission_but_signing_in_and_out(app: FastAPI) -> None:
    unsafe = [route for route in all_staff_routes(app) if route.method not in SAFE]
    assert len(unsafe) > 20
    without = [route.path for route in unsafe if route.permission is None]
    assert without == ["/console/sign-in", "/console/sign-out"]


def test_the_page_about_permissions_is_up_to_date() -> None:
    written = Path(ROOT / "docs/permissions.md").read_text(encoding="utf-8")
    assert written == document(), f"docs/permissions.md is out of date. Renew it: {COMMAND}"


def test_the_page_about_permissions_has_every_route_for_staff(app: FastAPI) -> None:
    assert all_staff_routes(app) == staff_routes()


def test_every_permission_but_those_about_single_texts_is_asked_for_by_a_route(app: FastAPI) -> None:
    asked_for = {route.permission for route in all_staff_routes(app)}
    assert set(Permission) - asked_for == {Permission.READ_UNREAD, Permission.READ_ALERTS}


def address_of(route: StaffRoute, example: Example, busy: Busy, visitor: str) -> str:
    """The address of a route, with something that is there in each of its places."""
    known = {
        "handoff_id": example.handoffs["tom"],
        "reference": example.references["Grace Example"],
        "event_id": busy.tonight,
        "place": busy.places["Zofia Example"],
        "visit": busy.visits["Grace Example"],
        "visitor_id": visitor,
        "leave_id": "0" * 32,
        "decision_id": busy.decision,
        "message_id": busy.messages["undelivered"],
    }
    return route.path.format(**known)


def own_visitor(example: Example, role: Role) -> str:
    """A diary of visits that belongs to the account of this role."""
    with example.store.write() as session:
        visitor = session.scalars(
            select(Visitor).where(Visitor.agency == "leicestershire").order_by(Visitor.name)
        ).all()[0]
        visitor.staff_id = session.scalars(select(Staff.id).where(Staff.email == example.email(role))).one()
        return visitor.id


@pytest.mark.parametrize("role", Role)
def test_a_role_gets_what_it_may_and_a_sentence_for_the_rest(
    staff: Callable[[Role], Browser], example: Example, busy: Busy, role: Role
) -> None:
    browser, visitor = staff(role), own_visitor(example, role)
    browser.client.follow_redirects = False
    before = dump(example.store)
    allowed = []
    for route in staff_routes():
        if route.permission is None or not route.path.startswith("/console"):
            continue
        if may(role, route.permission):
            allowed.append(route)
            continue
        answer = browser.client.request(route.method, address_of(route, example, busy, visitor), headers=FROM_HERE)
        assert answer.status_code == 403, route
        assert "other colleagues" in answer.text, route
    assert dump(example.store) == before
    for route in allowed:
        answer = browser.client.request(route.method, address_of(route, example, busy, visitor), headers=FROM_HERE)
        assert answer.status_code in (200, 303, 409, 422), route


@pytest.mark.parametrize("role", Role)
def test_a_token_gets_what_its_role_may(app: FastAPI, example: Example, busy: Busy, role: Role) -> None:
    with example.store.write() as session:
        token = issue_token(session, "leicestershire", role, NOW)
    client = TestClient(app, headers={"Authorization": f"Bearer {token}"})
    routes = [route for route in staff_routes() if route.path.startswith("/api/")]
    assert len(routes) >= 6
    for route in routes:
        assert route.permission is not None
        answer = client.request(route.method, address_of(route, example, busy, ""))
        assert answer.status_code == (200 if may(role, route.permission) else 403), route


def test_a_token_of_a_role_that_may_not_is_told_so_in_a_sentence(app: FastAPI, example: Example) -> None:
    # Every role may use every route that there is for machines so far.
    for_those_who_decide = FastAPI()
    for_those_who_decide.state = app.state
    add_problem_handlers(for_those_who_decide)
    for_those_who_decide.add_api_route("/api/decide", lambda: "decided", dependencies=[May(Permission.DECIDE)])
    with example.store.write() as session:
        tokens = {role: issue_token(session, "leicestershire", role, NOW) for role in (Role.MANAGER, Role.VISITOR)}
    answers = {
        role: TestClient(for_those_who_decide).get("/api/decide", headers={"Authorization": f"Bearer {token}"})
        for role, token in tokens.items()
    }
    assert answers[Role.MANAGER].json() == "decided"
    assert answers[Role.VISITOR].status_code == 403
    assert answers[Role.VISITOR].json()["detail"].startswith("The role of this token may not do that.")


def test_what_is_not_there_and_what_is_not_for_a_role_look_the_same_to_it(
    staff: Callable[[Role], Browser], busy: Busy
) -> None:
    looking = staff(Role.SAFEGUARDING)
    there = looking.post(f"/console/events/{busy.tonight}/cancel")
    not_there = looking.post(f"/console/events/{'0' * 32}/cancel")
    assert (there.status_code, there.text) == (not_there.status_code, not_there.text)


def test_a_stranger_is_sent_to_the_sign_in_page_whatever_they_ask_for(
    stranger: Browser, example: Example, busy: Busy
) -> None:
    before = dump(example.store)
    for route in staff_routes():
        if route.permission and route.path.startswith("/console"):
            answer = stranger.client.request(route.method, address_of(route, example, busy, "0"), headers=FROM_HERE)
            assert answer.status_code == 303, route
            assert answer.headers["location"].startswith("/console/sign-in"), route
    assert dump(example.store) == before
