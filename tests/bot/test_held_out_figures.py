"""What the trained model makes of messages it was never trained on. The floors are what it reaches, so that nothing falls unseen."""

from __future__ import annotations

import asyncio
import csv
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from bot.understand import load_agent, understand

ROOT = Path(__file__).parents[2]
HELD_OUT = ROOT / "tests" / "understanding"
EVERY = 3  # of the rows; `./hearth bench understanding` takes all


@lru_cache(maxsize=1)
def agent() -> Any:
    return load_agent(ROOT / "models" / "hearth.tar.gz")


def understood(name: str) -> list[tuple[dict[str, str], dict[str, Any]]]:
    with (HELD_OUT / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))[::EVERY]
    loop = asyncio.new_event_loop()
    return [(row, loop.run_until_complete(understand(agent(), dict(row)))) for row in rows]


def share(hits: list[bool]) -> float:
    return 100 * sum(hits) / len(hits)


def test_topics_are_answered_at_once_and_seldom_wrongly() -> None:
    rows = understood("topics")
    assert share([found["decision"] == "answer" and row["topic"] in found["topics"] for row, found in rows]) >= 82
    assert share([found["decision"] == "answer" and row["topic"] not in found["topics"] for row, found in rows]) <= 4


@pytest.mark.parametrize(("name", "least", "most"), [("disclosures", 92, 100), ("near_misses", 0, 7), ("topics", 0, 7)])
def test_disclosures_are_found_and_little_else_is_taken_for_one(name: str, least: int, most: int) -> None:
    assert least <= share([found["disclosure"] is not None for _, found in understood(name)]) <= most


def test_what_is_out_of_scope_is_not_answered_as_a_topic() -> None:
    assert share([found["decision"] != "answer" for _, found in understood("out_of_scope")]) >= 92


def test_what_is_understood_is_told_under_the_keys_that_others_lean_on() -> None:
    _, found = understood("topics")[0]
    assert list(found) == [
        "text",
        "decision",
        "topic",
        "confidence",
        "topics",
        "candidates",
        "value",
        "disclosure",
        "intent",
    ]
