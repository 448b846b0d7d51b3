"""The shape of a message, and what is done to typed text before it is kept or forwarded."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

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


class Choice(BaseModel):
    """A button: choosing it sends its text like anything typed. Of those marked `several`, the texts may be sent together."""

    title: str
    text: str
    several: bool = Field(
        default=False,
        exclude_if=lambda several: not several,
        description="Whether it may be picked with others so marked; send the texts with a comma between.",
    )


class Link(BaseModel):
    """Something to read or to ring."""

    title: str
    url: str


class ChatMessage(BaseModel):
    """One message of a conversation: what the API sends, and what the page shows."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    id: str
    author: Literal["assistant", "enquirer", "staff"]
    text: str
    choices: list[Choice]
    links: list[Link]
    question: str | None = Field(description="The question this message asks, when it asks one.")
    progress: str | None = Field(
        default=None,
        exclude_if=lambda progress: progress is None,
        description="Which of how many questions it asks, where that is known.",
    )
    at: datetime
    # What follows is not sent.
    number: int = Field(default=0, exclude=True)
    reply_to: str | None = Field(default=None, exclude=True)
    waiting: bool = Field(default=False, exclude=True)

    @classmethod
    def of(cls, message: Message) -> ChatMessage:
        """A message apart from the store it came from."""
        return cls.model_validate(message)

    @field_validator("question")
    @classmethod
    def _no_question(cls, question: str | None) -> str | None:
        return question or None


def clean(text: str) -> str:
    """Give what is kept of typed text: everything but what nobody can read.

    Control characters and halves of surrogate pairs go; line breaks and tabs stay, and so do the joiners that emoji need.

    Args:
        text: as it arrived.
    Raises:
        EmptyMessage: nothing is left, or nothing that could be forwarded.
        MessageTooLong: more than 2,000 characters are left.
    """
    kept = several_lines(text)
    if len(kept) > LONGEST_MESSAGE:
        raise MessageTooLong(len(kept))
    if not for_assistant(kept):
        raise EmptyMessage
    return kept


def for_assistant(text: str) -> str:
    """The text as it is forwarded: a leading slash would be an order to Rasa, not something a person said."""
    return re.sub(r"^[\s/]+", "", text).strip()
