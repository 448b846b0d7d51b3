"""HTTP channel of the Rasa server for Hearth's web process, on the loopback interface."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.server.log_lines import event_log, follow
from bot.server.retention import TrackerDatabase

# Every slash and every kind of white space in one go: Rasa strips white space too, and would uncover the next slash.
log = event_log()
LEADING = re.compile(r"^[\s/]+")


class HearthChannel(InputChannel):
    """Takes {sender, message, metadata} and gives the list of replies that the actions made."""

    @classmethod
    def name(cls) -> str:
        return "hearth"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        blueprint = Blueprint("hearth", __name__)
        database = TrackerDatabase(Path(os.environ["HEARTH_TRACKER_DB"]))

        @blueprint.route("/", methods=["GET"])
        async def ready(request: Request) -> HTTPResponse:
            # Where the model could not be loaded Rasa serves all the same, and understands nothing.
            agent = getattr(request.app.ctx, "agent", None)
            has_model = agent is not None and agent.is_ready()
            return response.json({"status": "ok" if has_model else "no model"}, 200 if has_model else 503)

        @blueprint.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            began = time.perf_counter()
            follow(request_id=request.json["metadata"].get("request_id"), conversation_id=request.json["sender"])
            database.delete_old(time.time())
            collector = CollectingOutputChannel()
            await on_new_message(
                UserMessage(
                    without_command(request.json["message"]),
                    collector,
                    request.json["sender"],
                    input_channel=self.name(),
                    metadata=request.json["metadata"],
                )
            )
            said = replies(collector.messages)
            milliseconds = round((time.perf_counter() - began) * 1000, 1)
            log.info("message_processed", extra={"facts": {"milliseconds": milliseconds, "replies": len(said)}})
            return response.json(said)

        @blueprint.route("/forget", methods=["POST"])
        async def forget(request: Request) -> HTTPResponse:
            database.delete_conversation(request.json["sender"])
            return response.json({"status": "forgotten"})

        return blueprint


def without_command(text: str) -> str:
    """Take off the slashes that a text begins with: Rasa would obey "/intent{…}" typed by a person as a command."""
    return LEADING.sub("", text) or "…"


def replies(collected: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """List the messages that the actions made, as they made them."""
    return [message["custom"] for message in collected if "custom" in message]
