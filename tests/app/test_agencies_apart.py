"""Staff see their own service only: every page and every interface for staff that the application has, asked for by every role."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import event

from enquiry.catalogue import Catalogue
from enquiry.enums import Decision, Role
from enquiry.settings import Settings
from enquiry.staff.permissions import Permission, may
from enquiry.store.engine import Store
from tests.support.two_services import NOW, Service, dump, fill_service, prepared_store, rows_of, signs_of
from web.app import create_app
from web.console.auth import COOKIE
from web.permissions import permission_of

ADDRESS = "http://console.example"
WORDS = {"leicestershire": "Kestrelwing", "coventry": "Heronwater"}
PAIRS = (("leicestershire", "coventry"), ("coventry", "leicestershire"))
# For people who enquire, or for any browser: see test_agencies_apart_in_the_chat.py. Whatever is not listed here is for staff.
FOR_EVERYONE = re.compile(
    r"/|/health|/ready|/metrics|/widget\.js|/assets/.*|/chat/.*|/book/.*|/booking(/.*)?|/calendar/.*|"
    r"/api/(openapi\.json|status|return|notify/.*|availability/.*|bookings(/.*)?|conversations(/.*)?)"
)
# Nobody's rows are shown there, nor changed but the reader's own: signing in is how a reader becomes one.
OF_THE_READER = frozenset({"/console/sign-in", "/console/sign-out", "/console/password"})
# Names no row: what is made there belongs to the reader's service (see the test of what one does at one's own).
MAKES_ONE_S_OWN = frozenset(
    {"/console/events", "/console/events/calendar", "/console/events/calendar/revoke", "/console/visitors"}
)
METHODS_THAT_READ = frozenset({"GET", "HEAD"})
# Filled in so that the form itself is no reason to refuse it.
FORM = {
    "decision": Decision.PROGRESSING.value,
    "reason": "Because",
    "visited": "yes",
    "seen": "",
    "note": "Rang",
    "told": ["nobody"],
    "title": "Evening",
    "venue": "Hall",
    "day": "2026-12-20",
    "starts": "18:00",
    "ends": "19:00",
    "places": "30",
    "sure": "yes",
    "name": "Somebody",
    "contact": "07700 900999",
    "people": "1",
    "status": "came",
    "wait": "yes",
    "how": "phone",
    "outcome": "cancelled",
    "asked": "them",
    "at": "2026-12-01T10:00:00+00:00",
    "understanding": "A",
    "motivation": "B",
    "strengths": "C",
    "visit_minutes": "60",
    "buffer_minutes": "30",
    "most_a_day": "4",
    "active": "yes",
    "monday": "09:00-17:00",
    "first": "2027-01-01",
    "last": "2027-01-02",
}


@dataclass(frozen=True)
class Route:
    """One address of the application for staff, with one method."""

    method: str
    path: str
    parameters: tuple[str, ...]
    questions: tuple[str, ...]  # what may follow the question mark
    permission: Permission | None

    def addresses(self, service: Service) -> list[str]:
        """The path with what a service's rows are called."""
        known = {
            "reference": service.enquiries,
            "handoff_id": service.handoffs,
            "event_id": service.events,
            "rehearsal_id": service.rehearsals,
            "visitor_id": service.visitors,
            "leave_id": service.leave,
            "decision_id": service.decisions,
            "message_id": service.messages,
            "place": [one for one in service.bookings if one.startswith("EV-")],
            "visit": [one for one in service.bookings if one.startswith("VI-")],
        }
        found = [self.path]
        for name in self.parameters:
            assert name in known, (
                f"{self.path} is new: say here what {{{name}}} stands for, so that another service's is tried, too"
            )
            found = [path.replace(f"{{{name}}}", one) for path in found for one in known[name]]
        return found


@dataclass
class Rows:
    """Every row that the database gives out, as it gives it out: whatever asked for it, by whichever way."""

    given: list[tuple[Any, ...]] = field(default_factory=list)

    def listen_to(self, store: Store) -> None:
        @event.listens_for(store.engine, "connect")
        def connected(connection: Any, _record: Any) -> None:
            connection.row_factory = lambda _cursor, row: self.given.append(row) or row  # type: ignore[func-returns-value]

    def with_a_sign_of(self, service: Service, signs: frozenset[str]) -> list[tuple[Any, ...]]:
        word, names = service.word.casefold(), signs | {service.agency.slug}
        return [row for row in self.given if any(word in one or one in names for one in _texts(row))]


def _texts(row: Iterable[Any]) -> list[str]:
    return [value.casefold() for value in row if isinstance(value, str)]


@dataclass
class Office:
    """Somebody of a role at a service, and another service beside it in the same store."""

    app: FastAPI
    store: Store
    rows: Rows
    mine: Service
    other: Service
    role: Role
    client: TestClient
    signs: frozenset[str]  # of the other one

    def ask(self, method: str, address: str, **more: Any) -> Response:
        data = FORM if method not in METHODS_THAT_READ else None
        answer: Response = self.client.request(
            method, address, data=data, headers={"Origin": ADDRESS, **self._token()}, **more
        )
        return answer

    def _token(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.mine.tokens[self.role]}"}

    @contextmanager
    def watching(self, about: str) -> Iterator[None]:
        """See that nothing of the other service is read from the database meanwhile."""
        self.rows.given.clear()
        yield
        found = self.rows.with_a_sign_of(self.other, self.signs)
        assert not found, f"{about} read of {self.other.agency.slug}: {found[0]}"

    def shows(self, answer: Response) -> list[str]:
        """What an answer tells of the other service."""
        text = f"{answer.text} {answer.headers}".casefold()
        safeguarding = self.other.agency.facts["safeguarding"]
        team = [safeguarding["worried_about_child_team"], safeguarding["worried_about_child"]]
        told = [self.other.agency.name, self.other.agency.council_website, *team, *self.signs]
        return [sign for sign in told if sign.casefold() in text]


@dataclass(frozen=True)
class Built:
    """Two services in a store, and a copy of it from before the other one had anything in it."""

    settings: Settings
    file: Path
    alone: Path
    mine: Service
    other: Service
    app: FastAPI
    signs: frozenset[str]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> dict[str, Built]:
    """Each service once as the one whose staff ask."""
    agencies = catalogue.agencies
    found = {}
    for mine, other in PAIRS:
        folder = tmp_path_factory.mktemp(mine)
        settings, store = prepared_store(folder)
        own = fill_service(store, agencies[mine], WORDS[mine])
        store.close()
        shutil.copy(folder / "hearth.db", folder / "alone.db")
        beside = fill_service(store, agencies[other], WORDS[other])
        signs = signs_of(beside, rows_of(store, beside.agency))
        app = create_app(settings, store, catalogue, lambda: NOW)
        store.close()
        found[mine] = Built(settings, folder / "hearth.db", folder / "alone.db", own, beside, app, signs)
    return found


def _office(built: Built, file: Path, role: Role, folder: Path) -> Office:
    copy = folder / f"{file.stem}-{role}.db"
    shutil.copy(file, copy)
    store, rows = Store(f"sqlite:///{copy}"), Rows()
    rows.listen_to(store)
    app = built.app
    app.state.store, app.state.application = store, replace(app.state.application, store=store)
    client = TestClient(app, base_url=ADDRESS, follow_redirects=False)
    client.cookies.set(COOKIE, built.mine.cookies[role], domain="console.example", path="/console")
    return Office(app, store, rows, built.mine, built.other, role, client, built.signs)


@pytest.fixture(params=[(mine, role) for mine, _ in PAIRS for role in Role], ids=lambda one: "-".join(one))
def office(request: pytest.FixtureRequest, built: dict[str, Built], tmp_path: Path) -> Iterator[Office]:
    """Every role of either service."""
    mine, role = request.param
    found = _office(built[mine], built[mine].file, role, tmp_path)
    yield found
    found.store.close()


def routes(app: FastAPI) -> list[Route]:
    """Every route for staff, as the application has it."""
    found = []
    for one in iter_route_contexts(app.routes):
        if one.path is None or FOR_EVERYONE.fullmatch(one.path):
            continue
        questions = tuple(each.name for each in one.dependant.query_params)
        found += [
            Route(method, one.path, tuple(re.findall(r"{(\w+)", one.path)), questions, permission_of(one.dependant))
            for method in one.methods or ()
        ]
    return found


def reading(app: FastAPI) -> list[Route]:
    return [route for route in routes(app) if route.method in METHODS_THAT_READ]


def test_the_routes_for_staff_are_all_found(office: Office) -> None:
    found = {(route.method, route.path) for route in routes(office.app)}
    assert {
        ("GET", "/console"),
        ("POST", "/console/handoffs/{handoff_id}/take"),
        ("GET", "/api/enquiries/{reference}"),
    } <= found
    assert not any(path.startswith("/console") and FOR_EVERYONE.fullmatch(path) for _method, path in found)


def test_every_page_tells_of_one_s_own_service_and_nothing_of_another(office: Office) -> None:
    for route in reading(office.app):
        for address in route.addresses(office.mine):
            with office.watching(address):
                answer = office.ask(route.method, address)
            assert answer.status_code in (200, 303, 403), f"{address}: {answer.status_code}"
            assert not office.shows(answer), address
            if office.role is Role.MANAGER and route.path not in OF_THE_READER and answer.status_code != 303:
                # It would prove little if there were nothing to see.
                assert office.mine.word in answer.text, f"{address} shows nothing of one's own"


def test_what_another_service_has_is_not_there(office: Office) -> None:
    before = dump(office.store)
    for route in reading(office.app):
        for address in route.addresses(office.other) if route.parameters else ():
            with office.watching(address):
                answer = office.ask(route.method, address)
            # A role that may not gets one and the same answer, whether it is there or not.
            barred = route.permission is not None and not may(office.role, route.permission)
            assert answer.status_code == (403 if barred else 404), address
            assert not [sign for sign in office.shows(answer) if sign not in address.casefold()], address
    assert dump(office.store) == before


def test_no_search_and_no_filter_finds_what_another_service_has(office: Office) -> None:
    # A part of the word, since what was typed may come back in the field; names and references whole.
    wanted = [
        office.other.word[:6],
        office.other.enquiries[0],
        office.other.enquiries[0][-4:],
        office.other.named("Visitor"),
    ]
    wanted += [office.other.handoffs[0], office.other.agency.slug, "%", "_", ""]
    for route in reading(office.app):
        for name in route.questions if route.path not in OF_THE_READER else ():
            for text in wanted:
                with office.watching(f"{route.path}?{name}={text}"):
                    answer = office.ask(route.method, route.path, params={name: text})
                told = [sign for sign in office.shows(answer) if sign.casefold() not in text.casefold()]
                assert not told, f"{route.path}?{name}={text}"


def test_nothing_of_another_service_can_be_changed(office: Office) -> None:
    before = dump(office.store)
    for route in routes(office.app):
        if route.method in METHODS_THAT_READ or route.path in OF_THE_READER:
            continue
        if route.path in MAKES_ONE_S_OWN:
            continue
        assert route.parameters, f"{route.path} is new: say in this test how it is tried with another service's rows"
        for address in route.addresses(office.other):
            with office.watching(f"{route.method} {address}"):
                answer = office.ask(route.method, address)
            assert answer.status_code in (403, 404), f"{route.method} {address}: {answer.status_code}"
            assert not [sign for sign in office.shows(answer) if sign not in address.casefold()], address
            assert dump(office.store) == before, f"{route.method} {address}"


def test_what_one_does_at_one_s_own_service_leaves_the_other_as_it_was(office: Office) -> None:
    before = rows_of(office.store, office.other.agency)
    done = []
    for route in routes(office.app):
        if route.method in METHODS_THAT_READ or route.path in OF_THE_READER:
            continue
        for address in route.addresses(office.mine):
            with office.watching(f"{route.method} {address}"):
                done.append(office.ask(route.method, address).status_code)
    assert 303 in done, "nothing was done at all"
    assert rows_of(office.store, office.other.agency) == before


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("mine", [mine for mine, _ in PAIRS])
def test_every_page_is_the_same_letter_for_letter_whether_the_other_service_is_full_or_empty(
    built: dict[str, Built], tmp_path: Path, mine: str, role: Role
) -> None:
    """Counts and totals as well, which hold no word that could be looked for."""
    seen = []
    for file in (built[mine].alone, built[mine].file):
        office = _office(built[mine], file, role, tmp_path)
        pages = [(route.method, address) for route in reading(office.app) for address in route.addresses(office.mine)]
        seen.append({page: (answer.status_code, answer.text) for page in pages for answer in [office.ask(*page)]})
        office.store.close()
    assert seen[0] == seen[1]


def test_a_cookie_or_token_of_one_service_never_shows_another_one_whatever_else_is_sent_along(office: Office) -> None:
    for name in ("agency", "slug", "service"):
        for route in reading(office.app):
            if not route.parameters and route.path not in OF_THE_READER:
                answer = office.ask(route.method, route.path, params={name: office.other.agency.slug})
                assert not office.shows(answer), f"{route.path}?{name}="
