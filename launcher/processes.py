"""The processes that together are Hearth, in the order they are started."""

from __future__ import annotations

import enum
import shlex
from dataclasses import dataclass
from pathlib import Path

from enquiry.settings import Settings

WEB_PYTHON = ".venv/bin/python"
BOT_PYTHON = "bot/.venv/bin/python"


class Start(enum.Enum):
    """When a process is started."""

    AT_ONCE = "at once"
    # Nobody waits for it yet; on two processors the page is up a second sooner.
    BEHIND_WEB = "behind web"


@dataclass(frozen=True)
class Process:
    """One process: its name in the output, its Python, its module and when it starts."""

    name: str
    python: str
    module: str
    start: Start


PROCESSES = (
    Process("web", WEB_PYTHON, "web", Start.AT_ONCE),
    Process("rasa", BOT_PYTHON, "bot.serve", Start.AT_ONCE),
    Process("actions", WEB_PYTHON, "actions", Start.BEHIND_WEB),
    Process("worker", WEB_PYTHON, "worker", Start.BEHIND_WEB),
)


def reachable_host(settings: Settings) -> str:
    """Where this machine reaches web: an address that means "everywhere" can't be called."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.web_host, settings.web_host)


def kept_command(root: Path, process: Process, settings: Settings) -> str:
    """The shell command that runs a process under its keeper.

    exec: the shell steps aside, so that a signal reaches the keeper.
    """
    # -S: the keeper needs the standard library only, and starts faster without the rest.
    words = [str(root / WEB_PYTHON), "-S", "-m", "launcher.keep", process.name]
    if process.start is Start.BEHIND_WEB:
        words += ["--after", f"{reachable_host(settings)}:{settings.web_port}"]
    words += ["--", str(root / process.python), "-m", process.module]
    return "exec " + shlex.join(words)
