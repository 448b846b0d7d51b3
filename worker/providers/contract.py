"""The contract of every way of sending."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from enquiry.outbox.failures import Reason
from enquiry.store.models import OutboxMessage

# Called just before the point after which a provider can't be asked whether it took the message. Raises NotOurs.
HandOver = Callable[[], None]


class NotDelivered(Exception):
    """The message did not go, or may not have gone.

    Args:
        reason: why; data/wording/outbox.yml has the sentence.
        why: what the other side gave as its reason.
    """

    def __init__(self, reason: Reason, why: str = "") -> None:
        super().__init__(f"{reason}: {why}")
        self.reason = reason
        self.why = why


class NotSent(NotDelivered):
    """It did not go, for certain. It is tried again later."""

    # How long the next try waits at least.
    wait = timedelta()


class Away(NotSent):
    """Nor would any other just now: the provider is not there, or takes nothing from us. The rest waits for the next round."""


class AskFirst(Away):
    """The provider may have taken it without saying so, and can be asked. It may need a while to know, so the wait is longer."""

    wait = timedelta(minutes=2)


class Refused(NotSent):
    """It did not go, for certain, and never will as it is."""


class InDoubt(NotDelivered):
    """Nobody can tell whether it went. It is not tried again by itself."""


class NotOurs(Exception):
    """It must not be sent by us any more: it was taken back, or another worker has it."""


class Provider(Protocol):
    """A way of sending."""

    def send(self, message: OutboxMessage, hand_over: HandOver) -> None:
        """Send one message, or see that it has gone in an earlier try.

        Args:
            hand_over: called by a provider that can't be asked afterwards, at the last moment before it can't go back.
        Raises:
            NotSent, Refused, InDoubt: as they say.
            NotOurs: from hand_over; nothing was sent.
        """
