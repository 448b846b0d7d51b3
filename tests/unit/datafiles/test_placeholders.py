"""Filling the places of approved texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry.datafiles.placeholders import UnknownPlaceholder, fill, placeholders

VALUES = {"agency": {"name": "Home", "safeguarding": {"lado": "0116"}, "unknown": None}, "when": "today"}


def test_dotted_names_walk_down_the_values() -> None:
    assert fill("{agency.name}: {agency.safeguarding.lado}, {when}", VALUES) == "Home: 0116, today"


@pytest.mark.parametrize("text", ["{nobody}", "{agency.nothing}", "{agency.name.first}", "{agency.unknown}"])
def test_a_place_that_nothing_fills_is_an_error_rather_than_an_empty_fact(text: str) -> None:
    with pytest.raises(UnknownPlaceholder, match=text.strip("{}")):
        fill(text, VALUES)


def test_the_places_of_a_text_are_named_in_order() -> None:
    assert list(placeholders("{b.c} and {a}, not {A} or { a }")) == ["b.c", "a"]


@given(st.text(alphabet=st.characters(exclude_characters="{}")))
def test_text_without_places_stays_as_it_is(text: str) -> None:
    assert fill(text, {}) == text


@given(st.text())
def test_what_is_filled_in_is_never_filled_again(value: str) -> None:
    assert fill("{one}", {"one": value, "agency": {"name": "x"}}) == value
