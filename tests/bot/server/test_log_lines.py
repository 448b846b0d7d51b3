"""The Rasa server's lines have the shape of the other processes', and hold no word of what was typed."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from bot.server.log_lines import LineFormatter, event_log, follow

TYPED = "My name is Quillfeather and I live at 9 Vole Lane"
REQUEST, CONVERSATION = "follow-me-0001", "0865cc52e70c4d7fbd8bc8502b657080"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is written of our own events and of the libraries' errors."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(LineFormatter(as_json=True))
    logging.getLogger().addHandler(handler)
    event_log().setLevel(logging.INFO)
    yield out
    logging.getLogger().removeHandler(handler)


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_an_event_is_told_under_the_request_of_its_message(written: io.StringIO) -> None:
    async def deal_with_it() -> None:
        follow(request_id=REQUEST, conversation_id=CONVERSATION)
        event_log().info("message_processed", extra={"facts": {"milliseconds": 12.5, "replies": 2}})

    asyncio.run(deal_with_it())
    event_log().info("process_stopping")
    processed, stopping = lines(written)
    assert processed.pop("time").endswith("Z")
    assert processed == {
        "level": "info",
        "process": "rasa",
        "event": "message_processed",
        "milliseconds": 12.5,
        "replies": 2,
        "request_id": REQUEST,
        "conversation_id": CONVERSATION,
    }
    assert "request_id" not in stopping


@pytest.mark.parametrize("odd", [TYPED, None, 7, {"a": TYPED}, "short"])
def test_ids_that_are_none_are_not_told(written: io.StringIO, odd: object) -> None:
    async def deal_with_it() -> None:
        follow(request_id=odd, conversation_id=odd)
        event_log().info("message_processed", extra={"facts": {"replies": TYPED, "text": TYPED}})

    asyncio.run(deal_with_it())
    (line,) = lines(written)
    assert set(line) == {"time", "level", "process", "event"}


def test_of_an_error_the_type_and_the_place_are_told_and_of_a_library_s_words_the_place(written: io.StringIO) -> None:
    try:
        raise ValueError(TYPED)
    except ValueError:
        logging.getLogger("rasa.core").exception(f"Failed on {TYPED}")
    logging.getLogger("sanic.error").error("%s", TYPED)
    failed, said = lines(written)
    assert (failed["event"], failed["library"], failed["error"]) == ("library_message", "rasa.core", "ValueError")
    assert failed["place"].startswith("tests/bot/server/test_log_lines.py:")
    assert said["library"] == "sanic.error"
    assert "Quillfeather" not in written.getvalue()


def test_for_a_person_it_is_one_readable_line() -> None:
    record = logging.LogRecord("hearth", logging.INFO, __file__, 1, "process_started", (), None)
    record.facts = {"port": 5005}
    told = LineFormatter(as_json=False).format(record).split()
    assert told[1:] == ["info", "rasa", "process_started", "port=5005"]
