"""Forget a conversation, and end what listens to it."""

from __future__ import annotations

from enquiry.bookings.attempt import Door
from enquiry.retention.forget import forget_conversation
from web.dependencies import Application


def forget_now(app: Application, conversation_id: str) -> None:
    """Forget a conversation and end what listens to it. Blocks: call it in a thread."""
    with app.store.write() as session:
        gone = forget_conversation(session, conversation_id, app.attempt(Door.WORKER))
    if not gone:
        # A disclosure keeps a part of it for the safeguarding schedule; its key opens it no more.
        app.conversation_keys.withdraw(conversation_id)
    app.assistant.forget(conversation_id)
    app.notifier.notify(conversation_id)
