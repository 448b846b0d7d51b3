"""Phone numbers and e-mail addresses as people type them."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry.contacts import (
    Fault,
    as_written,
    can_be_texted,
    fault_in,
    fault_of_number,
    likely_meant,
    masked,
    tidy_contact,
)
from enquiry.settings import ROOT

# The chat's own part reads the same file (tests/bot/text/test_contacts.py).
with (ROOT / "tests" / "support" / "contacts_typed.csv").open(encoding="utf-8", newline="") as _file:
    TYPED = [(row["typed"], row["kept"] or None) for row in csv.DictReader(_file)]
SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+/=?^_`{|}~-."
LOCAL = st.text(SIGNS, min_size=1, max_size=30).filter(
    lambda text: not text.startswith((".", "'")) and ".." not in text and text[-1] != "."
)


@pytest.mark.parametrize(("typed", "kept"), TYPED)
def test_a_contact_is_kept_whole_and_in_one_form_or_asked_for_again(typed: str, kept: str | None) -> None:
    assert tidy_contact(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "jo@example.com\nbcc: x@example.com",
        "x" * 65 + "@example.com",
        "jo@" + "x" * 260 + ".com",
        "jo@example.com\x00",
    ],
)
def test_what_nobody_could_be_reached_on_is_asked_for_again(typed: str) -> None:
    assert tidy_contact(typed) is None


@given(LOCAL)
def test_an_address_is_kept_whole_or_not_at_all(name: str) -> None:
    typed = f"{name}@example.com"
    assert tidy_contact(typed) in (None, typed.replace("`", "'"))
    assert tidy_contact(f"my email is {typed}, thanks") in (None, typed.replace("`", "'"))


@given(st.text(max_size=500))
def test_any_text_is_a_contact_or_none_and_tidying_twice_changes_nothing(typed: str) -> None:
    kept = tidy_contact(typed)
    assert kept is None or tidy_contact(kept) == kept


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("0770090012", Fault.DIGIT_MISSING),
        ("07700 90013", Fault.DIGIT_MISSING),
        ("my number is +44 7700 90013", Fault.DIGIT_MISSING),
        ("077009001234567", Fault.NEITHER),
        ("07700 9001234", Fault.DIGIT_TOO_MANY),
        ("dawn@example.com or 07700 90012", Fault.DIGIT_MISSING),
        ("dots..two1@example.com", Fault.ADDRESS),
        ("my email is sam@", Fault.ADDRESS),
        ("ring me", Fault.NEITHER),
    ],
)
def test_what_is_wrong_with_a_contact_can_be_said(typed: str, fault: Fault) -> None:
    assert fault_in(typed) is fault


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("Dawn, 07700 90012", Fault.DIGIT_MISSING),
        ("07700 90012 evenings best", Fault.DIGIT_MISSING),
        ("0116 305 05", Fault.DIGIT_MISSING),
        ("07700 9001234, after 6", Fault.DIGIT_TOO_MANY),
        ("07700 900123, after 6", Fault.NEITHER),
        ("07700 900123 or 0116 4960123", Fault.NEITHER),
        ("born 09/12/1980", Fault.NEITHER),
        ("9 december, 2 of us", Fault.NEITHER),
    ],
)
def test_a_number_that_is_short_or_long_is_noticed_in_any_line(typed: str, fault: Fault) -> None:
    assert fault_of_number(typed) is fault


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("hotmial.com", "hotmail.com"),
        ("outlok.com", "outlook.com"),
        ("yaho.co.uk", "yahoo.co.uk"),
        ("gmail.con", "gmail.com"),
        ("gmial.con", "gmail.com"),
        ("example.con", "example.com"),
        *(
            (own, None)
            for own in (
                "gmail.com",
                "ymail.com",
                "mail.com",
                "example.com",
                "gmx.com",
                "me.com",
                "hotmail.fr",
                "aol.com",
            )
        ),
    ],
)
def test_a_likely_slip_of_a_common_provider_is_known(typed: str, meant: str | None) -> None:
    assert likely_meant(f"dawn@{typed}") == (meant and f"dawn@{meant}")


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("jo@gmail.com", "j…@gmail.com"),
        ("a@b.uk", "a…@b.uk"),
        ("+447700900456", "…456"),
        ("+441163050505", "…505"),
        ("+441163050505x12", "…505"),
    ],
)
def test_an_address_is_shown_so_that_only_its_owner_knows_it(contact: str, shown: str) -> None:
    assert masked(contact) == shown


def test_an_extension_is_shown_and_no_text_is_sent_to_one() -> None:
    assert as_written("+441164960123x12") == "0116 496 0123 x12"
    assert not can_be_texted("+35314960000x12")
    assert can_be_texted("+35314960000")
    assert can_be_texted("+447700900123")
