"""What a process tells in its log, as a test reads it."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from enquiry.operating.logs import LineFormatter


class LogLines:
    """The lines so far."""

    def __init__(self) -> None:
        self.out = io.StringIO()

    @property
    def text(self) -> str:
        """As they are written."""
        return self.out.getvalue()

    @property
    def all(self) -> list[dict[str, Any]]:
        """Each as what it tells."""
        return [json.loads(line) for line in self.text.splitlines()]

    def of(self, event: str) -> list[dict[str, Any]]:
        """Those of one event."""
        return [line for line in self.all if line["event"] == event]

    def events(self) -> list[str]:
        """The events in order."""
        return [line["event"] for line in self.all]


@contextmanager
def logged(process: str = "test") -> Iterator[LogLines]:
    """What is told while the test goes on, our own lines and those of libraries."""
    lines = LogLines()
    handler = logging.StreamHandler(lines.out)
    handler.setFormatter(LineFormatter(process, as_json=True))
    logging.getLogger().addHandler(handler)
    try:
        yield lines
    finally:
        logging.getLogger().removeHandler(handler)
