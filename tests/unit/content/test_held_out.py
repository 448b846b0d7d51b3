"""The held-out messages measure honestly only while nothing like them is trained on."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator

import pytest
import yaml

from enquiry.settings import ROOT

HELD_OUT = ROOT / "tests" / "understanding"
ALIKE = 0.8  # shared words of all words of two messages
FEWEST_WORDS = 4  # below it "two of us" can hardly be said in any other way
FEWEST = {
    "disclosures": 200,
    "near_misses": 150,
    "out_of_scope": 120,
    "screening_answers": 200,
    "answers_by_others": 400,
    "messages": 300,
    "told": 200,
    "denials": 80,
    "denials_half_true": 14,
    "out_of_scope_stories": 100,
    "speakers": 140,
    "feelings": 130,
    "tried": 41,
}
FEWEST_A_TOPIC = 4


def words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower().replace("\u2019", "'").replace("'", "")))


def held_out(name: str) -> list[dict[str, str]]:
    with (HELD_OUT / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def texts_in(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for value in node.values():
            yield from texts_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts_in(value)
    elif isinstance(node, str):
        yield from node.splitlines()


@pytest.fixture(scope="module")
def trained_on() -> dict[frozenset[str], str]:
    """Every line of text in the files the model is made from, by its words."""
    folders = ("topics", "nlu", "safeguarding", "answers")
    files = [file for folder in folders for file in sorted((ROOT / "data" / folder).glob("*.yml"))]
    files += [
        ROOT / "data" / name
        for name in ("out_of_scope.yml", "criteria.yml", "safeguarding.yml", "senders.yml", "afterwards.yml")
    ]
    lines = (
        line.strip().removeprefix("- ")
        for file in files
        for line in texts_in(yaml.load(file.read_text("utf-8"), yaml.CSafeLoader))
    )
    return {words(line): line for line in lines if line}


@pytest.mark.parametrize("name", ["topics", *FEWEST])
def test_no_held_out_message_is_nearly_one_that_was_trained_on(
    name: str, trained_on: dict[frozenset[str], str]
) -> None:
    by_word: dict[str, list[frozenset[str]]] = {}
    for known in trained_on:
        for word in known:
            by_word.setdefault(word, []).append(known)
    alike = []
    for row in held_out(name):
        mine = words(row["text"])
        if len(mine) < FEWEST_WORDS:
            continue
        # Whoever shares four words in five with it lacks too few to lack all of these.
        rarest = sorted(mine, key=lambda word: len(by_word.get(word, ())))[: len(mine) // 4 + 1]
        near = {known for word in rarest for known in by_word.get(word, ())}
        alike += [
            f"{row['text']!r} and {trained_on[known]!r}"
            for known in near
            if len(mine & known) >= ALIKE * len(mine | known)
        ]
    assert not alike, "\n".join(alike)


def test_there_are_enough_messages_of_every_kind() -> None:
    assert {name: len(held_out(name)) >= fewest for name, fewest in FEWEST.items()} == dict.fromkeys(FEWEST, True)
    files = (ROOT / "data" / "topics").glob("*.yml")
    topics = {topic["id"] for file in files for topic in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)["topics"]}
    counts = Counter(row["topic"] for row in held_out("topics"))
    assert {topic for topic in topics if counts[topic] < FEWEST_A_TOPIC} == set()
    assert set(counts) == topics


def test_no_message_stands_twice() -> None:
    for name in ("topics", *FEWEST):
        rows = [(row["text"], row.get("question"), row.get("previous_question")) for row in held_out(name)]
        assert len(rows) == len(set(rows)), name


def test_the_values_of_the_answers_can_be_read() -> None:
    for row in (*held_out("screening_answers"), *held_out("answers_by_others")):
        json.loads(row["value"])
