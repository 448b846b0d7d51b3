"""The texts from which the assistant learns: one text must never stand for two things."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from enquiry.datafiles.source import Problem

APOSTROPHES = re.compile("['’‘`´]")  # noqa: RUF001  # phones write any of them
# Not "everything but letters": the vowel signs of Gujarati and Hindi are no letters to a regular expression.
MARKS = re.compile(r"[!-/:-@\[-_{-~…“”„–—¿¡]")  # noqa: RUF001


@dataclass(frozen=True)
class Example:
    """One text, what it teaches (a topic, an intent, a kind of what is out of scope) and where it stands."""

    text: str
    teaches: str
    file: Path
    line: int


def folded(text: str) -> str:
    """A text without its capitals, punctuation and spacing; as it is where nothing would be left."""
    return " ".join(MARKS.sub(" ", APOSTROPHES.sub("", text.casefold())).split()) or text.strip()


def shared(examples: Iterable[Example]) -> Iterator[Problem]:
    """Texts that would teach two things. Each is told at its second place and names the first."""
    first: dict[str, Example] = {}
    for example in examples:
        other = first.setdefault(folded(example.text), example)
        if other.teaches != example.teaches:
            where = f"{other.file}:{other.line}"
            text = f'the example "{example.text}" stands in {example.teaches} and in {other.teaches} ({where}). Keep one of them.'
            yield Problem(example.file, example.line, text)
