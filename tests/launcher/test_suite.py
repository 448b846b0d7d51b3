"""What ./hearth test counts."""

from pathlib import Path

import pytest

from launcher import suite
from launcher.prepare_progress import Trouble
from launcher.suite import Outcome, Part, read_report

REPORT = (
    '<testsuites><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10" time="1.5">'
    "</testsuite></testsuites>"
)


def test_errors_count_as_failed_and_skipped_ones_as_neither(tmp_path: Path) -> None:
    (tmp_path / "unit.xml").write_text(REPORT)
    outcome = read_report(Part.UNIT, tmp_path / "unit.xml", 1, 1.5)
    assert (outcome.passed, outcome.failed, outcome.skipped) == (4, 3, 3)
    assert not outcome.is_good


def test_a_part_that_wrote_no_report_is_not_good(tmp_path: Path) -> None:
    assert not read_report(Part.UNIT, tmp_path / "missing.xml", 0, 0.1).is_good


def test_a_part_whose_tests_could_not_be_collected_is_not_good() -> None:
    outcome = Outcome(Part.BROWSER, passed=0, failed=0, skipped=0, seconds=1, status=5)
    assert not outcome.is_good
    assert "could not run" in outcome.line()


def test_a_model_that_cannot_be_trained_fails_its_parts_and_lets_the_others_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    trainings = []

    def stumble(*_args: object) -> bool:
        trainings.append(1)
        raise Trouble("The assistant could not be trained.")

    def run(_root: Path, part: Part, _extra: object) -> Outcome:
        return Outcome(part, passed=2, failed=0, skipped=0, seconds=1, status=0)

    monkeypatch.setattr(suite, "train_model", stumble)
    monkeypatch.setattr(suite, "run_part", run)
    outcomes = suite.run_parts(tmp_path, list(Part), [])
    assert [outcome.part for outcome in outcomes if outcome.is_good] == [Part.STYLE, Part.UNIT, Part.APP, Part.LAUNCHER, Part.STORE]
    assert [outcome.part for outcome in outcomes] == list(Part)
    assert len(trainings) == 1
