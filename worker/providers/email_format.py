"""A message as an e-mail, with its calendar in the two places where calendar programs look for it."""

from __future__ import annotations

import email.policy
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from enquiry.store.models import OutboxMessage

_METHOD = re.compile(r"^METHOD:([A-Z]+)[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)


def as_email(message: OutboxMessage, sender: str) -> EmailMessage:
    """The e-mail. Its Message-ID is made of the message's id: sent once more, it is the same, and may be dropped as a repeat.

    An invitation stands in it as an alternative to the text, with its method (RFC 6047), and as a file `invite.ics`.

    Raises:
        ValueError: the recipient is no address.
    """
    recipient = recipient_of(message)
    mail = EmailMessage(policy=email.policy.SMTP.clone(utf8=not recipient.addr_spec.isascii()))
    mail["From"] = sender
    mail["To"] = recipient
    # One line, whatever stands in it: a header ends where its line ends.
    mail["Subject"] = " ".join(message.subject.split())
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = message_id(message, sender)
    mail["Auto-Submitted"] = "auto-generated"
    # So that nobody's "out of office" comes back.
    mail["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    mail.set_content(message.body, cte="quoted-printable")
    if message.calendar:
        method = method_of(message.calendar)
        mail.add_alternative(message.calendar, subtype="calendar", cte="base64", params={"method": method})
        mail.add_attachment(
            message.calendar.encode(),
            maintype="application",
            subtype="ics",
            filename="invite.ics",
            params={"name": "invite.ics"},
        )
    return mail


def recipient_of(message: OutboxMessage) -> Address:
    """The one address it goes to; a domain with other letters in it is written as the network knows it.

    Raises:
        ValueError: it is no address, or more than one.
    """
    user, at, domain = message.recipient.rpartition("@")
    if (
        not (user and at and domain)
        or not message.recipient.isprintable()
        or re.search(r'[\s,;:<>()"\[\]\\]', message.recipient)
    ):
        raise ValueError("no address")
    return Address(username=user, domain=domain if domain.isascii() else domain.encode("idna").decode())


def message_id(message: OutboxMessage, sender: str) -> str:
    """The same for the same message, always."""
    return f"<{message.id}@{domain_of(sender)}>"


def domain_of(sender: str) -> str:
    """What stands behind the @."""
    return parseaddr(sender)[1].rpartition("@")[2]


def method_of(calendar: str) -> str:
    """What a calendar file is for: REQUEST invites or changes, CANCEL cancels, PUBLISH only tells."""
    found = _METHOD.search(calendar)
    return found.group(1).upper() if found else "PUBLISH"
