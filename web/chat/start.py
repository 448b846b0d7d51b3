"""Begin a conversation."""

from __future__ import annotations

from enquiry.agencies.agency import Agency
from enquiry.conversations.conversation import messages_after, open_conversation
from web.chat.welcome import keep_welcome
from web.dependencies import Application
from web.turns.messages import ChatMessage


def open_with_welcome(app: Application, agency: Agency) -> tuple[str, tuple[ChatMessage, ...]]:
    """Begin a conversation with the welcome in it. Blocks: call it in a thread.

    Returns:
        Its id and its first messages.
    """
    with app.store.write() as session:
        conversation = open_conversation(session, agency.slug, app.clock())
        keep_welcome(session, conversation, app.wording, agency, app.clock())
        session.flush()
        messages = tuple(ChatMessage.of(message) for message in messages_after(session, conversation.id))
        return conversation.id, messages
