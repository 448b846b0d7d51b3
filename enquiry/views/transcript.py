"""What was said in a conversation, unless a disclosure in it is for other eyes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from enquiry.handoffs import may_read
from enquiry.store.models import Conversation, Handoff
from enquiry.words import Role


@dataclass(frozen=True)
class Said:
    """One message of a transcript."""

    number: int
    author: str
    text: str
    choices: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class Transcript:
    """A conversation; `hidden` when it carries a disclosure that the reader's role may not see."""

    conversation_id: str
    started_at: datetime
    said: tuple[Said, ...]
    hidden: bool


def transcript_of(session: Session, conversation: Conversation, role: Role) -> Transcript:
    """A conversation's messages; hidden when the role may not read every handoff it has led to."""
    disclosures = session.scalars(select(Handoff).where(Handoff.conversation_id == conversation.id))
    if not all(may_read(handoff, role) for handoff in disclosures):
        return Transcript(conversation.id, conversation.started_at, (), hidden=True)
    said = tuple(
        Said(one.number, one.author, one.text, tuple(choice.get("title", "") for choice in one.choices or ()), one.at)
        for one in conversation.messages
    )
    return Transcript(conversation.id, conversation.started_at, said, hidden=False)
