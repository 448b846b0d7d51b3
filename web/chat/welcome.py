"""The welcome: what the assistant says before anything is typed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency
from enquiry.content.wording import Wording
from enquiry.conversations.conversation import add_message
from enquiry.enums import Author
from enquiry.store.models import Conversation
from web.turns.messages import ChatMessage, Choice


def welcome(wording: Wording, agency: Agency, now: datetime) -> tuple[ChatMessage, ...]:
    """Give the welcome: that it is automated, what happens with what is typed, and how to reach a person; the last has the first choices.

    Nothing is kept of it as long as nothing is typed, so these messages have no id.
    """
    texts = wording.several("page.welcome", agency)
    choices = [Choice(title=title, text=title) for title in wording.several("page.welcome_choices", agency)]
    return tuple(
        ChatMessage(
            id="",
            author=Author.ASSISTANT.value,
            text=text,
            choices=choices if text is texts[-1] else [],
            links=[],
            question=None,
            at=now,
        )
        for text in texts
    )


def keep_welcome(session: Session, conversation: Conversation, wording: Wording, agency: Agency, now: datetime) -> None:
    """Put the welcome into a conversation, as its transcript shall show what the person was told first."""
    for message in welcome(wording, agency, now):
        choices = [choice.model_dump() for choice in message.choices]
        add_message(session, conversation, author=Author.ASSISTANT, text=message.text, now=now, choices=choices)
