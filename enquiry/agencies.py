"""One fostering service and what is known of it, read from data/agencies/<slug>.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from enquiry.yaml_files import read_yaml

LONDON = ZoneInfo("Europe/London")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class BrokenAgency(ValueError):
    """An agency file can't be used; the text names the file and the remedy."""


@dataclass(frozen=True)
class Hours:
    """When an office is open on one day, local time."""

    opens: time
    closes: time


@dataclass(frozen=True)
class AreaRule:
    """Which homes a service looks for. Names and postcode districts are lower and upper case respectively."""

    in_area: tuple[str, ...]
    border: tuple[str, ...]
    districts_in_area: frozenset[str]
    districts_border: frozenset[str]
    districts_shared: frozenset[str]


@dataclass(frozen=True)
class StartingEvents:
    """Information events an empty store begins with."""

    title: str
    venue: str
    weekday: int
    starts: time
    ends: time
    every_weeks: int
    how_many: int
    first_after_days: int
    places: int


@dataclass(frozen=True)
class StartingVisits:
    """Visit slots an empty store begins with."""

    visitors: int
    days: tuple[int, ...]
    times: tuple[time, ...]
    minutes: int
    first_after_days: int
    for_days: int


@dataclass(frozen=True)
class Agency:
    """A fostering service. `facts` is its whole file, for the places of approved texts."""

    slug: str
    name: str
    short_name: str
    phone: str
    minimum_age: int | None
    minimum_age_firm: bool
    no_spare_room: str | None
    area: AreaRule
    reply_within_hours: float
    working_hours: Mapping[int, Hours]
    bank_holidays: str
    starting_events: StartingEvents
    starting_visits: StartingVisits
    web_origins: tuple[str, ...]
    facts: Mapping[str, Any]


def load_agencies(folder: Path) -> dict[str, Agency]:
    """Read every agency file of a folder.

    Returns:
        Agencies by slug.
    Raises:
        BrokenAgency: a file lacks something or has something that can't be read.
    """
    found = [load_agency(file) for file in sorted(folder.glob("*.yml"))]
    if not found:
        raise BrokenAgency(f"There is no agency in {folder}: add one, such as leicestershire.yml.")
    return {agency.slug: agency for agency in found}


def load_agency(file: Path) -> Agency:
    """Read one agency file.

    Raises:
        BrokenAgency: it lacks something or has something that can't be read.
    """
    try:
        facts = read_yaml(file)
        if facts["slug"] != file.stem:
            raise ValueError(f"its slug is {facts['slug']!r}, which should be the file's name")
        return Agency(
            slug=facts["slug"],
            name=facts["name"],
            short_name=facts["short_name"],
            phone=facts["phone"],
            minimum_age=facts["minimum_age"],
            minimum_age_firm=facts["minimum_age_firm"],
            no_spare_room=facts["no_spare_room"],
            area=_area(facts["area"]),
            reply_within_hours=float(facts["reply_within_hours"]),
            working_hours={
                WEEKDAYS.index(day): Hours(_time(opens), _time(closes))
                for day, (opens, closes) in facts["working_hours"].items()
            },
            bank_holidays=facts["bank_holidays"],
            starting_events=_events(facts["starting_events"]),
            starting_visits=_visits(facts["starting_visits"]),
            web_origins=tuple(facts["web_origins"]),
            facts=facts,
        )
    except KeyError as missing:
        raise BrokenAgency(f"{file}: {missing.args[0]} is missing. Write `null` where it is not known.") from missing
    except (ValueError, TypeError, AttributeError, yaml.YAMLError) as error:
        raise BrokenAgency(f"{file}: can't be read ({error}).") from error


def _time(text: str) -> time:
    return time.fromisoformat(text)


def _area(raw: Mapping[str, Any]) -> AreaRule:
    districts = raw["postcode_districts"]
    return AreaRule(
        in_area=tuple(name.lower() for name in raw["in_area"]),
        border=tuple(name.lower() for name in raw["border"]),
        districts_in_area=frozenset(districts["in_area"]),
        districts_border=frozenset(districts["border"]),
        districts_shared=frozenset(districts["shared"]),
    )


def _events(raw: Mapping[str, Any]) -> StartingEvents:
    return StartingEvents(
        **{
            **raw,
            "weekday": WEEKDAYS.index(raw["weekday"]),
            "starts": _time(raw["starts"]),
            "ends": _time(raw["ends"]),
        }
    )


def _visits(raw: Mapping[str, Any]) -> StartingVisits:
    return StartingVisits(
        **{
            **raw,
            "days": tuple(WEEKDAYS.index(day) for day in raw["days"]),
            "times": tuple(_time(start) for start in raw["times"]),
        }
    )
