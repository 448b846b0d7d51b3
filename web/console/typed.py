"""What staff type, made fit to keep, or the name of what is wrong with it (the sentences stand in the templates)."""

from __future__ import annotations

import unicodedata

LONGEST_NOTE = 4000
LONGEST_LINE = 254


class Unfit(ValueError):
    """The typed text can't be kept; `problem` names the sentence that says why."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def note(text: str) -> str:
    """A note: several lines of up to 4,000 characters.

    Raises:
        Unfit: `note_empty` or `note_long`.
    """
    kept = printable(text.replace("\r\n", "\n").replace("\r", "\n"), keep="\n\t").strip()
    if not kept:
        raise Unfit("note_empty")
    if len(kept) > LONGEST_NOTE:
        raise Unfit("note_long")
    return kept


def line(text: str) -> str:
    """One line, such as an e-mail address or a search; cut at 254 characters. PostgreSQL keeps no NUL."""
    return printable(text).strip()[:LONGEST_LINE]


def printable(text: str, keep: str = "") -> str:
    """The text without control characters and halves of characters; `keep` names those that may stay."""
    return "".join(one for one in text if one in keep or unicodedata.category(one) not in {"Cc", "Cs"})
