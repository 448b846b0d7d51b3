"""Phone numbers and e-mail addresses as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry.contacts import masked, tidy_contact


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("07700 900123", "+447700900123"),
        ("(0116) 305 0505", "+441163050505"),
        ("+44 7700 900456", "+447700900456"),
        ("0044 7700 900456", "+447700900456"),
        ("07700-900-123.", "+447700900123"),
        ("+353 1 496 0000", "+35314960000"),
        (" Jo.Bloggs@Example.COM ", "jo.bloggs@example.com"),
        ("o'neill+foster@mail.example.co.uk", "o'neill+foster@mail.example.co.uk"),
    ],
)
def test_a_number_or_an_address_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert tidy_contact(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "call me",
        "07700 9001",
        "305 0505",
        "999",
        "077009001234567",
        "jo@",
        "@example.com",
        "jo@example",
        "jo@exa mple.com",
        "a@b@example.com",
        "jo@example.com\nbcc: x@example.com",
        "<jo@example.com>",
        "jo@-example.com",
        "x" * 65 + "@example.com",
        "jo@" + "x" * 260 + ".com",
        "jo@example.com\x00",
    ],
)
def test_what_nobody_could_be_reached_on_is_asked_for_again(typed: str) -> None:
    assert tidy_contact(typed) is None


@given(st.text(max_size=500))
def test_any_text_is_a_contact_or_none_and_tidying_twice_changes_nothing(typed: str) -> None:
    kept = tidy_contact(typed)
    assert kept is None or tidy_contact(kept) == kept


@pytest.mark.parametrize(
    ("contact", "shown"),
    [("jo@gmail.com", "j…@gmail.com"), ("a@b.uk", "a…@b.uk"), ("+447700900456", "…456"), ("+441163050505", "…505")],
)
def test_an_address_is_shown_so_that_only_its_owner_knows_it(contact: str, shown: str) -> None:
    assert masked(contact) == shown
