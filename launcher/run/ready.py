"""Tells the person who started Hearth when the page is up and when the assistant is awake."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable

from enquiry.settings import Settings
from launcher.run.processes import reachable_host

LOOK_EVERY = 0.1
PAGE_SECONDS = 30.0
ASSISTANT_SECONDS = 90.0


def announce(settings: Settings, started: float, say: Callable[[str], None]) -> None:
    """Watch for the page, then for the assistant, and say so.

    Args:
        settings: for the addresses.
        started: when ./hearth was called, in seconds since 1970.
        say: shows a line.
    """
    host = reachable_host(settings)
    page = f"http://{f'[{host}]' if ':' in host else host}:{settings.web_port}/"
    if not _wait(PAGE_SECONDS, page):
        say(f"The page is not up after {PAGE_SECONDS:.0f} s: the lines marked web say why.")
    say(f"Chat:    {settings.address}/")
    say(f"Console: {settings.address}/console")
    parts = f"http://127.0.0.1:{settings.rasa_port}/", f"http://127.0.0.1:{settings.actions_port}/health"
    if _wait(ASSISTANT_SECONDS, *parts):
        say(f"The assistant is awake ({time.time() - started:.0f} s). Ctrl-C ends Hearth.")
    else:
        say(
            f"The assistant is not awake after {ASSISTANT_SECONDS:.0f} s: the lines marked rasa and actions say why. "
            "The page takes messages meanwhile."
        )


def _wait(seconds: float, *addresses: str) -> bool:
    until = time.monotonic() + seconds
    for address in addresses:
        while not answers(address):
            if time.monotonic() > until:
                return False
            time.sleep(LOOK_EVERY)
    return True


def answers(address: str) -> bool:
    """Whether a server answers there with anything but an error of its own."""
    # Straight to this machine: a proxy set for the outside world has no business here.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=2):
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except (OSError, urllib.error.URLError):
        return False
