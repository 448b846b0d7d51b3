"""Ports are looked at before anything starts, and a trouble names the port and its setting."""

import socket
from collections.abc import Iterator

import pytest

from enquiry.settings import Settings
from launcher.bootstrap.progress import Trouble
from launcher.run.ports import check_ports


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def free_ports(number: int) -> list[int]:
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [listener.getsockname()[1] for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports


def settings(**given: int | str) -> Settings:
    web, rasa, actions = free_ports(3)
    return Settings.model_validate({"web_port": web, "rasa_port": rasa, "actions_port": actions, **given})


def test_free_ports_are_fine() -> None:
    check_ports(settings())


@pytest.mark.parametrize("name", ["web_port", "rasa_port", "actions_port"])
def test_a_port_in_use_is_named_with_the_setting_that_changes_it(taken: int, name: str) -> None:
    with pytest.raises(Trouble, match=rf"Port {taken} is in use .* HEARTH_{name.upper()} "):
        check_ports(settings(**{name: taken}))


def test_two_parts_on_one_port_are_both_named() -> None:
    (port,) = free_ports(1)
    with pytest.raises(Trouble, match="HEARTH_WEB_PORT and HEARTH_ACTIONS_PORT"):
        check_ports(settings(web_port=port, actions_port=port))


def test_an_address_of_another_machine_is_named() -> None:
    with pytest.raises(Trouble, match=r"HEARTH_WEB_HOST is 192\.0\.2\.1"):
        check_ports(settings(web_host="192.0.2.1"))
