"""Rasa's own memory of conversations is short: what has to last is in Hearth's store, which Rasa never sees.

A conversation goes on without it: an answer that arrives with no loop running starts the loop again (data/rules/screening.yml).
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

KEPT_SECONDS = 24 * 3600
LOOK_EVERY_SECONDS = 3600


class Memory:
    """The database file of Rasa's tracker store, for deleting from it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._looked = 0.0

    def forget(self, sender: str) -> None:
        """Delete all that Rasa keeps of one conversation."""
        self._delete("sender_id = ?", sender)

    def forget_old(self, now: float) -> None:
        """Delete what is older than a day; does nothing when it has looked within the hour.

        Args:
            now: seconds since 1970.
        """
        if now - self._looked >= LOOK_EVERY_SECONDS:
            self._looked = now
            self._delete("timestamp < ?", now - KEPT_SECONDS)

    def _delete(self, where: str, value: object) -> None:
        if not self._file.exists():
            return
        with closing(sqlite3.connect(self._file, timeout=5)) as connection, connection:
            connection.execute("PRAGMA secure_delete = ON")
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone():
                connection.execute(f"DELETE FROM events WHERE {where}", (value,))


def now() -> float:
    """Seconds since 1970."""
    return time.time()
