"""The console behind a real address, for a browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from playwright.sync_api import Page

from bench.support.attempts import project_catalogue
from bench.support.ports import free_port
from bench.support.waiting import wait_until
from enquiry.enums import Role
from tests.support.console_example import NOW, Example
from web.app import create_app
from web.console.auth import COOKIE


@dataclass
class Console:
    """The web application with people in its store, at half past two on a Monday."""

    example: Example
    address: str

    def sign_in(self, page: Page, role: Role = Role.COORDINATOR) -> None:
        page.context.add_cookies(
            [{"name": COOKIE, "value": self.example.secrets[role], "url": f"{self.address}/console"}]
        )

    def handoff(self, name: str) -> str:
        return f"{self.address}/console/handoffs/{self.example.handoffs[name]}"

    def enquiry(self, name: str) -> str:
        return f"{self.address}/console/enquiries/{self.example.references[name]}"


@contextmanager
def serve(example: Example) -> Iterator[Console]:
    """Serve the web application over a store until the end of the block; it stands still in time."""
    port = free_port()
    app = create_app(example.settings, example.store, project_catalogue(), lambda: NOW)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_until(lambda: server.started, "the console to be up")
    yield Console(example, f"http://127.0.0.1:{port}")
    server.should_exit = True
    thread.join()
    example.store.close()
