"""Detection of letters that English does not use. Languages in Latin letters are left to the examples."""

from __future__ import annotations

import unicodedata

MOST = 0.5  # share of the letters


def in_other_letters(text: str) -> bool:
    """Check whether most letters of a text are not Latin ("Здравствуйте", "હેલો")."""
    letters = [letter for letter in text if letter.isalpha()]
    others = [
        letter
        for letter in letters
        if not unicodedata.name(letter, "").startswith(("LATIN", "FULLWIDTH LATIN", "MATHEMATICAL"))
    ]
    return len(letters) > 1 and len(others) > MOST * len(letters)
