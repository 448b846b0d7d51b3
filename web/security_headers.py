"""Headers that every answer has, for browsers to keep to."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from enquiry.agencies.agency import Agency

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
)

CAREFUL = {
    "Content-Security-Policy": POLICY + "'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    # A page shows what one person typed; no cache on the way may keep it.
    "Cache-Control": "no-store",
}


# The address of a link to carry on, or of a booking, is a secret: it is given to no other site, and no search engine keeps it.
# With "no-referrer" a browser would send the forms of these pages with `Origin: null`, as a stranger's page can: web/origin.py.
SECRET_ADDRESS = {"Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex, nofollow"}


class SafetyHeaders:
    """Adds the content security policy and its companions.

    Only a chat page may stand in a frame: on our own pages and on the agency's.
    """

    def __init__(self, app: ASGIApp, agencies: Mapping[str, Agency], address: str) -> None:
        self.app = app
        self.agencies = agencies
        self.address = address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy = POLICY + self._framed_by(scope["path"])
        wanted = {
            **CAREFUL,
            "Content-Security-Policy": policy,
            **(SECRET_ADDRESS if _has_a_secret(scope["path"]) else {}),
        }

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in wanted.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers)

    def _framed_by(self, path: str) -> str:
        parts = path.split("/")
        framed = len(parts) > 2 and parts[1] == "chat" and not _has_a_secret(path)
        agency = self.agencies.get(parts[2]) if framed else None
        return " ".join(("'self'", self.address, *agency.web_origins)) if agency else "'none'"


def _has_a_secret(path: str) -> bool:
    parts = path.split("/")
    carries_on = len(parts) > 3 and parts[1] == "chat" and parts[3] == "return"
    return carries_on or parts[1] == "booking" or (len(parts) > 3 and parts[1] == "book" and parts[3] == "visit")
