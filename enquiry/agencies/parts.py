"""The parts of an agency file: what each holds, and how it is read from YAML.

A reader takes what the file holds and raises ValueError, TypeError, KeyError or AttributeError where it can't be read;
enquiry/agencies/schema.py turns that into a sentence with a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import time
from typing import Any

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBER = re.compile(r"\+?\d[\d ]{1,14}\d")
DISTRICT = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?")
# Route ids as in data/criteria.yml.
CARE_TYPES = (
    "mainstream",
    "short_term",
    "long_term",
    "respite",
    "emergency",
    "short_breaks",
    "parent_and_child",
    "specialist",
    "transfer",
    "supported_lodgings",
    "independent_visitor",
)
# To whom somebody is passed on who is no new enquirer, or whose way in is another.
TEAMS = (
    "kinship",
    "private_fostering",
    "adoption",
    "supported_lodgings",
    "independent_visitor",
    "transfer",
    "complaints",
    "jobs",
    "press",
    "records",
    "hosting",
    "childrens_rights",
    "supervising",
    "children_services",
)
TEAM_KEYS = ("name", "phone", "email", "url", "says")
HEARD = ("in_area", "border", "elsewhere")


@dataclass(frozen=True)
class Hours:
    """When an office is open on one day, local time."""

    opens: time
    closes: time


@dataclass(frozen=True)
class AreaRule:
    """Which homes a service looks for. Names and postcode districts are lower and upper case respectively.

    `here` and `next_door` are what the two places are called on buttons.
    """

    here: str
    next_door: str
    in_area: tuple[str, ...]
    border: tuple[str, ...]
    districts_in_area: frozenset[str]
    districts_border: frozenset[str]
    districts_shared: frozenset[str]


@dataclass(frozen=True)
class Team:
    """Who somebody is passed on to. What is not known is None; `says` is a sentence on what to do."""

    name: str | None
    phone: str | None
    email: str | None
    url: str | None
    says: str | None


@dataclass(frozen=True)
class EventPlan:
    """How information events repeat. Staff may move or cancel each one in the console.

    `how_many` are kept ahead; `change_until_hours` before one begins, a place can still be moved or given back without ringing.
    """

    title: str
    venue: str
    weekday: int
    starts: time
    ends: time
    every_weeks: int
    how_many: int
    first_after_days: int
    places: int
    change_until_hours: int


@dataclass(frozen=True)
class VisitPlan:
    """How initial visits are offered, and the hours that new visitors begin with; staff set each visitor's own in the console.

    `hours` by day of the week; `notice_hours` is the soonest a visit is offered, `horizon_days` the furthest ahead.
    """

    visitors: int
    hours: Mapping[int, tuple[tuple[time, time], ...]]
    minutes: int
    buffer_minutes: int
    most_a_day: int
    notice_hours: int
    horizon_days: int
    change_until_hours: int


def text(value: Any) -> str:
    """A text that says something."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("write text, between quotation marks where YAML reads something else")
    return value.strip()


def number(value: Any) -> str:
    """A phone number as people write it: a link has to ring it."""
    if not isinstance(value, str) or not NUMBER.fullmatch(value.strip()):
        raise ValueError("write one phone number and nothing else, between quotation marks, such as '0116 305 0505'")
    return value.strip()


def page(value: Any) -> str:
    """The address of a web page."""
    if not isinstance(value, str) or not re.fullmatch(r"https?://\S+", value):
        raise ValueError("write the whole address of a page, such as https://www.example.gov.uk/fostering")
    return value


def email(value: Any) -> str:
    """An e-mail address."""
    if not isinstance(value, str) or not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        raise ValueError("write one email address")
    return value


def whole(value: Any) -> int:
    """A whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("write a whole number, such as 21")
    return value


def hours(value: Any) -> float:
    """A number of hours, more than none."""
    if not isinstance(value, int | float) or isinstance(value, bool) or value <= 0:
        raise ValueError("write a number of hours, such as 2")
    return float(value)


def flag(value: Any) -> bool:
    """Yes or no."""
    if not isinstance(value, bool):
        raise ValueError("write true or false")
    return value


def names(value: Any) -> tuple[str, ...]:
    """Names of places, in lower case: that is how they are compared."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError("write a list of names, such as [Blaby, Melton]")
    return tuple(one.lower() for one in value)


def districts(value: Any) -> frozenset[str]:
    """Postcode districts, such as LE9."""
    if not isinstance(value, list) or not all(isinstance(one, str) and DISTRICT.fullmatch(one) for one in value):
        raise ValueError("write a list of postcode districts in capital letters, such as [LE9, LE10]")
    return frozenset(value)


def origins(value: Any) -> tuple[str, ...]:
    """Origins of web pages, such as https://www.example.gov.uk."""
    if not isinstance(value, list):
        raise ValueError("write a list of addresses, or []")
    return tuple(page(one).rstrip("/") for one in value)


def week(value: Any) -> Mapping[int, Hours]:
    """The working hours by day of the week; a day that is not there is a day off."""
    if not isinstance(value, dict) or not value:
        raise ValueError("write the days with their hours, such as monday: ['09:00', '17:00']")
    found = {weekday(day): Hours(_time(one[0]), _time(one[1])) for day, one in value.items() if _is_pair(day, one)}
    if any(day.closes <= day.opens for day in found.values()):
        raise ValueError("a day closes before it opens")
    return found


def weekday(value: Any) -> int:
    """The number of a day of the week, Monday first."""
    if value not in WEEKDAYS:
        raise ValueError(f"{value!r} is no day: write {', '.join(WEEKDAYS[:3])}, …")
    return WEEKDAYS.index(value)


def events(value: Any) -> EventPlan:
    """The plan of information events."""
    raw = _exactly(value, EventPlan)
    return EventPlan(
        **{**raw, "weekday": weekday(raw["weekday"]), "starts": _time(raw["starts"]), "ends": _time(raw["ends"])}
    )


def visits(value: Any) -> VisitPlan:
    """The plan of initial visits."""
    raw = _exactly(value, VisitPlan)
    return VisitPlan(**{**raw, "hours": visit_hours(raw["hours"])})


def visit_hours(value: Any) -> Mapping[int, tuple[tuple[time, time], ...]]:
    """Hours of visits by day of the week; a day may have several parts, such as a morning and an evening."""
    if not isinstance(value, dict) or not value:
        raise ValueError("write the days with their hours, such as monday: [['10:00', '15:00'], ['17:30', '19:00']]")
    found = {
        weekday(day): tuple((_time(one[0]), _time(one[1])) for one in spans if _is_pair(day, one))
        for day, spans in value.items()
    }
    if any(opens >= closes for spans in found.values() for opens, closes in spans):
        raise ValueError("a part of a day ends before it begins")
    return found


def area(raw: Mapping[str, Any]) -> AreaRule:
    """The area, from a part whose values were looked at one by one."""
    by_side = raw["postcode_districts"]
    return AreaRule(
        here=raw["here"],
        next_door=raw["next_door"],
        in_area=names(raw["in_area"]),
        border=names(raw["border"]),
        districts_in_area=districts(by_side["in_area"]),
        districts_border=districts(by_side["border"]),
        districts_shared=districts(by_side["shared"]),
    )


def team(raw: Mapping[str, Any] | None) -> Team | None:
    """A team, from a part whose values were looked at one by one; None where nothing is known of it."""
    return None if raw is None else Team(**{key: raw.get(key) for key in TEAM_KEYS})


def _time(value: Any) -> time:
    try:
        return time.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{value!r} is no time: write it as '18:30', between quotation marks") from error


def _is_pair(day: Any, value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError(f"{day} needs two times, such as ['09:00', '17:00']")
    return True


def _exactly(value: Any, kind: type[EventPlan] | type[VisitPlan]) -> dict[str, Any]:
    keys = tuple(field.name for field in fields(kind))
    if not isinstance(value, dict) or set(value) != set(keys):
        given = set(value) if isinstance(value, dict) else set()
        wrong = [f"{one} is missing" for one in keys if one not in given] + [
            f"{one} is not known" for one in given if one not in keys
        ]
        raise ValueError(", ".join(wrong) or "write its parts below it, or null")
    return value
