"""Ports and the state folder are looked at before anything starts, and a trouble says what to set."""

from __future__ import annotations

import socket
from contextlib import closing
from pathlib import Path

import pytest

from enquiry.settings import Settings
from launcher.bootstrap.troubles import Trouble
from launcher.run.checks import check_ports, keep_private


def settings(**given: int | str) -> Settings:
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
    web, rasa, actions = (listener.getsockname()[1] for listener in listeners)
    for listener in listeners:
        listener.close()
    return Settings.model_validate({"web_port": web, "rasa_port": rasa, "actions_port": actions, **given})


def test_free_ports_are_fine() -> None:
    check_ports(settings())


@pytest.mark.parametrize("name", ["web_port", "rasa_port", "actions_port"])
def test_a_port_in_use_is_named_with_the_setting_that_changes_it(name: str) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(Trouble, match=rf"Port {port} is in use .* HEARTH_{name.upper()} "):
            check_ports(settings(**{name: port}))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"web_port": 4711, "actions_port": 4711}, "HEARTH_WEB_PORT and HEARTH_ACTIONS_PORT are both 4711"),
        ({"web_host": "192.0.2.1"}, r"HEARTH_WEB_HOST is 192\.0\.2\.1, which is not an address of this machine"),
        ({"web_host": "no.such.host.invalid"}, r"HEARTH_WEB_HOST is no\.such\.host\.invalid, which is not an address"),
    ],
)
def test_what_cannot_be_listened_on_is_named(given: dict[str, int | str], said: str) -> None:
    with pytest.raises(Trouble, match=said):
        check_ports(settings(**given))


@pytest.mark.parametrize("there", [True, False])
def test_a_state_folder_is_for_its_own_user_alone(tmp_path: Path, there: bool) -> None:
    if there:
        (tmp_path / "state").mkdir(mode=0o755)
    keep_private(tmp_path / "state")
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700


def test_a_folder_of_everyones_stays_open_and_the_trouble_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_path.chmod(0o1777)
    keep_private(tmp_path)
    assert tmp_path.stat().st_mode & 0o7777 == 0o1777
    assert "set HEARTH_STATE_DIR" in capsys.readouterr().err
