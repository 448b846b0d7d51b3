"""What is told of coming to an event, whatever was asked."""

from __future__ import annotations

import pytest

from bot.answers.coming import Coming, coming_in, people_in
from bot.text.coming_words import only_tells_of_coming


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("dawn, 9 december, just me cos gary wont come", 1),
        ("i told you 20th of january, theres two of us", 2),
        ("there'll be 2 of us", 2),
        ("me and gary", 2),
        ("20th january, me and my husband, he needs a bsl interpreter", 2),
        ("theres only me coming now not 2 of us", 1),
        ("bringing a friend", 2),
        ("put us down for two places", 2),
        ("for 2 please", 2),
        # Children, two numbers, and what counts something else.
        ("just me and my 2 kids", None),
        ("is it still down for 2 or just me", None),
        ("there are two of us living here", None),
        ("for 2 weeks", None),
        ("only one of them suits", None),
        ("9 december", None),
    ],
)
def test_who_comes_is_counted_where_it_is_plain(text: str, people: int | None) -> None:
    assert people_in(text) == people


def test_what_they_need_and_the_language_come_along() -> None:
    told = coming_in("20th january, me and my husband, he needs a bsl interpreter")
    assert told == Coming(2, ("interpreter",), "BSL", day=True)
    assert coming_in("put me down for 9 december, 2 of us, need a ramp").needs == ("step_free",)
    assert coming_in("do you have a ramp").needs == ()


@pytest.mark.parametrize("text", ["there'll be 2 of us", "the 9th, just me", "its just me coming on the 9th"])
def test_nothing_else_is_looked_for_in_it(text: str) -> None:
    assert only_tells_of_coming(text)


@pytest.mark.parametrize("text", ["just me, he hits me", "2 of us want to know about pay", "dawn"])
def test_everything_else_is_still_listened_to(text: str) -> None:
    assert not only_tells_of_coming(text)
