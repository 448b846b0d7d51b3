"""Rate limits, so that one visitor can't keep the chat from the others."""

from __future__ import annotations

import asyncio
import math
import time
from dataclasses import dataclass
from enum import StrEnum

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from enquiry.operating.logs import event_log

log = event_log()
HASHINGS_AT_ONCE = 2


class Counted(StrEnum):
    """What is counted, each by itself. Messages are those of one conversation, all else comes from one network address."""

    MESSAGE = "message"
    CONVERSATION = "conversation"
    SIGN_IN = "sign-in"  # a try, right or wrong
    RETURN = "return"  # a look at a link to carry on
    BOOKING = "booking"  # a booking, a place on a waiting list, or a time that is kept for a visit
    BOOKING_CHANGE = "booking-change"
    BOOKING_SEARCH = "booking-search"  # a try to find a booking by its reference


@dataclass(frozen=True)
class TooFast(Exception):
    """Too much in too short a time; `seconds` is when to try again."""

    what: Counted
    seconds: int

    @property
    def minutes(self) -> int:
        """When to try again, in whole minutes."""
        return -(-self.seconds // 60)

    @property
    def headers(self) -> dict[str, str]:
        """When to try again, for a client that is a program."""
        return {"Retry-After": str(self.seconds)}


class RateLimits:
    """Counts in memory: one web process serves all, and a restart may forgive.

    Args:
        messages_per_minute: for one conversation.
        conversations_per_hour: for one network address.
        sign_ins_per_minute: tries of one network address; as many looks at links to carry on, and tries to find a booking.
        bookings_per_hour: of one network address; as many changes of bookings.
    """

    def __init__(
        self,
        messages_per_minute: int,
        conversations_per_hour: int,
        sign_ins_per_minute: int = 10,
        bookings_per_hour: int = 30,
    ) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        tries, bookings = RateLimitItemPerMinute(sign_ins_per_minute), RateLimitItemPerHour(bookings_per_hour)
        self._allowed: dict[Counted, RateLimitItem] = {
            Counted.MESSAGE: RateLimitItemPerMinute(messages_per_minute),
            Counted.CONVERSATION: RateLimitItemPerHour(conversations_per_hour),
            Counted.SIGN_IN: tries,
            Counted.RETURN: tries,
            Counted.BOOKING_SEARCH: tries,
            Counted.BOOKING: bookings,
            Counted.BOOKING_CHANGE: bookings,
        }
        # Checking a password fills a core and 64 MB. What waits here holds no thread and no connection to the store.
        self.hashing = asyncio.Semaphore(HASHINGS_AT_ONCE)

    def count(self, what: Counted, whose: str) -> None:
        """Count one.

        Args:
            whose: id of the conversation for a message, else the network address.
        Raises:
            TooFast: as many as are allowed have been counted.
        """
        allowed = self._allowed[what]
        key = f"{what}:{whose}"
        if not self._limiter.hit(allowed, key):
            log.warning("limit_hit", limit=what.value)
            reset = self._limiter.get_window_stats(allowed, key).reset_time
            raise TooFast(what, seconds=max(1, math.ceil(reset - time.time())))
