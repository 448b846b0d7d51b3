"""Answers told in one breath: several choices, every age but one, and people who are only named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.volunteered.component import FactFinder
from bot.volunteered.facts import Fact

ROOT = Path(__file__).parents[3]
RAMBLE = "both of us, me and gary, 30 year wed in march, and we rent off the council its a 3 bed with one room spare"


@pytest.fixture(scope="module")
def finder() -> FactFinder:
    return FactFinder(ROOT / "data/criteria.yml", ROOT / "data/agencies")


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("household", "just me and gary, well plus the granddaughter sat and sun but shes 4", 2),
        ("household", "just me and gary", None),
        ("household", "just me and alfie whos 3", None),
        ("household", "just me", 1),
        ("household", "just me and the dog", 1),
        ("household", "just me and my two kids", 1),
        ("experience", "my own, family and through work", ["own_children", "family", "work"]),
        ("experience", "none in my family have kids", ["little_or_none"]),
        ("ages", "any age really but not babies", ["5-10", "11-15", "16-17"]),
        ("ages", "anything but not teenagers", ["0-4", "5-10"]),
        ("ages", "any age not fussed", ["no_idea"]),
    ],
)
def test_all_of_it_is_read_or_it_is_asked(finder: FactFinder, question: str, text: str, value: Any) -> None:
    assert finder._values("leicestershire")(question, text) == value


def test_what_is_told_of_the_home_beside_is_found(finder: FactFinder) -> None:
    assert set(finder.facts(RAMBLE, "leicestershire")) == {Fact("housing", "rent"), Fact("bedroom", "yes")}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("52 like i said love, garys 54", (Fact("partner_age", "25_plus"),)),
        ("i'm 52 and my husband is 54", (Fact("partner_age", "25_plus"),)),
        ("im 40, gary's 19", ()),
        ("52, my son is 24", ()),
        ("52, the dogs 12", ()),
    ],
)
def test_the_other_persons_age_is_found_where_it_changes_nothing(
    finder: FactFinder, text: str, told: tuple[Fact, ...]
) -> None:
    assert finder.age_of_the_other(text, "leicestershire") == told
