"""Retries of a message when the assistant is there but does not answer it."""

from __future__ import annotations

import time
from collections.abc import Callable

MOST_TRIES = 5
FIRST_PAUSE_SECONDS = 2.0


class Retries:
    """Longer and longer pauses between the tries with one message, and an end to them after five.

    The message itself stays marked as waiting, so that a person is asked to see to it. Nothing here is stored: a restart
    of the process tries everything again.

    Args:
        monotonic: gives seconds that only grow.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._tries: dict[str, int] = {}
        self._not_before: dict[str, float] = {}

    def note_failure(self, message_id: str) -> None:
        """Note that a message was not answered though the assistant is there."""
        tries = self._tries[message_id] = self._tries.get(message_id, 0) + 1
        self._not_before[message_id] = self._monotonic() + FIRST_PAUSE_SECONDS * 2 ** (tries - 1)

    def note_answer(self, message_id: str) -> None:
        """Note that a message was answered."""
        self._tries.pop(message_id, None)
        self._not_before.pop(message_id, None)

    def tried(self, message_id: str) -> bool:
        """Whether a message was forwarded before, in vain."""
        return message_id in self._tries

    def may_try(self, message_id: str) -> bool:
        """Whether the pause is over and the tries are not used up."""
        return self._tries.get(message_id, 0) < MOST_TRIES and self._monotonic() >= self._not_before.get(
            message_id, 0.0
        )
