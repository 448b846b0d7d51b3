"""Held-out messages by how long they are: an introduction must be no evidence of harm, and what is told in many words must be heard.

Their writers had seen neither the examples nor each other's texts. The sets: messages (of enquirers, carers, relatives and others),
told (disclosures), denials, denials_half_true (which take back less than they say), out_of_scope_stories, and twins (a harmless message
and one that tells of harm, alike in all but what they mean).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench import really_answered

Row = Mapping[str, str]
Found = Mapping[str, Any]
Pair = tuple[Row, Found]
SETS = ("messages", "told", "denials", "denials_half_true", "out_of_scope_stories", "twins")
# Words of the longest message of each band.
BANDS = (("up to 12", 12), ("13 to 20", 20), ("21 to 30", 30), ("over 30", 1000))
CHILD = "child"  # who writes; to take them for one is no false alarm


@dataclass(frozen=True)
class Line:
    """One line of the table: of how many messages, and figures in a hundred by name."""

    name: str
    messages: int
    figures: Mapping[str, float]

    def __str__(self) -> str:
        """The line as it is printed."""
        figures = "   ".join(f"{name} {value}" for name, value in self.figures.items())
        return f"{self.name:>34}  {self.messages:>4}   {figures}"


def is_full(found: Found) -> bool:
    """Whether the safety message comes in place of an answer."""
    return bool(found["certainty"] == "sure")


def is_faint(found: Found) -> bool:
    """Whether an answer comes, and gentle lines behind it."""
    return bool(found["certainty"] == "faint")


def is_heard(found: Found) -> bool:
    """Whether anything is heard of a disclosure."""
    return found["disclosure"] is not None


def lines_by_length(sets: Mapping[str, Sequence[Pair]]) -> list[Line]:
    """Count, for each set and each band of lengths, what becomes of its messages.

    Args:
        sets: by name, each message as its row and what was understood.
    """
    harmless = [pair for pair in sets["messages"] if pair[0]["sender"] != CHILD]
    urgent = [pair for pair in sets["told"] if pair[0]["danger_now"] == "yes"]
    twins = [[pair for pair in sets["twins"] if bool(pair[0]["category"]) is true] for true in (True, False)]
    return [
        *(_harmless(f"harmless, {band}", pairs) for band, pairs in _bands(harmless)),
        _harmless("harmless, all", harmless),
        *(_harmless(f"harmless, {sender}", pairs) for sender, pairs in _by_sender(harmless)),
        *(_told(f"told, {band}", pairs) for band, pairs in _bands(sets["told"])),
        _told("told, all", sets["told"]),
        _told("told, danger now", urgent),
        _told("told, twins", twins[0]),
        _line("harmless, twins", twins[1], full=is_full, faint=is_faint),
        _told("half-true denials", sets["denials_half_true"]),
        _line("denials", sets["denials"], full=is_full, faint=is_faint),
        _line(
            "out of scope",
            sets["out_of_scope_stories"],
            full=is_full,
            faint=is_faint,
            answered=lambda found: found["decision"] == "answer",
        ),
    ]


def in_words(sets: Mapping[str, Sequence[Pair]]) -> list[str]:
    """Each message that was not taken as it should be, a line each."""
    harmless = ("messages", "denials", "out_of_scope_stories")
    lines = [
        f"{name}, {found['certainty']} {found['disclosure']}: {row['text']!r}"
        for name in harmless
        for row, found in sets[name]
        if is_heard(found) and row.get("sender") != CHILD
    ]
    lines += [
        f"told, not heard: {row.get('category', 'half true')} <- {row['text']!r} ({found['decision']})"
        for name in ("told", "denials_half_true")
        for row, found in sets[name]
        if not is_heard(found)
    ]
    lines += [
        f"danger now, only faint: {row['category']} <- {row['text']!r}"
        for row, found in sets["told"]
        if row["danger_now"] == "yes" and is_faint(found)
    ]
    return lines


def _bands(pairs: Sequence[Pair]) -> list[tuple[str, list[Pair]]]:
    least = 0
    found = []
    for name, most in BANDS:
        found.append((name, [pair for pair in pairs if least < len(pair[0]["text"].split()) <= most]))
        least = most
    return found


def _by_sender(pairs: Sequence[Pair]) -> list[tuple[str, list[Pair]]]:
    senders = sorted({row["sender"] for row, _ in pairs})
    return [(sender, [pair for pair in pairs if pair[0]["sender"] == sender]) for sender in senders]


def _harmless(name: str, pairs: Sequence[Pair]) -> Line:
    with_topic = [pair for pair in pairs if pair[0]["topics"]]
    right = [row for row, found in with_topic if _is_right(row, found)]
    line = _line(name, pairs, full=is_full, faint=is_faint)
    figures = {"right_at_once": _share(len(right), len(with_topic)), **really_answered.shares(pairs)}
    return Line(line.name, line.messages, {**line.figures, **figures})


def _told(name: str, pairs: Sequence[Pair]) -> Line:
    return _line(name, pairs, heard=is_heard, full=is_full)


def _line(name: str, pairs: Sequence[Pair], **holds: Callable[[Found], bool]) -> Line:
    figures = {key: _share(sum(true(found) for _, found in pairs), len(pairs)) for key, true in holds.items()}
    return Line(name, len(pairs), figures)


def _is_right(row: Row, found: Found) -> bool:
    return found["decision"] == "answer" and not set(row["topics"].split()).isdisjoint(found["topics"])


def _share(part: int, of: int) -> float:
    return round(100 * part / of, 1) if of else 0.0
