"""./hearth rehearse criteria: what a changed file would change, told in lines or JSON, kept for the managers, or a sentence why not."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from enquiry.conversations.conversation import open_conversation
from enquiry.journey.record import enquiry_of, record_answer
from enquiry.screening.rehearsal.history import rehearsals_of
from enquiry.settings import ROOT, Settings
from enquiry.setup.migrate import migrate
from enquiry.store.engine import Store
from launcher import services
from launcher.bootstrap.troubles import Trouble
from launcher.commands import rehearse
from tests.support.data_project import change

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """Today's file under another name and with another version."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(ROOT / "data" / "criteria.yml", folder / "criteria.yml.new")
    text = (folder / "criteria.yml.new").read_text(encoding="utf-8")
    version = next(line for line in text.splitlines() if line.startswith("version:"))
    change(tmp_path, "criteria.yml.new", version, 'version: "2027-01-01"')
    return folder / "criteria.yml.new"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """No store is there yet."""
    found = Settings(state_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'hearth.db'}")
    for module in (rehearse, services):
        monkeypatch.setattr(module, "load_settings", lambda: found)
    return found


@pytest.fixture
def store(settings: Settings) -> Store:
    """A store with one enquiry of somebody who does not drive."""
    opened = Store(settings.store_url)
    with opened.engine.begin() as connection:
        migrate(connection)
    with opened.write() as session:
        enquiry = enquiry_of(session, open_conversation(session, "leicestershire", NOW), NOW)
        for name, value in {
            "route": "foster_new",
            "the_rest": "now",
            "driving": "no",
            "contact_name": "Amina Example",
        }.items():
            record_answer(session, enquiry, name, value, NOW)
    return opened


def run(*words: str) -> str:
    """What the command writes to standard output."""
    done = CliRunner().invoke(rehearse.app, ["criteria", *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def stricter(changed: Path) -> None:
    """Whoever does not drive would be talked to first."""
    text = changed.read_text(encoding="utf-8")
    begin = text.index("- id: driving")
    end = text.index("\n  - id: ", begin)
    question = text[begin:end]
    assert "leads_to: nobody_drives" in question
    changed.write_text(
        text[:begin] + question.replace("leads_to: nobody_drives", "leads_to: private_call") + text[end:],
        encoding="utf-8",
    )


def test_a_file_that_leads_to_the_same_changes_nothing(changed: Path, settings: Settings) -> None:
    told = run("--against", str(changed), "--sets", "300", "--agency", "leicestershire")
    assert "300 (0 from people) would end as today" in told
    assert "0 (0 from people) would end otherwise" in told


def test_it_tells_how_many_in_which_direction_with_examples(changed: Path, store: Store) -> None:
    stricter(changed)
    told = run("--against", str(changed), "--sets", "600", "--agency", "leicestershire")
    assert "600 (1 from people) compared" in told
    assert "a person talks with them first" in told
    assert "note → talk first" in told
    assert "e.g. Fostering. Driving: No. Because of: nobody drives → private call" in told
    assert "Amina" not in told


def test_json_has_the_same_for_each_agency(changed: Path, store: Store) -> None:
    stricter(changed)
    reports = json.loads(run("--against", str(changed), "--sets", "900", "--json"))
    assert [one["agency"] for one in reports] == sorted(
        file.stem for file in (ROOT / "data" / "agencies").glob("*.yml")
    )
    assert [one["compared"] for one in reports if one["agency"] == "leicestershire"] == [{"given": 1, "made_up": 299}]
    assert all(one["to_version"] == "2027-01-01" for one in reports)
    assert all({"before": "note", "after": "talk_first"}.items() <= one["changes"][0].items() for one in reports)


def test_the_reports_are_kept_for_the_managers_unless_asked_not_to(changed: Path, store: Store) -> None:
    run("--against", str(changed), "--sets", "30", "--no-keep")
    with store.read() as session:
        assert rehearsals_of(session, "coventry") == ()
    run("--against", str(changed), "--sets", "30")
    run("--against", str(changed), "--sets", "30", "--agency", "coventry")
    with store.read() as session:
        assert [one.to_version for one in rehearsals_of(session, "coventry")] == ["2027-01-01"] * 2
        assert len(rehearsals_of(session, "leicestershire")) == 1


def test_without_a_store_made_up_answers_are_compared_and_none_is_made(changed: Path, settings: Settings) -> None:
    words = ["criteria", "--against", str(changed), "--agency", "coventry", "--sets", "20"]
    done = CliRunner().invoke(rehearse.app, words, catch_exceptions=False)
    assert "20 sets of answers" in done.stdout
    assert "no report is kept" in done.stderr
    assert not (settings.state_dir / "hearth.db").exists()


def test_the_same_version_is_pointed_out(settings: Settings) -> None:
    told = run("--against", str(ROOT / "data" / "criteria.yml"), "--sets", "3", "--agency", "coventry")
    assert "Both files have the same version." in told


def trouble(changed: Path, agency: str | None = None) -> str:
    with pytest.raises(Trouble) as caught:
        rehearse.criteria(changed, agency)
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "leads_to: nobody_drives",
            "leads_to: nobody_drive",
            'which is not among the reasons. Did you mean "nobody_drives"?',
        ),
        ("kind: choice", "kind: choise", "'choise' is not known here. Did you mean \"choice\"?"),
    ],
)
def test_a_broken_file_is_told_with_line_and_remedy(
    changed: Path, settings: Settings, old: str, new: str, said: str
) -> None:
    line = change(changed.parent.parent, changed.name, old, new)
    told = trouble(changed)
    assert told.startswith(f"{changed}:{line}: ")
    assert said in told


@pytest.mark.parametrize("text", ["", "a: [", "a: &a [*a]\nroutes: *a", "[]", "\x00", "version: 1", "routes: 7\n"])
def test_a_file_that_is_no_criteria_file_is_told_so(changed: Path, settings: Settings, text: str) -> None:
    changed.write_text(text, encoding="utf-8")
    assert trouble(changed).startswith(f"{changed}:")


def test_a_reason_that_a_rule_leads_to_and_that_is_gone_is_told(changed: Path, settings: Settings) -> None:
    text = changed.read_text(encoding="utf-8")
    changed.write_text(text.replace("\n  no_bedroom:\n", "\n  no_bedroom_renamed:\n"), encoding="utf-8")
    told = trouble(changed)
    assert told.startswith(f"{changed}:")
    assert "'no_bedroom'" in told


def test_a_file_or_an_agency_that_is_not_there_is_told(changed: Path, settings: Settings) -> None:
    assert "can't be opened" in trouble(changed.with_name("nothing.yml"))
    assert "can't be opened" in trouble(changed.parent)
    assert trouble(changed, "coventri") == 'There is no service "coventri". Did you mean "coventry"?'


def test_a_store_that_is_not_up_to_date_is_told(changed: Path, settings: Settings) -> None:
    (settings.state_dir / "hearth.db").write_bytes(b"")
    assert "run ./hearth up once" in trouble(changed)


@pytest.mark.parametrize("words", [[], ["--against", "x", "--sets", "0"], ["--against", "x", "--sets", "many"]])
def test_a_command_that_says_too_little_is_told_what_is_missing(words: list[str]) -> None:
    assert CliRunner().invoke(rehearse.app, ["criteria", *words]).exit_code == 2
