"""Fields of forms made fit to use: every mistake at once, each with the name of its sentence (the sentences stand in the templates)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import TypeVar

from enquiry.dates import LONDON
from web.console import typed

LONGEST_NAME = 120
LONGEST_ADDRESS = 500

Value = TypeVar("Value")


class Mistakes(ValueError):
    """What was typed can't be used; `problems` names a sentence for each field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


@dataclass
class Form:
    """Reads the fields of a form one after the other and remembers what is wrong."""

    problems: dict[str, str] = field(default_factory=dict)

    def read(self, name: str, text: str, reader: Callable[[str], Value], otherwise: Value) -> Value:
        """The value of a field; `otherwise` where it has a mistake, which is kept."""
        try:
            return reader(text)
        except typed.Unfit as unfit:
            self.problems[name] = unfit.problem
            return otherwise

    def check(self) -> None:
        """Raises `Mistakes` when there was one."""
        if self.problems:
            raise Mistakes(self.problems)


def short_text(missing: str, too_long: str, longest: int = LONGEST_NAME) -> Callable[[str], str]:
    """Reads one line that says something."""

    def read(text: str) -> str:
        kept = " ".join(typed.printable(text).split())
        if not kept:
            raise typed.Unfit(missing)
        if len(kept) > longest:
            raise typed.Unfit(too_long)
        return kept

    return read


def web_address(text: str) -> str | None:
    """The address of a page, or None for an empty field."""
    kept = typed.printable(text).strip()
    if not kept:
        return None
    if (
        not kept.startswith(("https://", "http://"))
        or any(one.isspace() for one in kept)
        or len(kept) > LONGEST_ADDRESS
    ):
        raise typed.Unfit("online_wrong")
    return kept


def whole_number(allowed: range, problem: str) -> Callable[[str], int]:
    """Reads a number within bounds."""

    def read(text: str) -> int:
        kept = text.strip()
        if not (kept.isascii() and kept.isdigit() and len(kept) < 6) or int(kept) not in allowed:
            raise typed.Unfit(problem)
        return int(kept)

    return read


def day(problem: str) -> Callable[[str], date | None]:
    """Reads a date as a date field sends it, or as 2 December 2026 is written with numbers: 2/12/2026."""

    def read(text: str) -> date | None:
        kept = text.strip()
        parts = kept.replace("-", "/").split("/")
        numbers = [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 5]
        if len(numbers) != 3 or len(parts) != 3:
            raise typed.Unfit(problem)
        year, month, number = numbers if len(parts[0]) == 4 else reversed(numbers)
        try:
            return date(year, month, number)
        except ValueError:
            raise typed.Unfit(problem) from None

    return read


def time_of_day(problem: str) -> Callable[[str], time | None]:
    """Reads a time as a time field sends it."""

    def read(text: str) -> time | None:
        hour, colon, minute = text.strip().replace(".", ":").partition(":")
        digits = hour.isascii() and hour.isdigit() and len(hour) < 3 and minute[:2].isascii() and minute[:2].isdigit()
        if not (colon and digits and int(hour) < 24 and int(minute[:2]) < 60):
            raise typed.Unfit(problem)
        return time(int(hour), int(minute[:2]))

    return read


def moment_of(text: str) -> datetime | None:
    """A moment as a form carries it: its UTC ISO text. None for anything else."""
    try:
        found = datetime.fromisoformat(text.strip()[:40])
        return found.astimezone(UTC) if found.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def in_london(on: date, at: time) -> datetime | None:
    """A local day and time as aware UTC; None for a time that the clocks skip that night."""
    local = datetime.combine(on, at)
    try:
        found = local.replace(tzinfo=LONDON).astimezone(UTC)
    except OverflowError:
        return None
    return found if found.astimezone(LONDON).replace(tzinfo=None) == local else None
