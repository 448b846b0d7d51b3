"""Numbers and addresses whose owner asked for no more messages: STOP, and START to have them again."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enquiry.contacts import tidy_contact
from enquiry.store.models import NoMessages, OutboxMessage

_FIRST_WORD = re.compile(r"[^\w]*(\w+)")


def take_reply(session: Session, sender: str, text: str, now: datetime) -> None:
    """Do what somebody asks for who answers one of our texts: its first word says it. Any other answer changes nothing.

    Args:
        sender: a phone number, also without its plus, as GOV.UK Notify gives it.
    """
    number = tidy_contact(f"+{sender.strip()}" if re.fullmatch(r"\s*[1-9]\d+\s*", sender, re.ASCII) else sender)
    first = _FIRST_WORD.match(text)
    word = first.group(1).casefold() if first else ""
    if number is None:
        return
    if word == "stop":
        stop_messages(session, number, now)
    elif word == "start":
        start_messages(session, number)


def stop_messages(session: Session, recipient: str, now: datetime) -> None:
    """Send nothing more to a number or address, as it is kept; what waits to go there is taken back."""
    try:
        with session.begin_nested():
            session.add(NoMessages(recipient=recipient, at=now))
    except IntegrityError:
        # Asked before: the first time stands.
        if not is_stopped(session, recipient):
            raise
    # One that is being handed over is left: nobody knows yet whether it went.
    waiting = (
        OutboxMessage.recipient == recipient,
        OutboxMessage.sent_at.is_(None),
        OutboxMessage.handing_over_at.is_(None),
    )
    session.execute(delete(OutboxMessage).where(*waiting))


def start_messages(session: Session, recipient: str) -> None:
    """Messages may go there again."""
    session.execute(delete(NoMessages).where(NoMessages.recipient == recipient))


def is_stopped(session: Session, recipient: str) -> bool:
    """Whether the owner of exactly this number or address asked for no more."""
    return session.scalar(select(NoMessages.recipient).where(NoMessages.recipient == recipient)) is not None
