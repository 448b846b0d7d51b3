"""Understand JSON lines without a server: `python -m bot.understand`.

Reads {"text", "question"?, "previous_question"?, "asked_again"?, "last_answer"?, "after_disclosure"?, "after_certainty"?, "agency"?}, one a
line, and writes one line each; see "Interfaces" in docs/architecture.md.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

from bot.server.logs import configure_logging, silence_libraries

LOOKED_AT = (
    "agency",
    "question",
    "previous_question",
    "asked_again",
    "last_answer",
    "after_disclosure",
    "after_certainty",
)


def load_agent(model: Path) -> Any:
    """Load the trained model, ready to parse; no server, no tracker, no endpoint."""
    silence_libraries()
    from rasa.core.agent import Agent

    configure_logging()
    return Agent.load(str(model))


async def understand(agent: Any, line: dict[str, Any]) -> dict[str, Any]:
    """Understand one message.

    Args:
        agent: the loaded model.
        line: `text`, and where known the `question` being asked, whether it is `asked_again`, the `last_answer` given, the `agency`, and
            what it is typed after: the category that was disclosed and its weight ("sure" or "faint").
    """
    from rasa.core.channels.channel import UserMessage

    from bot.server.channel import without_command

    text = str(line.get("text") or "")
    looked_at = {"agency": "leicestershire", **{name: line[name] for name in LOOKED_AT if line.get(name)}}
    parsed = await agent.processor.parse_message(UserMessage(without_command(text), metadata=looked_at))
    found = parsed.get("disclosure")
    topics, parts = parsed.get("topics") or [], parsed.get("parts") or []
    return {
        "text": text,
        "decision": parsed["decision"],
        "topic": topics[0] if topics else None,
        "part": parts[0] if parts else None,
        "confidence": parsed["intent"]["confidence"],
        "topics": list(dict.fromkeys(topics)),
        "parts": [f"{topic}#{part}" if part else topic for topic, part in zip(topics, parts, strict=True)],
        "candidates": parsed["candidates"],
        "value": parsed.get("value"),
        "disclosure": found["category"] if found else None,
        "certainty": found["certainty"] if found else None,
        "intent": parsed["intent"]["name"],
        "wish": parsed.get("wish"),
        "speaker": parsed.get("speaker"),
        "feeling": parsed.get("feeling"),
        "asks": parsed.get("asks"),
    }


def main() -> int:
    agent = load_agent(Path(os.environ.get("HEARTH_MODEL", "models/hearth.tar.gz")))
    loop = asyncio.new_event_loop()
    status = 0
    for number, raw in enumerate(sys.stdin, start=1):
        if not raw.strip():
            continue
        try:
            line = json.loads(raw)
            if not isinstance(line, dict) or not isinstance(line.get("text"), str):
                raise ValueError('it needs a "text"')
        except ValueError as error:
            print(f"Line {number} can't be read: {error}.", file=sys.stderr)
            status = 1
            continue
        print(json.dumps(loop.run_until_complete(understand(agent, line)), ensure_ascii=False), flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
