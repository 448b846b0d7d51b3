"""One text must not teach two things, however it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from enquiry.datafiles.examples import Example, folded, shared

FILE = Path("data/topics/who.yml")


@pytest.mark.parametrize(
    "other", ["I'm 22, can I foster?", "im 22 can i foster", "I’m 22 – can I foster…", "  IM 22 / CAN I   FOSTER!! "]
)
def test_capitals_punctuation_and_spacing_make_no_difference(other: str) -> None:
    assert folded(other) == "im 22 can i foster"


@pytest.mark.parametrize(("one", "other"), [("???", "..."), ("😀", "😂"), ("હું", "હી"), ("two bed", "two beds")])
def test_texts_without_letters_and_of_other_scripts_are_kept_apart(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_a_text_that_teaches_two_things_names_both_places() -> None:
    first, again, second = (
        Example("A dog?", "who/dogs", FILE, 5),
        Example("a dog", "who/dogs", FILE, 7),
        Example("a DOG", "who/pets", FILE, 90),
    )
    [problem] = shared([first, again, second])
    assert (
        str(problem)
        == 'data/topics/who.yml:90: the example "a DOG" stands in who/pets and in who/dogs (data/topics/who.yml:5). Keep one of them.'
    )
