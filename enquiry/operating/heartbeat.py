"""The worker's sign of life: a file in the state folder that it touches in each round.

A file and no row: it is there while the store is away, so that the two can be told apart, and a worker with nothing to do does not
become a writer of the store.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

FILE = "worker.alive"


def beat(state: Path) -> None:
    """Say that the worker works."""
    state.mkdir(parents=True, exist_ok=True)
    (state / FILE).touch(mode=0o600)


def last_beat(state: Path) -> datetime | None:
    """When the worker last said so; None when it never did here."""
    try:
        return datetime.fromtimestamp((state / FILE).stat().st_mtime, UTC)
    except FileNotFoundError:
        return None
