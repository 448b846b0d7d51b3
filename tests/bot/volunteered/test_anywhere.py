"""An answer given earlier is put right at any other question; where the new one can't be read, it is asked again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.text.reading import read
from bot.volunteered.anywhere import CHANGES_IT
from bot.volunteered.component import FactFinder

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def finder() -> FactFinder:
    return FactFinder(ROOT / "data/criteria.yml", ROOT / "data/agencies")


@pytest.mark.parametrize(
    ("asked", "text", "question", "value"),
    [
        ("smoking", "change my postcode", "area", CHANGES_IT),
        (None, "change my phone number", "contact", CHANGES_IT),
        ("dogs", "I gave you the wrong number", "contact", CHANGES_IT),
        ("event", "change my email", "contact", CHANGES_IT),
        ("contact", "change my name", "contact_name", CHANGES_IT),
        ("smoking", "can I change my answer about the dog", "dogs", CHANGES_IT),
        ("smoking", "the bedroom is wrong", "bedroom", CHANGES_IT),
        ("availability", "sorry, I need to change my age please", "age", CHANGES_IT),
        # With the new value it is taken.
        ("availability", "change my postcode to LE8 4AA", "area", "LE8 4AA"),
        ("smoking", "my postcode is wrong, it's LE9 1AB", "area", "LE9 1AB"),
        ("smoking", "I want to change my age to 24", "age", "21_24"),
        ("personal", "change my number of adults to 3", "household", 3),
        ("dogs", "change my name to Sue Patel", "contact_name", "Sue Patel"),
        # Said as a fact.
        ("smoking", "actually no, we only have one bedroom", "bedroom", "no"),
        ("dogs", "actually there are two adults not three", "household", 2),
        ("smoking", "actually we've got a labrador", "dogs", "yes"),
        ("dogs", "oh sorry, actually my husband smokes outside", "smoking", "yes"),
        ("contact_name", "actually I live in Blaby", "area", "in_area"),
        ("dogs", "wait, the kids are 3 and 14", "children", ["0-4", "11-15"]),
        # Three bedrooms say nothing about one for a child: it is asked, not guessed.
        ("smoking", "actually we have three bedrooms", "bedroom", CHANGES_IT),
    ],
)
def test_another_answer_is_put_right(
    finder: FactFinder, asked: str | None, text: str, question: str, value: Any
) -> None:
    found = finder.put_right(read(text), asked, "leicestershire")
    assert found is not None
    assert (found.question, found.value) == (question, value)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("dogs", "actually no dogs"),
        ("smoking", "change my mind"),
        ("smoking", "change an answer"),
        ("smoking", "what if I change my job"),
        ("smoking", "I'm thinking of changing jobs"),
        ("smoking", "actually I have a question about dogs"),
        ("smoking", "we've decided to change our spare room into an office"),
        ("bedroom", "sorry, the bedroom is wrong"),
        (None, "do you change the allowance for teenagers"),
        (None, "can a child change schools"),
        ("event", "actually Thursday is better"),
    ],
)
def test_what_is_no_correction_of_another_answer_is_left_alone(
    finder: FactFinder, asked: str | None, text: str
) -> None:
    assert finder.put_right(read(text), asked, "leicestershire") is None
