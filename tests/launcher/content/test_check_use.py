"""./hearth check: the files that Hearth can't run without, and what becomes of what is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from launcher.bootstrap.troubles import Trouble
from launcher.commands import up
from launcher.commands.check import check as check_command
from launcher.content.check import BadData, check, refuse_mistakes
from tests.support.data_project import TODAY, change, make_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("criteria.yml", "kind: choice", "kind: choise", "'choise' is not known here. Did you mean \"choice\"?"),
        (
            "criteria.yml",
            "leads_to: {rule: minimum_age}",
            "leads_to: {rule: minimum_aeg}",
            "age leads to the rule 'minimum_aeg', which there is not. Did you mean \"minimum_age\"?",
        ),
        (
            "criteria.yml",
            "change_what, next_step",
            "change_what, nextstep",
            "a list names the question 'nextstep', which is not there. Did you mean \"next_step\"?",
        ),
        ("criteria.yml", "    because:", "    becuase:", ' has the unknown key "becuase". Did you mean "because"?'),
        (
            "safeguarding.yml",
            "urgency: now",
            "urgency: nou",
            "`urgency` is 'nou', which is not one. Did you mean \"now\"?",
        ),
        (
            "safeguarding.yml",
            "stops_enquiry: true",
            "stops_enquiry: 1",
            "`stops_enquiry` is 1. Write true or false.",
        ),
        (
            "safeguarding.yml",
            "{agency.safeguarding.worried_about_child}",
            "{agency.worried}",
            "nothing fills the place {agency.worried} for any service.",
        ),
    ],
)
def test_the_other_files_are_looked_at_by_their_own_loaders(
    project: Path, name: str, old: str, new: str, said: str
) -> None:
    line = change(project, name, old, new)
    told = check(project, TODAY).lines()
    assert any(one.startswith(f"data/{name}:{line}: ") and said in one for one in told), told


@pytest.mark.parametrize(
    "name", ["criteria.yml", "safeguarding.yml", "wording/page.yml", "agencies/leicestershire.yml"]
)
def test_a_file_that_cannot_be_read_at_all_is_told_once_and_stops_hearth(project: Path, name: str) -> None:
    (project / "data" / name).write_text("a: [\n", encoding="utf-8")
    findings = check(project, TODAY)
    assert len([line for line in findings.lines() if name in line and "can't be read as YAML" in line]) == 1
    assert findings.stop_hearth


@pytest.mark.parametrize(
    ("old", "new", "stops"), [("reply: Please", "replay: Please", True), ("- bins on day 3\n      ", "", False)]
)
def test_what_is_out_of_scope_stops_hearth_only_where_it_cannot_be_said(
    project: Path, old: str, new: str, stops: bool
) -> None:
    change(project, "out_of_scope.yml", old, new)
    findings = check(project, TODAY)
    assert len(findings.lines()) == 1
    assert findings.stop_hearth is stops


def test_a_file_that_has_gone_is_named(project: Path) -> None:
    (project / "data/criteria.yml").unlink()
    for file in (project / "data/agencies").iterdir():
        file.unlink()
    told = "\n".join(check(project, TODAY).lines())
    assert "data/criteria.yml:1: this file is missing." in told
    assert "data/agencies:1: there is no agency here." in told


def test_mistakes_are_refused_with_the_whole_list(project: Path) -> None:
    refuse_mistakes(project)
    change(project, "topics/who.yml", "next_step: visit", "next_step: dance")
    with pytest.raises(
        BadData, match=r'^data/topics/who\.yml:\d+: who/dogs has the next step "dance".*\n1 to put right\.'
    ):
        refuse_mistakes(project)


def test_the_command_prints_the_list_and_ends_with_one(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("launcher.commands.check.ROOT", project)
    check_command()
    assert capsys.readouterr().out.count("\n") == 1
    change(project, "topics/who.yml", "next_step: visit", "next_step: dance")
    with pytest.raises(SystemExit) as ended:
        check_command()
    assert ended.value.code == 1
    assert capsys.readouterr().out.startswith("data/topics/who.yml:")


def test_hearth_starts_with_the_model_it_has_and_not_without_one(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(root: Path, *_others: object) -> bool:
        refuse_mistakes(root)
        return True

    settings = up.Settings()
    monkeypatch.setattr(up, "ROOT", project)
    monkeypatch.setattr(up, "train_model", refuse)
    change(project, "topics/who.yml", "next_step: visit", "next_step: dance")
    with pytest.raises(Trouble, match="dance"):
        up._train_or_keep(settings)
    (project / settings.model).parent.mkdir(parents=True)
    (project / settings.model).touch()
    up._train_or_keep(settings)
    assert "dance" in capsys.readouterr().err
    (project / "data/criteria.yml").write_text("a: [\n", encoding="utf-8")
    with pytest.raises(Trouble, match=r"criteria\.yml:1"):
        up._train_or_keep(settings)
