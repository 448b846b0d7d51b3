"""Putting a flag right: somebody was heard to tell of harm, and says that it was not meant that way.

Nothing that staff were told is taken back: the handoff stays in the queue as urgent as it was, with what was said and when. What ends is
what the flag held back: questions and bookings go on by themselves. docs/decisions/0032 says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from enquiry.enums import DISCLOSURES, Author, HandoffReason
from enquiry.safeguarding.categories import Category, PutRightBy
from enquiry.store.models import Conversation, Handoff, Message, PuttingRight, Staff

FRESH = 3  # messages of the person, from the one that was faintly heard: so long what they say may be about it


@dataclass(frozen=True)
class Standing:
    """What stands of disclosures in a conversation: the gravest category, and whether it is sure."""

    category: str
    sure: bool


def standing_flags(session: Session, conversation: Conversation) -> list[Handoff]:
    """The disclosures of a conversation, sure or possible, that were not put right."""
    return list(
        session.scalars(
            select(Handoff).where(
                Handoff.conversation_id == conversation.id,
                Handoff.reason.in_(DISCLOSURES),
                Handoff.put_right_at.is_(None),
            )
        )
    )


def standing(session: Session, conversation: Conversation, categories: Mapping[str, Category]) -> Standing | None:
    """What the conversation is about since a disclosure, if it is.

    Where everything is arranged by a person it is about that until it is put right; else for the next few messages.
    """
    flags = [flag for flag in standing_flags(session, conversation) if flag.category in categories]
    sure = [flag for flag in flags if flag.reason == HandoffReason.DISCLOSURE.value]
    lasting = [flag for flag in sure if categories[flag.category].stops_enquiry]
    for some in (lasting, _fresh(session, conversation, sure), _fresh(session, conversation, flags)):
        if some:
            gravest = min(some, key=lambda flag: categories[flag.category].rank)
            return Standing(gravest.category, gravest.reason == HandoffReason.DISCLOSURE.value)
    return None


def put_right(session: Session, conversation: Conversation, categories: Mapping[str, Category], now: datetime) -> bool:
    """The person says that it was not meant that way. What ends and what waits for staff is written down either way.

    Returns:
        Whether every flag of the conversation has ended.
    """
    flags = standing_flags(session, conversation)
    for flag in flags:
        ended = _ends(flag, categories.get(flag.category))
        session.add(PuttingRight(handoff_id=flag.id, ended=ended, at=now))
        if ended:
            flag.put_right_at = now
    session.flush()
    return _collect_again(session, conversation, categories)


def put_right_by_staff(
    session: Session, handoff: Handoff, staff: Staff, categories: Mapping[str, Category], now: datetime
) -> None:
    """A member of staff has looked, and it was a misunderstanding: what it held back is free again, messages too."""
    if handoff.reason not in DISCLOSURES or (handoff.put_right_at is not None and not handoff.pauses_messages):
        return
    session.add(PuttingRight(handoff_id=handoff.id, staff_id=staff.id, ended=True, at=now))
    handoff.put_right_at = handoff.put_right_at or now
    handoff.pauses_messages = False
    session.flush()
    _collect_again(session, handoff.conversation, categories)


def _ends(flag: Handoff, category: Category | None) -> bool:
    if flag.done_at is not None and flag.reason == HandoffReason.DISCLOSURE.value:
        return False  # staff have dealt with it as it was told
    if flag.reason == HandoffReason.POSSIBLE_DISCLOSURE.value or flag.by_rule is False:
        return True
    return category is not None and category.put_right.by is PutRightBy.PERSON


def _collect_again(session: Session, conversation: Conversation, categories: Mapping[str, Category]) -> bool:
    """Let things be asked again where nothing stands any more that stopped it, and say whether nothing stands at all."""
    left = [flag for flag in standing_flags(session, conversation) if flag.reason == HandoffReason.DISCLOSURE.value]
    stops = [categories.get(flag.category) for flag in left]
    if not any(category is None or category.stops_collecting for category in stops):
        conversation.collecting_stopped = False
    return not left


def _fresh(session: Session, conversation: Conversation, flags: list[Handoff]) -> list[Handoff]:
    if not flags:
        return []
    theirs = (Message.conversation_id == conversation.id, Message.author == Author.ENQUIRER.value)
    return [
        flag
        for flag in flags
        if (session.scalar(select(func.count()).where(*theirs, Message.at > (flag.told_at or flag.created_at))) or 0)
        <= FRESH
    ]
