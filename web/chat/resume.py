"""Take a conversation up again by a link that was sent to the person."""

from __future__ import annotations

from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency
from enquiry.conversations.return_links import conversation_of, welcome_back
from enquiry.store.models import Conversation
from web.dependencies import Application


class OpensNothing(Exception):
    """The link opens no conversation. Why is not said: it is nobody's business who only has a piece of text."""


def look(app: Application, secret: str, agency: Agency | None = None) -> str:
    """See which conversation a link opens; nothing is changed, since mail scanners look too. Blocks.

    Args:
        secret: the last part of the link.
        agency: whose address the link has, where it has one; a conversation with another one is not opened there.
    Raises:
        OpensNothing: none.
    """
    with app.store.read() as session:
        return _opened(session, app, secret, agency).id


def reopen(app: Application, secret: str, agency: Agency | None = None) -> str:
    """Take a conversation up again, with a welcome and a button to carry on in it. Blocks; the caller tells the notifier.

    Args:
        secret: the last part of the link.
        agency: as for `look`.
    Returns:
        Its id.
    Raises:
        OpensNothing: none.
    """
    # Looked first: who tries things out never becomes a writer.
    look(app, secret, agency)
    with app.store.write() as session:
        conversation = _opened(session, app, secret, agency)
        welcome_back(session, conversation, app.agencies[conversation.agency], app.wording, app.clock())
    return conversation.id


def _opened(session: Session, app: Application, secret: str, agency: Agency | None) -> Conversation:
    conversation = conversation_of(session, secret, app.clock())
    if (
        conversation is None
        or conversation.agency not in app.agencies
        or (agency and conversation.agency != agency.slug)
    ):
        raise OpensNothing
    return conversation
