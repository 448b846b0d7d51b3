"""Files of data/answers/: what people said to the questions, by what they meant. The assistant learns from them how answers sound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.text.normalise import phrase


@dataclass(frozen=True)
class SaidBefore:
    """A text that somebody said to a question, and the values it means: several, one, or none where it answers nothing."""

    text: str
    values: tuple[Any, ...]


Said = Mapping[str, tuple[SaidBefore, ...]]


def load_answers(folder: Path) -> Said:
    """Load every file of the folder; a file is named after its question."""
    return {file.stem: _of_file(file.read_text(encoding="utf-8")) for file in answers_files(folder)}


def answers_files(folder: Path) -> list[Path]:
    """List the files, in order."""
    return sorted(folder.glob("*.yml"))


def _of_file(text: str) -> tuple[SaidBefore, ...]:
    raw = yaml.load(text, Loader=yaml.CSafeLoader)
    found = [
        SaidBefore(phrase(str(said)), (value,)) for value, texts in raw.get("heard_as", {}).items() for said in texts
    ]
    found += [SaidBefore(phrase(str(row["text"])), tuple(row["means"])) for row in raw.get("several", [])]
    found += [SaidBefore(phrase(str(said)), ()) for said in raw.get("asked_again", [])]
    return tuple(found)
