"""Notice conversations the assistant leaves unanswered, and ask a person to answer them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency
from enquiry.conversations.conversation import SILENT_AFTER
from enquiry.enums import HandoffReason, Priority
from enquiry.handoffs.handoff import make_handoff, seen_by_staff
from enquiry.logs import event_log
from enquiry.outbox.letters import alert_prefix, silence_summary
from enquiry.store.engine import Store
from enquiry.store.models import Conversation, Handoff, Message, OutboxMessage

# How often it is said again that a silence can't be handed over.
COMPLAIN_EVERY = timedelta(hours=1)

log = event_log()


class SilenceWatch:
    """Looks for silences, round after round. It writes only when there is something to hand over."""

    def __init__(self, store: Store, agencies: Mapping[str, Agency]) -> None:
        self._store = store
        self._agencies = agencies
        self._complained: dict[str, datetime] = {}

    def look(self, now: datetime) -> int:
        """Hand over what is silent.

        Returns:
            How many handoffs were made, or made known again.
        """
        with self._store.read() as session:
            silent = [conversation for conversation, _since in silent_conversations(session, now)]
        for conversation in silent:
            if conversation.agency not in self._agencies:
                self._complain(conversation.id, now)
        if not any(conversation.agency in self._agencies for conversation in silent):
            return 0
        with self._store.write() as session:
            return hand_over_silent(session, self._agencies, now)

    def _complain(self, conversation_id: str, now: datetime) -> None:
        last = self._complained.get(conversation_id)
        if last is None or now - last >= COMPLAIN_EVERY:
            self._complained[conversation_id] = now
            log.error("silence_not_told", conversation_id=conversation_id, reason="unknown_agency")


def silent_conversations(session: Session, now: datetime) -> list[tuple[Conversation, datetime]]:
    """Conversations with a message that has waited for more than two minutes and that no one has been told of.

    What waited when staff finished a handoff has been seen by them; what is typed after that makes a new one. What is typed
    while a handoff is open makes it known again, in the next hour at the latest, since it may be a disclosure.

    Returns:
        Each with the moment since when it has been waiting.
    """
    since = func.min(Message.at, type_=Message.at.type).label("since")
    newest = func.max(Message.at, type_=Message.at.type).label("newest")
    waiting = (
        select(Message.conversation_id, since, newest)
        .where(Message.waiting.is_(True), Message.at < now - SILENT_AFTER, ~seen_by_staff())
        .group_by(Message.conversation_id)
        .subquery()
    )
    is_open = and_(
        Handoff.conversation_id == waiting.c.conversation_id,
        Handoff.reason == HandoffReason.ASSISTANT_SILENT.value,
        Handoff.done_at.is_(None),
    )
    found = session.execute(
        select(Conversation, waiting.c.since, waiting.c.newest, Handoff)
        .join(waiting, waiting.c.conversation_id == Conversation.id)
        .outerjoin(Handoff, is_open)
    )
    return [
        (conversation, oldest)
        for conversation, oldest, latest, handoff in found
        if handoff is None or _is_news(session, handoff, latest, now)
    ]


def hand_over_silent(session: Session, agencies: Mapping[str, Agency], now: datetime) -> int:
    """Make a handoff for each conversation the assistant leaves unanswered: today's, since it may be a disclosure.

    Returns:
        How many were made, or made known again.
    """
    made = 0
    for conversation, since in silent_conversations(session, now):
        agency = agencies.get(conversation.agency)
        if agency is None:
            # Its file has been taken away; the watch says so.
            continue
        make_handoff(
            session,
            conversation,
            agency=agency,
            reason=HandoffReason.ASSISTANT_SILENT,
            priority=Priority.SAME_DAY,
            summary=silence_summary(since),
            now=now,
        )
        made += 1
    return made


def _is_news(session: Session, handoff: Handoff, latest: datetime, now: datetime) -> bool:
    """Whether something was typed since staff were last alerted, and an hour's alert has not been used up."""
    if latest <= handoff.created_at:
        return False
    alerts = OutboxMessage.occasion.startswith(alert_prefix(handoff.id), autoescape=True)
    told = session.scalar(select(func.max(OutboxMessage.created_at, type_=OutboxMessage.created_at.type)).where(alerts))
    # Without an alert there is nobody to alert: the queue alone tells of it.
    return told is not None and told < latest and told < now.replace(minute=0, second=0, microsecond=0)
