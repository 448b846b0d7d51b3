"""The way to the assistant: is it there, and what does it say."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import httpx

from enquiry.operating.logs import event_log

log = event_log()
# A first start of the assistant loads its model; only after this long is it called away instead of waking.
WAKING_SECONDS = 120.0
LONGEST_REPLY_SECONDS = 30.0
CHECK_SECONDS = 1.5
FORGET_SECONDS = 2.0
# How often it is looked at: while it is there, and while it is missed.
LOOK_SECONDS = 3.0
MISSED_LOOK_SECONDS = 0.5
# What it is made of: rasa understands, the action server answers.
PARTS = ("rasa", "actions")


class Presence(StrEnum):
    """Whether the assistant can be talked to."""

    AWAKE = "awake"
    WAKING = "waking"
    AWAY = "away"


class AssistantSilent(Exception):
    """The assistant could not deal with a message."""


@dataclass(frozen=True)
class Reply:
    """One thing the assistant says. `question` of "" clears the question that stands; None leaves it.

    `withheld` says that what the person typed may not be kept (enquiry/safeguarding/private_text.py); `forgotten`, that they are sure
    they want the whole conversation forgotten.
    """

    text: str
    choices: tuple[dict[str, Any], ...]
    links: tuple[dict[str, Any], ...]
    question: str | None
    withheld: bool = False
    forgotten: bool = False
    progress: str | None = None


class Assistant:
    """Talks to Rasa over the loopback interface.

    Args:
        rasa_port: where the assistant listens.
        actions_port: where the action server listens; without it the assistant understands but can't answer.
    """

    def __init__(self, rasa_port: int, actions_port: int) -> None:
        self._chat = f"http://127.0.0.1:{rasa_port}/webhooks/hearth/webhook"
        self._forget = f"http://127.0.0.1:{rasa_port}/webhooks/hearth/forget"
        self._health = (f"http://127.0.0.1:{rasa_port}/webhooks/hearth/", f"http://127.0.0.1:{actions_port}/health")
        self._client = httpx.AsyncClient(
            timeout=LONGEST_REPLY_SECONDS, trust_env=False, limits=httpx.Limits(max_connections=100)
        )
        self._since = time.monotonic()
        self._ever_awake = False
        self._awake = False
        self.answering = dict.fromkeys(PARTS, False)
        self._missed = asyncio.Event()

    @property
    def presence(self) -> Presence:
        """What the last look at it showed."""
        if self._awake:
            return Presence.AWAKE
        starting = not self._ever_awake and time.monotonic() - self._since < WAKING_SECONDS
        return Presence.WAKING if starting else Presence.AWAY

    async def look(self) -> Presence:
        """See whether it is there now."""
        self.answering = dict(zip(PARTS, await asyncio.gather(*map(self._answers, self._health)), strict=True))
        was_awake, self._awake = self._awake, all(self.answering.values())
        if not self._awake:
            self._missed.set()
        if self._awake and not was_awake:
            log.info("assistant_awake")
        if was_awake and not self._awake:
            log.warning("assistant_away", missing=",".join(part for part, here in self.answering.items() if not here))
        self._ever_awake = self._ever_awake or self._awake
        return self.presence

    async def watch(self) -> None:
        """Keep looking until cancelled, more often while it is missed."""
        while True:
            await self.look()
            if self._awake:
                # Woken early when a forwarded message found it gone.
                self._missed.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._missed.wait(), LOOK_SECONDS)
            else:
                await asyncio.sleep(MISSED_LOOK_SECONDS)

    async def reply(self, conversation_id: str, text: str, metadata: dict[str, Any]) -> tuple[Reply, ...]:
        """Forward one message and wait for what is said to it, for up to 30 seconds.

        Args:
            conversation_id: the sender, as the assistant knows it.
            text: what the enquirer wrote, without a leading slash.
            metadata: agency, question, previous question and request id; nothing personal, and no key.
        Raises:
            AssistantSilent: it could not be reached, was too slow, or said nothing that can be shown.
        """
        try:
            answer = await self._client.post(
                self._chat, json={"sender": conversation_id, "message": text, "metadata": metadata}
            )
            answer.raise_for_status()
            said = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            # Its class is told on, not its text: that could carry what the person wrote.
            raise AssistantSilent(type(error).__name__) from None
        replies = tuple(_read(item) for item in said if isinstance(item, dict)) if isinstance(said, list) else ()
        if not any(reply.text or reply.choices for reply in replies):
            raise AssistantSilent("nothing_said")
        return replies

    def forget(self, conversation_id: str) -> None:
        """Have the assistant drop its own short memory of a conversation. Blocks for up to two seconds.

        Where it can't be reached nothing is done: its memory does not outlast a day.
        """
        try:
            httpx.post(self._forget, json={"sender": conversation_id}, timeout=FORGET_SECONDS, trust_env=False)
        except httpx.HTTPError:
            return

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def _answers(self, url: str) -> bool:
        try:
            return (await self._client.get(url, timeout=CHECK_SECONDS)).status_code == 200
        except httpx.HTTPError:
            return False


def _read(item: dict[str, Any]) -> Reply:
    question = item.get("question")
    return Reply(
        text=str(item.get("text") or "").strip(),
        choices=_pairs(item.get("choices"), "text"),
        links=_pairs(item.get("links"), "url"),
        question=question if isinstance(question, str) else None,
        withheld=item.get("withheld") is True,
        forgotten=item.get("forgotten") is True,
        progress=str(item["progress"]) if item.get("progress") else None,
    )


def _pairs(raw: Any, second: str) -> tuple[dict[str, Any], ...]:
    """Only what is complete is shown: a button that says nothing, or sends nothing, helps nobody."""
    if not isinstance(raw, list):
        return ()
    return tuple(
        {"title": str(pair["title"]), second: str(pair[second]), **({"several": True} if pair.get("several") else {})}
        for pair in raw
        if isinstance(pair, dict) and pair.get("title") and pair.get(second)
    )
