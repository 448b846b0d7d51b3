"""The age of the other person, told beside one's own: "52, Gary's 54"."""

from __future__ import annotations

import re

from bot.text.numbers import number_in
from bot.volunteered.facts import PARTNER, Fact, Read
from bot.volunteered.gates import SOMEONE

PARTNER_AGE = "partner_age"
ADULT_AT, NO_MATTER = 18, "25_plus"
# Somebody who is only named may be a child, but not at an age of a grown-up; a relation or a child is no partner.
AGED = re.compile(
    rf"\b(?:(?:my |the )?(?P<who>{PARTNER}|he|she|[a-z]{{2,}}?)(?:'s| is|s)) (?:only |just |now |nearly |about )*(?P<age>\d\d)\b"
    r"(?! ?(?:years? (?:ago|together|of)|weeks?|months?|minutes?|miles?|%))"
)
NOBODY = re.compile(
    rf"^(?:{SOMEONE}|it|that|there|what|thi|here|wa|i|who|age|kid|child|boy|girl|lad|twin|one|year|yr|eldest|youngest)s?$"
)


def age_of_the_other(text: str, give_value: Read) -> tuple[Fact, ...]:
    """Find the age of the other person in an answer to the question about one's own.

    Args:
        text: as normalised for reading.
        give_value: the reader of answers: from a question and a statement to a value, or None.
    """
    told = [(found.group("who"), found.group("age")) for found in AGED.finditer(text)]
    ages = [age for who, age in told if not NOBODY.match(who) and number_in(age) >= ADULT_AT]
    value = give_value(PARTNER_AGE, ages[0]) if len(ages) == 1 else None
    return (Fact(PARTNER_AGE, value),) if value == NO_MATTER else ()  # a younger one is asked
