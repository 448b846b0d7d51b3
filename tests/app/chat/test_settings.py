"""What the settings guard: the signing key, and whose word is taken for where a request comes from."""

from __future__ import annotations

import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from enquiry.settings import BrokenSetting, Settings, load_settings
from web.__main__ import server_config


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Settings]:
    """Read the settings out of an environment."""

    def read(**values: str) -> Settings:
        for name, value in values.items():
            monkeypatch.setenv(f"HEARTH_{name}", value)
        return load_settings.__wrapped__()

    return read


async def who_asks(scope: Scope, receive: Receive, send: Send) -> None:
    request = Request(scope)
    await PlainTextResponse(request.client.host if request.client else "")(scope, receive, send)


def address_seen(settings: Settings) -> str:
    config = server_config(settings, who_asks)
    config.load()
    client = TestClient(config.loaded_app, client=("127.0.0.1", 5000))
    return str(client.get("/", headers={"X-Forwarded-For": "203.0.113.9"}).text)


def test_where_a_request_comes_from_is_not_taken_from_a_header_of_just_anybody(load: Callable[..., Settings]) -> None:
    assert address_seen(load()) == "127.0.0.1"
    assert address_seen(load(TRUSTED_PROXIES="10.0.0.5, 10.0.0.6")) == "127.0.0.1"


def test_a_trusted_proxy_is_believed(load: Callable[..., Settings]) -> None:
    assert address_seen(load(TRUSTED_PROXIES="10.0.0.5, 127.0.0.1")) == "203.0.113.9"


def test_a_trusted_proxy_that_is_no_address_is_named(load: Callable[..., Settings]) -> None:
    with pytest.raises(BrokenSetting, match="HEARTH_TRUSTED_PROXIES can't be used"):
        load(TRUSTED_PROXIES="10.0.0.5,*")


def test_a_short_key_in_the_environment_is_refused_and_not_repeated(load: Callable[..., Settings]) -> None:
    with pytest.raises(BrokenSetting, match=r"HEARTH_SECRET can't be used .*32 characters") as refused:
        load(SECRET="hunter2")
    assert "hunter2" not in str(refused.value)
    assert load(SECRET="x" * 32).signing_key == "x" * 32


@pytest.mark.parametrize("left", ["", "  \n", "half a key"])
def test_a_key_that_a_crash_left_empty_or_cut_off_signs_nothing(tmp_path: Path, left: str) -> None:
    (tmp_path / "secret").write_text(left)
    with pytest.raises(BrokenSetting, match="Delete that file and start again"):
        _ = Settings(state_dir=tmp_path).signing_key


def test_a_crash_while_the_key_is_made_leaves_no_half_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(_handle: int) -> None:
        raise OSError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr("enquiry.settings.os.fsync", crash)
        with pytest.raises(OSError, match="power"):
            _ = Settings(state_dir=tmp_path).signing_key
    assert not (tmp_path / "secret").exists()
    assert len(Settings(state_dir=tmp_path).signing_key) >= 32


def test_the_key_is_made_once_for_the_owner_alone_whoever_asks_first(tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path)
    with ThreadPoolExecutor(8) as many:
        keys = set(many.map(lambda _: settings.signing_key, range(8)))
    assert len(keys) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["secret"]
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
