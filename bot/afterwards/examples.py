"""Examples of what people say after a disclosure, read from data/afterwards.yml and data/safeguarding/denials.yml."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from bot.intents.classifier import PART
from bot.text.normalise import normalise

DENIAL = "denial"
HALF_TRUE = "half_true"
OTHER = "other"  # what people type at any time
MOST_OF_A_LABEL = 4  # of what people type at any time: more would drown the others
STORY = 4  # one in so many of the harmless stories: whoever goes on telling takes nothing back

Labelled = list[tuple[str, str]]  # text and label


def load_examples(afterwards: Path, denials: Path, stories: Path) -> Labelled:
    """Read the examples of each question, of denials that are true and half true, and of stories that are neither."""
    raw, denied, told = (
        yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) for file in (afterwards, denials, stories)
    )
    found = [(text, str(question["id"])) for question in raw["questions"] for text in _lines(question["examples"])]
    found += [(text, HALF_TRUE) for text in _lines(raw["half_truths"])]
    found += [(text, DENIAL) for text in _lines(denied["near_misses"])]
    return found + [(text, OTHER) for text in _lines(told["near_misses"])[::STORY]]


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
