"""Messages as files, for trying things out and for installations that send in another way."""

from __future__ import annotations

import os
from pathlib import Path

from enquiry.outbox.failures import Reason
from enquiry.store.models import OutboxMessage
from worker.providers.contract import Away, HandOver


class FileProvider:
    """Puts each message into a file of its own, and its calendar file beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: OutboxMessage, hand_over: HandOver) -> None:
        """Write `<time>-<id>.txt` and, where there is one, `<time>-<id>.ics`.

        The same message gets the same name, so sending it again leaves one file, and nothing needs to be asked.
        """
        stem = f"{message.created_at:%Y%m%dT%H%M%S}-{message.id}"
        text = f"To: {message.recipient}\nBy: {message.channel}\nSubject: {message.subject}\n\n{message.body}\n"
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            # First, so that whoever takes the message away finds its calendar.
            if message.calendar:
                self._write(f"{stem}.ics", message.calendar)
            self._write(f"{stem}.txt", text)
        except OSError as error:
            raise Away(Reason.NO_FILE, str(error)) from error

    def _write(self, name: str, text: str) -> None:
        half = self.folder / f".{name}.half"
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        # As it is: a calendar file has line ends of its own.
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            out.write(text)
        # Whoever watches the folder never sees half a message.
        half.rename(self.folder / name)
