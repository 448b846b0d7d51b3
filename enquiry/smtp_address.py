"""The address of a mail server as one setting: `smtp://user:password@host:587?starttls` or `smtps://user:password@host`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email.utils import getaddresses
from enum import StrEnum
from urllib.parse import unquote, urlsplit

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Protection(StrEnum):
    """How what is sent to the server is kept from others on the way."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


_PORTS = {Protection.NONE: 25, Protection.STARTTLS: 587, Protection.TLS: 465}


@dataclass(frozen=True)
class MailServer:
    """Where e-mails are handed over, and as whom."""

    host: str
    port: int
    protection: Protection
    user: str = ""
    password: str = field(default="", repr=False)


def mail_server(address: str) -> MailServer:
    """Read the address of a mail server. A user name or password with `@`, `:` or `/` in it is written in percent signs.

    Raises:
        ValueError: it is no such address, or a password would travel for everybody to read. The password is not in the text.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path not in ("", "/") or parts.fragment:
        raise ValueError("it has the form smtp://user:password@host:587?starttls or smtps://user:password@host")
    if parts.query not in ("", "starttls"):
        raise ValueError("after the question mark only starttls is known")
    if parts.scheme == "smtps":
        protection = Protection.TLS
    else:
        protection = Protection.STARTTLS if parts.query else Protection.NONE
    try:
        port = parts.port or _PORTS[protection]
    except ValueError:
        raise ValueError("its port is a number up to 65535") from None
    if parts.password and protection is Protection.NONE and parts.hostname not in LOOPBACK:
        raise ValueError("a password needs smtps:// or ?starttls, or others on the way could read it")
    return MailServer(parts.hostname, port, protection, unquote(parts.username or ""), unquote(parts.password or ""))


def check_sender(sender: str) -> str:
    """The sender of e-mails, `Name <address>` or an address alone, as it is.

    Raises:
        ValueError: there is no one address in it.
    """
    found = [address for _name, address in getaddresses([sender])]
    if (
        len(found) != 1
        or not re.fullmatch(r"[^\s@,;<>]+@[^\s@,;<>]+", found[0])
        or not found[0].isascii()
        or not sender.isprintable()
    ):
        raise ValueError("it has the form Name <name@council.example>")
    return sender
