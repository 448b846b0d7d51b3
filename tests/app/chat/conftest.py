"""The web application in this process, with a stand-in for the assistant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from bench.support.ports import free_port
from bench.support.waiting import wait_until
from enquiry.catalogue import Catalogue
from enquiry.settings import Settings
from enquiry.setup.prepare import prepare_store
from enquiry.store.engine import Store
from tests.support.fake_assistant import FakeAssistant
from web.app import create_app


@dataclass
class SteppedClock:
    """The wall clock, moved on by hand."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class Talk:
    """One conversation over the chat API."""

    client: TestClient
    id: str
    key: str

    @property
    def path(self) -> str:
        return f"/api/conversations/{self.id}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}

    def send(self, text: str, **more: Any) -> Response:
        response: Response = self.client.post(
            f"{self.path}/messages", json={"text": text, **more}, headers=self.headers
        )
        return response

    def texts(self, author: str | None = None) -> list[str]:
        messages = self.client.get(f"{self.path}/messages", headers=self.headers).json()["messages"]
        return [message["text"] for message in messages if author in (None, message["author"])]

    def has(self, text: str) -> bool:
        return text in self.texts()


@pytest.fixture(scope="package")
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture(scope="package")
def answering() -> Iterator[FakeAssistant]:
    assistant = FakeAssistant(free_port())
    assistant.start()
    yield assistant
    assistant.stop()


@pytest.fixture(scope="package", autouse=True)
def hurried() -> Iterator[None]:
    """What the process looks at again and again, it looks at more often here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("web.turns.turns.WATCH_SECONDS", 0.05)
        patch.setattr("web.turns.assistant.MISSED_LOOK_SECONDS", 0.05)
        patch.setattr("web.turns.retries.FIRST_PAUSE_SECONDS", 0.01)
        yield


@pytest.fixture(scope="package")
def whole(
    tmp_path_factory: pytest.TempPathFactory, answering: FakeAssistant, clock: SteppedClock, catalogue: Catalogue
) -> Iterator[TestClient]:
    """The application, put together and started once: that takes longer than a test."""
    settings = Settings(
        state_dir=tmp_path_factory.mktemp("state"),
        rasa_port=answering.port,
        actions_port=answering.port,
        assistant_seconds=0.5,
        messages_per_minute=1000,
        conversations_per_hour=100_000,
        public_url="http://testserver",
    )
    prepare_store(settings, datetime.now(UTC))
    store = Store(settings.store_url)
    app = create_app(settings, store, catalogue, clock)
    with TestClient(app, raise_server_exceptions=False, headers={"Origin": settings.address}) as client:
        yield client
    store.close()


@pytest.fixture
def assistant(answering: FakeAssistant) -> FakeAssistant:
    """The stand-in, at its plainest."""
    answering.reset()
    answering.start()
    return answering


@pytest.fixture
def client(whole: TestClient, assistant: FakeAssistant, clock: SteppedClock) -> TestClient:
    """A browser that nobody has used."""
    whole.cookies.clear()
    clock.ahead = timedelta()
    return whole


@pytest.fixture
def app(client: TestClient) -> FastAPI:
    application = client.app
    assert isinstance(application, FastAPI)
    return application


@pytest.fixture
def begin(client: TestClient) -> Callable[[], Talk]:
    """Begin a conversation over the API."""

    def start() -> Talk:
        opened = client.post("/api/conversations", json={"agency": "leicestershire"}).json()
        return Talk(client, opened["id"], opened["token"])

    return start


@pytest.fixture
def talk(begin: Callable[[], Talk], client: TestClient) -> Talk:
    """A conversation with the assistant awake."""
    wait_until(lambda: client.get("/api/status").json()["assistant"] == "awake", "the assistant to be noticed")
    return begin()
