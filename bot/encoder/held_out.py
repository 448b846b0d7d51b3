"""Examples that are held out: the adapter and the layer above it never see them, so that heights can be chosen on them.

An example that an adapter was trained on lies nearer to its like than a message of the same kind by other hands will.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from bot.arrays import Flags

SHARE = 10  # one in so many is held out
LETTERS = re.compile(r"[a-z0-9]+")


def is_held_out(text: str) -> bool:
    """Check whether an example is held out. Its letters alone decide, so that the same words fall on the same side."""
    letters = " ".join(LETTERS.findall(text.lower()))
    return int.from_bytes(hashlib.blake2b(letters.encode(), digest_size=4).digest(), "big") % SHARE == 0


def held_out(texts: Sequence[str]) -> Flags:
    """Check each of the texts."""
    return np.array([is_held_out(text) for text in texts], dtype=bool)
