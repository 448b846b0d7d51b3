"""Readiness: whether the store, the assistant, the worker and the outbox are as they have to be."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from enquiry.content.wording import Wording
from enquiry.operating.heartbeat import last_beat
from enquiry.queries.figures import messages_are_stuck
from enquiry.settings import ROOT, Settings
from enquiry.setup.prepare import NEWEST
from enquiry.store.engine import Store
from enquiry.store.probe import ask
from web.operating.deadline import AskedInTime, NoAnswer
from web.turns.assistant import Assistant
from web.turns.conversation_keys import Clock

SECONDS = 2
# Whoever asks more often gets the same answer: nobody can keep the store busy with it.
KEPT_SECONDS = 1.0
# The worker looks every two seconds; a mail server that is slow may hold up a round for most of a minute.
WORKER_SILENT_AFTER = timedelta(minutes=2)
OK = "ok"
# Without these no page can be shown and no message kept. Without the others people are served, if more slowly.
NEEDED = ("store", "migrations")


@dataclass(frozen=True)
class StoreState:
    """What the store says: the newest migration it has, and whether messages to people are stuck in it."""

    revision: str
    stuck: bool


class Readiness:
    """Looks at every part, at most once a second, and never longer than the deadline."""

    def __init__(
        self, *, settings: Settings, store: Store, assistant: Assistant, wording: Wording, clock: Clock
    ) -> None:
        self._settings = settings
        self._store = store
        self._assistant = assistant
        self._wording = wording
        self._clock = clock
        self._asked = AskedInTime(self._store_state, SECONDS)
        self._lock = asyncio.Lock()
        self._found: dict[str, str] = {}
        self._looked = float("-inf")

    async def look(self) -> dict[str, str]:
        """Each part with "ok" or a sentence."""
        async with self._lock:
            if time.monotonic() - self._looked >= KEPT_SECONDS:
                of_store, of_assistant = await asyncio.gather(self._look_at_store(), self._look_at_assistant())
                self._found = {**of_store, **of_assistant, "worker": self._look_at_worker()}
                self._looked = time.monotonic()
            return self._found

    async def _look_at_store(self) -> dict[str, str]:
        try:
            state = await self._asked.answer()
        except NoAnswer:
            return {
                "store": self._say("store_silent"),
                **dict.fromkeys(("migrations", "outbox"), self._say("not_looked_at")),
            }
        return {
            "store": OK,
            "migrations": OK if state.revision == NEWEST else self._say("migrations_differ"),
            "outbox": self._say("outbox_stuck") if state.stuck else OK,
        }

    async def _look_at_assistant(self) -> dict[str, str]:
        try:
            await asyncio.wait_for(self._assistant.look(), SECONDS)
            answering = self._assistant.answering
        except TimeoutError:
            answering = {}
        return {
            "assistant": OK if answering.get("rasa") else self._say("assistant_silent"),
            "actions": OK if answering.get("actions") else self._say("actions_silent"),
        }

    def _look_at_worker(self) -> str:
        beat = last_beat(ROOT / self._settings.state_dir)
        if beat is None:
            return self._say("worker_unseen")
        silent = self._clock() - beat
        return (
            OK if silent < WORKER_SILENT_AFTER else self._say("worker_silent", minutes=silent // timedelta(minutes=1))
        )

    def _store_state(self) -> StoreState:
        rows = ask(self._store.url, "SELECT version_num FROM alembic_version", SECONDS)
        with self._store.read() as session:
            return StoreState(
                revision=str(rows[0][0]) if rows else "", stuck=messages_are_stuck(session, self._clock())
            )

    def _say(self, name: str, **values: Any) -> str:
        return self._wording.say(f"operating.{name}", **values)
