"""A small project whose data/ holds no mistake, and a way to put one in."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from enquiry.settings import ROOT

TODAY = date(2026, 11, 23)
REAL = ("agencies", "wording", "criteria.yml", "councils.yml", "safeguarding.yml", "afterwards.yml", "private_text.yml")
TOPIC = """\
  - id: {id}
    title: {title}
    examples:
{examples}
    answer: |
      Yes, you can.

      Ring {{agency.phone}}.
    sources:
      - title: Somewhere
        url: https://example.org
    owner: recruitment manager
    reviewed: 2026-11-21
    review_by: 2027-05-21
    next_step: visit
    related: [{related}]
"""
NLU = """\
version: '3.1'
nlu:
  - intent: start_screening
    examples: |
      - Check if I could foster
      - sign me up
"""
KINDS = """\
kinds:
  - id: council_service
    reply: Please see {agency.council_website}.
    offers: [check, event, person]
    examples:
"""


def topic(name: str, title: str, word: str, related: str) -> str:
    """A topic as it is written, with fifteen examples."""
    examples = "\n".join(f"      - {word} question number {n}" for n in range(15))
    return TOPIC.format(id=name, title=title, examples=examples, related=related)


def make_project(folder: Path) -> Path:
    """Write the project into a folder; returns that folder."""
    data = folder / "data"
    (data / "topics").mkdir(parents=True)
    (data / "nlu").mkdir()
    for name in REAL:
        copy = shutil.copytree if (ROOT / "data" / name).is_dir() else shutil.copy
        copy(ROOT / "data" / name, data / name)
    dogs, cats = (
        topic("who/dogs", "Can I have a dog?", "dog", "who/cats"),
        topic("who/cats", "Can I have a cat?", "cat", "who/dogs, money/pay"),
    )
    (data / "topics/who.yml").write_text(f"theme: who\ntopics:\n{dogs}{cats}", encoding="utf-8")
    (data / "topics/money.yml").write_text(
        f"theme: money\ntopics:\n{topic('money/pay', 'What is paid?', 'pay', '')}", encoding="utf-8"
    )
    (data / "nlu/commands.yml").write_text(NLU, encoding="utf-8")
    kinds = KINDS + "".join(f"      - bins on day {n}\n" for n in range(15))
    (data / "out_of_scope.yml").write_text(kinds, encoding="utf-8")
    return folder


def change(project: Path, name: str, old: str, new: str) -> int:
    """Put other words into a file, once; returns the line they stand on."""
    file = project / "data" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
