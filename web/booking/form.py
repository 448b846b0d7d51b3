"""Forms of the booking pages. Nothing typed is lost: the page shows it again as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from enquiry.agencies.agency import Agency
from enquiry.bookings.booking import MOST_PEOPLE
from enquiry.bookings.forms import Reach
from enquiry.contacts import tidy_contact
from enquiry.enums import Needs
from enquiry.outbox.queue import Channel
from web.forms import LONGEST_LANGUAGE, Choices, Field, Reading, Unfit, whole_number
from web.text import one_line

LONGEST_NAME = 80  # characters
BY: dict[str, Channel] = {"email": "email", "text": "text"}
# Says a sentence of data/wording/booking.yml by its name.
Say = Callable[..., str]


@dataclass(frozen=True)
class ReachForm:
    """Who somebody is and how they are reached."""

    name: Field = ""
    phone: Field = ""
    email: Field = ""
    by: Field = ""
    safe: Field = ""


@dataclass(frozen=True)
class PartyForm:
    """Who comes to an event."""

    people: Field = ""
    needs: Choices = ()
    language: Field = ""


@dataclass(frozen=True)
class PlaceForm(PartyForm, ReachForm):
    """A place at an event: `form` is the form's own id, `act` the button, `event` one of other dates where `choosing` says so."""

    form: Field = ""
    act: Field = ""
    choosing: Field = ""
    event: Field = ""


@dataclass(frozen=True)
class VisitForm(ReachForm):
    """Who is visited; with `choosing`, also another time, as the one that was kept is gone."""

    area: Field = ""
    choosing: Field = ""
    at: Field = ""


@dataclass(frozen=True)
class Party:
    """Who comes to an event: how many, and what is to be got ready."""

    people: int
    needs: tuple[str, ...]
    language: str | None


def read_reach(reading: Reading, written: ReachForm) -> Reach:
    """Read name, contact and whether messages are safe."""
    name = reading.read("name", written.name, _name, "")
    phone = reading.read("phone", written.phone, _phone, None)
    email = reading.read("email", written.email, _email, None)
    if not written.phone.strip() and not written.email.strip():
        reading.refuse("phone", "error_no_contact")
    safe = reading.read("safe", written.safe, one_of(("yes", "no"), "error_safe"), "")
    by = BY.get(written.by) if phone and email else None
    return Reach(name=name or None, phone=phone, email=email, by=by, safe_to_message=safe == "yes")


def read_party(reading: Reading, written: PartyForm, *, had: str = "") -> Party:
    """Read how many come and what they need.

    Args:
        had: the language of the interpreter they had asked for, which the form has shown them.
    """
    people = reading.read("people", written.people, whole_number(range(1, MOST_PEOPLE + 1), "error_people"), 1)
    needs = [need.value for need in Needs if need.value in written.needs]
    language = one_line(written.language)
    if Needs.INTERPRETER not in needs and language == had:
        # The box was cleared and the language left as it stood.
        language = ""
    if language and Needs.INTERPRETER not in needs:
        needs.append(Needs.INTERPRETER.value)
    if Needs.INTERPRETER in needs and not 1 <= len(language) <= LONGEST_LANGUAGE:
        reading.refuse("language", "error_language", limit=LONGEST_LANGUAGE)
    return Party(people, tuple(needs), language or None)


def one_of(choices: tuple[str, ...], sentence: str) -> Callable[[str], str]:
    """Reads a choice."""

    def read(text: str) -> str:
        if text not in choices:
            raise Unfit(sentence)
        return text

    return read


def sentences(reading: Reading, say: Say) -> dict[str, str]:
    """Say the sentence for each field that can't be used, by the field's id, in the order of the page."""
    return {name: say(unfit.sentence, **unfit.places) for name, unfit in reading.mistakes.items()}


def area_names(agency: Agency) -> tuple[str, ...]:
    """The councils of an agency's area and next to it, as its file writes them."""
    area = agency.facts["area"]
    return tuple(dict.fromkeys([*area["in_area"], *area["border"]]))


def _name(text: str) -> str:
    name = one_line(text)
    if len(name) > LONGEST_NAME:
        raise Unfit("error_name", limit=LONGEST_NAME)
    return name


def _phone(text: str) -> str | None:
    return _contact(text, "error_phone", is_email=False)


def _email(text: str) -> str | None:
    return _contact(text, "error_email", is_email=True)


def _contact(text: str, sentence: str, *, is_email: bool) -> str | None:
    given = text.strip()
    if not given:
        return None
    tidy = tidy_contact(given)
    if tidy is None or ("@" in tidy) != is_email:
        raise Unfit(sentence)
    return tidy
