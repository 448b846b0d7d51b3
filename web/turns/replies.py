"""Keep what was said to a message, and nothing of the message itself where it may not be kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from enquiry.conversations.conversation import add_message
from enquiry.enums import Author
from enquiry.store.models import Conversation, Message
from web.turns.assistant import Reply


def keep_replies(
    session: Session, conversation_id: str, message_id: str, replies: Sequence[Reply], *, instead: str, now: datetime
) -> bool:
    """Keep what was said to a message, in one transaction with replacing its text where the assistant withholds it.

    Args:
        instead: stands in the place of what is withheld.
    Returns:
        False where the conversation has been forgotten in the meantime.
    """
    conversation, message = session.get(Conversation, conversation_id), session.get(Message, message_id)
    if message is not None and any(reply.withheld for reply in replies):
        # Before all else: the messages of a disclosure outlast a conversation that is forgotten while one is on its way.
        message.text = instead
    if conversation is None or message is None:
        return False
    if not message.waiting:
        return True
    for reply in replies:
        if reply.text or reply.choices or reply.links:
            add_message(
                session,
                conversation,
                author=Author.ASSISTANT,
                text=reply.text,
                now=now,
                choices=reply.choices,
                links=reply.links,
                question=reply.question or None,
                progress=reply.progress,
                reply_to=message_id,
            )
    message.waiting = False
    asked = [reply.question for reply in replies if reply.question is not None]
    # The actions may have moved the question already; then there is nothing to change.
    if asked and (asked[-1] or None) != conversation.question:
        conversation.previous_question = conversation.question
        conversation.question = asked[-1] or None
    return True
