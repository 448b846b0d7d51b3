"""Check whether a message was really answered: each of its questions, with the topic and part that a person at the desk would give.

The questions of tests/understanding/messages.csv were labelled by somebody who saw the titles of topics and parts, and nothing else:
`asked` has them with ";" between, and "|" between answers that would do as well. What no topic answers is "none", and not counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, str]
Found = Mapping[str, Any]


def questions_of(row: Row) -> list[frozenset[str]]:
    """For each question of a message the answers that would do: "who/dogs", or "who/dogs#how_many"."""
    asked = (frozenset(one.strip() for one in question.split("|")) for question in row["asked"].split(";"))
    return [question for question in asked if question not in ({""}, {"none"})]


def answered_by(found: Found) -> frozenset[str]:
    """What is said to a message; nothing where the safety message comes in its place."""
    if found["certainty"] == "sure" or found["decision"] not in ("answer", "command", "handoff"):
        return frozenset()
    return frozenset(found["parts"])


def is_really_answered(row: Row, found: Found) -> bool:
    """Whether each question got an answer that does."""
    said = answered_by(found)
    return all(said & question for question in questions_of(row))


def shares(pairs: Sequence[tuple[Row, Found]]) -> dict[str, float]:
    """In a hundred: messages with all their questions really answered, and questions."""
    asking = [(row, found) for row, found in pairs if questions_of(row)]
    each = [bool(answered_by(found) & question) for row, found in asking for question in questions_of(row)]
    whole = [is_really_answered(row, found) for row, found in asking]
    return {
        "really_answered": round(100 * sum(whole) / max(1, len(whole)), 1),
        "questions_answered": round(100 * sum(each) / max(1, len(each)), 1),
    }
