"""E-mails and texts through GOV.UK Notify, which can be asked whether it has a message."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from enquiry.outbox.failures import Reason
from enquiry.store.models import OutboxMessage
from worker.providers.contract import AskFirst, Away, HandOver, NotSent, Refused

SECONDS_FOR_A_REPLY = 10
DID_NOT_ARRIVE = frozenset({"permanent-failure", "temporary-failure", "technical-failure"})
# What it refuses for good: https://docs.notifications.service.gov.uk/python.html#send-an-email-error-codes
_OF_THE_MESSAGE = frozenset({400, 404, 413})
# It said no before it took anything; any other answer leaves that open.
_TOOK_NOTHING = frozenset({401, 403, 429})


@dataclass(frozen=True)
class Templates:
    """Ids of the two templates there: an e-mail of ((subject)) and ((body)), a text of ((body))."""

    email: str
    text: str


class NotifyProvider:
    """Sends each message under its own id as the reference; before it is sent once more, Notify is asked for that reference.

    Args:
        key: the API key.
        templates: the two templates.
        address: of Notify, when it is not the one the client knows.
    """

    def __init__(self, key: str, templates: Templates, address: str = "") -> None:
        where = {"base_url": address} if address else {}
        self._client = NotificationsAPIClient(key, timeout=SECONDS_FOR_A_REPLY, **where)  # type: ignore[no-untyped-call]
        self._templates = templates

    def send(self, message: OutboxMessage, hand_over: HandOver) -> None:
        """Send one message. Raises as `Provider.send` does, but is never in doubt.

        A calendar file does not go with it: Notify takes none. Letters say the time and place in words.
        """
        if _was_tried(message) and self._has(message):
            return
        try:
            if message.channel == "text":
                self._client.send_sms_notification(  # type: ignore[no-untyped-call]
                    phone_number=message.recipient,
                    template_id=self._templates.text,
                    personalisation={"body": message.body},
                    reference=message.id,
                )
            else:
                self._client.send_email_notification(  # type: ignore[no-untyped-call]
                    email_address=message.recipient,
                    template_id=self._templates.email,
                    personalisation={"subject": " ".join(message.subject.split()), "body": message.body},
                    reference=message.id,
                )
        except APIError as trouble:
            raise _meaning(trouble) from trouble

    def _has(self, message: OutboxMessage) -> bool:
        try:
            found = self._client.get_all_notifications(reference=message.id)  # type: ignore[no-untyped-call]
            # One that did not arrive is not the one that was asked for since.
            return any(one.get("status") not in DID_NOT_ARRIVE for one in found["notifications"])
        except APIError as trouble:
            # Not known is not "no".
            raise AskFirst(Reason.AWAY, _words(trouble)) from trouble


def _was_tried(message: OutboxMessage) -> bool:
    # A message that staff send again counts its tries anew, but keeps what was the matter.
    return message.attempts > 1 or message.last_error is not None


def _meaning(trouble: APIError) -> NotSent:
    words = _words(trouble)
    if trouble.status_code in _OF_THE_MESSAGE:
        return Refused(Reason.REFUSED, words)
    if trouble.status_code in _TOOK_NOTHING:
        # A wrong key, a clock that is wrong, too many in a minute or a day: no message would get through.
        return Away(Reason.NOT_TAKEN, words)
    return AskFirst(Reason.AWAY, words)


def _words(trouble: APIError) -> str:
    said: Any = trouble.message
    if isinstance(said, list):
        said = "; ".join(str(one.get("message", one)) if isinstance(one, dict) else str(one) for one in said)
    return f"{trouble.status_code} {said if isinstance(said, str) else json.dumps(said)}"
