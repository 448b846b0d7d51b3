"""Notice conversations the assistant leaves unanswered, and ask a person to answer them."""

from __future__ import annotations

from datetime import datetime, timedelta

from enquiry.catalogue import Catalogue
from enquiry.handoffs.silence import hand_over_silent, silent_conversations
from enquiry.operating.logs import event_log
from enquiry.store.engine import Store

# How often it is said again that a silence can't be handed over.
COMPLAIN_EVERY = timedelta(hours=1)

log = event_log()


class SilenceWatch:
    """Looks for silences, round after round. It writes only when there is something to hand over."""

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        self._store = store
        self._catalogue = catalogue
        self._complained: dict[str, datetime] = {}

    def look(self, now: datetime) -> int:
        """Hand over what is silent.

        Returns:
            How many handoffs were made, or made known again.
        """
        with self._store.read() as session:
            silent = [conversation for conversation, _since in silent_conversations(session, now)]
        for conversation in silent:
            if conversation.agency not in self._catalogue.agencies:
                self._complain(conversation.id, now)
        if not any(conversation.agency in self._catalogue.agencies for conversation in silent):
            return 0
        with self._store.write() as session:
            return hand_over_silent(session, self._catalogue, now)

    def _complain(self, conversation_id: str, now: datetime) -> None:
        last = self._complained.get(conversation_id)
        if last is None or now - last >= COMPLAIN_EVERY:
            self._complained[conversation_id] = now
            log.error("silence_not_told", conversation_id=conversation_id, reason="unknown_agency")
