"""Patterns of postcodes and references of bookings in a normalised text."""

from __future__ import annotations

import re

# The letters that postcodes begin with. Without the list a road ("the A6") would be taken for a district.
POSTCODE_AREAS: frozenset[str] = frozenset(
    "ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e ec eh en ex fk fy g gl gu gy ha hd hg "
    "hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld le ll ln ls lu m me mk ml n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s "
    "sa se sg sk sl sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze".split()
)
# Only in London does a district end in a letter.
LETTERED_AREAS: frozenset[str] = frozenset("e ec n nw se sw w wc".split())
DISTRICT = r"[a-z]{1,2}\d[a-z\d]?"  # the first half of a postcode
POSTCODE = re.compile(
    r"(?<!the )(?<!junction )(?<![\w@.])(?:([a-z]{1,2})(\d[a-z\d]?)(?:\s?(\d[a-z]{2})|\s\d)?|"
    r"([a-z]{1,2})\s(\d[a-z\d]?)\s?(\d[a-z]{2}))(?![\w@])"
)
BOOKING_REFERENCE = re.compile(r"\b(ev|vi)[\s-]*([a-z0-9]{6})\b")


def postcode(text: str) -> str | None:
    """Find the only postcode ("LE9 5AB"), or its district where only that was typed ("LE9", "LE9 5xx"), or None.

    What is kept of it is the district (actions/take_answer.py): a whole postcode is nearly an address.
    """
    found = set()
    for match in POSTCODE.finditer(text):
        letters, figures, rest = (
            match.group(1) or match.group(4),
            match.group(2) or match.group(5),
            match.group(3) or match.group(6),
        )
        lettered = figures[-1].isalpha() and letters not in LETTERED_AREAS
        if letters in POSTCODE_AREAS and figures.isascii() and not lettered:
            whole = rest and not rest.endswith("xx")
            found.add((f"{letters}{figures} {rest}" if whole else letters + figures).upper())
    return found.pop() if len(found) == 1 else None


def booking_reference(text: str) -> str | None:
    """Find the first reference of a booking ("EV-7K3M2Q"), however its parts are put together, or None."""
    found = BOOKING_REFERENCE.search(text)
    return f"{found.group(1)}-{found.group(2)}".upper() if found else None
