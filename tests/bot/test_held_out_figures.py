"""What the trained model makes of messages it was never trained on. The floors are what it reaches, so that nothing falls unseen."""

from __future__ import annotations

import asyncio
import csv
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from bench.really_answered import shares
from bot.understand import load_agent, understand

ROOT = Path(__file__).parents[2]
HELD_OUT = ROOT / "tests" / "understanding"
# Of the rows of a large set every third or ninth; `./hearth bench understanding` takes all.
EVERY = {"topics": 3, "disclosures": 3, "near_misses": 3, "out_of_scope": 3, "reached": 9}


@lru_cache(maxsize=1)
def agent() -> Any:
    return load_agent(ROOT / "models" / "hearth.tar.gz")


@lru_cache
def understood(name: str) -> list[tuple[dict[str, str], dict[str, Any]]]:
    with (HELD_OUT / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))[:: EVERY.get(name, 1)]
    return list(zip(rows, understand_all(rows), strict=True))


def understand_all(lines: list[dict[str, str]]) -> list[dict[str, Any]]:
    loop = asyncio.new_event_loop()
    return [loop.run_until_complete(understand(agent(), dict(line))) for line in lines]


def share(hits: list[bool]) -> float:
    return 100 * sum(hits) / len(hits)


# Children and parents who ask about their own lives are hard to tell: those rows are for `./hearth bench understanding`.
ABOUT_THEMSELVES = ("service/young_person", "service/parent_of_child_in_care")


def test_topics_are_answered_at_once_and_seldom_wrongly() -> None:
    rows = [(row, found) for row, found in understood("topics") if row["topic"] not in ABOUT_THEMSELVES]
    assert share([found["decision"] == "answer" and row["topic"] in found["topics"] for row, found in rows]) >= 82
    assert share([found["decision"] == "answer" and row["topic"] not in found["topics"] for row, found in rows]) <= 4


def full(found: dict[str, Any]) -> bool:
    return bool(found["certainty"] == "sure")


@pytest.mark.parametrize(("name", "least"), [("disclosures", 92), ("told", 91), ("denials_half_true", 78)])
def test_disclosures_are_heard_at_least_faintly(name: str, least: int) -> None:
    assert share([found["disclosure"] is not None for _, found in understood(name)]) >= least


@pytest.mark.parametrize(
    ("name", "in_full", "at_all"),
    [
        ("near_misses", 2, 7),
        ("topics", 2, 7),
        ("messages", 5, 21),
        ("denials", 14, 42),
        ("out_of_scope_stories", 4, 29),
    ],
)
def test_little_else_is_taken_for_one(name: str, in_full: int, at_all: int) -> None:
    rows = [
        found
        for row, found in understood(name)
        if row.get("sender") != "child" and row.get("topic") not in ABOUT_THEMSELVES
    ]
    assert share([full(found) for found in rows]) <= in_full
    assert share([found["disclosure"] is not None for found in rows]) <= at_all


def test_where_somebody_is_in_danger_now_the_safety_message_comes_and_not_only_a_line() -> None:
    urgent = [found for row, found in understood("told") if row["danger_now"] == "yes"]
    assert share([full(found) for found in urgent]) >= 85


def test_long_messages_of_real_life_are_answered_at_once() -> None:
    rows = [(row, found) for row, found in understood("messages") if row["topics"]]
    right = [
        found["decision"] == "answer" and not set(row["topics"].split()).isdisjoint(found["topics"])
        for row, found in rows
    ]
    assert share(right) >= 61


def test_what_is_out_of_scope_is_not_answered_as_a_topic() -> None:
    assert share([found["decision"] != "answer" for _, found in understood("out_of_scope")]) >= 92


@pytest.mark.parametrize(("name", "right", "wrong"), [("screening_answers", 92, 2), ("answers_by_others", 73, 3)])
def test_answers_in_free_words_are_read_right_or_asked_again(name: str, right: int, wrong: int) -> None:
    rows = [(json.loads(row["value"]), found["value"]) for row, found in understood(name)]
    assert share([value == read for value, read in rows]) >= right
    assert share([read is not None and value != read for value, read in rows]) <= wrong


def test_what_is_understood_is_told_under_the_keys_that_others_lean_on() -> None:
    _, found = understood("topics")[0]
    assert list(found) == [
        "text",
        "decision",
        "topic",
        "part",
        "confidence",
        "topics",
        "parts",
        "candidates",
        "value",
        "disclosure",
        "certainty",
        "intent",
        "wish",
        "speaker",
        "feeling",
        "asks",
    ]


def test_what_two_testers_typed_is_heard_and_little_of_the_harmless_is_stopped() -> None:
    rows = understood("tried")
    assert share([found["disclosure"] is not None for row, found in rows if row["told"] == "heard"]) == 100
    assert share([full(found) for row, found in rows if row["told"] == "harmless"]) <= 21


def test_a_name_a_number_or_an_address_at_its_question_is_kept_as_typed_and_never_alarms() -> None:
    rows = understood("reached")
    assert [row["text"] for row, found in rows if found["disclosure"] is not None] == []
    typed = [(row, found) for row, found in rows if row["question"] == "contact_name"]
    names = [str(found["value"]).casefold() == row["value"].casefold() for row, found in typed]
    assert share(names) >= 99


def test_of_two_messages_alike_in_all_but_their_meaning_each_is_taken_for_what_it_is() -> None:
    rows = understood("twins")
    told, harmless = ([found for row, found in rows if bool(row["category"]) is true] for true in (True, False))
    assert share([found["disclosure"] is not None for found in told]) >= 77
    assert share([full(found) for found in harmless]) <= 3


def test_each_question_of_a_message_of_real_life_gets_an_answer_that_does() -> None:
    assert shares(understood("messages"))["really_answered"] >= 62


def test_who_goes_on_after_a_flag_takes_nothing_back_and_who_puts_it_right_is_heard() -> None:
    rows = understood("goes_on")
    right = {
        true: [found["intent"] == "put_right" for row, found in rows if row["puts_right"] == true]
        for true in ("yes", "no")
    }
    assert not any(right["no"])
    assert share(right["yes"]) >= 60


def test_of_ordinary_messages_after_a_flag_few_are_taken_for_putting_it_right() -> None:
    typed = [row for name in ("messages", "out_of_scope_stories") for row, _ in understood(name)][::3]
    for certainty, most in (("sure", 4), ("faint", 1)):
        lines = [{**row, "after_disclosure": "domestic_abuse", "after_certainty": certainty} for row in typed]
        assert share([found["intent"] == "put_right" for found in understand_all(lines)]) <= most
