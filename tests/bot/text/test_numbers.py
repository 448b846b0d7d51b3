"""Numbers in words and in digits."""

from __future__ import annotations

import pytest

from bot.text.numbers import numbers
from bot.text.reading import read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("thirty-four", [34]),
        ("thirty four and 36", [34, 36]),
        ("my 40th", [40]),
        ("34?", [34]),
        ("2 boys, 7 and 12", [2, 7, 12]),
        ("none", []),
        ("\u00b2", []),
        ("123456", []),
    ],
)
def test_numbers_are_read_in_words_and_in_digits(text: str, found: list[int]) -> None:
    assert numbers(read(text)) == found
