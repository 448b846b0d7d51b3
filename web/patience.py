"""How often a message is tried again when the assistant is there but does not answer it."""

from __future__ import annotations

import time
from collections.abc import Callable

MOST_TRIES = 5
FIRST_PAUSE_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 60.0


class Patience:
    """Longer and longer pauses; after five tries the messages behind it are no longer kept waiting.

    The message itself stays marked as waiting, so that a person is asked to see to it. Nothing here is stored: a restart
    of the process tries everything again.

    Args:
        monotonic: gives seconds that only grow.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._tries: dict[str, int] = {}
        self._not_before: dict[str, float] = {}

    def lose(self, conversation_id: str, message_id: str) -> None:
        """A message was not answered though the assistant is there."""
        tries = self._tries[message_id] = self._tries.get(message_id, 0) + 1
        pause = LONGEST_PAUSE_SECONDS if tries >= MOST_TRIES else FIRST_PAUSE_SECONDS * 2 ** (tries - 1)
        self._not_before[conversation_id] = self._monotonic() + pause

    def regain(self, conversation_id: str, message_id: str) -> None:
        """A message was answered."""
        self._tries.pop(message_id, None)
        self._not_before.pop(conversation_id, None)

    def may_try(self, conversation_id: str) -> bool:
        """Whether the pause is over."""
        return self._monotonic() >= self._not_before.get(conversation_id, 0.0)

    def lost_with(self, message_id: str) -> bool:
        """Whether a message has been tried often enough."""
        return self._tries.get(message_id, 0) >= MOST_TRIES
