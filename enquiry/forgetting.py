"""Forgetting: what an enquirer asks to be deleted goes, except a disclosure, which has a schedule of its own."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from enquiry.bookings import release_place, release_visit
from enquiry.store.models import Conversation, Enquiry, Handoff, Message
from enquiry.words import Author, BookingStatus, HandoffReason

REMOVED = "[…]"
_CONTACT = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+|\+?\d[\d ()\-]{7,}\d")


def forget_conversation(session: Session, conversation_id: str, now: datetime) -> bool:
    """Delete a conversation and its enquiry, and release what was booked.

    A conversation that carries a disclosure is kept for the safeguarding schedule, under another id (so that the page's
    key opens it no more), cut off from the enquiry and without the name, phone number and e-mail address of the person.
    An enquiry that has other conversations stays with them.

    Returns:
        True when nothing of the conversation is left, False when a disclosure keeps a part of it.
    """
    conversation = session.get(Conversation, conversation_id)
    if conversation is None:
        return True
    disclosed = session.scalar(
        select(Handoff.id)
        .where(Handoff.conversation_id == conversation.id, Handoff.reason == HandoffReason.DISCLOSURE.value)
        .limit(1)
    )
    enquiry = conversation.enquiry
    if disclosed:
        _cut_off(session, conversation, enquiry)
    elif enquiry is not None:
        conversation.enquiry = None
        session.flush()
    if enquiry is not None and not _others(session, enquiry):
        _delete_enquiry(session, enquiry, now)
    # The database deletes the messages and handoffs that are still with it.
    session.execute(delete(Conversation).where(Conversation.id == conversation_id))
    session.expunge(conversation)
    session.expire_all()
    return not disclosed


def _cut_off(session: Session, conversation: Conversation, enquiry: Enquiry | None) -> None:
    disclosure = HandoffReason.DISCLOSURE.value
    session.execute(delete(Handoff).where(Handoff.conversation_id == conversation.id, Handoff.reason != disclosure))
    handoffs = session.scalars(select(Handoff).where(Handoff.conversation_id == conversation.id)).all()
    for handoff in handoffs:
        handoff.enquiry_id = None
        handoff.summary = _without_contact(handoff.summary, enquiry)
    for message in session.scalars(select(Message).where(Message.conversation_id == conversation.id)):
        # The service's own numbers in what the assistant said stay; only what is known of the person goes from there.
        own_words = message.author == Author.ENQUIRER
        message.text = _without_contact(message.text, enquiry, everything=_CONTACT if own_words else None)
        message.waiting = False
    kept = Conversation(
        agency=conversation.agency,
        started_at=conversation.started_at,
        last_at=conversation.last_at,
        collecting_stopped=True,
    )
    session.add(kept)
    conversation.enquiry = None
    session.flush()
    for table in (Message, Handoff):
        session.execute(update(table).where(table.conversation_id == conversation.id).values(conversation_id=kept.id))
    session.expire(conversation, ["messages"])


def _without_contact(text: str, enquiry: Enquiry | None, everything: re.Pattern[str] | None = None) -> str:
    if everything is not None:
        text = everything.sub(REMOVED, text)
    if enquiry is None:
        return text
    for known in (enquiry.contact_email, enquiry.contact_phone, enquiry.contact_name):
        if known:
            text = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", REMOVED, text, flags=re.IGNORECASE)
    return text


def _others(session: Session, enquiry: Enquiry) -> bool:
    return session.scalar(select(Conversation.id).where(Conversation.enquiry_id == enquiry.id).limit(1)) is not None


def _delete_enquiry(session: Session, enquiry: Enquiry, now: datetime) -> None:
    for place in enquiry.places:
        if place.status == BookingStatus.BOOKED:
            release_place(session, place, now)
    for visit in enquiry.visits:
        if visit.status == BookingStatus.BOOKED:
            release_visit(session, visit, now)
    session.flush()
    session.expire_all()
    # Everything that hangs on it goes with it: the database cascades.
    session.execute(delete(Enquiry).where(Enquiry.id == enquiry.id))
    session.expunge(enquiry)
