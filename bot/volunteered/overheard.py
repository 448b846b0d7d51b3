"""Disclosures that are heard in words about being reached: "don't say it's the council if my flatmate picks up" sounds like fear at home.

It may be that, and then it is said again, louder. Where the trained part alone hears it and is not loud about it, what is said of being
reached is taken for what it says: a sign of fear at home stays a faint one, which a person reads, and no threat is heard in it. Danger
of any other kind, such as somebody who will not be there any more, is left as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LOUD = 0.65  # as a disclosure that gives way to what is not about fostering (bot/decision/heard.py)
AT_HOME = "domestic_abuse"
LOUD_AT_HOME = (
    0.75  # "only when he's at work, on my mum's number": what it says is kept, and the lines below it name the helpline
)
# "Don't say it's social services" sounds like these too; none of them is somebody's danger.
NOT_HEARD = frozenset(
    {"user_is_child", "threat_to_staff", "enquirer_under_investigation", "looking_for_someone", "offence_details_typed"}
)
ASKED_FOR = frozenset({"contact", "contact_name", "contact_time", "safe_to_message", "booking_contact"})


def said_of_being_reached(disclosure: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Give what stays of a disclosure in a message that says how somebody can be reached."""
    if disclosure is None:
        return None
    loud = LOUD_AT_HOME if disclosure["category"] == AT_HOME else LOUD
    if disclosure["by"] != "model" or disclosure["confidence"] >= loud:
        return dict(disclosure)
    if disclosure["category"] in NOT_HEARD:
        return None
    return {**disclosure, "certainty": "faint"} if disclosure["category"] == AT_HOME else dict(disclosure)
