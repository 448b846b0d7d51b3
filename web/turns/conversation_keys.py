"""The key of a conversation: only who started it can read it and go on with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

from itsdangerous import BadSignature, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

Clock = Callable[[], datetime]


class WrongKey(Exception):
    """The text is not a key that was given out here, or it was withdrawn."""


class ExpiredKey(Exception):
    """The key was good once, but is too old."""


class ConversationKeys:
    """Makes and reads the signed keys of conversations.

    Args:
        secret: the installation's signing key.
        days: how long a key can be used, in days.
        clock: gives the present moment, aware UTC.
    """

    def __init__(self, secret: str, days: int, clock: Clock) -> None:
        class ClockSigner(TimestampSigner):
            """The library reads the wall clock; ours is passed in."""

            def get_timestamp(self) -> int:
                return int(clock().timestamp())

        self._withdrawn: set[str] = set()
        self._seconds = days * 24 * 60 * 60
        self._serializer = URLSafeTimedSerializer(
            secret, salt="conversation", signer=ClockSigner, signer_kwargs={"digest_method": hashlib.sha256}
        )

    def key_for(self, conversation_id: str) -> str:
        """A key bound to one conversation."""
        return str(self._serializer.dumps(conversation_id))

    def withdraw(self, conversation_id: str) -> None:
        """Let the keys of a conversation open nothing from now on, in this process."""
        self._withdrawn.add(conversation_id)

    def conversation_of(self, key: str) -> str:
        """The id of the conversation a key belongs to.

        Raises:
            ExpiredKey: it is too old.
            WrongKey: it was never given out, or was withdrawn.
        """
        try:
            conversation_id = str(self._serializer.loads(key, max_age=self._seconds))
        except SignatureExpired as error:
            raise ExpiredKey from error
        except BadSignature as error:
            raise WrongKey from error
        if conversation_id in self._withdrawn:
            raise WrongKey
        return conversation_id
