"""Numbers to ring as links: one that can be rung dials, and what is not known never looks as if it could be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from enquiry.agencies.parts import NUMBER
from enquiry.datafiles.placeholders import UnknownPlaceholder, fill
from enquiry.safeguarding.categories import PhoneNumber

INSIDE = re.compile(r"(?<![\w/.])\+?\d[\d ]{1,14}\d(?![\w/])")
PAGE = re.compile(r"https://[^\s,;()]+[^\s,;().!?]")


def number_links(numbers: Iterable[PhoneNumber], values: Mapping[str, Any]) -> list[dict[str, str]]:
    """The numbers as links, in order.

    A number of which nothing is known is left out. Words in place of a number link to the one number in them ("the duty
    team's number, …"), or else to the page that they name.

    Args:
        numbers: as the safety messages have them, with places.
        values: fill the places.
    """
    return [link for one in numbers if (link := _link(one, values)) is not None]


def dials(number: str) -> str:
    """The address that makes a phone ring a number as written."""
    return "tel:" + number.replace(" ", "")


def _link(one: PhoneNumber, values: Mapping[str, Any]) -> dict[str, str] | None:
    try:
        label, said = fill(one.label, values), fill(one.number, values)
    except UnknownPlaceholder:
        return None
    title = f"{label}: {said}"
    if NUMBER.fullmatch(said) or said.isdecimal():
        return {"title": title, "url": dials(said)}
    inside = INSIDE.findall(said)
    if len(inside) == 1:
        return {"title": title, "url": dials(inside[0])}
    page = PAGE.search(said)
    return {"title": title, "url": page.group()} if page else None
