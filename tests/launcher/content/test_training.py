"""Training happens when what the model is made from has changed, and a trouble is one sentence."""

import os
from pathlib import Path

import pytest

from launcher.bootstrap.troubles import Trouble
from launcher.content import training
from launcher.content.check import BadData
from launcher.content.training import MODEL, Need, model_inputs, train_model

TRAINS = """#!/bin/sh
echo trained >> "{root}/trainings"
mkdir -p "{root}/models"
echo a model > "{root}/models/hearth.tar.gz"
"""
STUMBLES = """#!/bin/sh
echo "a long story" >&2
echo "Two topics share the example 'can I foster'." >&2
exit 1
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # Its files hold their own names; what is looked for in real ones is tested in test_check.py.
    monkeypatch.setattr(training, "refuse_mistakes", lambda root: None)
    data = ("data/topics/who.yml", "data/nlu/greetings.yml", "data/criteria.yml")
    for name in ("config.yml", *data, "bot/text/reading.py", "bot/requirements.lock"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    bot_python(tmp_path, TRAINS)
    return tmp_path


def bot_python(root: Path, script: str) -> None:
    """Put a stand-in where the assistant's Python is."""
    python = root / "bot/.venv/bin/python"
    python.parent.mkdir(parents=True, exist_ok=True)
    python.write_text(script.format(root=root))
    python.chmod(0o755)


def trainings(root: Path) -> int:
    file = root / "trainings"
    return len(file.read_text().splitlines()) if file.exists() else 0


def test_it_trains_once_and_not_again_while_nothing_changes(project: Path) -> None:
    assert train_model(project, MODEL, Need.WHEN_CHANGED)
    os.utime(project / "config.yml", (0, 0))
    assert not train_model(project, MODEL, Need.WHEN_CHANGED)
    assert trainings(project) == 1


@pytest.mark.parametrize(
    "name",
    [
        "config.yml",
        "data/topics/who.yml",
        "data/topics/new.yml",
        "data/criteria.yml",
        "bot/text/reading.py",
        "bot/requirements.lock",
    ],
)
def test_it_trains_again_when_something_changes(project: Path, name: str) -> None:
    train_model(project, MODEL, Need.WHEN_CHANGED)
    (project / name).write_text("something else")
    assert train_model(project, MODEL, Need.WHEN_CHANGED)


def test_it_trains_again_when_the_model_has_gone(project: Path) -> None:
    train_model(project, MODEL, Need.WHEN_CHANGED)
    (project / MODEL).unlink()
    assert train_model(project, MODEL, Need.WHEN_CHANGED)


def test_it_trains_when_told_to(project: Path) -> None:
    train_model(project, MODEL, Need.WHEN_CHANGED)
    assert train_model(project, MODEL, Need.ALWAYS)


@pytest.mark.parametrize(
    "name", ["data/topics/.who.yml.swp", "data/wording.yml", "bot/.venv/lib/thing.py", "README.md"]
)
def test_what_the_model_is_not_made_from_changes_nothing(project: Path, name: str) -> None:
    before = model_inputs(project)
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_text("anything")
    assert model_inputs(project) == before


def test_a_renamed_file_counts_as_a_change(project: Path) -> None:
    before = model_inputs(project)
    (project / "data/topics/who.yml").rename(project / "data/topics/whom.yml")
    assert model_inputs(project) != before


def test_a_training_that_stumbles_gives_its_last_sentence_and_is_tried_again(project: Path) -> None:
    bot_python(project, STUMBLES)
    with pytest.raises(Trouble) as trouble:
        train_model(project, MODEL, Need.WHEN_CHANGED)
    assert "Two topics share the example 'can I foster'" in str(trouble.value)
    assert "\n" not in str(trouble.value)
    bot_python(project, TRAINS)
    assert train_model(project, MODEL, Need.WHEN_CHANGED)


def test_nothing_is_trained_on_mistakes_and_the_model_there_is_kept(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_model(project, MODEL, Need.WHEN_CHANGED)
    monkeypatch.undo()
    (project / MODEL).write_text("the old model")
    for need in Need:
        with pytest.raises(BadData, match=r"data/topics/who\.yml:1: there is no list of `topics` here"):
            train_model(project, MODEL, need)
    assert trainings(project) == 1
    assert (project / MODEL).read_text() == "the old model"


def test_a_model_of_ones_own_is_never_trained_over(project: Path) -> None:
    own = Path("models/own.tar.gz")
    with pytest.raises(Trouble, match="HEARTH_MODEL"):
        train_model(project, own, Need.WHEN_CHANGED)
    (project / own).parent.mkdir(exist_ok=True)
    (project / own).touch()
    assert not train_model(project, own, Need.WHEN_CHANGED)
    assert trainings(project) == 0
