"""A limit on how much a request may hold."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Some 10,000 characters of up to 12 bytes each (a pair of JSON escapes, a percent-encoded emoji): who typed too much
# shall be told the limit and keep the text. Beyond that nobody typed.
LARGEST_BODY = 192 * 1024


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
