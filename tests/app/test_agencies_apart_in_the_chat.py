"""A chat belongs to one service: its key, its cookie and its link open no other one, and only that service's website may frame it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from bench.support.attempts import project_catalogue
from bench.support.ports import free_port
from enquiry.store.engine import Store
from enquiry.store.models import Conversation
from tests.support.two_services import NOW, Service, dump, fill_service, prepared_store, rows_of
from web.app import create_app
from web.rate_limits import RateLimits

AGENCIES = project_catalogue().agencies
PAIRS = [(mine, other) for mine in AGENCIES for other in AGENCIES if mine != other]
ADDRESS = "http://chat.example"
OF_A_CONVERSATION = "/api/conversations/{conversation_id}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    _settings, opened = prepared_store(tmp_path_factory.mktemp("chat"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def services(store: Store) -> dict[str, Service]:
    """Every service of the project, each with rows of every kind and a word of its own."""
    return {
        slug: fill_service(store, agency, f"Word{number}of{slug}")
        for number, (slug, agency) in enumerate(AGENCIES.items())
    }


@pytest.fixture(scope="module")
def app(store: Store, services: dict[str, Service], tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    # Nobody answers: what is typed is kept, and that is all these tests need.
    settings, _ = prepared_store(tmp_path_factory.mktemp("settings"))
    more = {
        "rasa_port": free_port(),
        "actions_port": free_port(),
        "assistant_seconds": 0.05,
        "public_url": ADDRESS,
    }
    return create_app(settings.model_copy(update=more), store, project_catalogue(), lambda: NOW)


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    # Nobody's tries are left from the test before.
    app.state.application = replace(app.state.application, rate_limits=RateLimits(30, 60, sign_ins_per_minute=10))
    return TestClient(app, base_url=ADDRESS, follow_redirects=False, headers={"Origin": ADDRESS})


def key_of(app: FastAPI, service: Service) -> str:
    """The key to the first conversation of a service."""
    return str(app.state.application.conversation_keys.key_for(service.conversations[0]))


@pytest.mark.parametrize(("mine", "other"), PAIRS)
def test_a_key_opens_no_conversation_with_another_service_by_any_way_there_is(
    app: FastAPI, client: TestClient, store: Store, services: dict[str, Service], mine: str, other: str
) -> None:
    ways = [
        (method, one.path)
        for one in iter_route_contexts(app.routes)
        if one.path and one.path.startswith(OF_A_CONVERSATION)
        for method in one.methods or ()
    ]
    assert {method for method, _path in ways} == {"GET", "POST", "DELETE"}
    before = dump(store)
    for method, path in ways:
        for conversation in services[other].conversations:
            headers = {"Authorization": f"Bearer {key_of(app, services[mine])}"}
            answer = client.request(
                method, path.format(conversation_id=conversation), headers=headers, json={"text": "hello"}
            )
            assert answer.status_code == 403, (method, path)
            assert services[other].word not in answer.text
    assert dump(store) == before


@pytest.mark.parametrize(("mine", "other"), PAIRS)
def test_a_cookie_given_by_one_chat_shows_and_forgets_nothing_in_another(
    app: FastAPI, client: TestClient, store: Store, services: dict[str, Service], mine: str, other: str
) -> None:
    before = rows_of(store, AGENCIES[mine])
    client.cookies.set(f"hearth_chat_{other}", key_of(app, services[mine]), domain="chat.example", path="/")
    page = client.get(f"/chat/{other}")
    assert page.status_code == 200
    assert services[mine].word not in page.text
    assert services[mine].conversations[0] not in page.text
    assert client.get(f"/chat/{other}/transcript").status_code == 404
    assert client.post(f"/chat/{other}/forget").status_code == 200
    assert rows_of(store, AGENCIES[mine]) == before


@pytest.mark.parametrize(("mine", "other"), PAIRS)
def test_what_is_typed_with_the_key_of_another_chat_begins_one_with_the_service_of_the_page(
    app: FastAPI, client: TestClient, store: Store, services: dict[str, Service], mine: str, other: str
) -> None:
    before, there = rows_of(store, AGENCIES[mine]), len(rows_of(store, AGENCIES[other])["conversations"])
    client.cookies.set(f"hearth_chat_{other}", key_of(app, services[mine]), domain="chat.example", path="/")
    assert client.post(f"/chat/{other}", data={"text": f"hello from {mine}"}).status_code == 303
    assert rows_of(store, AGENCIES[mine]) == before
    assert len(rows_of(store, AGENCIES[other])["conversations"]) == there + 1


@pytest.mark.parametrize(("mine", "other"), PAIRS)
def test_a_link_to_carry_on_opens_nothing_at_another_service_s_address(
    client: TestClient, store: Store, services: dict[str, Service], mine: str, other: str
) -> None:
    before = dump(store)
    for ask in (client.get, client.post):
        answer = ask(f"/chat/{other}/return/{services[mine].links[0]}")
        assert answer.status_code == 404
        assert not client.cookies
        assert services[mine].word not in answer.text
    assert dump(store) == before


@pytest.mark.parametrize("slug", AGENCIES)
def test_a_link_to_carry_on_opens_the_conversation_it_was_made_for(
    client: TestClient, store: Store, services: dict[str, Service], slug: str
) -> None:
    opened = client.post("/api/return", json={"secret": services[slug].links[0]}).json()
    assert opened["id"] == services[slug].conversations[0]
    with store.read() as session:
        assert session.get_one(Conversation, opened["id"]).agency == slug


@pytest.mark.parametrize("slug", AGENCIES)
@pytest.mark.parametrize("page", ["", "?embed=1", "/forget/sure", "/start-again/sure"])
def test_only_the_service_s_own_website_may_show_its_chat_in_a_frame(client: TestClient, slug: str, page: str) -> None:
    allowed = _framed_by(client, f"/chat/{slug}{page}")
    assert allowed == {"'self'", "http://chat.example", *AGENCIES[slug].web_origins}
    foreign = {origin for other in AGENCIES.values() if other.slug != slug for origin in other.web_origins}
    assert foreign
    assert not allowed & foreign


@pytest.mark.parametrize(
    "path", ["/chat/nowhere", "/chat/Coventry", "/chat/coventry%00", "/chat//coventry", "/", "/console", "/api/status"]
)
def test_nothing_else_may_stand_in_a_frame(client: TestClient, path: str) -> None:
    assert _framed_by(client, path) == {"'none'"}


@pytest.mark.parametrize("slug", AGENCIES)
def test_a_cookie_is_sent_back_to_the_chat_of_its_service_alone(client: TestClient, slug: str) -> None:
    client.post(f"/chat/{slug}", data={"text": "hello"})
    (cookie,) = client.cookies.jar
    assert (cookie.name, cookie.path) == (f"hearth_chat_{slug}", f"/chat/{slug}")
    # A browser sends it to addresses below that path: none of them may be another service's.
    assert not any(f"/chat/{other}/".startswith(f"/chat/{slug}/") for other in AGENCIES if other != slug)


def _framed_by(client: TestClient, path: str) -> set[str]:
    policy = client.get(path).headers["content-security-policy"]
    found = re.search(r"frame-ancestors ([^;]+)", policy)
    assert found
    return set(found.group(1).split())
