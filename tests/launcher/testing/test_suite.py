"""What ./hearth test counts."""

from pathlib import Path

import pytest

from launcher.bootstrap.troubles import Trouble
from launcher.testing import suite
from launcher.testing.suite import Outcome, Part, read_report

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

    def run(_root: Path, part: Part, _extra: object, *, shown: bool) -> Outcome:
        return Outcome(part, passed=2, failed=0, skipped=0, seconds=1, status=0)

    monkeypatch.setattr(suite, "train_model", stumble)
    monkeypatch.setattr(suite, "run_part", run)
    outcomes = suite.run_parts(tmp_path, list(Part), [])
    assert [outcome.part for outcome in outcomes if outcome.is_good] == [
        Part.STYLE,
        Part.UNIT,
        Part.APP,
        Part.LAUNCHER,
        Part.STORE,
    ]
    assert [outcome.part for outcome in outcomes] == list(Part)
    assert len(trainings) == 1


def test_every_part_has_one_lane() -> None:
    assert sorted(part.value for lane in suite.LANES for part in lane) == sorted(part.value for part in Part)


def test_what_two_parts_print_side_by_side_does_not_mix(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(suite, "train_model", lambda *_args: True)
    monkeypatch.setattr(suite, "BOT_PYTHON", "python")
    monkeypatch.setattr(suite, "WEB_PYTHON", "python")
    (tmp_path / "python").write_text('#!/bin/sh\nfor i in 1 2 3 4 5; do echo "$3"; done\n')
    (tmp_path / "python").chmod(0o755)
    suite.run_parts(tmp_path, [Part.UNIT, Part.BOT], [])
    printed = capfd.readouterr().out.splitlines()
    for name in ("unit", "bot"):
        first = printed.index(f"── {name}")
        assert printed[first + 1 : first + 6] == [f"tests/{name}"] * 5
