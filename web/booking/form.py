"""What was typed into a booking form, and what is made of it. Nothing typed is lost: the page shows it again as it was."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request

from enquiry.agencies.agency import Agency
from enquiry.bookings.events.places import MOST_PEOPLE
from enquiry.bookings.forms import Reach
from enquiry.contacts import tidy_contact
from enquiry.enums import Needs
from enquiry.outbox.queue import Channel

LONGEST_NAME = 80  # characters
LONGEST_LANGUAGE = 40  # characters
MOST_FIELDS = 60
_ID = re.compile(r"[0-9a-f]{32}")
BY: dict[str, Channel] = {"email": "email", "text": "text"}
Say = Callable[..., str]


@dataclass(frozen=True)
class Typed:
    """The fields of a form as they were sent."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """A field; empty when it was not sent."""
        return next(iter(self.values.get(name, ())), "")

    def has(self, name: str, value: str) -> bool:
        """Whether a choice was made."""
        return value in self.values.get(name, ())


async def typed_in(request: Request) -> Typed:
    """The fields of the form that was sent. Files are no fields of ours."""
    form = await request.form(max_files=0, max_fields=MOST_FIELDS)
    names = dict.fromkeys(form.keys())
    return Typed({name: tuple(one for one in form.getlist(name) if isinstance(one, str)) for name in names})


TypedIn = Annotated[Typed, Depends(typed_in)]


@dataclass(frozen=True)
class Party:
    """Who comes to an event: how many, and what is to be got ready."""

    people: int
    needs: tuple[str, ...]
    language: str | None


class Reading:
    """Reads a form. `errors` holds a sentence for each field that can't be used, by the field's id, in the order of the page.

    Args:
        say: a sentence of data/wording/booking.yml by its name.
    """

    def __init__(self, typed: Typed, say: Say) -> None:
        self.typed = typed
        self.errors: dict[str, str] = {}
        self._say = say

    def reach(self, areas: frozenset[str] | None = None) -> Reach:
        """Name, contact and whether messages are safe; with the area, where it is asked.

        Args:
            areas: the answers there are to the question of the council.
        """
        name = one_line(self.typed.one("name"))
        if len(name) > LONGEST_NAME:
            self.errors["name"] = self._say("error_name", limit=LONGEST_NAME)
        phone, email = self._contact("phone"), self._contact("email")
        if not self.typed.one("phone").strip() and not self.typed.one("email").strip():
            self.errors["phone"] = self._say("error_no_contact")
        safe = self.typed.one("safe")
        if safe not in ("yes", "no"):
            self.errors["safe"] = self._say("error_safe")
        area = self.typed.one("area") if areas is not None else None
        if areas is not None and area not in areas:
            self.errors["area"] = self._say("error_area")
        both = phone is not None and email is not None
        by = BY.get(self.typed.one("by")) if both else None
        return Reach(name=name or None, phone=phone, email=email, by=by, safe_to_message=safe == "yes", area=area)

    def party(self, *, had: str = "") -> Party:
        """How many come and what they need.

        Args:
            had: the language of the interpreter they had asked for, which the form has shown them.
        """
        people = self.people()
        needs = [one.value for one in Needs if self.typed.has("needs", one.value)]
        language = one_line(self.typed.one("language"))
        if Needs.INTERPRETER not in needs and language == had:
            # The box was cleared and the language left as it stood.
            language = ""
        if language and Needs.INTERPRETER not in needs:
            needs.append(Needs.INTERPRETER.value)
        if Needs.INTERPRETER in needs and not 1 <= len(language) <= LONGEST_LANGUAGE:
            self.errors["language"] = self._say("error_language", limit=LONGEST_LANGUAGE)
        return Party(people, tuple(needs), language or None)

    def people(self) -> int:
        """How many come."""
        typed = self.typed.one("people").strip()
        if typed not in [str(number) for number in range(1, MOST_PEOPLE + 1)]:
            self.errors["people"] = self._say("error_people")
            return 1
        return int(typed)

    def _contact(self, which: str) -> str | None:
        typed = self.typed.one(which).strip()
        tidy = tidy_contact(typed) if typed else None
        fits = tidy is not None and ("@" in tidy) == (which == "email")
        if typed and not fits:
            self.errors[which] = self._say(f"error_{which}")
        return tidy if fits else None


def area_names(agency: Agency) -> tuple[str, ...]:
    """The councils of an agency's area and next to it, as its file writes them."""
    area = agency.facts["area"]
    return tuple(dict.fromkeys([*area["in_area"], *area["border"]]))


def one_line(text: str) -> str:
    """A text on one line, without what nobody can see."""
    return " ".join("".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in text).split())


def id_in(text: str) -> str:
    """An id as the store makes them; empty, which is nobody's, for anything else (a database may choke on some of it)."""
    return text if _ID.fullmatch(text) else ""


def moment_in(text: str) -> datetime | None:
    """The moment a form or a request names: an ISO text with its zone; None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def paragraphs(text: str) -> str:
    """A longer text with its line breaks, without what nobody can see."""
    return "\n".join(one_line(line) for line in text.splitlines()).strip()
