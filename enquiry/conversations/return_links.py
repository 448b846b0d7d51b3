"""Links by which a person takes a conversation up again, on any device, for 30 days."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency
from enquiry.content.wording import Wording
from enquiry.conversations.conversation import add_message
from enquiry.enums import Author, Goal, HandoffReason
from enquiry.outbox.letters import send_return_link
from enquiry.outbox.opt_outs import is_stopped
from enquiry.outbox.queue import may_message
from enquiry.store.models import Conversation, Enquiry, Handoff, Message, OutboxMessage, ReturnLink

LASTS = timedelta(days=30)
SECRET_BYTES = 24  # 192 bits, 32 characters: nobody guesses one, and it still fits into a text message
# Asked again and again, it would fill somebody's phone, and it may be a stranger's: whoever typed it has not proved anything.
AGAIN_AFTER = timedelta(hours=1)
MOST_IN_AN_HOUR = 3
OCCASION = "return-link:"
CONTACT = frozenset({"contact", "contact_name", "contact_time", "safe_to_message"})


class Sending(StrEnum):
    """What came of asking for a link. Each has a sentence of its own in data/wording/assistant.yml."""

    SENT = "link_sent"
    ALREADY_SENT = "link_already_sent"
    ENOUGH = "link_enough"
    NOT_SAFE = "link_not_safe"
    STOPPED = "link_stopped"


def make_link(session: Session, conversation: Conversation, now: datetime) -> str:
    """Make a secret that opens a conversation for 30 days.

    Only its hash is kept. It is not used up by being used, since one person has a phone and a computer; and not renewed by
    it either: the message that carries it names its last day, and whoever finds an old message must not keep it alive.
    Another can be had in the chat at any time; several of one conversation may live.

    Returns:
        The secret, safe in an address.
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    link = ReturnLink(
        secret_sha256=_digest(secret), conversation_id=conversation.id, created_at=now, expires_at=now + LASTS
    )
    session.add(link)
    session.flush()
    return secret


def conversation_of(session: Session, secret: str, now: datetime) -> Conversation | None:
    """The conversation a link opens; None when it opens none, whatever the reason: the reason is nobody's business."""
    link = session.get(ReturnLink, _digest(secret))
    if link is None or link.expires_at <= now:
        return None
    conversation = session.get(Conversation, link.conversation_id)
    return conversation if conversation is not None and _is_safe(session, conversation) else None


def send_link(
    session: Session,
    conversation: Conversation,
    address: str,
    now: datetime,
    *,
    agency: Agency,
    wording: Wording,
    pages: str,
) -> Sending:
    """Have a link sent to an e-mail address or a phone number, in the transaction of the caller.

    To one address at most one in an hour goes out, to all that are typed in a conversation three.

    Args:
        address: as `enquiry.contacts.tidy_contact` gives it.
        wording: what the message is written with.
        pages: where the pages are found, without a final slash.
    Raises:
        ValueError: the conversation has no enquiry, so nobody's address can have been taken.
    """
    enquiry = conversation.enquiry
    if enquiry is None:
        raise ValueError("A link is sent for a conversation with an enquiry.")
    if not _is_safe(session, conversation):
        return Sending.NOT_SAFE
    if is_stopped(session, address):
        return Sending.STOPPED
    # Two that ask at the same moment take turns here, so that one message goes out, not two.
    session.execute(select(Conversation.id).where(Conversation.id == conversation.id).with_for_update())
    recent = _sent_lately(session, conversation, now)
    if any(message.recipient == address and _lives(session, message) for message in recent):
        return Sending.ALREADY_SENT
    if len(recent) >= MOST_IN_AN_HOUR:
        return Sending.ENOUGH
    secret = make_link(session, conversation, now)
    send_return_link(
        session,
        enquiry,
        agency=agency,
        wording=wording,
        address=address,
        link=f"{pages}/chat/{conversation.agency}/return/{secret}",
        until=now + LASTS,
        occasion=_occasion(conversation.id, _digest(secret)),
        now=now,
    )
    return Sending.SENT


def withdraw_links(session: Session, enquiry: Enquiry) -> None:
    """Let every link of an enquiry open nothing any more, and send none that has not gone out yet."""
    conversations = select(Conversation.id).where(Conversation.enquiry_id == enquiry.id)
    session.execute(delete(ReturnLink).where(ReturnLink.conversation_id.in_(conversations)))
    unsent = (OutboxMessage.enquiry_id == enquiry.id, OutboxMessage.sent_at.is_(None))
    session.execute(delete(OutboxMessage).where(*unsent, OutboxMessage.occasion.startswith(OCCASION, autoescape=True)))


def withdraw_replaced(session: Session, enquiry: Enquiry, contact: str | None) -> None:
    """Withdraw the links when a phone number or e-mail address is put right, or taken back: they went to the wrong one.

    A phone number given beside an e-mail address is another way to reach the same person: both links go on.

    Args:
        enquiry: with the contact as it was before.
        contact: the new one, None when it is taken back.
    """
    before = enquiry.contact_email or enquiry.contact_phone
    if before is None or before == contact:
        return
    if contact is None or ("@" in contact) == ("@" in before):
        withdraw_links(session, enquiry)


def has_old_links(session: Session, now: datetime) -> bool:
    """Whether there is a link that has had its time."""
    return session.scalar(select(ReturnLink.secret_sha256).where(ReturnLink.expires_at <= now).limit(1)) is not None


def delete_old_links(session: Session, now: datetime) -> int:
    """Delete links that have had their time, and the messages that were to carry one and could not be sent in all of it.

    Returns:
        How many links were deleted.
    """
    gone = session.scalars(
        delete(ReturnLink).where(ReturnLink.expires_at <= now).returning(ReturnLink.secret_sha256)
    ).all()
    late = (OutboxMessage.sent_at.is_(None), OutboxMessage.created_at <= now - LASTS)
    session.execute(delete(OutboxMessage).where(*late, OutboxMessage.occasion.startswith(OCCASION, autoescape=True)))
    return len(gone)


def way_on(session: Session, conversation: Conversation) -> str:
    """The button that goes on where the person left off: its name in data/wording/assistant.yml, without `button_`.

    After a disclosure it is a person, never the questions or a booking.
    """
    enquiry = conversation.enquiry
    of_theirs = Handoff.conversation_id == conversation.id
    if enquiry is not None:
        of_theirs = or_(of_theirs, Handoff.enquiry_id == enquiry.id)
    disclosed = select(Handoff.id).where(
        of_theirs, Handoff.reason == HandoffReason.DISCLOSURE.value, Handoff.put_right_at.is_(None)
    )
    if session.scalar(disclosed.limit(1)) is not None:
        return "person"
    if enquiry is None:
        return "check"
    if enquiry.goal == Goal.EVENT:
        return "event"
    return "carry_on" if {answer.criterion for answer in enquiry.answers} - CONTACT else "check"


def welcome_back(session: Session, conversation: Conversation, agency: Agency, wording: Wording, now: datetime) -> None:
    """Say it once, however often and on however many devices the link is opened before the person says something."""
    theirs = (Message.conversation_id == conversation.id, Message.author == Author.ENQUIRER.value)
    last_said = session.scalar(select(func.max(Message.number)).where(*theirs)) or 0
    names = dict.fromkeys((way_on(session, conversation), "person"))
    titles = [wording.say(f"assistant.button_{name}", agency) for name in names]
    add_message(
        session,
        conversation,
        author=Author.ASSISTANT,
        text=wording.say("page.welcome_back", agency),
        now=now,
        choices=[{"title": title, "text": title} for title in titles],
        client_key=f"welcome-back:{last_said}",
    )


def _is_safe(session: Session, conversation: Conversation) -> bool:
    """Whether a link may go out or be opened: after a sign that a device is watched, what was said must not come up on it."""
    if conversation.collecting_stopped:
        return False
    if conversation.enquiry is not None and not may_message(session, conversation.enquiry):
        return False
    pausing = select(Handoff.id).where(Handoff.conversation_id == conversation.id, Handoff.pauses_messages.is_(True))
    return session.scalar(pausing.limit(1)) is None


def _sent_lately(session: Session, conversation: Conversation, now: datetime) -> list[OutboxMessage]:
    theirs = OutboxMessage.occasion.startswith(_occasion(conversation.id, ""), autoescape=True)
    return list(session.scalars(select(OutboxMessage).where(theirs, OutboxMessage.created_at > now - AGAIN_AFTER)))


def _lives(session: Session, message: OutboxMessage) -> bool:
    digest = message.occasion.rpartition(":")[2]
    return session.get(ReturnLink, digest) is not None


def _occasion(conversation_id: str, digest: str) -> str:
    return f"{OCCASION}{conversation_id}:{digest}"


def _digest(secret: str) -> str:
    # "replace": whatever arrives in an address or a request is a wrong secret at worst.
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
