"""The real web, Rasa and action servers on free ports, with a state folder of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx

from bench.support.ports import free_port
from bench.support.waiting import wait_until
from enquiry.settings import ROOT, Settings
from enquiry.setup.prepare import prepare_store
from enquiry.setup.report import SetupReport
from enquiry.store.engine import Store

BOT_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"


@dataclass
class Servers:
    """Web, Rasa and actions, and the worker where it is started. Each can be killed and started again on its own."""

    state: Path
    ports: dict[str, int] = field(default_factory=lambda: {name: free_port() for name in ("web", "rasa", "actions")})
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    prepared: SetupReport | None = None
    # A process may run from another folder with the project's files in it, as after somebody has changed data/.
    roots: dict[str, Path] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.ports['web']}"

    @property
    def settings(self) -> Settings:
        return Settings(
            state_dir=self.state,
            web_port=self.ports["web"],
            rasa_port=self.ports["rasa"],
            actions_port=self.ports["actions"],
        )

    def store(self) -> Store:
        """The store behind the servers."""
        return Store(self.settings.store_url)

    def start_all(self) -> None:
        """Make the store, start the three, and wait until the assistant is awake."""
        self.prepared = prepare_store(self.settings, datetime.now(UTC))
        for name in ("web", "actions", "rasa"):
            self.start(name)
        self.wait_for_presence("awake")

    def start(self, name: str) -> None:
        """Start one process, which may be the worker as well."""
        python = BOT_PYTHON if name == "rasa" else Path(sys.executable)
        root = self.roots.get(name, ROOT)
        module = "bot.server.serve" if name == "rasa" else name
        environment = {
            **os.environ,
            "PYTHONPATH": str(root),
            "HEARTH_STATE_DIR": str(self.state),
            "HEARTH_WEB_PORT": str(self.ports["web"]),
            "HEARTH_RASA_PORT": str(self.ports["rasa"]),
            "HEARTH_ACTIONS_PORT": str(self.ports["actions"]),
            "HEARTH_MESSAGES_PER_MINUTE": "5000",
            "HEARTH_CONVERSATIONS_PER_HOUR": "5000",
            "HEARTH_SIGN_INS_PER_MINUTE": "5000",
            "LOG_LEVEL": "ERROR",
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        with (self.state / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [str(python), "-m", module], cwd=root, env=environment, stdout=log, stderr=log
            )
        if name == "web":
            wait_until(lambda: self._answers("/health"), "the web process to answer", 300)

    def kill(self, name: str) -> None:
        """End one process as hard as a crash would."""
        process = self.processes.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def stop_all(self) -> None:
        """End all of them."""
        for name in list(self.processes):
            self.processes[name].terminate()
        for name, process in list(self.processes.items()):
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            del self.processes[name]

    def wait_for_presence(self, presence: str) -> None:
        """Wait until the web process has noticed how the assistant is."""
        wait_until(
            lambda: self._presence() == presence, f"the assistant to be {presence}; see {self.state}/rasa.log", 900
        )

    def _presence(self) -> str:
        try:
            return str(httpx.get(f"{self.address}/api/status", timeout=5).json()["assistant"])
        except (httpx.HTTPError, ValueError, KeyError):
            return ""

    def _answers(self, path: str) -> bool:
        try:
            return httpx.get(self.address + path, timeout=5).status_code == 200
        except httpx.HTTPError:
            return False
