"""A change is heard that names a value and no question, with what stood there before."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.volunteered.component import FactFinder
from bot.volunteered.unnamed import change_told

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def finder() -> FactFinder:
    return FactFinder(ROOT / "data/criteria.yml", ROOT / "data/agencies")


@pytest.mark.parametrize(
    ("text", "new", "was"),
    [
        ("can you change it to proper fostering", "proper fostering", None),
        (
            "i put short breaks before but actually gary says go the whole hog, can you change it to proper fostering",
            "proper fostering",
            "short breaks",
        ),
        (
            "can i go back and change the first one, it says short breaks but i want start fostering",
            "start fostering",
            "short breaks",
        ),
        ("did you change that short breaks to proper fostering", "proper fostering", "short breaks"),
        ("i put 2 but i meant 3", "3", "2"),
        ("change from short breaks to fostering please", "fostering", "short breaks"),
        (
            "hang on thats wrong ive raised two of me own and got the granddaughter, put that",
            "ive raised two of me own and got the granddaughter",
            None,
        ),
    ],
)
def test_a_change_is_heard_with_what_stood_there(text: str, new: str, was: str | None) -> None:
    found = change_told(text)
    assert found is not None
    assert (found.new, found.was) == (new, was)


@pytest.mark.parametrize(
    "text",
    (
        "can i change my booking to thursday|change it to another date|would i have to change my job to foster|thats wrong|"
        "how do i change from an agency to the council|put the kettle on|i put my name down|i said i would but he doesn't want to|"
        "change my phone number"
    ).split("|"),
)
def test_what_changes_no_answer_is_left_alone(text: str) -> None:
    assert change_told(text) is None


def test_where_the_value_can_be_read_is_listed_with_what_it_was(finder: FactFinder) -> None:
    found = finder.changed_without_a_name("i put short breaks before but i want start fostering", "leicestershire")
    assert found == [{"question": "route", "value": "foster_new", "was": "short_breaks"}]


def test_a_way_from_one_service_to_another_is_no_answer(finder: FactFinder) -> None:
    assert finder.changed_without_a_name("i want to change from an agency to the council", "leicestershire") is None
