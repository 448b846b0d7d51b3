"""Examples of what people say after a disclosure, read from data/afterwards.yml and data/safeguarding/denials.yml."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from bot.intents.classifier import PART
from bot.text.normalise import normalise

DENIAL = "denial"
HALF_TRUE = "half_true"
OTHER = "other"  # what people type at any time
MOST_OF_A_LABEL = 4  # of what people type at any time: more would drown the others

Labelled = list[tuple[str, str]]  # text and label


def load_examples(afterwards: Path, denials: Path) -> Labelled:
    """Read the examples of each question, and of denials that are true and half true."""
    raw: dict[str, Any] = yaml.load(afterwards.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    denied: dict[str, Any] = yaml.load(denials.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    found = [(text, str(question["id"])) for question in raw["questions"] for text in _lines(question["examples"])]
    found += [(text, HALF_TRUE) for text in _lines(raw["half_truths"])]
    return found + [(text, DENIAL) for text in _lines(denied["near_misses"])]


def others(examples: Iterable[tuple[str, str]], own: Labelled) -> Labelled:
    """Take a few of each label of what people type at any time, without what is asked afterwards in the same words."""
    known, counts, found = {text for text, _ in own}, dict[str, int](), Labelled()
    for text, part in examples:
        label = part.partition(PART)[0]
        written = normalise(text)
        if written not in known and counts.setdefault(label, 0) < MOST_OF_A_LABEL:
            counts[label] += 1
            found.append((written, OTHER))
    return found


def _lines(block: str) -> list[str]:
    return [normalise(line.strip().removeprefix("- ")) for line in block.splitlines() if line.strip()]
