"""Several questions in one message: where one ends and the next begins."""

from __future__ import annotations

import re

from bot.text.reading import is_question, read

SENTENCE_END = re.compile(r"(?<=[?!.])\s+")
NEXT_QUESTION = re.compile(
    r"[,;]?\s+(?:and also|and then|and|also|plus|or)\s+(?=(?:how|what|whats|what's|when|where|who|why|which|can|could|do|does|is|are|will|"
    r"would|should|am i|did)\b)|[,;]\s+(?=(?:how|what|when|where|who|why)\b)"
)
FEWEST_WORDS = 3
MOST_PARTS = 4


def questions_in(text: str) -> list[str]:
    """The questions of a message that asks more than one, else nothing.

    Args:
        text: the normalised message.
    """
    pieces = [piece.strip() for sentence in SENTENCE_END.split(text) for piece in NEXT_QUESTION.split(sentence)]
    asking = [piece for piece in pieces if len(piece.split()) >= FEWEST_WORDS and is_question(read(piece))]
    return asking[:MOST_PARTS] if len(asking) > 1 else []
