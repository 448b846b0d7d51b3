"""The web application over a store of its own, with a stand-in for the assistant, and what it tells in its log."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bench.support.attempts import project_catalogue
from bench.support.ports import free_port
from enquiry.operating.heartbeat import beat
from enquiry.settings import Settings
from enquiry.setup.prepare import prepare_store
from enquiry.store.engine import Store
from tests.support.fake_assistant import FakeAssistant
from tests.support.log_lines import LogLines, logged
from web.app import create_app

HERE = {"base_url": "http://localhost:8000", "client": ("127.0.0.1", 50000)}
METRICS_TOKEN = "a-token-of-the-tests-1234"


@pytest.fixture(scope="package")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with a store in it, to copy."""
    state = tmp_path_factory.mktemp("prepared")
    prepare_store(Settings(state_dir=state), datetime.now(UTC))
    return state


@pytest.fixture(scope="package", autouse=True)
def hurried() -> Iterator[None]:
    """What the process looks at again and again, it looks at more often here; and every look at /ready is a new one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("web.turns.turns.WATCH_SECONDS", 0.05)
        patch.setattr("web.turns.assistant.MISSED_LOOK_SECONDS", 0.05)
        patch.setattr("web.operating.health.KEPT_SECONDS", 0.0)
        yield


@pytest.fixture
def assistant() -> Iterator[FakeAssistant]:
    """The stand-in, which also answers for the action server."""
    stand_in = FakeAssistant(free_port())
    stand_in.start()
    yield stand_in
    stand_in.stop()


@pytest.fixture
def settings(prepared: Path, tmp_path: Path, assistant: FakeAssistant) -> Settings:
    state = tmp_path / "state"
    shutil.copytree(prepared, state)
    return Settings(
        state_dir=state,
        rasa_port=assistant.port,
        actions_port=assistant.port,
        assistant_seconds=0.5,
        metrics_token=METRICS_TOKEN,
        public_url="http://localhost:8000",
        messages_per_minute=5,
    )


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = Store(settings.store_url)
    yield opened
    opened.close()


@pytest.fixture
def lines() -> Iterator[LogLines]:
    """What is told in the log."""
    with logged("web") as told:
        yield told


@pytest.fixture
def client(settings: Settings, store: Store, lines: LogLines) -> Iterator[TestClient]:
    """Somebody on the machine itself; everything works, the worker too."""
    beat(settings.state_dir)
    with TestClient(create_app(settings, store, project_catalogue()), raise_server_exceptions=False, **HERE) as opened:
        yield opened


@pytest.fixture
def say(client: TestClient) -> Callable[..., dict[str, object]]:
    """Send a message in a conversation of its own, with the headers that are given."""
    opened = client.post("/api/conversations", json={"agency": "leicestershire"}).json()

    def send(text: str, **headers: str) -> dict[str, object]:
        answer = client.post(
            f"/api/conversations/{opened['id']}/messages",
            json={"text": text},
            headers={"Authorization": f"Bearer {opened['token']}", **headers},
        )
        return {"conversation": opened["id"], "status": answer.status_code, "headers": answer.headers, **answer.json()}

    return send
