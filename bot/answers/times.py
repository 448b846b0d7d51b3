"""Texts that may name any time: what they say of one, and what takes something back."""

from __future__ import annotations

import re

LONGEST_TEXT = 120  # characters
SAYS_WHEN = re.compile(
    r"\d|\b(?:am|pm|morning|afternoon|evening|night|tonight|lunch|week|day|noon|any ?time|after|before|between|work|school|"
    r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?s?|tomorrow|today|soon|whenever)"
)
TAKES_BACK = re.compile(r"\b(?:sorry|actually|meant|oops|mistake|wait|wrong|change)\b")
