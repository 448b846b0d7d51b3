"""Follow-ups: a question that leans on the answer before it, "and two of them?", "is that too soon?".

It is read together with the question that was answered. Nothing else in a conversation is looked back at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.intents.classifier import PART

LONGEST = 9  # words
LEANS = re.compile(
    r"^(?:and|but|or|so|what about|how about|what if|even|also)\b"
    r"|\b(?:it|that|this|them|they|those|these|one|ones|there|then|either|instead|as well|too)\b"
)
# "and how many of them": it goes on, and names a thing by a pronoun.
GOES_ON = re.compile(r"^(?:and|but|so|what about|how about)\b.*\b(?:it|that|this|them|they|those|these|one|ones)\b")


def leans_on_the_answer_before(text: str) -> bool:
    """Check whether a text, by its length and its words, may mean what was answered last.

    Args:
        text: the normalised message.
    """
    return len(text.split()) <= LONGEST and LEANS.search(text) is not None


def plainly_leans(text: str) -> bool:
    """Check whether a text goes on from what was answered, so that even a topic it names by itself may not be what is meant."""
    return GOES_ON.match(text) is not None


def together_with(title: str, text: str) -> str:
    """Put the question that was answered before the one that leans on it."""
    return f"{title} {text}"


def says_more(guesses: Sequence[dict[str, object]], last_answer: str) -> bool:
    """Check that the likeliest answer is another than the one just given; to hear the same again helps nobody."""
    best = guesses[0]
    name = f"{best['label']}{PART}{best['part']}" if best["part"] else str(best["label"])
    return "/" in name and name != last_answer
