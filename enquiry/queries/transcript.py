"""The transcript of a conversation, unless a disclosure in it is for other eyes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from enquiry.enums import Author, Role
from enquiry.handoffs.handoff import may_read
from enquiry.staff.permissions import Permission, may
from enquiry.store.models import Conversation, Handoff, Message


@dataclass(frozen=True)
class Said:
    """One message of a transcript; `withheld` when nobody has understood it yet and the reader's role may not see it."""

    number: int
    author: str
    text: str
    choices: tuple[str, ...]
    at: datetime
    withheld: bool = False


@dataclass(frozen=True)
class Transcript:
    """A conversation; `hidden` when it carries a disclosure that the reader's role may not see."""

    conversation_id: str
    started_at: datetime
    said: tuple[Said, ...]
    hidden: bool


def transcript_of(session: Session, conversation: Conversation, role: Role) -> Transcript:
    """A conversation's messages; hidden when the role may not read every handoff it has led to.

    A message that still waits for the assistant may be a disclosure, so its words are for those who read disclosures.
    """
    disclosures = session.scalars(select(Handoff).where(Handoff.conversation_id == conversation.id))
    if not all(may_read(handoff, role) for handoff in disclosures):
        return Transcript(conversation.id, conversation.started_at, (), hidden=True)
    said = tuple(_said(one, role) for one in conversation.messages)
    return Transcript(conversation.id, conversation.started_at, said, hidden=False)


def _said(message: Message, role: Role) -> Said:
    if message.waiting and message.author == Author.ENQUIRER and not may(role, Permission.READ_UNREAD):
        return Said(message.number, message.author, "", (), message.at, withheld=True)
    choices = tuple(choice.get("title", "") for choice in message.choices or ())
    return Said(message.number, message.author, message.text, choices, message.at)
