"""Yes, no, and what is neither."""

from __future__ import annotations

import pytest

from bot.text.polarity import opening, polarity
from bot.text.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "y",
        "Y!",
        "yeah go on",
        "yep",
        "of course",
        "ok",
        "\U0001f44d",
        "\U0001f44d\U0001f3fd",
        "yess",
        "no problem",
        "we do",
        "erm yes",
    ],
)
def test_a_yes_is_heard_however_it_is_typed(text: str) -> None:
    assert polarity(read(text)) is True


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "n",
        "N.",
        "nope",
        "nah",
        "noo",
        "none",
        "never",
        "definitely not",
        "we don\u2019t",
        "i havent",
        "sadly not",
        "\U0001f44e",
        "not at all",
    ],
)
def test_a_no_is_heard_however_it_is_typed(text: str) -> None:
    assert polarity(read(text)) is False


@pytest.mark.parametrize(
    "text",
    [
        "not really",
        "kind of",
        "maybe",
        "it depends",
        "yes and no",
        "not sure",
        "no idea",
        "labrador",
        "",
        "i don't think so",
        "not inside",
        "n him",
    ],
)
def test_what_wavers_is_neither_yes_nor_no(text: str) -> None:
    assert polarity(read(text)) is None


def test_what_comes_before_an_answer_is_left_out() -> None:
    assert opening("erm, well no") == "no"
    assert opening("sorry") == "sorry"
