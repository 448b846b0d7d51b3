"""Retention of Rasa's tracker store: a day. What has to last is in Hearth's store, which Rasa never sees.

A conversation goes on without it: an answer that arrives with no loop running starts the loop again (data/rules/screening.yml).
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

KEPT_SECONDS = 24 * 3600
CHECK_EVERY_SECONDS = 3600


class TrackerDatabase:
    """The database file of Rasa's tracker store, for deleting from it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._checked = 0.0

    def delete_conversation(self, sender: str) -> None:
        """Delete all that Rasa stored of one conversation. Idempotent."""
        self._delete("sender_id = ?", sender)

    def delete_old(self, now: float) -> None:
        """Delete what is older than a day, at most once an hour.

        Args:
            now: seconds since 1970.
        """
        if now - self._checked >= CHECK_EVERY_SECONDS:
            self._checked = now
            self._delete("timestamp < ?", now - KEPT_SECONDS)

    def _delete(self, where: str, value: object) -> None:
        if not self._file.exists():
            return
        with closing(sqlite3.connect(self._file, timeout=5)) as connection, connection:
            connection.execute("PRAGMA secure_delete = ON")
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone():
                connection.execute(f"DELETE FROM events WHERE {where}", (value,))
