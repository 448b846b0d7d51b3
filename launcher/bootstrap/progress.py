"""Long steps, shown while they run: a moving line on a terminal, plain lines anywhere else.

Standard library only and Python 3.8.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator

SPINNER = "|/-\\"


class Progress:
    """One long step on standard error."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._started = time.monotonic()
        self._terminal = sys.stderr.isatty()
        self._turn = 0

    def begin(self) -> None:
        if not self._terminal:
            print(self._title + "…", file=sys.stderr, flush=True)

    def tick(self) -> None:
        """Move the spinner; call it a few times a second."""
        if self._terminal:
            self._turn += 1
            mark = SPINNER[self._turn % len(SPINNER)]
            sys.stderr.write(f"\r\033[K{self._title}… {mark} {self._seconds():.0f} s")
            sys.stderr.flush()

    def end(self, word: str) -> None:
        """Close the line with a word such as "done"."""
        if self._terminal:
            sys.stderr.write("\r\033[K")
        print(f"{self._title}… {word} in {max(1, round(self._seconds()))} s", file=sys.stderr, flush=True)

    def _seconds(self) -> float:
        return time.monotonic() - self._started


@contextlib.contextmanager
def step(title: str) -> Iterator[Progress]:
    """Show a step that may run several programs.

    Args:
        title: what is being done, as a sentence without its full stop.
    """
    progress = Progress(title)
    progress.begin()
    try:
        yield progress
    except BaseException:
        progress.end("not done, stopped")
        raise
    progress.end("done")
