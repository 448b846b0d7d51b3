"""References that can be read out on the phone."""

from __future__ import annotations

import re

from enquiry.references import ALPHABET, ENQUIRY, PLACE, VISIT, new_reference


def test_a_reference_is_two_letters_a_dash_and_six_signs() -> None:
    for prefix in (ENQUIRY, PLACE, VISIT):
        assert re.fullmatch(rf"{prefix}-[{ALPHABET}]{{6}}", new_reference(prefix))


def test_nothing_in_a_reference_is_misread_or_makes_a_word() -> None:
    assert not set(ALPHABET) & set("01OIL" + "AEIOUY")


def test_references_are_not_in_any_order_and_hardly_ever_the_same() -> None:
    made = [new_reference(ENQUIRY) for _ in range(1000)]
    assert len(set(made)) == 1000
    assert made != sorted(made)
