"""Text that people type, made fit to keep."""

from __future__ import annotations

import unicodedata

LONGEST_LINE = 254  # characters


def printable(text: str, keep: str = "") -> str:
    """The text without control characters and halves of characters; `keep` names those that may stay."""
    return "".join(sign for sign in text if sign in keep or unicodedata.category(sign) not in {"Cc", "Cs"})


def several_lines(text: str) -> str:
    """A text with its line breaks and tabs. The joiners that emoji need stay, too."""
    return printable(text.replace("\r\n", "\n").replace("\r", "\n"), keep="\n\t").strip()


def cut_line(text: str) -> str:
    """One line, such as an e-mail address or a search; cut at 254 characters. PostgreSQL keeps no NUL."""
    return printable(text).strip()[:LONGEST_LINE]


def one_line(text: str) -> str:
    """A text on one line, with single spaces and without what nobody can see."""
    return " ".join("".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in text).split())


def paragraphs(text: str) -> str:
    """A longer text with its line breaks, each line as `one_line` has it."""
    return "\n".join(one_line(line) for line in text.splitlines()).strip()
