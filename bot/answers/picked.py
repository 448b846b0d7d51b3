"""Several choices picked together: the page sends their titles in a row."""

from __future__ import annotations

from typing import Any

from bot.answers.question import Question
from bot.text.normalise import trim_punctuation

BETWEEN = ", "


def picked(question: Question, text: str) -> list[Any] | None:
    """Read the choices whose titles make up a whole text; None where it is not made of two or more.

    Args:
        question: one of which several choices may be picked.
        text: as normalised for reading.
    """
    if question.kind != "any_of":
        return None
    titles = {choice.said_as[0]: choice.value for choice in question.choices if choice.said_as}
    rest, found = trim_punctuation(text), []
    while rest:
        # The longest first: one title may begin like another.
        title = next(
            (one for one in sorted(titles, key=len, reverse=True) if f"{rest}{BETWEEN}".startswith(one + BETWEEN)), None
        )
        if title is None:
            return None
        found.append(titles[title])
        rest = rest[len(title) + len(BETWEEN) :]
    return found if len(found) > 1 else None
