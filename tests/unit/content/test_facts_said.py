"""The table of facts in docs/facts-said.md: every place is there and says what its row names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from enquiry.agencies.agency import Agency, load_agencies
from enquiry.content.topics import load_topics
from enquiry.datafiles.placeholders import fill
from enquiry.settings import ROOT

AGENCIES = load_agencies(ROOT / "data" / "agencies")
TOPICS = load_topics(ROOT / "data" / "topics")
OWN = "leicestershire"  # whose answers the topics are read in
NOT_SAID = "not said"


@dataclass(frozen=True)
class Row:
    fact: str
    places: tuple[str, ...]
    words: tuple[str, ...]
    state: str


def split(cell: str, by: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in cell.split(by) if one.strip())


def rows() -> list[Row]:
    found = []
    for line in (ROOT / "docs" / "facts-said.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]
        if line.startswith("|") and cells[0] not in ("fact", "---"):
            fact, _, where, words, state = cells
            found.append(Row(fact, split(where, ","), split(words, ";"), state))
    return found


ROWS = rows()
SAID = [row for row in ROWS if row.places != (NOT_SAID,)]


def value(agency: Agency, key: str) -> str | None:
    """What an agency's facts hold under a dotted name, as text."""
    found: Any = agency.facts
    for part in key.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return None if found is None else str(found)


def said_at(place: str) -> str | None:
    """What a reader finds at a place of the table; None where there is no such place."""
    if "/" not in place:
        slug, _, key = place.partition(" ")
        return value(AGENCIES[slug], key) if slug in AGENCIES else None
    name, _, part = place.partition("#")
    topic = TOPICS.get(name)
    answered = topic.part(part) if topic and part else topic
    return fill(answered.answer, {"agency": AGENCIES[OWN].facts, "next_event": "soon"}) if answered else None


def holds(text: str, word: str) -> bool:
    return word.casefold() in " ".join(text.split()).casefold()


def test_there_is_a_row_for_every_fact_and_each_has_a_state_or_a_reason() -> None:
    assert len(ROWS) >= 80
    assert [row.fact for row in ROWS if not row.state] == []
    assert [row.fact for row in SAID if not row.words] == []
    facts = [row.fact for row in ROWS]
    assert sorted(set(facts)) == sorted(facts)


@pytest.mark.parametrize("row", SAID, ids=lambda row: row.fact)
def test_every_place_of_a_fact_is_there_and_says_it(row: Row) -> None:
    said = {place: said_at(place) for place in row.places}
    assert [place for place, text in said.items() if text is None] == []
    texts = [text for text in said.values() if text is not None]
    assert [place for place, text in said.items() if text and not any(holds(text, word) for word in row.words)] == []
    assert [word for word in row.words if not any(holds(text, word) for text in texts)] == []
