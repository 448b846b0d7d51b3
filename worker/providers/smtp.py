"""E-mails through a mail server. It can't be asked afterwards whether it took one: docs/decisions/0019 says what follows."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from email.errors import MessageError
from email.utils import parseaddr

from enquiry.outbox.failures import Reason
from enquiry.smtp_address import MailServer, Protection
from enquiry.store.models import OutboxMessage
from worker.providers.contract import Away, HandOver, InDoubt, NotSent, Refused
from worker.providers.email_format import as_email, domain_of, recipient_of

# A server that hangs must not hold up everything else the worker does.
SECONDS_FOR_A_REPLY = 8.0
# Servers look through a mail before they say that they took it; a time-out there leaves a message in doubt.
SECONDS_TO_TAKE_IT = 30.0
OK = 250


class SmtpProvider:
    """Hands each message over in a connection of its own.

    Args:
        server: where, and as whom.
        sender: From, as `Name <address>` or an address.
        certificates: whose certificates are believed; the machine's when None.
    """

    def __init__(self, server: MailServer, sender: str, certificates: ssl.SSLContext | None = None) -> None:
        self._server = server
        self._sender = sender
        self._certificates = certificates or ssl.create_default_context()

    def send(self, message: OutboxMessage, hand_over: HandOver) -> None:
        """Send one e-mail. Raises as `Provider.send` does."""
        try:
            recipient = recipient_of(message).addr_spec
            text = as_email(message, self._sender).as_bytes()
        except (ValueError, MessageError, IndexError) as error:
            # What it can't be made of stays what it is. (The library has an IndexError for some addresses.)
            raise Refused(Reason.UNREADABLE_ADDRESS) from error
        with self._connection() as server:
            with _before_data():
                self._name_both(server, recipient)
            hand_over()
            self._give(server, text)

    @contextlib.contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        with _before_data():
            server = self._connect()
        try:
            yield server
        finally:
            # Said without waiting for an answer: nothing may stand between the server's yes and our note of it.
            with contextlib.suppress(OSError, smtplib.SMTPException):
                server.putcmd("QUIT")
            server.close()

    def _connect(self) -> smtplib.SMTP:
        where, us = self._server, domain_of(self._sender)
        if where.protection is Protection.TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                where.host, where.port, local_hostname=us, timeout=SECONDS_FOR_A_REPLY, context=self._certificates
            )
        else:
            server = smtplib.SMTP(where.host, where.port, local_hostname=us, timeout=SECONDS_FOR_A_REPLY)
        try:
            if where.protection is Protection.STARTTLS:
                server.starttls(context=self._certificates)
            if where.user:
                server.login(where.user, where.password)
            server.ehlo_or_helo_if_needed()
        except BaseException:
            server.close()
            raise
        return server

    def _name_both(self, server: smtplib.SMTP, recipient: str) -> None:
        options = []
        if not recipient.isascii():
            if not server.has_extn("smtputf8"):
                raise Refused(Reason.UNREADABLE_ADDRESS)
            options = ["SMTPUTF8", "BODY=8BITMIME"]
            server.command_encoding = "utf-8"
        code, said = server.mail(parseaddr(self._sender)[1], options)
        if code != OK:
            # It would take nothing from this sender, so it is not about this message.
            raise Away(Reason.NOT_TAKEN, _words(code, said))
        code, said = server.rcpt(recipient)
        if code == 421:
            raise Away(Reason.NOT_TAKEN, _words(code, said))
        if code not in (OK, 251):
            raise _refusal(code, said)

    def _give(self, server: smtplib.SMTP, text: bytes) -> None:
        if server.sock is not None:
            server.sock.settimeout(SECONDS_TO_TAKE_IT)
        try:
            code, said = server.data(text)
        except smtplib.SMTPDataError as no:
            # It said no before anything was given.
            raise _refusal(no.smtp_code, no.smtp_error) from no
        except (OSError, smtplib.SMTPException) as trouble:
            raise InDoubt(Reason.UNSETTLED) from trouble
        if code != OK:
            raise _refusal(code, said)


@contextlib.contextmanager
def _before_data() -> Iterator[None]:
    """Whatever goes wrong here, nothing has been sent."""
    try:
        yield
    except smtplib.SMTPResponseException as trouble:
        raise Away(Reason.NOT_TAKEN, _words(trouble.smtp_code, trouble.smtp_error)) from trouble
    except (OSError, smtplib.SMTPException, ValueError) as trouble:
        raise Away(Reason.AWAY, str(trouble) or type(trouble).__name__) from trouble


def _refusal(code: int, said: bytes | str) -> NotSent:
    words = _words(code, said)
    return Refused(Reason.REFUSED, words) if 500 <= code < 600 else NotSent(Reason.NOT_TAKEN, words)


def _words(code: int, said: bytes | str) -> str:
    return f"{code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"
