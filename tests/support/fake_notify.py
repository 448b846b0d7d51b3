"""A stand-in for GOV.UK Notify that checks what it is sent as Notify does, and keeps what it took by its reference."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import jwt

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"hearth_test-{SERVICE}-{SECRET}"
EMAIL_TEMPLATE, TEXT_TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a", "9d751e0e-f929-4891-82a1-a3e1c3c18ee3"
SECONDS_APART = 30
# What each way asks for: template, where the recipient stands, and the places of the template.
WAYS = {
    "/v2/notifications/email": (EMAIL_TEMPLATE, "email_address", {"subject", "body"}),
    "/v2/notifications/sms": (TEXT_TEMPLATE, "phone_number", {"body"}),
}


@dataclass
class FakeNotify:
    """What it took, and what it answers. `answers` is used up from its front: a status, and the error's name and sentence."""

    address: str = ""
    took: list[dict[str, Any]] = field(default_factory=list)
    asked_for: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    answers: list[tuple[int, str, str]] = field(default_factory=list)
    # It takes the message and then says nothing.
    vanish_after_taking: bool = False
    status: str = "sending"

    def take(self, path: str, sent: dict[str, Any]) -> dict[str, Any]:
        """Check a message and keep it."""
        template, recipient, places = WAYS[path]
        checks = {
            "another template": sent.get("template_id") == template,
            "no recipient": bool(sent.get(recipient)),
            "other places than the template has": set(sent.get("personalisation", {})) == places,
            "a place without words": all(sent.get("personalisation", {}).values()),
            "no reference": bool(sent.get("reference")),
            "fields nobody knows": set(sent) == {"template_id", recipient, "personalisation", "reference"},
        }
        self.complaints += [complaint for complaint, fine in checks.items() if not fine]
        self.took.append({"path": path, "recipient": sent.get(recipient), "status": self.status, **sent})
        return {"id": str(uuid4()), "reference": sent.get("reference"), "content": sent.get("personalisation")}

    def found(self, reference: str) -> dict[str, Any]:
        """What is kept under a reference."""
        self.asked_for.append(reference)
        kept = [
            {"id": str(uuid4()), "reference": reference, "status": one["status"]}
            for one in self.took
            if one["reference"] == reference
        ]
        return {"notifications": kept, "links": {"current": ""}}

    def signed(self, header: str | None) -> bool:
        """Whether a request is signed with the key, by this service, less than half a minute ago or ahead."""
        scheme, _, token = (header or "").partition(" ")
        try:
            claims = jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_iat": False})
        except jwt.InvalidTokenError as error:
            self.complaints.append(f"signature: {error}")
            return False
        good = scheme == "Bearer" and claims["iss"] == SERVICE and abs(time.time() - claims["iat"]) <= SECONDS_APART
        if not good:
            self.complaints.append("another service, or another time")
        return good


@contextmanager
def notify_server(notify: FakeNotify | None = None) -> Iterator[FakeNotify]:
    """Run it on this machine."""
    notify = notify or FakeNotify()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(notify))
    notify.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield notify
    finally:
        server.shutdown()
        server.server_close()


def _handler(notify: FakeNotify) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self._goes_wrong():
                return
            if self.path not in WAYS:
                self._say(404, {"errors": [{"error": "NotFound", "message": self.path}]})
                return
            taken = notify.take(self.path, sent)
            if notify.vanish_after_taking:
                self.close_connection = True
                return
            self._say(201, taken)

        def do_GET(self) -> None:
            if self._goes_wrong():
                return
            address = urlsplit(self.path)
            assert address.path == "/v2/notifications"
            self._say(200, notify.found(parse_qs(address.query)["reference"][0]))

        def _goes_wrong(self) -> bool:
            if not notify.signed(self.headers["Authorization"]):
                self._say(
                    403, {"status_code": 403, "errors": [{"error": "AuthError", "message": "Invalid token: signature"}]}
                )
                return True
            if notify.answers:
                status, name, sentence = notify.answers.pop(0)
                self._say(status, {"status_code": status, "errors": [{"error": name, "message": sentence}]})
                return True
            return False

        def _say(self, status: int, body: dict[str, Any]) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Nobody reads it."""

    return Handler
