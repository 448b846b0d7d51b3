"""What the assistant says before anything is typed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency
from enquiry.content.wording import Wording
from enquiry.conversations.conversation import add_message
from enquiry.enums import Author
from enquiry.store.models import Conversation
from web.turns.conversation_keys import Clock


@dataclass(frozen=True)
class WelcomeMessage:
    """One message of the welcome; the last one carries the first choices."""

    text: str
    choices: tuple[dict[str, str], ...]


def welcome(wording: Wording, agency: Agency) -> tuple[WelcomeMessage, ...]:
    """That it is automated, what happens with what is typed, and how to reach a person."""
    texts = wording.several("page.welcome", agency)
    choices = tuple({"title": title, "text": title} for title in wording.several("page.welcome_choices", agency))
    return tuple(WelcomeMessage(text, choices if text is texts[-1] else ()) for text in texts)


def keep_welcome(session: Session, conversation: Conversation, wording: Wording, agency: Agency, clock: Clock) -> None:
    """Put the welcome into a conversation, as its transcript shall show what the person was told first."""
    for message in welcome(wording, agency):
        add_message(
            session, conversation, author=Author.ASSISTANT, text=message.text, now=clock(), choices=message.choices
        )
