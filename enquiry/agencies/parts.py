"""The parts of an agency file: what each holds, and how it is written."""

import re
from dataclasses import dataclass
from datetime import time
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, Strict, StringConstraints

from enquiry.datafiles.mistakes import Says
from enquiry.datafiles.models import NO_OTHER_KEYS, Whole, Words
from enquiry.datafiles.placeholders import PLACE

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBER = re.compile(r"\+?\d[\d ]{1,14}\d")


def _weekday(value: Any) -> int:
    if value not in WEEKDAYS:
        raise ValueError("", f"{value!r} is no day: write {', '.join(WEEKDAYS[:3])}, ….")
    return WEEKDAYS.index(value)


def _time(value: Any) -> time:
    try:
        return time.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ValueError("", f"{value!r} is no time: write it as '18:30', between quotation marks.") from error


def _in_order(span: tuple[time, time]) -> tuple[time, time]:
    if span[0] >= span[1]:
        raise ValueError("", "It ends before it begins: write the earlier time first.")
    return span


def _like(pattern: str) -> StringConstraints:
    """Texts of a form, and those that name another fact instead: `{agency.phone}`."""
    return StringConstraints(strict=True, strip_whitespace=True, pattern=rf"^(?:{pattern}|{PLACE.pattern})$")


_ONE_NUMBER = "Write one phone number and nothing else, between quotation marks, such as '0116 305 0505'."
_ADDRESS = "Write the whole address of a page, such as https://www.example.gov.uk/fostering."
_DISTRICTS = "Write the first parts of postcodes, in capital letters, such as [LE9, LE10]."
_WEEK = "Write the days with their hours, such as monday: ['09:00', '17:00']."
_VISITS = "Write the days with their hours, such as monday: [['10:00', '15:00'], ['17:30', '19:00']]."

Text = Annotated[Words, Says(remedy="Write text, between quotation marks where YAML reads something else.")]
Phone = Annotated[str, _like(NUMBER.pattern), Says(remedy=_ONE_NUMBER)]
Page = Annotated[str, _like(r"https?://\S+"), Says(remedy=_ADDRESS)]
Email = Annotated[str, _like(r"[^@\s]+@[^@\s]+\.[^@\s]+"), Says(remedy="Write one email address.")]
Count = Annotated[Whole, Field(ge=0), Says(remedy="Write a whole number, such as 2.")]
WorkingHours = Annotated[float, Strict(), Field(gt=0, lt=1000), Says(remedy="Write a number of hours, such as 2.")]
Name = Annotated[Words, StringConstraints(to_lower=True)]
Names = Annotated[tuple[Name, ...], Says(remedy="Write a list of names, such as [Blaby, Melton].")]
District = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Z]{1,2}\d[A-Z\d]?$")]
Districts = Annotated[frozenset[District], Says("{subject} has no list of postcode districts", _DISTRICTS)]
Origin = Annotated[Page, AfterValidator(lambda page: page.rstrip("/"))]
Origins = Annotated[tuple[Origin, ...], Says(remedy="Write a list of addresses, or [].")]
Clock = Annotated[time, BeforeValidator(_time)]
Weekday = Annotated[int, BeforeValidator(_weekday)]
Span = Annotated[
    tuple[Clock, Clock], AfterValidator(_in_order), Says(remedy="Write two times, such as ['09:00', '17:00'].")
]
VisitHours = Annotated[dict[Weekday, tuple[Span, ...]], Field(min_length=1), Says(remedy=_VISITS)]


@dataclass(frozen=True)
class Hours:
    """When an office is open on one day, local time."""

    opens: time
    closes: time


OpenHours = Annotated[Span, AfterValidator(lambda span: Hours(*span))]
Week = Annotated[dict[Weekday, OpenHours], Field(min_length=1), Says(remedy=_WEEK)]


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

    __pydantic_config__ = NO_OTHER_KEYS

    name: Text | None = None
    phone: Phone | None = None
    email: Email | None = None
    url: Page | None = None
    says: Text | None = None


@dataclass(frozen=True)
class EventPlan:
    """How information events repeat. Staff may move or cancel each one in the console.

    `how_many` are kept ahead; `change_until_hours` before one begins, a place can still be moved or given back without ringing.
    """

    __pydantic_config__ = NO_OTHER_KEYS

    title: Text
    venue: Text
    weekday: Weekday
    starts: Clock
    ends: Clock
    every_weeks: Count
    how_many: Count
    first_after_days: Count
    places: Count
    change_until_hours: Count


@dataclass(frozen=True)
class VisitPlan:
    """How initial visits are offered, and the hours that new visitors begin with; staff set each visitor's own in the console.

    `hours` by day of the week; `notice_hours` is the soonest a visit is offered, `horizon_days` the furthest ahead.
    """

    __pydantic_config__ = NO_OTHER_KEYS

    visitors: Count
    hours: VisitHours
    minutes: Count
    buffer_minutes: Count
    most_a_day: Count
    notice_hours: Count
    horizon_days: Count
    change_until_hours: Count
