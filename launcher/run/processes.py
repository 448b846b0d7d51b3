"""The processes that together are Hearth, in the order they are started."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from enquiry.settings import Settings

# All that the assistant needs to know. It reads what strangers type with large libraries, and needs no key and no store.
FOR_THE_ASSISTANT = frozenset(
    "PATH HOME LANG LANGUAGE LC_ALL LC_CTYPE TZ TMPDIR LD_LIBRARY_PATH XDG_CACHE_HOME PYTHONPATH PYTHONUNBUFFERED "
    "OMP_NUM_THREADS HEARTH_STATE_DIR HEARTH_MODEL HEARTH_RASA_PORT HEARTH_ACTIONS_PORT".split()
)
LOOPBACK = "127.0.0.1"
WEB_PYTHON = ".venv/bin/python"
BOT_PYTHON = "bot/.venv/bin/python"


class Start(enum.Enum):
    """When a process is started."""

    AT_ONCE = "at once"
    # Nobody waits for it yet; on two processors the page is up a second sooner.
    BEHIND_WEB = "behind web"


@dataclass(frozen=True)
class Process:
    """One process: its name in the output, its Python, its module, when it starts, and the variables it may know."""

    name: str
    python: str
    module: str
    start: Start
    knows: frozenset[str] | None = None  # None: every variable

    def environment(self, ours: Mapping[str, str]) -> dict[str, str]:
        """What it is given of our environment."""
        return {name: value for name, value in ours.items() if self.knows is None or name in self.knows}


PROCESSES = (
    Process("web", WEB_PYTHON, "web", Start.AT_ONCE),
    Process("rasa", BOT_PYTHON, "bot.server.serve", Start.AT_ONCE, FOR_THE_ASSISTANT),
    Process("actions", WEB_PYTHON, "actions", Start.BEHIND_WEB),
    Process("worker", WEB_PYTHON, "worker", Start.BEHIND_WEB),
)


def reachable_host(settings: Settings) -> str:
    """Where this machine reaches web: an address that means "everywhere" can't be called."""
    return {"0.0.0.0": LOOPBACK, "::": "::1"}.get(settings.web_host, settings.web_host)
