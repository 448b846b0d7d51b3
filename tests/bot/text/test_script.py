"""Letters that English does not use."""

from __future__ import annotations

import pytest

from bot.text.script import in_other_letters


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
