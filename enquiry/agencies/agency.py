"""One fostering service and what is known of it, read from data/agencies/<slug>.yml.

`null` there means "not known". A rule reads the fact itself and finds None; a text reads `facts`, in which words from
data/wording/unknown.yml stand in the place of what is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from enquiry.agencies import parts
from enquiry.agencies.parts import WEEKDAYS as WEEKDAYS
from enquiry.agencies.parts import AreaRule as AreaRule
from enquiry.agencies.parts import EventPlan as EventPlan
from enquiry.agencies.parts import Hours as Hours
from enquiry.agencies.parts import Team as Team
from enquiry.agencies.parts import VisitPlan as VisitPlan
from enquiry.agencies.schema import mistakes
from enquiry.agencies.unknown_facts import Unknown, load_unknown, with_words
from enquiry.datafiles.source import BrokenFile, Problem, open_yaml


class BrokenAgency(BrokenFile):
    """An agency file can't be used; the text names file, line and remedy of each mistake."""


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
        BrokenAgency: a file lacks something or has something that can't be read.
        BrokenUnknown: data/wording/unknown.yml can't be used.
    """
    unknown = load_unknown(words_beside(folder))
    found = [load_agency(file, unknown) for file in sorted(folder.glob("*.yml"))]
    if not found:
        raise BrokenAgency(Problem(folder, 1, "there is no agency here. Please add one, such as leicestershire.yml."))
    return {agency.slug: agency for agency in found}


def load_agency(file: Path, unknown: Unknown | None = None) -> Agency:
    """Read one agency file.

    Args:
        file: data/agencies/<slug>.yml.
        unknown: what is said for facts that are not known; data/wording/unknown.yml beside the file's folder when None.
    Raises:
        BrokenAgency: it lacks something or has something that can't be read.
    """
    try:
        source = open_yaml(file)
    except BrokenFile as broken:
        raise BrokenAgency(*broken.problems) from broken
    problems = sorted(mistakes(source))
    if problems:
        raise BrokenAgency(*problems)
    words = load_unknown(words_beside(file.parent)) if unknown is None else unknown
    return _agency(source.value, words)


def words_beside(folder: Path) -> Path:
    """The file of what is said for unknown facts, seen from the folder of the agencies."""
    return folder.parent / "wording" / "unknown.yml"


def _agency(raw: Mapping[str, Any], unknown: Unknown) -> Agency:
    as_written: dict[str, Any] = {key: raw.get(key) for key in _AS_WRITTEN}
    events, visits, hours = raw["event_plan"], raw["visit_plan"], raw["reply_within_hours"]
    return Agency(
        **as_written,
        care_types={name: (raw.get("care_types") or {}).get(name) for name in parts.CARE_TYPES},
        teams=_teams(raw),
        area=parts.area(raw["area"]),
        reply_within_hours=None if hours is None else float(hours),
        working_hours=parts.week(raw["working_hours"]),
        event_plan=None if events is None else parts.events(events),
        visit_plan=None if visits is None else parts.visits(visits),
        web_origins=parts.origins(raw["web_origins"]),
        facts=with_words(raw, unknown),
    )


def _teams(raw: Mapping[str, Any]) -> dict[str, Team | None]:
    """The teams with what they name of other facts; nothing stands for what is not known."""
    written, facts = raw.get("teams") or {}, with_words(raw, Unknown())["teams"]
    return {name: parts.team(facts[name] if written.get(name) else None) for name in parts.TEAMS}


_AS_WRITTEN = (
    "slug",
    "name",
    "short_name",
    "council",
    "council_website",
    "phone",
    "email",
    "minimum_age",
    "minimum_age_firm",
    "no_spare_room",
    "smoking_policy",
    "dogs_policy",
    "landlord_permission",
    "english",
    "experience",
    "right_to_work",
    "driving",
    "needs_most",
    "bank_holidays",
)
