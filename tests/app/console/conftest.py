"""The console over a store with people in it, without a server and without an assistant."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from enquiry.catalogue import Catalogue
from enquiry.enums import Role
from enquiry.store.engine import Store
from tests.support.console_bookings import Busy, fill_diary
from tests.support.console_example import NOW, Example, make_example
from web.app import create_app
from web.console.auth import COOKIE
from web.rate_limits import RateLimits

ADDRESS = "http://console.example"
FROM_HERE = {"Origin": ADDRESS}


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Browser:
    """A member of staff at the console."""

    client: TestClient

    def get(self, address: str) -> Response:
        answer: Response = self.client.get(address)
        return answer

    def post(self, address: str, **fields: str | list[str]) -> Response:
        answer: Response = self.client.post(address, data=fields, headers=FROM_HERE)
        return answer

    def text(self, address: str) -> str:
        return words_of(self.get(address))


def words_of(response: Response) -> str:
    """The page's words without its tags, each run of space made one."""
    plain = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", response.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", plain.replace("&#39;", "'"))


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """Made once; every test gets a copy."""
    made = make_example(tmp_path_factory.mktemp("console"))
    made.store.close()
    return made


@pytest.fixture
def example(filled: Example, tmp_path: Path) -> Iterator[Example]:
    """A store of the test's own."""
    file = tmp_path / "hearth.db"
    shutil.copy(filled.settings.store_url.removeprefix("sqlite:///"), file)
    store = Store(f"sqlite:///{file}")
    yield replace(filled, store=store)
    store.close()


@pytest.fixture
def busy(example: Example) -> Busy:
    """The test's store with a full diary: see tests/support/console_bookings.py."""
    with example.store.write() as session:
        return fill_diary(session, example, NOW)


@pytest.fixture
def clock() -> Clock:
    """The moment the pages are asked for."""
    return Clock()


@pytest.fixture(scope="session")
def whole_app(filled: Example, catalogue: Catalogue) -> FastAPI:
    """The web application, put together once: reading its templates and wording takes longer than a test."""
    return create_app(filled.settings, filled.store, catalogue)


@pytest.fixture
def app(whole_app: FastAPI, example: Example, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    """The web application over the test's store, at the test's moment."""
    whole_app.state.store, whole_app.state.clock = example.store, clock
    # Nobody's tries are left from the test before.
    limits = RateLimits(30, 60, sign_ins_per_minute=10)
    whole_app.state.application = replace(
        whole_app.state.application, store=example.store, clock=clock, rate_limits=limits
    )
    monkeypatch.setattr("web.console.sign_in.REFUSAL_SECONDS", 0)
    return whole_app


@pytest.fixture
def stranger(app: FastAPI) -> Browser:
    """Somebody who has not signed in."""
    return Browser(TestClient(app, base_url=ADDRESS, follow_redirects=False))


@pytest.fixture
def staff(app: FastAPI, example: Example) -> Callable[[Role], Browser]:
    """Somebody of a role, signed in a moment ago."""

    def signed_in(role: Role) -> Browser:
        browser = Browser(TestClient(app, base_url=ADDRESS))
        browser.client.cookies.set(COOKIE, example.secrets[role], domain="console.example", path="/console")
        return browser

    return signed_in


@pytest.fixture
def coordinator(staff: Callable[[Role], Browser]) -> Browser:
    """The enquiry coordinator at work."""
    return staff(Role.COORDINATOR)
