"""Wait for something that comes about by itself, such as a server that starts."""

from __future__ import annotations

import time
from collections.abc import Callable


def wait_until(holds: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Ask again and again until something holds; fail with what was waited for."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"Waited {seconds} s in vain for {what}.")
        time.sleep(0.02)
