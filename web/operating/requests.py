"""One line in the log for each request, and an id by which it is followed through all processes."""

from __future__ import annotations

import time
from logging import DEBUG, INFO, LogRecord

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars, clear_contextvars

from enquiry.operating.logs import event_log, request_id_of

REQUEST_ID = "X-Request-Id"
# Asked for again and again, or many for a page: seen in the log where they go wrong.
QUIET = frozenset({"/health", "/ready", "/metrics", "/api/status", "/assets/{digest}/{name:path}", "/widget.js"})
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
log = event_log()


class RequestLog:
    """Gives each request its id, sends it back along with the answer, and tells when it is done.

    Of the address only the route's template is told: what stands in its places are keys of conversations and bookings.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500
        request_id = request_id_of(Headers(scope=scope).get(REQUEST_ID))
        # Each request is a task of its own, and what is bound here ends with it; uvicorn's own lines about it carry the id, too.
        clear_contextvars()
        bind_contextvars(request_id=request_id)

        async def with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request_id
            await send(message)

        try:
            await self.app(scope, receive, with_id)
        except Exception as error:
            # Told here, where its route and id are known; whoever answers it and ends the connection comes after us.
            log.error("request_failed", exc_info=error, **_about(scope, 500, began))
            raise
        about = _about(scope, status, began)
        log.log(DEBUG if about["route"] in QUIET and status < 400 else INFO, "request_done", **about)


def not_told_already(record: LogRecord) -> bool:
    """Leave out what uvicorn says of an error in the application: it has been told with its route and request id."""
    return not (record.exc_info and record.getMessage().startswith("Exception in ASGI application"))


def _about(scope: Scope, status: int, began: float) -> dict[str, str | int | float]:
    return {
        "method": scope["method"] if scope["method"] in METHODS else "other",
        "route": getattr(scope.get("route"), "path", "none"),
        "status": status,
        "milliseconds": round((time.perf_counter() - began) * 1000, 1),
    }
