"""Postcodes and references of bookings as people type them."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

import bot
from bot.text import contact_patterns, contacts
from bot.text.contact_patterns import booking_reference, postcode
from bot.text.normalise import normalise


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("LE9 5AB", "LE9 5AB"),
        ("le115tb", "LE11 5TB"),
        ("LE3, near the Glenfield", "LE3"),
        ("le 9 5ab", "LE9 5AB"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("LE9 5xx", "LE9"),
        ("LE9 5", "LE9"),
        ("near the M1", None),
        ("we live at number b4u", None),
        ("LE8 or LE9", None),
        ("sam@le9.example", None),
        ("Blaby", None),
    ],
)
def test_a_postcode_is_read_as_it_was_typed(text: str, found: str | None) -> None:
    assert postcode(normalise(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("it is EV 7k3m2q I think", "EV-7K3M2Q"),
        ("vi\u20137k3m2q", "VI-7K3M2Q"),
        ("ev7k3m2q", "EV-7K3M2Q"),
        ("seven 7k3m2q", None),
    ],
)
def test_the_reference_of_a_booking_is_found_however_it_is_put_together(text: str, found: str | None) -> None:
    assert booking_reference(normalise(text)) == found


@pytest.mark.parametrize(
    ("sign", "module"),
    [
        ("@[", contacts),
        ("@(?:", contacts),
        (r"\d(?:[ \t().-]", contacts),
        ("[a-z]{1,2}\\d", contact_patterns),
        ("(ev|vi)", contact_patterns),
    ],
)
def test_no_other_module_of_the_assistant_has_such_a_pattern_of_its_own(sign: str, module: ModuleType) -> None:
    package = Path(bot.__file__).parent
    modules = {
        file for file in package.rglob("*.py") if ".venv" not in file.parts and sign in file.read_text(encoding="utf-8")
    }
    assert modules == {Path(str(module.__file__))}
