"""Where one question ends and the next begins."""

from __future__ import annotations

import pytest

from bot.text.questions import questions_in
from bot.text.script import in_other_letters


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


@pytest.mark.parametrize(
    "text",
    ["Здравствуйте", "હું પાલક બનવા માંગુ છું", "میں فوسٹر کرنا چاہتا ہوں", "我可以寄养孩子吗", "أريد أن أكفل طفلا ok"],
)
def test_other_letters_are_seen(text: str) -> None:
    assert in_other_letters(text)


@pytest.mark.parametrize(
    "text", ["Can I foster?", "café society 👍", "czy mogę zostać rodziną", "💜💜", "12345", "", "π"]
)
def test_latin_letters_signs_and_numbers_are_not_other_letters(text: str) -> None:
    assert not in_other_letters(text)
