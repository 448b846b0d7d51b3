"""Checks made before anything is started: the ports are free, and the state folder is private."""

from __future__ import annotations

import errno
import socket
import stat
import sys
from pathlib import Path

from enquiry.settings import Settings
from launcher.bootstrap.troubles import Trouble
from launcher.run.processes import LOOPBACK

# What is told of a port that can't be listened on, by the system's reason.
REASONS = {
    errno.EADDRINUSE: "Port {port} is in use (is Hearth already running?): end that program, or set {name} to another port, "
    "and run ./hearth up again.",
    errno.EACCES: "Port {port} is kept for the system administrator: set {name} to a port from 1024 up and run ./hearth up again.",
    errno.EADDRNOTAVAIL: "HEARTH_WEB_HOST is {host}, which is not an address of this machine: set it to 127.0.0.1 or one of its own.",
}
OTHERWISE = "Port {port} can't be used ({why}): set {name} to another port and run ./hearth up again."


def check_ports(settings: Settings) -> None:
    """See that every port can be listened on.

    Raises:
        Trouble: one can't; names the port and the setting that changes it.
    """
    taken: dict[int, str] = {}
    for name, host, port in (
        ("HEARTH_WEB_PORT", settings.web_host, settings.web_port),
        ("HEARTH_RASA_PORT", LOOPBACK, settings.rasa_port),
        ("HEARTH_ACTIONS_PORT", LOOPBACK, settings.actions_port),
    ):
        if port in taken:
            raise Trouble(
                f"{taken[port]} and {name} are both {port}: give each a port of its own and run ./hearth up again."
            )
        taken[port] = name
        try:
            with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as listener:
                # A port that a program has just left is free, although the system still remembers it.
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listener.bind((host, port))
        except socket.gaierror as error:
            raise Trouble(
                f"HEARTH_WEB_HOST is {host}, which is not an address here: set it to 127.0.0.1 or one of this machine's own."
            ) from error
        except OSError as error:
            sentence = REASONS.get(error.errno or 0, OTHERWISE)
            raise Trouble(sentence.format(name=name, host=host, port=port, why=error.strerror)) from error


def keep_private(folder: Path) -> None:
    """Make the state folder, or take it from the eyes of others if it is there: it holds what people told the service.

    A folder of everyone's, such as /tmp, stays as it is: others would lose it. So does one that is not ours to change.

    Raises:
        Trouble: there is none and it can't be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(
            f"The folder {folder} can't be made ({error.strerror}): set HEARTH_STATE_DIR to one that can."
        ) from error
    found = stat.S_IMODE(folder.stat().st_mode)
    if not found & 0o077:
        return
    try:
        if found & stat.S_ISVTX:
            raise PermissionError
        folder.chmod(0o700)
    except PermissionError:
        print(f"Others can look into {folder}: set HEARTH_STATE_DIR to a folder of Hearth's own.", file=sys.stderr)
