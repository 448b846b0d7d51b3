"""Which of the offered dates someone means: "the first one", "Tuesday evening", "9 December"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from enquiry.agencies import LONDON, WEEKDAYS

ORDINALS = {
    "first": 0, "1st": 0, "earliest": 0, "soonest": 0,
    "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "fifth": 4, "5th": 4,
    "sixth": 5, "6th": 5, "last": -1, "latest": -1,
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = re.compile(
    r"\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b|"
    r"(?:\d|\dst|\dnd|\drd|\dth|of) (may)\b|\b(may) \d"  # "may" alone is a verb
)
WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:s|rs?|ur|nes|day|sday|nesday|rsday|ursday|urday)?s?\b")
NUMERIC_DATE = re.compile(r"\b([0-9]{1,2})[/-]([0-9]{1,2})(?:[/-](?:[0-9]{4}|[0-9]{2}))?\b")
DAY = re.compile(r"\b([0-9]{1,2})(?:st|nd|rd|th)?\b")
CLOCK = re.compile(
    r"\b([0-9]{1,2})(?:[:.]([0-9]{2}))? ?(am|pm)\b|\b([0-9]{1,2})[:.]([0-9]{2})\b|\b([0-9]{1,2}) ?o'?clock\b|"
    r"\b(?:at|around|about) ([0-9]{1,2})(?!st|nd|rd|th|[0-9])\b"
)
PARTS_OF_DAY = {"morning": range(0, 12), "afternoon": range(12, 17), "evening": range(17, 24), "lunchtime": range(12, 14)}
ORDINAL = re.compile(rf"\b({'|'.join(ORDINALS)})\b")
NONE = re.compile(r"\b(none|neither|no|nope|nah|can'?t|cannot|don'?t suit|won'?t|not|another (?:time|day|date)|different|something else)\b")
AGREES = re.compile(r"(yes|yeah|yep|ok|okay|that|sure|perfect|great|fine|👍)")


@dataclass(frozen=True)
class Offer:
    """Something with a date that can be chosen."""

    id: str
    title: str
    starts_at: datetime


def chosen(text: str, offers: Sequence[Offer]) -> str | None:
    """The id of the one offer a text means, "none", or None where it could be two of them or is not understood.

    Args:
        text: what was typed, or a button's text.
        offers: what was offered, in the order shown.
    """
    plain = _plain(text)
    for offer in offers:
        if plain in (_plain(offer.title), offer.id.lower()):
            return offer.id
    fitting = [offer for offer in offers if _fits(plain, offer.starts_at.astimezone(LONDON))]
    if NONE.search(plain):
        # "I can't do Tuesday, the second one please" says no to one and yes to another: only the person can tell which.
        return None if _names_one(plain) else "none"
    ordinal = ORDINAL.search(plain)
    if ordinal and not _says_a_date(plain):
        place = ORDINALS[ordinal.group(1)]
        return offers[place].id if -len(offers) <= place < len(offers) else None
    if re.fullmatch(r"[0-9]", plain) and 1 <= int(plain) <= len(offers):
        return offers[int(plain) - 1].id
    if len(offers) == 1 and AGREES.match(plain) and not _says_a_date(plain):
        return offers[0].id
    return fitting[0].id if len(fitting) == 1 else None


def _plain(text: str) -> str:
    return " ".join(text.replace("\u2019", "'").lower().split()).strip(" .!")


def _names_one(text: str) -> bool:
    part_of_day = any(part in text for part in PARTS_OF_DAY)
    return part_of_day or _says_a_date(text) or ORDINAL.search(text) is not None or CLOCK.search(text) is not None


def _says_a_date(text: str) -> bool:
    return MONTH.search(text) is not None or WEEKDAY.search(text) is not None or NUMERIC_DATE.search(text) is not None


def _fits(text: str, local: datetime) -> bool:
    """Whether everything a text says of a date is true of this one, and it says something."""
    says = [
        *(local.weekday() in days for days in [_weekdays(text)] if days),
        *(local.month in months for months in [_months(text)] if months),
        *((local.day, local.month) == (int(day), int(month)) for day, month in NUMERIC_DATE.findall(text)),
        *(_fits_clock(match, local) for match in CLOCK.finditer(text)),
        *(local.hour in hours for part, hours in PARTS_OF_DAY.items() if re.search(rf"\b{part}", text)),
    ]
    rest = NUMERIC_DATE.sub(" ", CLOCK.sub(" ", text))
    says += [local.day == int(day) for day in DAY.findall(rest)[:1]]
    return bool(says) and all(says)


def _weekdays(text: str) -> set[int]:
    return {number for number, day in enumerate(WEEKDAYS) for said in WEEKDAY.findall(text) if said == day[:3]}


def _months(text: str) -> set[int]:
    return {MONTHS.index(next(filter(None, match.groups()))[:3]) + 1 for match in MONTH.finditer(text)}


def _fits_clock(match: re.Match[str], local: datetime) -> bool:
    """Whether a time of day is this one's; without "am" or "pm" a time may be either."""
    hour = int(match.group(1) or match.group(4) or match.group(6) or match.group(7))
    minute = match.group(2) or match.group(5)
    if minute is not None and int(minute) != local.minute:
        return False
    if match.group(3):
        return hour % 12 + (12 if match.group(3) == "pm" else 0) == local.hour
    return local.hour in (hour, hour + 12)
