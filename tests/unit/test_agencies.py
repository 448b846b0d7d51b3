"""Agency files: the real one, and what is said of a broken one."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from enquiry.agencies import Agency, BrokenAgency, load_agencies, load_agency
from enquiry.settings import ROOT

FILE = ROOT / "data" / "agencies" / "leicestershire.yml"


def changed(tmp_path: Path, name: str = "leicestershire", *, without: str = "", **changes: Any) -> Path:
    """A copy of the agency file with parts changed or left out."""
    raw = {**yaml.safe_load(FILE.read_text(encoding="utf-8")), **changes}
    raw.pop(without, None)
    file = tmp_path / f"{name}.yml"
    file.write_text(yaml.safe_dump(raw), encoding="utf-8")
    return file


def test_every_agency_of_the_project_loads_under_its_own_name() -> None:
    for slug, agency in load_agencies(ROOT / "data" / "agencies").items():
        assert agency.slug == slug


def test_hours_and_days_are_read(agency: Agency) -> None:
    assert agency.working_hours[0].opens == time(8, 30)
    assert agency.working_hours[1].closes == time(20)
    assert 6 not in agency.working_hours
    assert agency.starting_events.weekday == 2
    assert agency.starting_events.starts < agency.starting_events.ends


@pytest.mark.parametrize("name", ["phone", "minimum_age", "area", "working_hours", "starting_visits", "web_origins"])
def test_a_missing_fact_is_named_with_the_file_and_the_remedy(tmp_path: Path, name: str) -> None:
    with pytest.raises(BrokenAgency, match=rf"leicestershire\.yml: {name} is missing\. Write `null`"):
        load_agency(changed(tmp_path, without=name))


@pytest.mark.parametrize(
    "changes",
    [
        {"working_hours": {"someday": ["08:30", "17:00"]}},
        {"working_hours": {"monday": ["8 o'clock", "17:00"]}},
        {"working_hours": {"monday": "08:30"}},
        {"reply_within_hours": "soon"},
        {"area": None},
        {"starting_events": {"title": "Only a title"}},
    ],
    ids=["no such day", "no time", "no closing time", "no number", "no area", "half an event"],
)
def test_a_fact_that_cannot_be_read_is_named_with_the_file(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(BrokenAgency, match=r"leicestershire\.yml"):
        load_agency(changed(tmp_path, **changes))


def test_a_file_under_another_name_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(BrokenAgency, match=r"rutland\.yml.*should be the file's name"):
        load_agency(changed(tmp_path, "rutland"))


@pytest.mark.parametrize("text", ["", "- a list", "slug: [", "just words"])
def test_a_file_that_is_no_agency_at_all_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "leicestershire.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenAgency, match=r"leicestershire\.yml"):
        load_agency(file)


def test_a_folder_without_agencies_says_what_to_add(tmp_path: Path) -> None:
    with pytest.raises(BrokenAgency, match="add one"):
        load_agencies(tmp_path)


def test_what_is_not_known_stays_unknown(tmp_path: Path) -> None:
    agency = load_agency(changed(tmp_path, minimum_age=None, no_spare_room=None))
    assert agency.minimum_age is None
    assert agency.no_spare_room is None
