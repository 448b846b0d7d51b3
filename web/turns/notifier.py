"""Tells the open pages of a conversation, within this process, that there is something new to read."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import suppress


class Notifier:
    """Wakes who waits for a conversation. What is new is read from the store, never from here."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self.closing = False

    def notify(self, conversation_id: str) -> None:
        """Wake who waits for a conversation: something was added to it."""
        for event in self._waiting.get(conversation_id, ()):
            event.set()

    def close(self) -> None:
        """End every open stream, as the process ends."""
        self.closing = True
        for events in self._waiting.values():
            for event in events:
                event.set()

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        """Wait until there is something new to read, or until the seconds are over."""
        if not self.closing:
            with suppress(TimeoutError):
                await asyncio.wait_for(event.wait(), seconds)
        event.clear()

    def join(self, conversation_id: str) -> asyncio.Event:
        """Begin to listen; the event is set by `notify`. Join before reading, so that nothing falls in between."""
        event = asyncio.Event()
        self._waiting[conversation_id].add(event)
        return event

    def listeners(self, conversation_id: str) -> int:
        """How many listen to a conversation."""
        return len(self._waiting.get(conversation_id, ()))

    def leave(self, conversation_id: str, event: asyncio.Event) -> None:
        """Stop listening."""
        listeners = self._waiting.get(conversation_id)
        if listeners is not None:
            listeners.discard(event)
            if not listeners:
                del self._waiting[conversation_id]
