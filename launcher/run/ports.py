"""Check that the ports that Hearth listens on are free."""

from __future__ import annotations

import errno
import socket

from enquiry.settings import Settings
from launcher.bootstrap.progress import Trouble

LOOPBACK = "127.0.0.1"


def check_ports(settings: Settings) -> None:
    """See that every port can be listened on, before anything is started.

    Raises:
        Trouble: one can't; names the port and the setting that changes it.
    """
    wanted = [
        ("HEARTH_WEB_PORT", settings.web_host, settings.web_port),
        ("HEARTH_RASA_PORT", LOOPBACK, settings.rasa_port),
        ("HEARTH_ACTIONS_PORT", LOOPBACK, settings.actions_port),
    ]
    taken: dict[int, str] = {}
    for name, host, port in wanted:
        if port in taken:
            raise Trouble(
                f"{taken[port]} and {name} are both {port}: give each a port of its own and run ./hearth up again."
            )
        taken[port] = name
        _check(name, host, port)


def _check(name: str, host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        # A port that a program has just left is free, although the system still remembers it.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except socket.gaierror as error:
            raise Trouble(
                f"HEARTH_WEB_HOST is {host}, which is not an address here: set it to 127.0.0.1 or one of this machine's own."
            ) from error
        except OSError as error:
            raise _trouble(name, host, port, error) from error


def _trouble(name: str, host: str, port: int, error: OSError) -> Trouble:
    if error.errno == errno.EADDRINUSE:
        return Trouble(
            f"Port {port} is in use (is Hearth already running?): end that program, or set {name} to another port, "
            "and run ./hearth up again."
        )
    if error.errno == errno.EACCES:
        return Trouble(
            f"Port {port} is kept for the system administrator: set {name} to a port from 1024 up and run ./hearth up again."
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return Trouble(
            f"HEARTH_WEB_HOST is {host}, which is not an address of this machine: set it to 127.0.0.1 or one of its own."
        )
    return Trouble(
        f"Port {port} can't be used ({error.strerror}): set {name} to another port and run ./hearth up again."
    )
