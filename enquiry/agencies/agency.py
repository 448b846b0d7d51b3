"""One fostering service and what is known of it, read from data/agencies/<slug>.yml.

`null` there means "not known". A rule reads the fact itself and finds None; a text reads `facts`, in which words from
data/wording/unknown.yml stand in the place of what is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from enquiry.agencies.parts import WEEKDAYS as WEEKDAYS
from enquiry.agencies.parts import AreaRule as AreaRule
from enquiry.agencies.parts import EventPlan as EventPlan
from enquiry.agencies.parts import Hours as Hours
from enquiry.agencies.parts import Team as Team
from enquiry.agencies.parts import VisitPlan as VisitPlan
from enquiry.agencies.schema import AgencyFile, CareType, TeamName
from enquiry.agencies.unknown_facts import Unknown, load_unknown, with_words
from enquiry.datafiles.source import BrokenFile, Problem, open_yaml


@dataclass(frozen=True)
class Agency:
    """A fostering service. What is None is not known.

    `facts` is its whole file, for the places of approved texts: in it, words stand for what is not known.
    """

    slug: str
    name: str
    short_name: str
    council: str
    council_website: str
    phone: str | None
    phone_hours: str | None
    email: str | None
    minimum_age: int | None
    minimum_age_firm: bool
    no_spare_room: str | None
    smoking_policy: str | None
    dogs_policy: str | None
    landlord_permission: str | None
    english: str | None
    experience: str | None
    right_to_work: str | None
    driving: str | None
    needs_most: str | None
    care_types: Mapping[str, bool | None]
    teams: Mapping[str, Team | None]
    area: AreaRule
    reply_within_hours: float | None
    working_hours: Mapping[int, Hours]
    bank_holidays: str
    event_plan: EventPlan | None
    visit_plan: VisitPlan | None
    web_origins: tuple[str, ...]
    facts: Mapping[str, Any]


def load_agencies(folder: Path) -> dict[str, Agency]:
    """Read every agency file of a folder.

    Returns:
        Agencies by slug.
    Raises:
        BrokenFile: a file lacks something or has something that can't be read, or there is none.
    """
    unknown = load_unknown(words_beside(folder))
    found = [load_agency(file, unknown) for file in sorted(folder.glob("*.yml"))]
    if not found:
        raise BrokenFile(Problem(folder, 1, "there is no agency here. Please add one, such as leicestershire.yml."))
    return {agency.slug: agency for agency in found}


def load_agency(file: Path, unknown: Unknown | None = None) -> Agency:
    """Read one agency file.

    Args:
        file: data/agencies/<slug>.yml.
        unknown: what is said for facts that are not known; data/wording/unknown.yml beside the file's folder when None.
    Raises:
        BrokenFile: it lacks something or has something that can't be read.
    """
    source = open_yaml(file)
    found, problems = AgencyFile.check(source)
    if found is None or problems:
        raise BrokenFile(*problems)
    return _agency(found, source.value, load_unknown(words_beside(file.parent)) if unknown is None else unknown)


def words_beside(folder: Path) -> Path:
    """The file of what is said for unknown facts, seen from the folder of the agencies."""
    return folder.parent / "wording" / "unknown.yml"


def _agency(file: AgencyFile, raw: Mapping[str, Any], unknown: Unknown) -> Agency:
    as_read = {name: value for name, value in file if name in Agency.__dataclass_fields__}
    # What a team names of other facts is filled in, and nothing stands for what is not known.
    filled, written = with_words(raw, Unknown())["teams"], file.teams or {}
    area, districts = file.area, file.area.postcode_districts
    sides = (districts.in_area, districts.border, districts.shared)
    as_read |= {
        "care_types": {str(name): (file.care_types or {}).get(name) for name in CareType},
        "teams": {str(name): Team(**filled[name]) if written.get(name) else None for name in TeamName},
        "area": AreaRule(area.here, area.next_door, area.in_area, area.border, *sides),
    }
    return Agency(**as_read, facts=with_words(raw, unknown))
