"""Forms: where they come from, how large they are, and what is read out of their fields.

A route declares the fields it takes (`name: Field = ""`, or a dataclass of them), so that the page can show again what was
typed. `Reading` then makes values of them and keeps every mistake, each with the name of its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, TypeVar

from fastapi import Form, Request, Response
from fastapi.routing import APIRoute

from enquiry.dates import LONDON
from web.dependencies import application_of
from web.origin import SAFE_METHODS, check_origin
from web.text import one_line, printable, several_lines

Field = Annotated[str, Form()]
Choices = Annotated[tuple[str, ...], Form()]

LONGEST_NAME = 120  # characters, as are all of these
LONGEST_ADDRESS = 500
LONGEST_TEXT = 4000
LONGEST_LANGUAGE = 40
MOST_PAGES = 10_000
_ID = re.compile(r"[0-9a-f]{32}")

Value = TypeVar("Value")


class FormRoute(APIRoute):
    """A route of our pages. A form that another website sent, one with files and one with very many fields are refused."""

    most_fields = 60

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def checked(request: Request) -> Response:
            check_origin(request, application_of(request).settings.address)
            if request.method not in SAFE_METHODS:
                # What is read here with these limits is what the route reads.
                await request.form(max_files=0, max_fields=self.most_fields)
            return await handle(request)

        return checked


class Unfit(ValueError):
    """What was typed can't be used. `sentence` names what is said of it, `places` is what stands in that sentence."""

    def __init__(self, sentence: str, **places: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.places: Mapping[str, object] = places


class Mistakes(ValueError):
    """Some fields can't be used; `problems` names a sentence for each of them."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


@dataclass
class Reading:
    """Reads the fields of a form one after the other, in the order of the page, and remembers what is wrong with which."""

    mistakes: dict[str, Unfit] = field(default_factory=dict)

    def read(self, name: str, text: str, reader: Callable[[str], Value], otherwise: Value) -> Value:
        """The value of a field; `otherwise` where it has a mistake, which is kept."""
        try:
            return reader(text)
        except Unfit as unfit:
            self.mistakes[name] = unfit
            return otherwise

    def refuse(self, name: str, sentence: str, **places: object) -> None:
        """Keep a mistake that shows only when several fields are looked at."""
        self.mistakes[name] = Unfit(sentence, **places)

    @property
    def problems(self) -> dict[str, str]:
        """The name of the sentence for each field that has a mistake."""
        return {name: unfit.sentence for name, unfit in self.mistakes.items()}

    def check(self) -> None:
        """Raise `Mistakes` where there was one."""
        if self.mistakes:
            raise Mistakes(self.problems)


def short_text(missing: str, too_long: str, longest: int = LONGEST_NAME) -> Callable[[str], str]:
    """Reads one line that says something."""
    return _text(one_line, missing, too_long, longest)


def long_text(missing: str, too_long: str, longest: int = LONGEST_TEXT) -> Callable[[str], str]:
    """Reads several lines that say something."""
    return _text(several_lines, missing, too_long, longest)


def web_address(text: str) -> str | None:
    """The address of a page, or None for an empty field."""
    kept = printable(text).strip()
    if not kept:
        return None
    has_space = any(sign.isspace() for sign in kept)
    if not kept.startswith(("https://", "http://")) or has_space or len(kept) > LONGEST_ADDRESS:
        raise Unfit("online_wrong")
    return kept


def whole_number(allowed: range, problem: str) -> Callable[[str], int]:
    """Reads a number within bounds."""

    def read(text: str) -> int:
        kept = text.strip()
        if not _is_number(kept) or int(kept) not in allowed:
            raise Unfit(problem)
        return int(kept)

    return read


def day(problem: str) -> Callable[[str], date | None]:
    """Reads a date as a date field sends it, or as 2 December 2026 is written with numbers: 2/12/2026."""

    def read(text: str) -> date | None:
        parts = text.strip().replace("-", "/").split("/")
        numbers = [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 5]
        if len(numbers) != 3 or len(parts) != 3:
            raise Unfit(problem)
        year, month, number = numbers if len(parts[0]) == 4 else reversed(numbers)
        try:
            return date(year, month, number)
        except ValueError:
            raise Unfit(problem) from None

    return read


def time_of_day(problem: str) -> Callable[[str], time | None]:
    """Reads a time as a time field sends it."""

    def read(text: str) -> time | None:
        hour, colon, minute = text.strip().replace(".", ":").partition(":")
        digits = hour.isascii() and hour.isdigit() and len(hour) < 3 and minute[:2].isascii() and minute[:2].isdigit()
        if not (colon and digits and int(hour) < 24 and int(minute[:2]) < 60):
            raise Unfit(problem)
        return time(int(hour), int(minute[:2]))

    return read


def moment_in(text: str) -> datetime | None:
    """The moment a form or a request names, as aware UTC: an ISO text with its zone. None for anything else."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment.astimezone(UTC) if moment.tzinfo else None
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


def id_in(text: str) -> str:
    """An id as the store makes them; empty, which is nobody's, for anything else (a database may choke on some of it)."""
    return text if _ID.fullmatch(text) else ""


def number_in(text: str) -> int:
    """A number out of an address; 0 for anything else."""
    return int(text) if _is_number(text) else 0


def page_in(text: str) -> int:
    """The number of a page of a list, from 1."""
    return min(max(number_in(text), 1), MOST_PAGES)


def _text(clean: Callable[[str], str], missing: str, too_long: str, longest: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        kept = clean(text)
        if not kept:
            raise Unfit(missing)
        if len(kept) > longest:
            raise Unfit(too_long)
        return kept

    return read


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9
