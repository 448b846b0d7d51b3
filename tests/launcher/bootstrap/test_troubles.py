"""Every trouble is one sentence that says what to do, and every long step shows that it is at work."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from launcher.bootstrap.programs import run_shown
from launcher.bootstrap.progress import step
from launcher.bootstrap.troubles import (
    StepFailed,
    Trouble,
    check_space,
    from_system,
    missing_file,
    no_installer,
    no_python,
    not_writable,
    why,
)

LOG = Path("/hearth/prepare.log")


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (why("failed to copy file: No space left on device (os error 28)", "x", LOG), "free about 5 GB"),
        (why("error: Hash mismatch for `aiofiles==25.1.0`", "x", LOG), "lock file"),
        (why("npm error code EUSAGE `npm ci` can only install with an existing lock", "x", LOG), "lock file"),
        (why("error sending request for url; cause: tcp connect error", "x", LOG), "registry can't be reached"),
        (why("npm error code ECONNREFUSED", "x", LOG), "registry can't be reached"),
        (why("ERROR: No matching distribution found for uv", "x", LOG), "registry can't be reached"),
        (why("failed to create directory: Permission denied (os error 13)", "x", LOG), "can't be written"),
        (why("something never seen before", "x", LOG), "prepare.log"),
        (from_system(OSError(errno.ENOSPC, "full"), Path("/hearth")), "The disk is full"),
        (from_system(PermissionError(errno.EACCES, "no", "/hearth/.hearth"), Path("/hearth")), "/hearth/.hearth"),
        (from_system(OSError(errno.EIO, "broken"), Path("/hearth")), "broken"),
        (no_installer(), "python3-venv"),
        (no_python("3.10"), "install Python 3.10"),
        (missing_file("requirements.lock"), "git checkout -- requirements.lock"),
        (not_writable(Path("/hearth")), "/hearth"),
    ],
)
def test_a_trouble_is_one_sentence_that_says_what_to_do(trouble: Trouble, words: str) -> None:
    sentence = str(trouble)
    assert words in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert "run ./hearth again" in sentence


def test_too_little_disk_space_is_told_before_anything_is_begun(tmp_path: Path) -> None:
    check_space(tmp_path, 0.0)
    with pytest.raises(Trouble, match="free some space"):
        check_space(tmp_path, 1e9)


def test_a_step_shows_that_it_began_and_how_long_it_took(capsys: pytest.CaptureFixture[str]) -> None:
    with step("Making tea"):
        pass
    began, ended = capsys.readouterr().err.splitlines()
    assert began == "Making tea…"
    assert ended.startswith("Making tea… done in ")


def test_a_program_that_ends_badly_gives_its_own_output_only(tmp_path: Path) -> None:
    log = tmp_path / "log" / "prepare.log"
    with step("Trying") as progress:
        run_shown(progress, ["sh", "-c", "echo first"], log, tmp_path)
        with pytest.raises(StepFailed) as failed:
            run_shown(progress, ["sh", "-c", "echo second; exit 3"], log, tmp_path)
        with pytest.raises(StepFailed):
            run_shown(progress, ["/no/such/program"], log, tmp_path)
    assert "second" in failed.value.output
    assert "first\n" not in failed.value.output
    assert "first" in log.read_text()
