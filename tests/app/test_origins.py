"""From which page a form may come: one rule for the chat, the booking pages and the console."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import RouteContext, iter_route_contexts
from fastapi.testclient import TestClient

from bench.support.attempts import project_catalogue
from enquiry.settings import Settings
from enquiry.store.engine import Store
from tests.support.foreign_forms import FOREIGN
from web.app import create_app
from web.forms import FormRoute
from web.origin import SAFE_METHODS

HERE = "https://fostering.council.example"
VALUES = {"slug": "leicestershire", "secret": "x", "key": "x"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The application without a store behind it: no form gets as far as that."""
    folder: Path = tmp_path_factory.mktemp("origins")
    store = Store(f"sqlite:///{folder / 'hearth.db'}")
    settings = Settings(state_dir=folder, public_url=HERE, secret="for tests alone, and long enough")
    yield create_app(settings, store, project_catalogue())
    store.close()


def forms(app: FastAPI) -> list[RouteContext]:
    """Every route that a page's form could be sent to. The API has no cookie to abuse, and takes no forms."""
    return [
        route
        for route in iter_route_contexts(app.routes)
        if route.path and set(route.methods or ()) - SAFE_METHODS and not route.path.startswith("/api/")
    ]


def address_of(route: RouteContext) -> str:
    return re.sub(r"{(\w+)[^}]*}", lambda found: VALUES.get(found[1], "0" * 32), str(route.path))


def test_every_route_that_takes_a_form_looks_where_it_comes_from(app: FastAPI) -> None:
    found = forms(app)
    assert len(found) > 40
    assert [route.path for route in found if not isinstance(route.original_route, FormRoute)] == []


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_form_from_another_website_is_refused_with_a_sentence_wherever_it_is_sent(
    app: FastAPI, headers: dict[str, str]
) -> None:
    client = TestClient(app, follow_redirects=False)
    for route in forms(app):
        answer = client.post(address_of(route), headers=headers, data={"text": "hello"})
        assert answer.status_code == 403, route.path
        assert "set-cookie" not in answer.headers
        assert "from another website" in answer.text or "did not come from this console" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        # In a frame on the council's page, where the referrer policy of the page would have it so: still our own page.
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        # Over plain http, and in browsers of before 2023.
        {"Origin": "http://testserver"},
        # Behind a proxy that does not say what was asked of it.
        {"Origin": HERE},
    ],
)
@pytest.mark.parametrize("address", ["/chat/leicestershire/start-again", "/chat/leicestershire/leave"])
def test_a_form_from_our_own_page_is_taken(app: FastAPI, headers: dict[str, str], address: str) -> None:
    answer = TestClient(app, follow_redirects=False).post(address, headers=headers)
    assert answer.status_code in (204, 303)
