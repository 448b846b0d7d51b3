"""A message as the page sees it, and what is done to typed text before it is kept or forwarded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from enquiry.store.models import Message
from web.text import several_lines

LONGEST_MESSAGE = 2000


class EmptyMessage(Exception):
    """Nothing was typed that could be read."""


class MessageTooLong(Exception):
    """More was typed than one message may have; `length` is in characters."""

    def __init__(self, length: int) -> None:
        super().__init__(f"{length} characters")
        self.length = length


@dataclass(frozen=True)
class Shown:
    """One message of a conversation, apart from the store it came from."""

    id: str
    number: int
    author: str
    text: str
    choices: tuple[dict[str, str], ...]
    links: tuple[dict[str, str], ...]
    question: str | None
    at: datetime
    reply_to: str | None
    waiting: bool

    @classmethod
    def of(cls, message: Message) -> Shown:
        """Take what is shown from a row."""
        return cls(
            id=message.id,
            number=message.number,
            author=str(message.author),
            text=message.text,
            choices=tuple(message.choices or ()),
            links=tuple(message.links or ()),
            question=message.question or None,
            at=message.at,
            reply_to=message.reply_to,
            waiting=message.waiting,
        )


def clean(typed: str) -> str:
    """What is kept of typed text: everything but what nobody can read.

    Control characters and halves of surrogate pairs go; line breaks and tabs stay, and so do the joiners that emoji need.

    Args:
        typed: the text as it arrived.
    Raises:
        EmptyMessage: nothing is left, or nothing that could be forwarded.
        MessageTooLong: more than 2,000 characters are left.
    """
    kept = several_lines(typed)
    if len(kept) > LONGEST_MESSAGE:
        raise MessageTooLong(len(kept))
    if not for_assistant(kept):
        raise EmptyMessage
    return kept


def for_assistant(text: str) -> str:
    """The text as it is forwarded: a leading slash would be an order to Rasa, not something a person said."""
    return re.sub(r"^[\s/]+", "", text).strip()
