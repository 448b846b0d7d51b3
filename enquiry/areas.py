"""From what someone says of where they live to one of: in_area, border, elsewhere, not_sure."""

from __future__ import annotations

import re

from enquiry.agencies import AreaRule

KNOWN = ("in_area", "border", "elsewhere", "not_sure")
DISTRICT = re.compile(r"^([A-Z]{1,2}\d[A-Z\d]?)(?:\s*\d[A-Z]{2})?$")


def district_of(text: str) -> str | None:
    """The postcode district ("LE9") of a postcode or of a district, or None."""
    match = DISTRICT.match(text.strip().upper())
    return match.group(1) if match else None


def area_of(value: str, rule: AreaRule) -> str:
    """Which side of the agency's boundary an answer means.

    Args:
        value: one of the four answers, or a postcode district. A district that two councils share gives `not_sure`.
        rule: the agency's area.
    """
    if value in KNOWN:
        return value
    district = district_of(value)
    if district in rule.districts_in_area:
        return "in_area"
    if district in rule.districts_border:
        return "border"
    if district is None or district in rule.districts_shared:
        return "not_sure"
    return "elsewhere"
