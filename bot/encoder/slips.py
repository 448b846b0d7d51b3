"""Typing slips, made on purpose: a text and the same text typed in a hurry should have the same vector."""

from __future__ import annotations

import numpy as np

EVERY = 25  # characters: about one slip in so many


def with_slips(text: str, chance: np.random.Generator) -> str:
    """Leave out, double or swap letters inside words."""
    letters = list(text)
    places = [at for at in range(1, len(letters) - 1) if text[at - 1 : at + 2].isalpha()]
    if not places:
        return text
    count = min(len(places), 1 + chance.poisson(len(text) / EVERY / 2))
    for at in sorted(chance.choice(places, count, replace=False), reverse=True):
        match chance.integers(3):
            case 0:
                del letters[at]
            case 1:
                letters.insert(at, letters[at])
            case _:
                letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)
