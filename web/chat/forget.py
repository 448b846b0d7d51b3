"""How a conversation is forgotten."""

from __future__ import annotations

from enquiry.conversations.conversation import forget_conversation
from web.dependencies import Application


def forget_now(app: Application, conversation_id: str) -> None:
    """Forget a conversation and end what listens to it. Blocks: call it in a thread."""
    with app.store.write() as session:
        gone = forget_conversation(session, conversation_id, app.clock())
    if not gone:
        # A disclosure keeps a part of it for the safeguarding schedule; its key opens it no more.
        app.conversation_keys.withdraw(conversation_id)
    app.assistant.forget(conversation_id)
    app.notifier.notify(conversation_id)
