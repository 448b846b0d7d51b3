"""What was learned is learned anew when any of the assistant's code changes, wherever it stands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot import fingerprint
from bot.answers.component import ReadAnswers
from bot.disclosures.component import DisclosureDetection
from bot.intents.component import TopicClassifier

ROOT = Path(__file__).parents[2]
LEARNERS = (ReadAnswers, DisclosureDetection, TopicClassifier)


def test_every_module_of_the_assistant_counts_and_nothing_of_its_environment() -> None:
    files = {str(file.relative_to(ROOT)) for file in fingerprint.code_files()}
    assert len(files) > 40
    assert {"bot/__init__.py", "bot/fingerprint.py"} <= files
    assert not any(".venv" in file for file in files)


@pytest.mark.parametrize("learner", LEARNERS)
def test_a_change_of_any_module_is_a_reason_to_learn_again(
    learner: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    copy = tmp_path / "bot"
    for file in fingerprint.code_files():
        place = copy / file.relative_to(ROOT / "bot")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, place)
    monkeypatch.setattr(fingerprint, "code_files", lambda: sorted(copy.rglob("*.py")))
    before = learner.fingerprint_addon({})
    module = sorted(copy.rglob("*.py"))[-1]
    module.write_text(module.read_text() + "\n# changed\n")
    assert learner.fingerprint_addon({}) != before
