"""Several choices picked together are read as all of them, to the letter."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.answers.criteria_file import load_questions
from bot.answers.picked import picked
from bot.text.normalise import normalise

TEXT = (Path(__file__).parents[3] / "data/criteria.yml").read_text(encoding="utf-8")
QUESTIONS = load_questions(TEXT)
SEVERAL: dict[str, list[Any]] = {
    one["id"]: one["choices"]
    for one in yaml.load(TEXT, Loader=yaml.CSafeLoader)["questions"]
    if one["kind"] == "any_of"
}


@pytest.mark.parametrize("name", sorted(SEVERAL))
def test_every_two_and_all_that_may_be_picked_together_are_read_as_they_stand(name: str) -> None:
    choices = [choice for choice in SEVERAL[name] if not choice.get("alone")]
    for chosen in (*combinations(choices, 2), choices):
        text = normalise(", ".join(choice["title"] for choice in chosen))
        assert picked(QUESTIONS[name], text) == [choice["value"] for choice in chosen]


@pytest.mark.parametrize("name", sorted(SEVERAL))
def test_every_such_question_says_that_more_than_one_may_be_picked_and_has_one_that_stands_alone(name: str) -> None:
    assert sum(bool(choice.get("alone")) for choice in SEVERAL[name]) == 1
    asked = next(one["ask"] for one in yaml.load(TEXT, Loader=yaml.CSafeLoader)["questions"] if one["id"] == name)
    assert "You can pick more than one" in asked


@pytest.mark.parametrize("text", ["0 to 4", "4, 11", "0 to 4, and a baby on the way", "", ", "])
def test_what_is_not_made_of_titles_is_left_to_the_readers(text: str) -> None:
    assert picked(QUESTIONS["children"], text) is None


def test_a_question_with_one_answer_has_no_two() -> None:
    assert picked(QUESTIONS["bedroom"], "yes, no") is None
