"""The shapes of the chat API, as its OpenAPI description shows them."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from web.turns.messages import ChatMessage


class NewConversation(BaseModel):
    """Which fostering service someone wants to talk with."""

    agency: str = Field(max_length=40, examples=["leicestershire"])


class NewMessage(BaseModel):
    """What someone typed, or the text of the choice they made."""

    text: str = Field(description="Up to 2,000 characters.")
    client_key: UUID | None = Field(
        default=None,
        description="The sender's own id of the message. Sent again with the same one, it is the same message.",
    )


class ConversationOpened(BaseModel):
    """A new conversation: the token goes with every further request, as a bearer token."""

    id: str
    token: str
    messages: list[ChatMessage]


class ReturnSecret(BaseModel):
    """The last part of a link to carry on, as it was sent to the person."""

    secret: str


class Messages(BaseModel):
    """Messages, oldest first."""

    messages: list[ChatMessage]


class ConversationTakenUp(Messages):
    """A conversation taken up again on another device: its token goes with every further request, as a bearer token."""

    id: str
    token: str


class Said(Messages):
    """What was said to a message: the answer, or a sentence that it is kept and answered later."""

    message: ChatMessage = Field(description="The message as it is kept.")
    forgotten: bool = Field(
        default=False,
        description="Whether it had the conversation forgotten; the key opens nothing any more.",
    )


class Forgotten(BaseModel):
    """That a conversation is gone from the chat."""

    forgotten: bool


class ProblemOut(BaseModel):
    """Problem details (RFC 9457); `detail` is a sentence for a person."""

    type: str
    title: str
    status: int
    detail: str


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors that routes may answer with, for their description."""
    return {status: {"model": ProblemOut, "content": {"application/problem+json": {}}} for status in statuses}


class AssistantStatus(BaseModel):
    """Whether the assistant can answer now."""

    assistant: Literal["awake", "waking", "away"]
