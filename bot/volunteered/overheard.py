"""Disclosures that are heard in words about being reached: "don't say it's the council if my flatmate picks up" sounds like fear at home.

It may be that, and then it is said again, louder. Where the trained part alone hears it and is not loud about it, a condition of being
reached is taken for what it says, and a sign of fear at home stays a faint one, which a person reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LOUD = 0.65  # as a disclosure that gives way to what is not about fostering (bot/decision/heard.py)
AT_HOME = "domestic_abuse"


def beside_a_condition(disclosure: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Give what stays of a disclosure in a message that has a condition of being reached."""
    if disclosure is None:
        return None
    if disclosure["by"] != "model" or disclosure["confidence"] >= LOUD:
        return dict(disclosure)
    return {**disclosure, "certainty": "faint"} if disclosure["category"] == AT_HOME else None
