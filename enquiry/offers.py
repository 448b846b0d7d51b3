"""Which of the offered dates someone means: "the first one", "Tuesday evening", "9 December"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from enquiry.agencies import LONDON, WEEKDAYS

ORDINALS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "fifth": 4, "sixth": 5, "last": -1}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PARTS_OF_DAY = {"morning": range(0, 12), "afternoon": range(12, 17), "evening": range(17, 24), "lunchtime": range(12, 14)}
NONE = re.compile(r"\b(none|neither|no|nope|can'?t (?:make|do)|don'?t suit|another time|different)\b")


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
    plain = " ".join(text.lower().split()).strip(" .!")
    for offer in offers:
        if plain in (offer.title.lower(), offer.id):
            return offer.id
    if NONE.search(plain):
        return "none"
    ordinal = re.search(r"\b(first|1st|second|2nd|third|3rd|fourth|4th|fifth|sixth|last)(?: one)?\b(?! (?:of|" + "|".join(MONTHS) + "))", plain)
    if ordinal and not _names_a_date(plain):
        place = ORDINALS[ordinal.group(1)]
        return offers[place].id if -len(offers) <= place < len(offers) else None
    if re.fullmatch(r"\d", plain) and 1 <= int(plain) <= len(offers):
        return offers[int(plain) - 1].id
    if len(offers) == 1 and re.match(r"(yes|yeah|ok|that|sure|perfect|great)\b", plain):
        return offers[0].id
    fitting = [offer for offer in offers if _fits(plain, offer.starts_at.astimezone(LONDON))]
    return fitting[0].id if len(fitting) == 1 and len(offers) >= 1 else None


def _names_a_date(text: str) -> bool:
    return any(re.search(rf"\b{month}", text) for month in MONTHS) or any(day in text for day in WEEKDAYS)


def _fits(text: str, local: datetime) -> bool:
    """Whether everything a text says of a date is true of this one, and it says something."""
    said = False
    days = [day for day in WEEKDAYS if re.search(rf"\b{day[:3]}(?:{day[3:]})?s?\b", text)]
    if days:
        said = True
        if WEEKDAYS[local.weekday()] not in days:
            return False
    months = [number for number, month in enumerate(MONTHS, start=1) if re.search(rf"\b{month}[a-z]*\b", text) and month != "may"]
    if months:
        said = True
        if local.month not in months:
            return False
    day = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b(?!\s*(?::|\.\d|am|pm|o'?clock))", text)
    if day:
        said = True
        if local.day != int(day.group(1)):
            return False
    hour = re.search(r"\b(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)\b|\b(\d{1,2})[:.](\d{2})\b", text)
    if hour:
        said = True
        value = int(hour.group(1) or hour.group(4)) % 12
        if hour.group(3) == "pm" or (hour.group(4) and int(hour.group(4)) >= 12):
            value += 12
        if value != local.hour:
            return False
    for name, hours in PARTS_OF_DAY.items():
        if name in text:
            said = True
            if local.hour not in hours:
                return False
    return said
