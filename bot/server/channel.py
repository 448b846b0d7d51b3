"""The door of the Rasa server. Only Hearth's web process knocks at it, on the loopback interface."""

from __future__ import annotations

import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.server.retention import Memory, now

# Every slash and every kind of white space in one go: Rasa strips white space too, and would uncover the next slash.
LEADING = re.compile(r"^[\s/]+")


class HearthChannel(InputChannel):
    """Takes {sender, message, metadata} and gives the list of replies that the actions made."""

    @classmethod
    def name(cls) -> str:
        return "hearth"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        door = Blueprint("hearth", __name__)
        memory = Memory(Path(os.environ["HEARTH_TRACKER_DB"]))

        @door.route("/", methods=["GET"])
        async def ready(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @door.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            memory.forget_old(now())
            collector = CollectingOutputChannel()
            await on_new_message(
                UserMessage(
                    plain(request.json["message"]),
                    collector,
                    request.json["sender"],
                    input_channel=self.name(),
                    metadata=request.json["metadata"],
                )
            )
            return response.json(replies(collector.messages))

        @door.route("/forget", methods=["POST"])
        async def forget(request: Request) -> HTTPResponse:
            memory.forget(request.json["sender"])
            return response.json({"status": "forgotten"})

        return door


def plain(text: str) -> str:
    """Text that Rasa takes for text: "/intent{…}" typed by a person would otherwise be obeyed as a command."""
    return LEADING.sub("", text) or "…"


def replies(collected: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The messages that the actions made, as they made them."""
    return [message["custom"] for message in collected if "custom" in message]
