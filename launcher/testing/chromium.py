"""The browser that the page tests drive: the machine's Chromium, else Playwright's own."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from launcher.bootstrap.programs import clean_environment, run_shown
from launcher.bootstrap.progress import step
from launcher.bootstrap.tools import Places
from launcher.bootstrap.troubles import StepFailed, why

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser_environment(root: Path) -> dict[str, str]:
    """What the page tests need to know to find a browser; fetches one when the machine has none.

    Returns:
        HEARTH_CHROMIUM, the program to run, or PLAYWRIGHT_BROWSERS_PATH, where Playwright finds its own.
    """
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is not None:
        return {"HEARTH_CHROMIUM": found}
    places = Places(root)
    browsers = {"PLAYWRIGHT_BROWSERS_PATH": str(places.tools / "browsers")}
    command = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    with step("Getting a browser for the page tests") as progress:
        try:
            run_shown(progress, command, places.log, root, clean_environment(browsers))
        except StepFailed as failed:
            raise why(failed.output, "a browser (or install Debian's chromium)", places.log) from failed
    return browsers
