"""./hearth agency check: what is known of a service, what is not and what is said instead, and a fourth service by one file."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from enquiry.agencies.agency import load_agencies
from enquiry.settings import ROOT
from launcher.commands import agency as command
from launcher.content.agency_report import reports
from launcher.content.check import check
from tests.support.data_project import TODAY, make_project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder that the command looks at."""
    folder = make_project(tmp_path)
    monkeypatch.setattr(command, "ROOT", folder)
    return folder


def fourth(project: Path, *changes: tuple[str, str]) -> Path:
    """A copy of Coventry's file as a fourth service, with words changed."""
    file = project / "data/agencies/rutland.yml"
    text = (
        (project / "data/agencies/coventry.yml").read_text(encoding="utf-8").replace("slug: coventry", "slug: rutland")
    )
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")
    return file


def said(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(command.app, ["check", *arguments])
    return done.exit_code, done.output


def test_every_service_of_the_project_can_be_used() -> None:
    assert {report.slug: report.usable for report in reports(ROOT / "data" / "agencies")} == dict.fromkeys(
        load_agencies(ROOT / "data" / "agencies"), True
    )


def test_it_tells_what_is_not_known_and_what_is_said_instead(project: Path) -> None:
    status, text = said("leicester_city")
    assert status == 0
    assert text.startswith("Leicester City Council Fostering Service (leicester_city): can be used.\n")
    assert '! phone: it says "the number on our web page, https://www.leicester.gov.uk/' in text
    assert "reply_within_hours: nothing is promised" in text
    assert "! teams.complaints: the fostering team passes people on" in text
    assert "Coventry" not in text


def test_it_tells_what_has_to_be_confirmed_with_its_line_and_why(project: Path) -> None:
    lines = (project / "data/agencies/leicester_city.yml").read_text(encoding="utf-8").splitlines()
    line = next(number for number, one in enumerate(lines, start=1) if one.startswith("minimum_age:"))
    assert (
        f'data/agencies/leicester_city.yml:{line}: minimum_age: 25  ("usually over 25" on the council\'s page)'
        in said()[1]
    )


def test_a_fourth_service_is_one_file(project: Path) -> None:
    fourth(project)
    assert set(load_agencies(project / "data/agencies")) == {"coventry", "leicester_city", "leicestershire", "rutland"}
    assert check(project, TODAY).lines() == []
    assert said("rutland")[0] == 0


def test_a_fourth_service_with_holes_can_be_used_and_each_hole_is_listed(project: Path) -> None:
    file = fourth(project, ("phone: 024 7683 2828 ", "phone: null "))
    raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    left_out = {
        name: value
        for name, value in raw.items()
        if name not in ("teams", "says", "care_types", "needs_most", "address")
    }
    file.write_text(yaml.safe_dump(left_out), encoding="utf-8")
    status, text = said("rutland")
    assert status == 0
    assert "! phone: it says" in text
    assert "care_types.mainstream: a person talks" in text
    assert check(project, TODAY).lines() == []


def test_a_fourth_service_with_typos_cannot_be_used_and_each_is_named_with_line_and_remedy(project: Path) -> None:
    file = fourth(
        project,
        ("  lado: null", "  ladoo: null"),
        ("dogs_policy: null", "dog_policy: null"),
        ("minimum_age: null", "minimum_age: old"),
    )
    numbered = {
        line.strip().split(":")[0]: number
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
    }
    status, text = said("rutland")
    assert status == 1
    where = "data/agencies/rutland.yml"
    assert f'{where}:{numbered["ladoo"]}: "safeguarding.ladoo" is not known. Did you mean "safeguarding.lado"?' in text
    assert f'{where}:{numbered["dog_policy"]}: "dog_policy" is not known. Did you mean "dogs_policy"?' in text
    assert f"{where}:{numbered['minimum_age']}: minimum_age can't be read: write a whole number, such as 21." in text
    assert "safeguarding.lado is missing" not in text  # one slip, named once


def test_a_file_that_is_not_yaml_is_named_and_the_others_are_told_all_the_same(project: Path) -> None:
    (project / "data/agencies/rutland.yml").write_text("slug: [\n", encoding="utf-8")
    status, text = said()
    assert status == 1
    assert "data/agencies/rutland.yml:1: this can't be read as YAML" in text
    assert "(coventry): can be used." in text


def test_a_service_that_is_not_there_is_told_with_what_was_meant(project: Path) -> None:
    done = CliRunner().invoke(command.app, ["check", "covently"])
    assert 'There is no service "covently". Did you mean "coventry"?' in str(done.exception)


def test_what_has_no_words_is_told_by_the_check_of_all_texts(project: Path) -> None:
    words = project / "data/wording/unknown.yml"
    words.write_text(
        "".join(
            line
            for line in words.read_text(encoding="utf-8").splitlines(keepends=True)
            if not line.startswith("  agency.phone:")
        ),
        encoding="utf-8",
    )
    told = check(project, TODAY).lines()
    assert any(
        "{agency.phone} is not known for leicester_city. Write it in data/agencies/leicester_city.yml" in one
        for one in told
    )
