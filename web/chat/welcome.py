"""The welcome: what the assistant says before anything is typed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency
from enquiry.agencies.working_hours import NeverOpen, next_period
from enquiry.content.wording import Wording
from enquiry.conversations.conversation import add_message
from enquiry.dates import clock, local
from enquiry.enums import Author
from enquiry.store.models import Conversation
from web.turns.messages import ChatMessage, Choice


def welcome(wording: Wording, agency: Agency, now: datetime) -> tuple[ChatMessage, ...]:
    """Give the welcome: that it is automated, what happens with what is typed, and how to reach a person; the last has the first choices.

    Nothing is kept of it as long as nothing is typed, so these messages have no id.
    """
    texts = wording.several("page.welcome", agency)
    if opens := _back_at(agency, now):
        texts = (*texts[:-1], f"{texts[-1]} {wording.say('page.welcome_closed', agency, when=opens)}")
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


def _back_at(agency: Agency, now: datetime) -> str | None:
    """Say when somebody answers again, where nobody does now and the agency has told its hours: `8:30am on Monday`."""
    if agency.phone_hours is None:
        return None
    try:
        opens, _ = next_period(now, agency)
    except NeverOpen:
        return None
    if opens <= now:
        return None
    away = (local(opens).date() - local(now).date()).days
    day = ("today", "tomorrow")[away] if away < 2 else f"on {local(opens):%A}"
    return f"{clock(opens)} {day}"


def keep_welcome(session: Session, conversation: Conversation, wording: Wording, agency: Agency, now: datetime) -> None:
    """Put the welcome into a conversation, as its transcript shall show what the person was told first."""
    for message in welcome(wording, agency, now):
        choices = [choice.model_dump() for choice in message.choices]
        add_message(session, conversation, author=Author.ASSISTANT, text=message.text, now=now, choices=choices)
