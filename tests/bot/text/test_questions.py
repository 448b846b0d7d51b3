"""What is a question, and where one ends and the next begins."""

from __future__ import annotations

import pytest

from bot.text.questions import is_question, questions_in
from bot.text.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "what if I smoke?",
        "does a spouse visa count",
        "why do you need that",
        "is 65 too old?",
        "can i bring my kids?",
        "so what is a district",
        "don't I need a garden",
        "wait, can i change it",
    ],
)
def test_a_question_is_told_from_an_answer(text: str) -> None:
    assert is_question(read(text))


@pytest.mark.parametrize(
    "text", ["34?", "yes", "haven't got one", "does", "my husband does", "no but my husband does", "is fine", "?", ""]
)
def test_an_answer_is_not_taken_for_a_question(text: str) -> None:
    assert not is_question(read(text))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("do i need a spare room and how much do you pay?", ["do i need a spare room", "how much do you pay?"]),
        ("how long does it take? what checks are there?", ["how long does it take?", "what checks are there?"]),
        ("can i foster if i rent, also do you need a car", ["can i foster if i rent", "do you need a car"]),
    ],
)
def test_each_question_of_several_stands_alone(text: str, parts: list[str]) -> None:
    assert questions_in(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "me and my husband are in a two-bed flat. is that a problem?",
        "can i foster with a dog and a cat?",
        "i work full time and my wife is at home, can we foster?",
        "we have a spare room",
        "?!?",
        "",
    ],
)
def test_one_question_with_what_belongs_to_it_is_not_taken_apart(text: str) -> None:
    assert questions_in(text) == []
