"""Conversations and their messages: begin one, add to it, read it, find what still waits for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from enquiry.enums import Author
from enquiry.store.models import Conversation, Message

# Messages of ours: what was said to the last message, and to those that came in a hurry behind each other.
BUTTONS_STAND = 8


def open_conversation(session: Session, agency_slug: str, now: datetime) -> Conversation:
    """Begin a conversation with an agency; it has no enquiry yet and may never get one."""
    conversation = Conversation(agency=agency_slug, started_at=now, last_at=now)
    session.add(conversation)
    session.flush()
    return conversation


def add_message(
    session: Session,
    conversation: Conversation,
    *,
    author: Author,
    text: str,
    now: datetime,
    choices: Sequence[dict[str, Any]] = (),
    links: Sequence[dict[str, Any]] = (),
    question: str | None = None,
    progress: str | None = None,
    reply_to: str | None = None,
    client_key: str | None = None,
    waiting: bool = False,
) -> Message:
    """Put a message at the end of a conversation.

    Args:
        choices: buttons, each `{"title", "text"}`, and `"several": true` where it may be picked together with others.
        links: each `{"title", "url"}`.
        question: the question this message asks, if it asks one.
        progress: which of how many questions that is, in words.
        reply_to: id of the enquirer's message it replies to.
        client_key: made by the page for each thing typed; the same key again gives the message that is there already.
        waiting: an enquirer's message the assistant has still to deal with.
    """
    # Two writers at one conversation take turns here, so that each message gets a number of its own.
    session.execute(select(Conversation.id).where(Conversation.id == conversation.id).with_for_update())
    if client_key is not None and (sent_before := find_by_client_key(session, conversation.id, client_key)):
        return sent_before
    last = session.scalar(select(func.max(Message.number)).where(Message.conversation_id == conversation.id))
    message = Message(
        conversation_id=conversation.id,
        number=(last or 0) + 1,
        author=author.value,
        text=text,
        choices=list(choices),
        links=list(links),
        question=question,
        progress=progress,
        reply_to=reply_to,
        client_key=client_key,
        waiting=waiting,
        at=now,
    )
    session.add(message)
    conversation.last_at = now
    session.flush()
    return message


def messages_after(session: Session, conversation_id: str, number: int = 0) -> list[Message]:
    """The messages that come after the one with this number, in order."""
    return list(
        session.scalars(
            select(Message)
            .where(Message.conversation_id == conversation_id, Message.number > number)
            .order_by(Message.number)
        )
    )


def replies_to(session: Session, message_id: str) -> list[Message]:
    """What was replied to one message of the enquirer, in order."""
    return list(session.scalars(select(Message).where(Message.reply_to == message_id).order_by(Message.number)))


def is_offered(session: Session, message: Message) -> bool:
    """Check whether a text is, to the letter, a button of what was said last."""
    said = session.scalars(
        select(Message)
        .where(
            Message.conversation_id == message.conversation_id,
            Message.number < message.number,
            Message.author == Author.ASSISTANT.value,
        )
        .order_by(Message.number.desc())
        .limit(BUTTONS_STAND)
    )
    return any(choice.get("text") == message.text for one in said for choice in one.choices)


def waiting_messages(session: Session, conversation_id: str) -> list[Message]:
    """What the assistant has still to deal with in one conversation, oldest first."""
    return list(
        session.scalars(
            select(Message)
            .where(Message.conversation_id == conversation_id, Message.waiting.is_(True))
            .order_by(Message.number)
        )
    )


def conversations_with_waiting(session: Session) -> list[str]:
    """Ids of the conversations in which something waits, the longest wait first."""
    return list(
        session.scalars(
            select(Message.conversation_id)
            .where(Message.waiting.is_(True))
            .group_by(Message.conversation_id)
            .order_by(func.min(Message.at))
        )
    )


def find_by_client_key(session: Session, conversation_id: str, client_key: str) -> Message | None:
    """The message the page sent with this key, if it has arrived before."""
    return session.scalar(
        select(Message).where(Message.conversation_id == conversation_id, Message.client_key == client_key)
    )
