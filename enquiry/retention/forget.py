"""Forgetting: what an enquirer asks to be deleted goes, except a disclosure, which stays for those who look into it."""

from __future__ import annotations

import re

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from enquiry.bookings.attempt import Attempt
from enquiry.bookings.booking import lock_enquiry
from enquiry.bookings.events.places import lock_events, release_place
from enquiry.bookings.visits.visits import release_visit
from enquiry.enums import DISCLOSURES, Author
from enquiry.store.models import Conversation, Enquiry, Handoff, Message

REMOVED = "[…]"
_CONTACT = r"[^\s@]+@[^\s@]+\.[^\s@]+|\+?\d[\d ()\-]{7,}\d"
# The last two letters are never C, I, K, M, O or V (Royal Mail), which tells "LE3 8RA" from "m25 9am".
_POSTCODE = r"\b(?:GIR\s?0AA|[A-Z]{1,2}\d[A-Z\d]?\s{0,2}\d[ABD-HJLNP-UW-Z]{2})\b"
# Words that are in no name of a person or a street. What a disclosure tells ("2 hours drive") must outlive the forgetting.
_ORDINARY = "|".join(
    """
    a about after all along am an and are at away because been boys? bruises but by can children could cuts days? down for from
    girls? had has have he help her here him his hours? i i['\\u2019]?m if in is it its just kids? live lives made many marks me men
    miles? mins? minutes? months? more my names? need never no not of off old on or our out over people please really she so some
    that the their them there they this times? to under up us want was we weeks? were what when where which who why will with women
    years? you your
    """.split()
)
_WORD = rf"(?!(?:{_ORDINARY})\b)[^\W\d_][\w'\u2019-]*"
_NAMED = re.compile(
    r"\b(?:my\s+(?:full\s+|first\s+)?name(?:\s+is|['\u2019]?s)|i(?:['\u2019]?m|\s+am)\s+called)\s+"
    rf"(?P<name>{_WORD}(?:\s+{_WORD}){{0,2}})",
    re.IGNORECASE,
)
_NUMBER_AND_NAME = (
    r"(?:(?:flat|apartment|apt|unit)\s+\w{1,4},?\s+)?\d{1,4}(?:\s?[-/]\s?\d{1,4})?[a-z]?,?\s+"
    rf"(?:the|(?:the\s+)?{_WORD}(?:\s+{_WORD}){{0,2}})"
)
_STREET = r"(?:street|st|road|rd|lane|ln|avenue|ave|crescent|cres|terrace|gardens|grove|mews)"
# Words that mean other things, too ("3 bruises close to his eye"): after a word such as "at", or at the end of a clause.
_MAYBE_STREET = r"(?:close|cl|drive|dr|way|court|ct|place|hill|row|walk|square|park|rise|view|green)"
_ADDRESS = (
    rf"\b{_NUMBER_AND_NAME}\s+{_STREET}\b"
    rf"|(?<=\bat )\s*{_NUMBER_AND_NAME}\s+{_MAYBE_STREET}\b"
    rf"|(?<=\baddress is )\s*{_NUMBER_AND_NAME}\s+{_MAYBE_STREET}\b"
    rf"|\b{_NUMBER_AND_NAME}\s+{_MAYBE_STREET}\b(?=\s*(?:[,.;!?\n]|$|and\b|in\b|{_POSTCODE}))"
)
_ABOUT_THEM = re.compile(f"{_ADDRESS}|{_POSTCODE}|{_CONTACT}", re.IGNORECASE)


def forget_conversation(session: Session, conversation_id: str, attempt: Attempt) -> bool:
    """Delete a conversation and its enquiry, and release what was booked.

    A conversation that carries a disclosure, or may carry one, is kept for the safeguarding schedule, under another id (so that the page's
    key opens it no more), cut off from the enquiry and without the name, address, phone number and e-mail address of the
    person. What staff wrote when they dealt with it stays. Files of messages to the person go at the worker's next sweep.
    An enquiry that has other conversations stays with them.

    Args:
        attempt: by the worker's door: what is forgotten is given back whatever the hour.

    Returns:
        True when nothing of the conversation is left, False when a disclosure keeps a part of it.
    """
    conversation = session.get(Conversation, conversation_id)
    if conversation is None:
        return True
    disclosed = session.scalar(
        select(Handoff.id).where(Handoff.conversation_id == conversation.id, Handoff.reason.in_(DISCLOSURES)).limit(1)
    )
    enquiry = conversation.enquiry
    if disclosed:
        _cut_off(session, conversation, enquiry)
    elif enquiry is not None:
        conversation.enquiry = None
        session.flush()
    if enquiry is not None and not _others(session, enquiry):
        _delete_enquiry(session, enquiry, attempt)
    # The database deletes the messages and handoffs that are still with it.
    session.execute(delete(Conversation).where(Conversation.id == conversation_id))
    session.expunge(conversation)
    session.expire_all()
    return not disclosed


def _cut_off(session: Session, conversation: Conversation, enquiry: Enquiry | None) -> None:
    others = Handoff.reason.not_in(DISCLOSURES)
    session.execute(delete(Handoff).where(Handoff.conversation_id == conversation.id, others))
    handoffs = session.scalars(select(Handoff).where(Handoff.conversation_id == conversation.id)).all()
    for handoff in handoffs:
        handoff.enquiry_id = None
        handoff.summary = _without_contact(handoff.summary, enquiry)
    for message in session.scalars(select(Message).where(Message.conversation_id == conversation.id)):
        # The service's own numbers in what the assistant said stay; only what is known of the person goes from there.
        if message.author == Author.ENQUIRER:
            message.text = _without_what_they_said_of_themselves(message.text)
        message.text = _without_contact(message.text, enquiry)
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


def _without_what_they_said_of_themselves(text: str) -> str:
    text = _NAMED.sub(lambda found: found.group().removesuffix(found.group("name")) + REMOVED, text)
    return _ABOUT_THEM.sub(REMOVED, text)


def _without_contact(text: str, enquiry: Enquiry | None) -> str:
    if enquiry is None:
        return text
    for known in (enquiry.contact_email, enquiry.contact_phone, enquiry.contact_name):
        if known:
            text = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", REMOVED, text, flags=re.IGNORECASE)
    return text


def _others(session: Session, enquiry: Enquiry) -> bool:
    return session.scalar(select(Conversation.id).where(Conversation.enquiry_id == enquiry.id).limit(1)) is not None


def _delete_enquiry(session: Session, enquiry: Enquiry, attempt: Attempt) -> None:
    lock_enquiry(session, enquiry.id)
    lock_events(session, {place.event_id for place in enquiry.places})
    for place in list(enquiry.places):
        release_place(session, place, attempt)
    for visit in list(enquiry.visits):
        release_visit(session, visit, attempt)
    session.flush()
    session.expire_all()
    # Everything that hangs on it goes with it: the database cascades.
    session.execute(delete(Enquiry).where(Enquiry.id == enquiry.id))
    session.expunge(enquiry)
