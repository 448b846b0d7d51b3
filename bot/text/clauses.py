"""The clauses of a message that says several things in one go."""

from __future__ import annotations

import re

from bot.text.normalise import normalise

# Where one thing ends and the next begins in a message without full stops.
NEXT_THING = re.compile(
    r"[.!?;\n]+\s*|\s+-+\s+"
    r"|,?\s+(?:and also|also|but also|but|btw|by the way|anyways?|the thing is|thing is|to be honest|tbh|plus|though)\s+"
    r"|,\s+(?=(?:and|i|im|ive|my|we|weve|were|he|hes|she|shes|they|there|theres|what|how|can|do|is|are)\b)"
    r"|\s+and\s+(?=(?:i|im|ive|my|we|weve|he|hes|she|shes|they)\b)"
)
LEADS_ON = re.compile(r"^(?:(?:and|also|but|btw|by the way|anyways?|plus|though)\s+)+")
FEWEST_WORDS = 4  # of a clause that says something by itself
MOST_CLAUSES = 12  # each takes a sentence vector: a message of a hundred sentences would hold up everybody else's


def clauses(text: str) -> list[str]:
    """Split a message that says several things; one that says a single thing gives nothing."""
    parts = [LEADS_ON.sub("", part.strip(" ,")) for part in NEXT_THING.split(normalise(text))]
    long_enough = [part for part in parts if len(part.split()) >= FEWEST_WORDS]
    if len([part for part in parts if part]) < 2:
        return []
    # Neighbours go together where there are too many, so that none is left out.
    together = -(-len(long_enough) // MOST_CLAUSES) or 1
    return [". ".join(long_enough[at : at + together]) for at in range(0, len(long_enough), together)]
