"""Read where somebody lives: in_area, border, elsewhere or not_sure; and the council it may be."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field

from enquiry.agencies.parts import AreaRule, Districts
from enquiry.datafiles.mistakes import Says
from enquiry.datafiles.models import NO_OTHER_KEYS, DataFile, Words
from enquiry.datafiles.source import Problem, Source, did_you_mean

KNOWN = ("in_area", "border", "elsewhere", "not_sure")
DISTRICT = re.compile(r"^([A-Z]{1,2}\d[A-Z\d]?)(?:\s*\d[A-Z]{2})?$")


@dataclass(frozen=True)
class Council:
    """A council that looks for foster carers. `agency` is the slug of its service, where that is in this installation."""

    __pydantic_config__ = NO_OTHER_KEYS

    name: Words
    districts: Districts
    agency: Words | None = None


class CouncilsFile(DataFile):
    """data/councils.yml."""

    councils: Annotated[
        tuple[Annotated[Council, Says("{subject} is not a council", "Begin it with `- name:`.")], ...],
        Field(min_length=1),
        Says("there is no list of `councils` here", "Write `councils:`, and below it each from `- name:` on."),
    ]

    @classmethod
    def also_wrong(cls, source: Source, found: Self | None) -> Iterator[Problem]:
        """Councils that stand twice, and services that are not here."""
        yield from source.doubled_entries("councils", "name")
        slugs = [file.stem for file in (source.file.parent / "agencies").glob("*.yml")]
        for number, council in enumerate(found.councils if found else ()):
            if council.agency is not None and council.agency not in slugs:
                remedy = did_you_mean(council.agency, slugs, "Take it out, or add its file.")
                text = f'{council.name} has the service "{council.agency}", which is not in data/agencies. {remedy}'
                yield source.problem(text, "councils", number, "agency")


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


def found_councils(district: str, councils: Sequence[Council]) -> tuple[Council, ...]:
    """The councils that a postcode district may belong to; none where nobody is sure."""
    wanted = district_of(district)
    return tuple(council for council in councils if wanted in council.districts)


def load_councils(file: Path) -> tuple[Council, ...]:
    """Read the councils, in the order of the file.

    Raises:
        BrokenFile: something in it can't be read, a council stands twice, or its service is not here.
        OSError: the file can't be read.
    """
    return CouncilsFile.read(file).councils
