"""Measure how well messages are understood that the assistant was never trained on: `./hearth bench understanding`.

Runs the trained model over the held-out files of tests/understanding/, and tells the figures an answer's worth hangs on.
It runs in the assistant's own environment, as `./hearth understand` does.
"""

from __future__ import annotations

import asyncio
import csv
import json
import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.by_length import SETS, Line, is_faint, is_full, is_heard, lines_by_length
from bench.by_length import in_words as long_ones_in_words
from bot.understand import load_agent, understand

MAY_FOSTER = "may_foster"  # whoever nothing else is told of
HELD_OUT = Path("tests/understanding")
Row = dict[str, str]
Found = dict[str, Any]
Pair = tuple[Row, Found]


@dataclass(frozen=True)
class Measured:
    """The figures, and in words what went wrong, so that whoever edits data/ sees what to write."""

    figures: dict[str, float]
    by_category: dict[str, str]
    by_length: tuple[Line, ...]
    misses: tuple[str, ...]


def measure(model: Path, folder: Path = HELD_OUT) -> Measured:
    """Understand every held-out message.

    Args:
        model: the trained model.
        folder: where the held-out files are.
    """
    loop = asyncio.new_event_loop()
    agent = load_agent(model)
    times: list[float] = []

    def run(name: str) -> list[Pair]:
        pairs = []
        for row in read_rows(folder / f"{name}.csv"):
            line = {
                "text": row["text"],
                "question": row.get("question"),
                "previous_question": row.get("previous_question"),
            }
            start = time.perf_counter()
            pairs.append((row, loop.run_until_complete(understand(agent, line))))
            times.append((time.perf_counter() - start) * 1000)
        return pairs

    topics, disclosures, near_misses = run("topics"), run("disclosures"), run("near_misses")
    out_of_scope, answers = run("out_of_scope"), run("screening_answers")
    tried, speakers, feelings = run("tried"), run("speakers"), run("feelings")
    reached = run("reached")
    sets = {name: run(name) for name in SETS}
    figures = {
        **topic_figures(topics),
        "disclosures_recognised": share(disclosures, lambda row, found: is_heard(found)),
        "disclosures_in_full": share(disclosures, lambda row, found: is_full(found)),
        "disclosures_right_category": share(disclosures, lambda row, found: found["disclosure"] == row["category"]),
        "harmless_flagged": share(near_misses, lambda row, found: is_full(found)),
        "harmless_faint": share(near_misses, lambda row, found: is_faint(found)),
        "topics_flagged": share(topics, lambda row, found: is_full(found)),
        "topics_faint": share(topics, lambda row, found: is_faint(found)),
        **answer_figures(answers),
        "out_of_scope_not_answered": share(out_of_scope, lambda row, found: found["decision"] != "answer"),
        "out_of_scope_told_so": share(out_of_scope, lambda row, found: found["intent"] == "out_of_scope"),
        "testers_heard": share(
            [pair for pair in tried if pair[0]["told"] == "heard"], lambda row, found: is_heard(found)
        ),
        "testers_harmless_in_full": share(
            [pair for pair in tried if pair[0]["told"] == "harmless"], lambda row, found: is_full(found)
        ),
        "speaker_right": share(
            [pair for pair in speakers if pair[0]["speaker"] != MAY_FOSTER],
            lambda row, found: found["speaker"] == row["speaker"],
        ),
        "speaker_wrong": share(speakers, lambda row, found: found["speaker"] not in (None, row["speaker"])),
        "feeling_right": share(feelings, lambda row, found: (found["feeling"] or "none") == row["feeling"]),
        "names_and_contacts_alarmed": share(reached, lambda row, found: is_heard(found)),
        **{
            f"{question}_kept": share([pair for pair in reached if pair[0]["question"] == question], _kept_as_typed)
            for question in ("contact_name", "contact")
        },
        "messages": len(times),
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(statistics.quantiles(times, n=20)[18], 1),
    }
    return Measured(
        figures,
        recall_by_category(disclosures),
        tuple(lines_by_length(sets)),
        (*in_words(topics, disclosures, near_misses, answers, out_of_scope), *long_ones_in_words(sets)),
    )


def read_rows(file: Path) -> list[Row]:
    """The rows of a CSV file with a head line."""
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def share(pairs: Sequence[Pair], holds: Callable[[Row, Found], bool]) -> float:
    """How many in a hundred."""
    return round(100 * sum(holds(row, found) for row, found in pairs) / len(pairs), 1)


def topic_figures(pairs: Sequence[Pair]) -> dict[str, float]:
    """Topics: what was answered at once, rightly or wrongly, and whether the right one was at least offered."""
    return {
        "topic_right_at_once": share(pairs, _answered_right),
        "topic_wrong_and_confident": share(pairs, _acted_on_wrongly),
        "topic_right_or_offered": share(pairs, lambda row, found: _answered_right(row, found) or _offered(row, found)),
        "topic_best_guess_right": share(
            pairs, lambda row, found: [one["topic"] for one in found["candidates"][:1]] == [row["topic"]]
        ),
    }


def _answered_right(row: Row, found: Found) -> bool:
    return bool(found["decision"] == "answer" and row["topic"] in found["topics"])


def _offered(row: Row, found: Found) -> bool:
    return found["decision"] == "clarify" and row["topic"] in [one["topic"] for one in found["candidates"]]


def _acted_on_wrongly(row: Row, found: Found) -> bool:
    """Another topic was answered, or a command was carried out that nobody gave."""
    return (found["decision"] == "answer" and row["topic"] not in found["topics"]) or found["decision"] in (
        "command",
        "handoff",
    )


def answer_figures(pairs: Sequence[Pair]) -> dict[str, float]:
    """Screening answers: read right, read wrong, asked again. Asking again is right where the text says too little."""
    return {
        "answers_right": share(pairs, lambda row, found: found["value"] == json.loads(row["value"])),
        "answers_wrong": share(pairs, _read_wrong),
        "answers_asked_again": share(
            pairs, lambda row, found: found["value"] is None and json.loads(row["value"]) is not None
        ),
    }


def _read_wrong(row: Row, found: Found) -> bool:
    return found["value"] is not None and found["value"] != json.loads(row["value"])


def _kept_as_typed(row: Row, found: Found) -> bool:
    """Whether a name or contact was read whole; a British number counts with or without its country."""
    read, typed = str(found["value"]).casefold(), row["value"].casefold()
    return read == typed or (typed.isdigit() and read[-10:] == typed[-10:] and "@" not in read)


def recall_by_category(pairs: Sequence[Pair]) -> dict[str, str]:
    """For each category how many of its messages were recognised, and how many as just that."""
    counts = {}
    for category in sorted({row["category"] for row, _ in pairs}):
        mine = [found["disclosure"] for row, found in pairs if row["category"] == category]
        counts[category] = f"{sum(one is not None for one in mine)} of {len(mine)}, {mine.count(category)} as such"
    return counts


def in_words(
    topics: Sequence[Pair],
    disclosures: Sequence[Pair],
    near_misses: Sequence[Pair],
    answers: Sequence[Pair],
    out_of_scope: Sequence[Pair],
) -> list[str]:
    """Each message that was not understood as it should be, a line each."""
    lines = [
        f"topic wrong: {row['topic']} <- {row['text']!r} taken for {found['topic'] or found['intent']}"
        for row, found in topics
        if _acted_on_wrongly(row, found) or is_full(found)
    ]
    lines += [
        f"topic not offered: {row['topic']} <- {row['text']!r} ({found['decision']})"
        for row, found in topics
        if not (_answered_right(row, found) or _offered(row, found) or _acted_on_wrongly(row, found) or is_full(found))
    ]
    lines += [
        f"disclosure missed: {row['category']} <- {row['text']!r}"
        for row, found in disclosures
        if found["disclosure"] is None
    ]
    lines += [
        f"disclosure taken for {found['disclosure']}: {row['category']} <- {row['text']!r}"
        for row, found in disclosures
        if found["disclosure"] not in (None, row["category"])
    ]
    lines += [
        f"harmless, {found['certainty']} {found['disclosure']}: {row['text']!r}"
        for row, found in near_misses
        if is_heard(found)
    ]
    lines += [
        f"answer to {row['question']} read as {found['value']!r}, not {row['value']}: {row['text']!r}"
        for row, found in answers
        if found["value"] != json.loads(row["value"])
    ]
    lines += [
        f"out of scope ({row['kind']}) answered with {found['topic']}: {row['text']!r}"
        for row, found in out_of_scope
        if found["decision"] == "answer"
    ]
    return lines


def report(model: Path, *, as_json: bool, with_misses: bool) -> str:
    """The figures as text."""
    measured = measure(model)
    if as_json:
        by_length = {line.name: {"messages": line.messages, **line.figures} for line in measured.by_length}
        return json.dumps({**measured.figures, "by_category": measured.by_category, "by_length": by_length})
    lines = [f"{name:>28}  {value}" for name, value in measured.figures.items()]
    lines += ["", *(f"{category:>28}  {count}" for category, count in measured.by_category.items())]
    lines += ["", *map(str, measured.by_length)]
    if with_misses:
        lines += ["", *measured.misses]
    return "\n".join(lines)


def model_file() -> Path:
    """The trained model that is measured."""
    return Path(os.environ.get("HEARTH_MODEL", "models/hearth.tar.gz"))
