"""Agency files: the real one, and what is said of a broken one."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from enquiry.agencies import parts
from enquiry.agencies.agency import Agency, Team, load_agencies, load_agency
from enquiry.agencies.schema import AgencyFile, facts_in
from enquiry.agencies.unknown_facts import Unknown
from enquiry.datafiles.source import BrokenFile
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
    assert agency.event_plan
    assert agency.event_plan.weekday == 2
    assert agency.event_plan.starts < agency.event_plan.ends


@pytest.mark.parametrize("name", ["phone", "minimum_age", "visit_plan", "reply_within_hours"])
def test_a_missing_fact_that_may_be_unknown_is_named_with_the_file_and_the_remedy(tmp_path: Path, name: str) -> None:
    with pytest.raises(BrokenFile, match=rf"leicestershire\.yml:1: {name} is missing\. Write `null`"):
        load_agency(changed(tmp_path, without=name))


@pytest.mark.parametrize("name", ["council_website", "working_hours", "web_origins", "area"])
def test_a_missing_fact_without_which_nothing_goes_is_named_too(tmp_path: Path, name: str) -> None:
    with pytest.raises(BrokenFile, match=rf"leicestershire\.yml:1: {name}[a-z._]* is missing\. It has to be known"):
        load_agency(changed(tmp_path, without=name))


def test_a_file_that_holds_only_what_is_needed_can_be_used(tmp_path: Path) -> None:
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    needed = [name for name, field in AgencyFile.model_fields.items() if field.is_required()]
    file = tmp_path / "leicestershire.yml"
    file.write_text(yaml.safe_dump({name: raw[name] for name in needed}), encoding="utf-8")
    agency = load_agency(file)
    assert set(agency.teams.values()) == {None}
    assert set(agency.care_types.values()) == {None}
    assert agency.dogs_policy is None


@pytest.mark.parametrize(
    "changes",
    [
        {"working_hours": {"someday": ["08:30", "17:00"]}},
        {"working_hours": {"monday": ["8 o'clock", "17:00"]}},
        {"working_hours": {"monday": "08:30"}},
        {"reply_within_hours": "soon"},
        {"area": None},
        {"event_plan": {"title": "Only a title"}},
        {"working_hours": {"monday": ["17:00", "08:30"]}},
        {"working_hours": None},
        {"phone": 1163050505},
        {"phone": "0116 305 0505 or 0116 305 0506"},
        {"phone": "{agency.fone}"},
        {"reply_within_hours": 0},
        {"minimum_age": True},
        {"minimum_age_firm": "yes"},
        {"no_spare_room": "sometimes"},
        {"web_origins": "https://example.org"},
        {"council_website": "www.example.org"},
        {"says": {"age": 5}},
        {"says": "everything"},
        {"teams": {"kinship": "the kinship team"}},
        {"teams": {"kinship": {"fone": "0116 305 0505"}}},
        {"care_types": {"mainstream": "mostly"}},
        {"safeguarding": {}},
        {"dog_policy": None},
    ],
)
def test_a_fact_that_cannot_be_read_is_named_with_the_file(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(BrokenFile, match=r"leicestershire\.yml:\d+: "):
        load_agency(changed(tmp_path, **changes))


def test_a_misspelt_name_is_told_with_its_line_and_what_was_meant(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8").replace("  lado: 0116", "  ladoo: 0116")
    line = 1 + text[: text.index("  ladoo")].count("\n")
    file = tmp_path / "leicestershire.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenFile) as broken:
        load_agency(file)
    said = [problem.text for problem in broken.value.problems if problem.line == line]
    assert said == ['"safeguarding.ladoo" is not known. Did you mean "safeguarding.lado"?']


def test_a_postcode_district_on_two_sides_is_told(tmp_path: Path) -> None:
    area = yaml.safe_load(FILE.read_text(encoding="utf-8"))["area"]
    area["postcode_districts"]["border"].append("LE9")
    with pytest.raises(BrokenFile, match=r"LE9 stands in `in_area` and in `border`\. Keep it in one: in `shared`"):
        load_agency(changed(tmp_path, area=area))


def test_a_file_under_another_name_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(BrokenFile, match=r"rutland\.yml.*should be the file's name"):
        load_agency(changed(tmp_path, "rutland"))


@pytest.mark.parametrize("text", ["", "- a list", "slug: [", "just words"])
def test_a_file_that_is_no_agency_at_all_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "leicestershire.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenFile, match=r"leicestershire\.yml"):
        load_agency(file)


def test_a_folder_without_agencies_says_what_to_add(tmp_path: Path) -> None:
    with pytest.raises(BrokenFile, match="add one, such as"):
        load_agencies(tmp_path)


def test_what_is_not_known_stays_unknown_to_the_rules_and_has_words_for_the_texts(tmp_path: Path) -> None:
    words = Unknown(instead={"phone": "the number on {agency.council_website}"})
    agency = load_agency(changed(tmp_path, phone=None, minimum_age=None, no_spare_room=None, event_plan=None), words)
    assert (agency.phone, agency.minimum_age, agency.no_spare_room, agency.event_plan) == (None, None, None, None)
    assert agency.facts["phone"] == f"the number on {agency.council_website}"
    assert agency.facts["minimum_age"] is None


def test_a_team_may_name_another_fact_and_lacks_its_number_where_that_is_unknown(tmp_path: Path) -> None:
    teams = {"transfer": {"name": "a senior worker", "phone": "{agency.phone}"}, "kinship": None}
    known, unknown = (
        load_agency(changed(tmp_path, teams=teams)),
        load_agency(changed(tmp_path, teams=teams, phone=None)),
    )
    assert known.teams["transfer"] == Team("a senior worker", known.phone, None, None, None)
    assert unknown.teams["transfer"] == Team("a senior worker", None, None, None, None)
    assert known.teams["kinship"] is None


def test_the_services_differ_in_what_they_ask_and_know() -> None:
    agencies = load_agencies(ROOT / "data" / "agencies")
    assert {slug: (one.minimum_age, one.minimum_age_firm) for slug, one in agencies.items()} == {
        "leicestershire": (21, True),
        "leicester_city": (25, False),
        "coventry": (None, False),
    }
    assert agencies["leicester_city"].phone is None
    assert agencies["coventry"].reply_within_hours is None
    assert agencies["leicester_city"].care_types["parent_and_child"] is None


def test_no_number_or_page_of_one_service_stands_in_the_file_of_another() -> None:
    """Family Adoption Links serves two of them; everything else that can be rung or opened is one service's own."""
    seen: dict[str, str] = {}
    for slug in load_agencies(ROOT / "data" / "agencies"):
        raw = yaml.safe_load((ROOT / "data" / "agencies" / f"{slug}.yml").read_text(encoding="utf-8"))
        for name, value in facts_in(raw):
            if (
                isinstance(value, str)
                and (parts.NUMBER.fullmatch(value) or value.startswith("http"))
                and "adoption" not in name
            ):
                assert seen.setdefault(value, slug) == slug, f"{value} stands in {seen[value]} and in {slug}"
