"""How a conversation is taken up again by a link that was sent to the person."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency
from enquiry.conversations.conversation import add_message
from enquiry.conversations.return_links import conversation_of, way_on
from enquiry.enums import Author
from enquiry.store.models import Conversation, Message
from web.dependencies import Parts


class OpensNothing(Exception):
    """The link opens no conversation. Why is not said: it is nobody's business who only has a piece of text."""


def look(parts: Parts, secret: str, agency: Agency | None = None) -> str:
    """See which conversation a link opens; nothing is changed, since mail scanners look too. Blocks.

    Args:
        secret: the last part of the link.
        agency: whose address the link has, where it has one; a conversation with another one is not opened there.
    Raises:
        OpensNothing: none.
    """
    with parts.store.read() as session:
        return _opened(session, parts, secret, agency).id


def reopen(parts: Parts, secret: str, agency: Agency | None = None) -> str:
    """Take a conversation up again, with a welcome and a button to carry on in it. Blocks; the caller tells the hub.

    Args:
        secret: the last part of the link.
        agency: as for `look`.
    Returns:
        Its id.
    Raises:
        OpensNothing: none.
    """
    # Looked first: who tries things out never becomes a writer.
    look(parts, secret, agency)
    with parts.store.write() as session:
        conversation = _opened(session, parts, secret, agency)
        _welcome_back(session, conversation, parts)
    return conversation.id


def _opened(session: Session, parts: Parts, secret: str, agency: Agency | None) -> Conversation:
    conversation = conversation_of(session, secret, parts.clock())
    if (
        conversation is None
        or conversation.agency not in parts.agencies
        or (agency and conversation.agency != agency.slug)
    ):
        raise OpensNothing
    return conversation


def _welcome_back(session: Session, conversation: Conversation, parts: Parts) -> None:
    """Say it once, however often and on however many devices the link is opened before the person says something."""
    theirs = (Message.conversation_id == conversation.id, Message.author == Author.ENQUIRER.value)
    last_said = session.scalar(select(func.max(Message.number)).where(*theirs)) or 0
    agency = parts.agencies[conversation.agency]
    names = dict.fromkeys((way_on(session, conversation), "person"))
    titles = [parts.wording.say(f"assistant.button_{name}", agency) for name in names]
    add_message(
        session,
        conversation,
        author=Author.ASSISTANT,
        text=parts.wording.say("page.welcome_back", agency),
        now=parts.clock(),
        choices=[{"title": title, "text": title} for title in titles],
        client_key=f"welcome-back:{last_said}",
    )
