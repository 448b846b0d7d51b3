"""A real browser and a real web process for the page tests."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, Playwright, ViewportSize, sync_playwright

from bench.support.ports import free_port
from bench.support.waiting import wait_until
from enquiry.settings import ROOT, Settings
from enquiry.setup.prepare import prepare_store
from enquiry.store.engine import Store
from tests.support.fake_assistant import FakeAssistant

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE = ViewportSize(width=320, height=640)
TALL_PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1280, height=800)
AXE = ROOT / "node_modules/axe-core/axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Site:
    """One web process with its own state, and the assistant it talks to."""

    state: Path
    port: int
    assistant: FakeAssistant
    settings: Settings = field(init=False)
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.settings = Settings(
            state_dir=self.state, web_port=self.port, rasa_port=self.assistant.port, actions_port=self.assistant.port
        )

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def chat(self) -> str:
        return f"{self.address}/chat/leicestershire"

    def start(self) -> None:
        """Start the web process and wait until it answers."""
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "HEARTH_STATE_DIR": str(self.state),
            "HEARTH_WEB_PORT": str(self.port),
            "HEARTH_RASA_PORT": str(self.assistant.port),
            "HEARTH_ACTIONS_PORT": str(self.assistant.port),
            "HEARTH_ASSISTANT_SECONDS": "2",
            "HEARTH_MESSAGES_PER_MINUTE": "200",
            "HEARTH_CONVERSATIONS_PER_HOUR": "2000",
            "HEARTH_BOOKINGS_PER_HOUR": "2000",
        }
        self.process = subprocess.Popen([sys.executable, "-m", "web"], cwd=ROOT, env=environment)
        wait_until(lambda: _answers(f"{self.address}/health"), "the web process to answer", seconds=20)

    def stop(self) -> None:
        """End the web process, as hard as a crash would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def wait_for_presence(self, presence: str) -> None:
        """Wait until the web process has noticed how the assistant is."""
        wanted = f'"{presence}"'
        wait_until(lambda: wanted in _read(f"{self.address}/api/status"), f"the assistant to be {presence}")

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The store behind the pages."""
        store = Store(self.settings.store_url)
        try:
            yield store
        finally:
            store.close()


def say(place: Page | FrameLocator, text: str) -> None:
    """Type a message into a chat and send it."""
    place.get_by_label("Your message").fill(text)
    place.get_by_role("button", name="Send").click()


def _read(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""


def _answers(address: str) -> bool:
    return bool(_read(address))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium when it is there, else Playwright's own."""
    own = str(CHROMIUM) if CHROMIUM.exists() else None
    browser = playwright.chromium.launch(executable_path=own, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def running_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site for all tests of a file; each test leaves it running."""
    assistant = FakeAssistant(free_port())
    site = Site(tmp_path_factory.mktemp("state"), free_port(), assistant)
    prepare_store(site.settings, datetime.now(UTC))
    assistant.start()
    site.start()
    yield site
    site.stop()
    assistant.stop()


@pytest.fixture
def site(running_site: Site) -> Site:
    """The site, with everything up and the assistant at its plainest."""
    running_site.assistant.reset()
    running_site.assistant.start()
    if running_site.process is None:
        running_site.start()
    running_site.wait_for_presence("awake")
    return running_site


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport=DESKTOP, locale="en-GB", timezone_id="Europe/London", reduced_motion="reduce"
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A desktop page; `page.set_viewport_size(PHONE)` makes it a phone's."""
    return context.new_page()


@pytest.fixture
def check_accessibility() -> Callable[[Page], None]:
    """Run axe on a page, frames included, and fail with what it found."""

    def check(page: Page) -> None:
        found = []
        for frame in page.frames:
            frame.evaluate(AXE.read_text())
            result = frame.evaluate("tags => axe.run(document, {runOnly: tags, iframes: false})", AXE_TAGS)
            found += [
                f"{violation['id']}: {violation['help']}: {[node['html'][:200] for node in violation['nodes']]}"
                for violation in result["violations"]
            ]
        assert found == []

    return check
