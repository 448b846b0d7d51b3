"""The report of a policy rehearsal, and its shape in the store. It counts; an example is never more than the answers that matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from enquiry.enums import Outcome

# Stands where an answer calls for a safety message instead of any outcome.
SAFETY = "safety_message"


class Direction(StrEnum):
    """What a change means for the person who answered so."""

    EASIER = "easier"  # less stands between them and the next step than today
    NOTE = "note"  # they go on as today, and the visitor is told one thing more
    PERSON = "person"  # a person talks with them before anything is booked
    TEAM = "team"  # they are shown the way to another team
    NOT_YET = "not_yet"  # they are told "not yet"
    SAFETY = "safety"  # a safety message comes in the place of an outcome, or comes no more


def direction_of(before: str, after: str) -> Direction:
    """What going from one outcome to another means for the person."""
    if SAFETY in (before, after):
        return Direction.SAFETY
    if before == Outcome.NOT_YET or after == Outcome.CONTINUE:
        return Direction.EASIER
    if after == Outcome.NOTE:
        return Direction.NOTE if before == Outcome.CONTINUE else Direction.EASIER
    return {Outcome.TALK_FIRST: Direction.PERSON, Outcome.OTHER_ROUTE: Direction.TEAM}.get(
        Outcome(after), Direction.NOT_YET
    )


@dataclass(frozen=True)
class Count:
    """How many sets of answers: given by people so far, and made up."""

    given: int = 0
    made_up: int = 0

    @property
    def all(self) -> int:
        """Both together."""
        return self.given + self.made_up


@dataclass(frozen=True)
class Example:
    """One set of answers that would end otherwise: its way, the answers that matter (question, answer), the reasons' names."""

    route: str
    answers: tuple[tuple[str, str], ...]
    reasons_before: tuple[str, ...]
    reasons_after: tuple[str, ...]
    made_up: bool


@dataclass(frozen=True)
class Change:
    """Sets that would end otherwise: from which outcome to which."""

    before: str
    after: str
    direction: Direction
    count: Count
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class ReasonShift:
    """A reason that sets of answers would get (`came`) or lose (`went`). One whose outcome is another goes and comes."""

    reason: str
    outcome: str
    for_staff: str
    came: Count
    went: Count


@dataclass(frozen=True)
class AskedAgain:
    """A question that would be asked of people who are past it: new to them, or their answer is none any more (`gone`)."""

    question: str
    short: str
    gone: bool
    count: Count


@dataclass(frozen=True)
class Report:
    """What changed criteria would have done for one agency.

    `compared` is the sum of `unchanged`, `changed` and `undecided`, of which the last would be asked something first.
    `unfinished` are those among them who had not answered all of today's questions. `new_answers` (question, answer) are
    those that nobody could give so far.
    """

    agency: str
    from_version: str
    to_version: str
    compared: Count
    unchanged: Count
    changed: Count
    undecided: Count
    unfinished: Count
    changes: tuple[Change, ...] = ()
    reasons: tuple[ReasonShift, ...] = ()
    asked_again: tuple[AskedAgain, ...] = ()
    new_answers: tuple[tuple[str, str], ...] = ()

    def directions(self) -> tuple[tuple[Direction, Count], ...]:
        """How many would end otherwise in each direction that occurs."""
        found = []
        for direction in Direction:
            counts = [one.count for one in self.changes if one.direction is direction]
            if counts:
                found.append((direction, Count(sum(one.given for one in counts), sum(one.made_up for one in counts))))
        return tuple(found)

    def as_json(self) -> dict[str, Any]:
        """The report in plain lists and mappings."""
        return asdict(self)


def report_from(raw: Mapping[str, Any]) -> Report | None:
    """A report as it was kept, or None where it was kept in another shape (by another release)."""
    try:
        return Report(
            agency=str(raw["agency"]),
            from_version=str(raw["from_version"]),
            to_version=str(raw["to_version"]),
            **{name: _count(raw[name]) for name in ("compared", "unchanged", "changed", "undecided", "unfinished")},
            changes=tuple(_change(one) for one in raw["changes"]),
            reasons=tuple(
                ReasonShift(**{**one, "came": _count(one["came"]), "went": _count(one["went"])})
                for one in raw["reasons"]
            ),
            asked_again=tuple(AskedAgain(**{**one, "count": _count(one["count"])}) for one in raw["asked_again"]),
            new_answers=_pairs(raw["new_answers"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _count(raw: Mapping[str, Any]) -> Count:
    return Count(int(raw["given"]), int(raw["made_up"]))


def _change(raw: Mapping[str, Any]) -> Change:
    examples = tuple(
        Example(
            str(one["route"]),
            _pairs(one["answers"]),
            tuple(one["reasons_before"]),
            tuple(one["reasons_after"]),
            bool(one["made_up"]),
        )
        for one in raw["examples"]
    )
    return Change(str(raw["before"]), str(raw["after"]), Direction(raw["direction"]), _count(raw["count"]), examples)


def _pairs(raw: Iterable[Iterable[Any]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(first), str(second)) for first, second in raw)
