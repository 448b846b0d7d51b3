"""A real mail server on this machine that keeps what it takes, and says no when told to."""

from __future__ import annotations

import asyncio
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from bench.support.ports import free_port

USER, PASSWORD = b"hearth", b"a pass:word@home/"


@dataclass
class MailBox:
    """What the server took, and what it answers. An answer of None is a yes; a list is used up from its front."""

    port: int = 0
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    to_recipient: list[str] = field(default_factory=list)
    to_sender: list[str] = field(default_factory=list)
    to_data: list[str] = field(default_factory=list)
    # Seconds between keeping a message and saying so.
    pause: Callable[[], float] = lambda: 0.0
    hang_up_after_taking: bool = False
    asked: threading.Event = field(default_factory=threading.Event)

    async def handle_MAIL(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_sender:
            return self.to_sender.pop(0)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.to_recipient:
            return self.to_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.to_data:
            return self.to_data.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        mail = message_from_bytes(content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.taken.append((envelope.rcpt_tos[0], mail))
        self.asked.set()
        await asyncio.sleep(self.pause())
        if self.hang_up_after_taking:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return "250 taken"

    def ids(self) -> list[str]:
        """The ids of our messages among what was taken, in order."""
        return [str(mail["Message-ID"]).strip("<>").partition("@")[0] for _to, mail in self.taken]


def check_password(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, sent: Any) -> AuthResult:
    """One account."""
    assert isinstance(sent, LoginPassword)
    return AuthResult(success=(sent.login, sent.password) == (USER, PASSWORD), handled=False)


@contextmanager
def mail_server(box: MailBox | None = None, certificate: ssl.SSLContext | None = None, **how: Any) -> Iterator[MailBox]:
    """Run the server.

    Args:
        certificate: for STARTTLS.
        how: further settings of aiosmtpd.
    """
    box = box or MailBox()
    box.port = free_port()
    # Its warning that passwords would travel unprotected is about other machines than this one.
    warnings.filterwarnings("ignore", message="Requiring AUTH while not requiring TLS")
    server = Controller(box, hostname="127.0.0.1", port=box.port, tls_context=certificate, **how)
    server.start()
    try:
        yield box
    finally:
        server.stop()
