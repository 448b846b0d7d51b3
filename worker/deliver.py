"""Send what is in the outbox."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from enquiry.outbox import due_messages, mark_not_sent, mark_sent, something_due
from enquiry.store.engine import Store
from enquiry.store.models import OutboxMessage


class NotSent(Exception):
    """A message could not be sent; the text says why. It is tried again later."""


class Provider(Protocol):
    """A way of sending."""

    def send(self, message: OutboxMessage) -> None:
        """Send one message.

        Raises:
            NotSent: it did not work.
        """


class FileProvider:
    """Puts each message into a file of its own, for trying things out and for installations that send in another way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: OutboxMessage) -> None:
        """Write `<time>-<id>.txt`. The same message gets the same name, so sending it again leaves one file."""
        name = f"{message.created_at:%Y%m%dT%H%M%S}-{message.id}.txt"
        text = f"To: {message.recipient}\nBy: {message.channel}\nSubject: {message.subject}\n\n{message.body}\n"
        half = self.folder / f".{name}.half"
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                out.write(text)
            # Whoever watches the folder never sees half a message.
            half.rename(self.folder / name)
        except OSError as error:
            raise NotSent(str(error)) from error


def deliver_due(store: Store, provider: Provider, clock: Callable[[], datetime]) -> int:
    """Send the messages whose time has come.

    Each is sent outside any transaction, so that a slow provider holds nothing up.

    Returns:
        How many were sent.
    """
    with store.read() as session:
        # Looked first: a worker with nothing to do does not become a writer every two seconds.
        if not something_due(session, clock()):
            return 0
    with store.write() as session:
        messages = due_messages(session, clock())
    sent = 0
    for message in messages:
        try:
            provider.send(message)
        except NotSent as trouble:
            with store.write() as session:
                mark_not_sent(session, message.id, str(trouble), clock())
            continue
        with store.write() as session:
            mark_sent(session, message.id, clock())
        sent += 1
    return sent
