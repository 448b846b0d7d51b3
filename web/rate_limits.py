"""How fast and how much: so that one visitor can't keep the chat from the others."""

from __future__ import annotations

import asyncio
import math
import time
from dataclasses import dataclass
from typing import Any

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from enquiry.operating.logs import event_log

log = event_log()

# Some 10,000 characters of up to 12 bytes each (a pair of JSON escapes, a percent-encoded emoji): who typed too much
# shall be told the limit and keep the text. Beyond that nobody typed.
LARGEST_BODY = 192 * 1024
HASHINGS_AT_ONCE = 2


@dataclass(frozen=True)
class TooFast(Exception):
    """Too much in too short a time; `seconds` is when to try again."""

    seconds: int


class TooManyChats(TooFast):
    """Too many conversations from one address."""


class Limits:
    """Counts in memory: one web process serves all, and a restart may forgive.

    Args:
        messages_per_minute: for one conversation.
        conversations_per_hour: for one network address.
        sign_ins_per_minute: tries of one network address, right or wrong; and, counted apart, its looks at links to carry on
            and its tries to find a booking.
        bookings_per_hour: of one network address; and, counted apart, its changes of bookings.
    """

    def __init__(
        self,
        messages_per_minute: int,
        conversations_per_hour: int,
        sign_ins_per_minute: int = 10,
        bookings_per_hour: int = 30,
    ) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._messages = RateLimitItemPerMinute(messages_per_minute)
        self._conversations = RateLimitItemPerHour(conversations_per_hour)
        self._sign_ins = RateLimitItemPerMinute(sign_ins_per_minute)
        self._bookings = RateLimitItemPerHour(bookings_per_hour)
        # Checking a password fills a core and 64 MB. What waits here holds no thread and no connection to the store.
        self.hashing = asyncio.Semaphore(HASHINGS_AT_ONCE)

    def count_message(self, conversation_id: str) -> None:
        """Count one message.

        Raises:
            TooFast: the conversation has used up its minute.
        """
        self._count(self._messages, f"message:{conversation_id}")

    def count_conversation(self, address: str) -> None:
        """Count one new conversation.

        Raises:
            TooManyChats: the address has used up its hour.
        """
        try:
            self._count(self._conversations, f"conversation:{address}")
        except TooFast as fast:
            raise TooManyChats(fast.seconds) from None

    def count_sign_in(self, address: str) -> None:
        """Count one try to sign in.

        Raises:
            TooFast: the address has used up its minute.
        """
        self._count(self._sign_ins, f"sign-in:{address}")

    def count_return(self, address: str) -> None:
        """Count one look at a link to carry on; as many are allowed as tries to sign in, and they are counted apart.

        Raises:
            TooFast: the address has used up its minute.
        """
        self._count(self._sign_ins, f"return:{address}")

    def count_booking(self, address: str) -> None:
        """Count one booking, place on a waiting list, or time that is kept for a visit.

        Raises:
            TooFast: the address has used up its hour.
        """
        self._count(self._bookings, f"booking:{address}")

    def count_booking_change(self, address: str) -> None:
        """Count one change of a booking.

        Raises:
            TooFast: the address has used up its hour.
        """
        self._count(self._bookings, f"booking-change:{address}")

    def count_booking_search(self, address: str) -> None:
        """Count one try to find a booking by its reference.

        Raises:
            TooFast: the address has used up its minute.
        """
        self._count(self._sign_ins, f"booking-search:{address}")

    def _count(self, item: RateLimitItem, key: str) -> None:
        if not self._limiter.hit(item, key):
            log.warning("limit_hit", limit=key.partition(":")[0])
            reset = self._limiter.get_window_stats(item, key).reset_time
            raise TooFast(seconds=max(1, math.ceil(reset - time.time())))


class BodyLimit:
    """Refuses a body that is larger than anything the pages send, before it is read into memory."""

    def __init__(self, app: ASGIApp, refusal: Response) -> None:
        self.app = app
        self.refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers: dict[bytes, bytes] = dict(scope["headers"])
        stated = headers.get(b"content-length", b"0")
        if not stated.isdigit() or int(stated) > LARGEST_BODY:
            await self.refusal(scope, receive, send)
            return
        await self.app(scope, self._counted(receive), send)

    @staticmethod
    def _counted(receive: Receive) -> Receive:
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message: dict[str, Any] = dict(await receive())
            taken += len(message.get("body", b""))
            # Sent in pieces and without a length: treated as if the client had gone.
            return {"type": "http.disconnect"} if taken > LARGEST_BODY else message

        return counted
