"""Short references that people read out on the phone."""

from __future__ import annotations

import secrets

# No vowels (no words come out), and nothing that is read as something else: 0/O, 1/I/L.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
LENGTH = 6

ENQUIRY = "HE"
PLACE = "EV"
VISIT = "VI"


def new_reference(prefix: str) -> str:
    """A reference such as `HE-7K3M2Q`; 27 to the power of 6 of them, and the store refuses one given out before.

    Args:
        prefix: two letters that say what it refers to: ENQUIRY, PLACE or VISIT.
    """
    return f"{prefix}-{''.join(secrets.choice(ALPHABET) for _ in range(LENGTH))}"
