"""The words of docs/words.md hold in every text that people read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from enquiry.settings import ROOT

NOT_OURS = (
    re.compile(r"\b(?:[Rr]ing|[Rr]ings|rung)\b"),
    re.compile(r"\b[Gg](?:ive|iven|iving|ives|ave)(?: (?:it|your|my|the)(?: \w+)?)? back\b"),
    re.compile(
        r"\b(?:it|[Bb]oth|name does not|how it|how it now|who and where) stands?\b|\bstands? in (?!(?:the|your) way)",
        re.I,
    ),
    re.compile(r"\b[Ll]ovely\b"),
    re.compile(r"\b[Cc]annot\b"),
    re.compile(r"(?:^|[.:?!] )Here (?!(?:is|are)\b)"),
    re.compile(r"\brelaxed (?:talk|evening)\b"),
    re.compile(
        r"\bif that is your wish\b|\bfor whom homes\b|\bages of child\b|\bno for ever\b|\bwaking up\b|\bgetting about\b"
    ),
    re.compile(r"\bnot suit any more\b|\bsuits? you better\b|^Soon:|\bThank you for having us\b|\bCannot come\b"),
    re.compile(r"\b(?:rejected|failed)\b"),
    re.compile(r"\bstops? you asking\b|\bstill ask about fostering\b"),
    re.compile(r"\b\d{1,2}(?:[.:]\d\d)? (?:am|pm)\b|\b\d{1,2}\.\d\d ?(?:am|pm)\b|\b[ap]\.m\."),
)
# What people read of the files that hold training texts too.
READ = {"ask", "why", "title", "short", "before", "said_back", "because", "changes_when", "come_back", "for_staff"}
READ_OF_TOPICS = {
    "answer",
    "title",
    "says",
    "instead",
    "closing",
    "reply",
    "opens",
    "button",
    "parts",
    "answers",
    "text",
}
WORDING = sorted((ROOT / "data" / "wording").glob("*.yml"))
TOPICS = [
    *sorted((ROOT / "data" / "topics").glob("*.yml")),
    *sorted((ROOT / "data" / "agencies").glob("*.yml")),
    ROOT / "data" / "safeguarding.yml",
    ROOT / "data" / "afterwards.yml",
    ROOT / "data" / "out_of_scope.yml",
]
TEMPLATES = sorted((ROOT / "web" / "templates").rglob("*.html"))
# Files nobody has been through yet. Take yours out when you have.
NOT_YET: frozenset[str] = frozenset()


def texts_of_everything(found: Any) -> Iterator[str]:
    match found:
        case str():
            yield found
        case dict():
            for value in found.values():
                yield from texts_of_everything(value)
        case list():
            for value in found:
                yield from texts_of_everything(value)


def texts_under(found: Any, names: set[str], inside: bool = False) -> Iterator[str]:
    """Texts below one of these names; examples are how people talk, and stay as they are."""
    match found:
        case str() if inside:
            yield found
        case dict():
            for name, value in found.items():
                if name not in ("examples", "heard_as", "asked_again", "sources", "near_misses"):
                    yield from texts_under(value, names, inside or name in names)
        case list():
            for value in found:
                yield from texts_under(value, names, inside)


def read_by_people(file: Path) -> Iterator[str]:
    if file.suffix == ".html":
        whole = re.sub(r"\{#.*?#\}", " ", file.read_text(encoding="utf-8"), flags=re.S)
        for code in re.findall(r"\{[%{].*?[%}]\}", whole, flags=re.S):  # words that a page picks from
            yield from re.findall(r'"([^"]*)"', code)
        written = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", whole, flags=re.S)
        yield from (line.strip() for line in written.split("\n") if line.strip())
        return
    found = yaml.safe_load(file.read_text(encoding="utf-8"))
    if file in WORDING:
        yield from texts_of_everything(found)
    elif file.name == "criteria.yml":
        yield from texts_under(found, READ)
    elif file.parent.name == "agencies":
        yield from texts_of_everything({name: found.get(name) for name in ("phone_hours", "says", "teams")})
    else:
        yield from texts_under(found, READ_OF_TOPICS)


def not_ours(file: Path) -> list[str]:
    return [
        f"{match.group(0).strip()!r} in {text[:100]!r}"
        for text in read_by_people(file)
        for pattern in NOT_OURS
        for match in pattern.finditer(" ".join(text.split()))
    ]


FILES = [*WORDING, ROOT / "data" / "criteria.yml", *TEMPLATES, *TOPICS]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_text_says_it_in_our_words(file: Path) -> None:
    found = not_ours(file)
    if str(file.relative_to(ROOT)) in NOT_YET:
        assert found, "this file is done: take it out of NOT_YET"
    else:
        assert not found, "docs/words.md has another word:\n" + "\n".join(found)
