"""Choose the offered date somebody means: "the first one", "Tuesday evening", "9 December", "next week after 5"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from enquiry.conversations.date_phrases.days import MONTH, NUMERIC_DATE, WEEKDAY
from enquiry.conversations.date_phrases.hours import CLOCK, PARTS_OF_DAY, conditions
from enquiry.dates import LONDON

ORDINALS = {
    "first": 0,
    "1st": 0,
    "earliest": 0,
    "soonest": 0,
    "asap": 0,
    "as soon as possible": 0,
    "second": 1,
    "2nd": 1,
    "third": 2,
    "3rd": 2,
    "fourth": 3,
    "4th": 3,
    "fifth": 4,
    "5th": 4,
    "sixth": 5,
    "6th": 5,
    "last": -1,
    "latest": -1,
}
ORDINAL = re.compile(rf"\b({'|'.join(ORDINALS)})\b(?! thing| half)")
NONE = re.compile(
    r"\b(none|neither|no|nope|nah|can'?t|cannot|don'?t suit|won'?t|not|another (?:time|day|date)|different|something else)\b"
)
NTH = re.compile(r"\b[0-9]{1,2}(?:st|nd|rd|th)\b")
SHORTEST_TITLE = 12  # characters of "monday at 5pm"
AGREES = re.compile(r"(yes|yeah|yep|ok|okay|that|sure|perfect|great|fine|👍)")


@dataclass(frozen=True)
class Offer:
    """Something with a date that can be chosen."""

    id: str
    title: str
    starts_at: datetime


def chosen(text: str, offers: Sequence[Offer], now: datetime | None = None) -> str | None:
    """The id of the one offer a text means, "none", or None where it could be two of them or is not understood.

    Args:
        text: what was typed, or a button's text.
        offers: what was offered, in the order shown.
        now: the present moment, for "tomorrow" and "next week".
    """
    plain = _plain(text)
    picked = picked_out(text, offers, now)
    if picked is not None or NONE.search(plain) or (ORDINAL.search(plain) and not _says_a_date(plain)):
        return picked
    fitting = fits(text, offers, now) or []
    return fitting[0].id if len(fitting) == 1 else None


def picked_out(text: str, offers: Sequence[Offer], now: datetime | None = None) -> str | None:
    """The offer that a text points at as such: by its title, its number or its place in the list; "none" for none of them.

    Args:
        text, offers, now: as for `chosen`.
    """
    plain = _plain(text)
    for offer in offers:
        if plain in (_plain(offer.title), offer.id.lower()):
            return offer.id
    # A button may be older than the list: an event that has filled up since says so behind its date.
    begun = [offer for offer in offers if len(plain) > SHORTEST_TITLE and _plain(offer.title).startswith(plain)]
    if len(begun) == 1:
        return begun[0].id
    if NONE.search(plain):
        # "I can't do Tuesday, the second one please" says no to one and yes to another: only the person can tell which.
        return None if _says_more(plain, now) else "none"
    ordinal = ORDINAL.search(plain)
    if ordinal and not _says_a_date(plain):
        place = ORDINALS[ordinal.group(1)]
        return offers[place].id if -len(offers) <= place < len(offers) else None
    if re.fullmatch(r"[0-9]", plain) and 1 <= int(plain) <= len(offers):
        return offers[int(plain) - 1].id
    if len(offers) == 1 and AGREES.match(plain) and not _says_a_date(plain):
        return offers[0].id
    return None


def names_a_date(text: str) -> bool:
    """Whether a text names one day of the calendar: "the 3rd", "9 December", "9/12"."""
    plain = _plain(text)
    return MONTH.search(plain) is not None or NUMERIC_DATE.search(plain) is not None or NTH.search(plain) is not None


def names_a_weekday(text: str) -> bool:
    """Whether a text names one day of the week, though it may be any of several weeks."""
    return len(set(WEEKDAY.findall(_plain(text)))) == 1


def fits(text: str, offers: Sequence[Offer], now: datetime | None) -> list[Offer] | None:
    """The offers of which everything is true that a text says of a time; None where it says nothing of one.

    Args:
        now: the present moment, for "tomorrow" and "next week"; without it they say nothing.
    """
    wanted = conditions(_plain(text), now)
    if not wanted:
        return None
    return [offer for offer in offers if all(holds(offer.starts_at.astimezone(LONDON)) for holds in wanted)]


def _plain(text: str) -> str:
    return " ".join(text.replace("\u2019", "'").lower().split()).strip(" .!")


def _says_more(text: str, now: datetime | None) -> bool:
    part_of_day = any(part in text for part in PARTS_OF_DAY)
    said = part_of_day or _says_a_date(text) or ORDINAL.search(text) is not None or CLOCK.search(text) is not None
    return said or (now is not None and bool(conditions(text, now)))


def _says_a_date(text: str) -> bool:
    return MONTH.search(text) is not None or WEEKDAY.search(text) is not None or NUMERIC_DATE.search(text) is not None
