"""Phone numbers and e-mail addresses in a message: found whole or not at all."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.phone_or_email import phone_or_email
from bot.answers.question import Question
from bot.text.contacts import contacts_in, half_a_contact, without_contacts, written_out
from bot.text.reading import read

CONTACT = Question("contact", "phone_or_email", ())
# enquiry/contacts.py is held to the same file (tests/unit/test_contacts.py).
TABLE = Path(__file__).parents[2] / "support" / "contacts_typed.csv"
with TABLE.open(encoding="utf-8", newline="") as _file:
    TYPED = [(row["typed"], row["kept"]) for row in csv.DictReader(_file)]
SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+/=?^_{|}~-."


def same(value: str) -> str:
    """A contact in one form: British numbers without what stands for the country, and mobiles without an extension."""
    if "@" in value:
        return value
    national = re.sub(r"^(?:\+?44|0044|0)0?", "", value)
    return national.partition("x")[0] if national.startswith("7") else national


@pytest.mark.parametrize(("typed", "kept"), TYPED)
def test_what_is_read_in_the_chat_is_what_is_kept(typed: str, kept: str) -> None:
    value = phone_or_email(CONTACT, read(typed))
    assert (same(value) if value else "") == same(kept)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("call 07700 900123 after 6", ["07700900123"]),
        ("it's Jo.Bloggs@Example.com, thanks", ["jo.bloggs@example.com"]),
        ("I'm Sam, 07700 900123, sam@example.com", ["07700900123", "sam@example.com"]),
        ("07700900123 or 07700900456", ["07700900123", "07700900456"]),
        ("07700900123 07700900456", ["07700900123", "07700900456"]),
        ("my number's 07700 900123, 2 kids here", ["07700900123"]),
        ("07700 900123 2 kids here", ["07700900123"]),
        ("im 34 07700 900123", ["07700900123"]),
        ("zero seven seven zero zero nine zero zero one two three", ["07700900123"]),
        ("oh seven seven double oh nine double oh one two three", ["07700900123"]),
        ("my number is oh seven seven double oh, nine double oh, one two three thanks", ["07700900123"]),
        ("01/12/2026 14 00", []),
        ("01.12.2026 14.00", []),
        ("I have 3 kids aged 10 11 12 13 14", []),
        ("£1000000000", []),
        ("two three or four of us", []),
    ],
)
def test_contacts_are_found_in_a_sentence(text: str, found: list[str]) -> None:
    assert [one.value for one in contacts_in(written_out(text))] == found


@settings(deadline=None)
@given(
    st.text(SIGNS, min_size=1, max_size=30),
    st.sampled_from(("{}", "my email is {} thanks", "({})", "Sam <{}>", "it's {}, after 6")),
)
def test_of_an_address_all_is_read_or_nothing(name: str, around: str) -> None:
    typed = f"{name}@example.com"
    value = phone_or_email(CONTACT, read(around.format(typed)))
    assert value in (None, "prefer_not", typed, typed.strip("'"))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("my number's 07700 900123, he's hitting me", "he's hitting me"),
        ("my husband hits me and my number is 07700 900123", "my husband hits me"),
        ("ring me on 07700 900123 please", ""),
        ("I'm Sam, 07700 900123, sam@example.com", "I'm Sam"),
        ("call me on 07700 900123 after 6", "after 6"),
        ("no contact here", "no contact here"),
    ],
)
def test_a_contact_is_cut_out_with_what_leads_up_to_it(text: str, left: str) -> None:
    assert without_contacts(written_out(text)) == left


def test_half_a_contact_is_noticed() -> None:
    assert half_a_contact("07700 9001")
    assert half_a_contact("sam@")
    assert not half_a_contact("after 6 on the 12th")
