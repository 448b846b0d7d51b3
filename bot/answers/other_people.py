"""Texts about a relative or a friend rather than the people at home."""

from __future__ import annotations

import re

LIVES_HERE = re.compile(r"\b(?:lives? with (?:us|me)|living with (?:us|me)|lives? here|at home with us|in our house)\b")
OF_ANOTHER = re.compile(
    r"^(?:well |but |so |and )?(?:(?:my|our|his|her|a|the) )?(?:\w+ )?(?:mum|mam|mother|dad|father|brother|sister|cousin|uncle|aunt|"
    r"auntie|nan|gran|grandad|granddad|grandma|friend|mate|bestie|neighbour|colleague|boss|ex|nephew|niece|parents|friends|mates|"
    r"neighbours|cousins)(?:'?s)?(?:,| |$)"
)
SPEAKS_FOR_HOME = re.compile(r"\b(?:i|i'?m|i'?d|i'?ve|we|we'?re|we'?ve|us|me|both)\b")
FRIEND_OR_RELATIVE = re.compile(
    r"\b(?:sister|brother|mum|mam|mother|dad|father|parents|nan|gran|cousin|friend|mate|aunt|auntie|uncle|"
    r"neighbour|daughter|son)s?\b(?! lives| who lives)"
)


def of_another(text: str) -> bool:
    """Check whether a text tells of a relative or friend only, who is not said to live here."""
    return OF_ANOTHER.match(text) is not None and not SPEAKS_FOR_HOME.search(text) and not LIVES_HERE.search(text)
