"""Read where somebody lives: in_area, border, elsewhere or not_sure; and the council it may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from enquiry.agencies.agency import AreaRule
from enquiry.datafiles.source import BrokenFile, Problem, Source, did_you_mean, open_yaml

KNOWN = ("in_area", "border", "elsewhere", "not_sure")
DISTRICT = re.compile(r"^([A-Z]{1,2}\d[A-Z\d]?)(?:\s*\d[A-Z]{2})?$")
COUNCIL_KEYS = ("name", "agency", "districts")


class BrokenCouncils(BrokenFile):
    """The file of councils can't be used; the text names file, line and remedy."""


@dataclass(frozen=True)
class Council:
    """A council that looks for foster carers. `agency` is the slug of its service, where that is in this installation."""

    name: str
    agency: str | None
    districts: frozenset[str]


def district_of(text: str) -> str | None:
    """The postcode district ("LE9") of a postcode or of a district, or None."""
    match = DISTRICT.match(text.strip().upper())
    return match.group(1) if match else None


def area_of(value: str, rule: AreaRule) -> str:
    """Which side of the agency's boundary an answer means.

    Args:
        value: one of the four answers, the name of a council as the agency's file has it, or a postcode district. A district
            that two councils share gives `not_sure`.
        rule: the agency's area.
    """
    if value in KNOWN:
        return value
    if value.lower() in rule.in_area:
        return "in_area"
    if value.lower() in rule.border:
        return "border"
    district = district_of(value)
    if district in rule.districts_in_area:
        return "in_area"
    if district in rule.districts_border:
        return "border"
    if district is None or district in rule.districts_shared:
        return "not_sure"
    return "elsewhere"


def councils_of(district: str, councils: Sequence[Council]) -> tuple[str, ...]:
    """The names of the councils that a postcode district may belong to, as the file has them; none where nobody is sure."""
    return tuple(council.name for council in found_councils(district, councils))


def found_councils(district: str, councils: Sequence[Council]) -> tuple[Council, ...]:
    """The same councils whole: one whose service is here can be offered as a link."""
    wanted = district_of(district)
    return tuple(council for council in councils if wanted in council.districts)


def load_councils(file: Path) -> tuple[Council, ...]:
    """Read the councils, in the order of the file.

    Raises:
        BrokenCouncils: something in it can't be read, a council stands twice, or its service is not here.
        OSError: the file can't be read.
    """
    try:
        source = open_yaml(file)
    except BrokenFile as broken:
        raise BrokenCouncils(*broken.problems) from broken
    problems = sorted(_mistakes(source))
    if problems:
        raise BrokenCouncils(*problems)
    return tuple(
        Council(one["name"], one.get("agency"), frozenset(one["districts"])) for one in source.value["councils"]
    )


def _mistakes(source: Source) -> Iterator[Problem]:
    councils = source.value.get("councils") if isinstance(source.value, dict) else None
    if not isinstance(councils, list) or not councils:
        yield source.problem(
            "there is no list of `councils` here. Write `councils:`, and below it each from `- name:` on.", "councils"
        )
        return
    seen: set[str] = set()
    for number, one in enumerate(councils):
        for text, *path in _wrong(one, source.file):
            yield source.problem(text, "councils", number, *path)
        name = one.get("name") if isinstance(one, dict) else None
        if isinstance(name, str) and name in seen:
            yield source.problem(f"{name} stands twice. Keep one of them.", "councils", number, "name")
        seen.add(str(name))


def _wrong(one: Any, file: Path) -> Iterator[tuple[str, ...]]:
    if not isinstance(one, dict) or not isinstance(one.get("name"), str):
        yield ("this is not a council. Begin it with `- name:`.",)
        return
    for key in one:
        if key not in COUNCIL_KEYS:
            yield (
                f'{one["name"]} has the unknown key "{key}". {did_you_mean(str(key), COUNCIL_KEYS, "Take it out.")}',
                str(key),
            )
    districts = one.get("districts")
    if not isinstance(districts, list) or not all(
        isinstance(each, str) and district_of(each) == each for each in districts
    ):
        remedy = "Write the first parts of postcodes, such as [LE9, LE10]."
        yield f"{one['name']} has no list of postcode districts. {remedy}", "districts"
    agencies = [each.stem for each in (file.parent / "agencies").glob("*.yml")]
    if one.get("agency") is not None and one["agency"] not in agencies:
        remedy = did_you_mean(str(one["agency"]), agencies, "Take it out, or add its file.")
        yield f'{one["name"]} has the service "{one["agency"]}", which is not in data/agencies. {remedy}', "agency"
