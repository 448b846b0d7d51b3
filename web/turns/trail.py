"""The trail of a message through the log: received, answered, late, or the assistant away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from structlog.contextvars import bound_contextvars

from enquiry.operating.logs import current_request_id, event_log, request_id_of

log = event_log()


class MessageTrail:
    """Remembers, for messages on their way, the request each came with. Nothing is stored: after a restart they get new ids."""

    def __init__(self) -> None:
        self._requests: dict[str, str] = {}
        # Whoever sent these was told to wait.
        self._late: set[str] = set()

    def begin(self, message_id: str) -> None:
        """A message came with the request that is being dealt with."""
        self._requests[message_id] = current_request_id() or request_id_of(None)

    def leave_waiting(self, message_id: str) -> None:
        """Its sender has been told that the answer comes later."""
        if message_id in self._requests:
            self._late.add(message_id)

    @contextmanager
    def follow(self, conversation_id: str, message_id: str) -> Iterator[str]:
        """Tell all that happens inside under the message's own request id, which is given."""
        if message_id not in self._requests:
            # Left from before a restart.
            self._requests[message_id] = request_id_of(None)
            self._late.add(message_id)
        request_id = self._requests[message_id]
        with bound_contextvars(request_id=request_id, conversation_id=conversation_id, message_id=message_id):
            yield request_id

    def end(self, message_id: str, replies: int) -> None:
        """It has been answered. Where its sender still waits, that is told with how long it took."""
        self._requests.pop(message_id, None)
        if message_id in self._late:
            self._late.discard(message_id)
            log.info("message_answered_later", replies=replies)
