"""Preparation: nothing twice, nothing half-made, and one sentence for every trouble."""

import ast
import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from launcher.bootstrap import environments, prepare
from launcher.bootstrap.environments import ASSISTANT, PAGES, WEBSITE, Part, make, missing_parts
from launcher.bootstrap.programs import clean_environment, run_shown
from launcher.bootstrap.progress import step
from launcher.bootstrap.stamps import STAMP, write_stamp
from launcher.bootstrap.tools import Places
from launcher.bootstrap.troubles import StepFailed, Trouble, check_space, no_installer, no_python, why

ROOT = Path(__file__).resolve().parents[3]
PREPARE_MODULES = sorted((ROOT / "launcher" / "bootstrap").glob("*.py"))
LOCKS = [lock for part in (WEBSITE, ASSISTANT, PAGES) for lock in part.locks]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with lock files and nothing made yet."""
    for lock in LOCKS:
        (tmp_path / lock).parent.mkdir(exist_ok=True)
        (tmp_path / lock).write_text("{}")
    return tmp_path


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What preparation makes, without making it."""
    names: list[str] = []

    def pretend(places: Places, part: Part, _uv: object) -> None:
        names.append(part.folder)
        python = places.root / part.folder / "bin" / "python"
        python.parent.mkdir(parents=True, exist_ok=True)
        python.unlink(missing_ok=True)
        python.symlink_to(sys.executable)
        write_stamp(places.root / part.folder / STAMP, part.inputs(places.root))

    monkeypatch.setattr(prepare, "check_space", lambda _folder, _gigabytes: None)
    monkeypatch.setattr(prepare, "make", pretend)
    return names


def test_everything_is_made_the_first_time_and_nothing_the_second(project: Path, made: list[str]) -> None:
    prepare.prepare(Places(project))
    assert made == [".venv", "bot/.venv", "node_modules"]
    prepare.prepare(Places(project))
    assert len(made) == 3


def test_a_changed_lock_file_makes_only_its_own_environment_again(project: Path, made: list[str]) -> None:
    prepare.prepare(Places(project))
    (project / "bot/requirements.lock").write_text("another version")
    made.clear()
    prepare.prepare(Places(project))
    assert made == ["bot/.venv"]


def test_no_tool_is_fetched_when_only_the_pages_parts_are_missing(project: Path, made: list[str]) -> None:
    prepare.prepare(Places(project))
    made.clear()
    (project / "package-lock.json").write_text('{"packages": {}}')
    prepare.prepare(Places(project))
    assert made == ["node_modules"]


def test_an_environment_whose_python_has_gone_is_made_again(project: Path, made: list[str]) -> None:
    prepare.prepare(Places(project))
    python = project / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/no/such/python")
    assert missing_parts(project) == [WEBSITE]


def test_what_a_killed_start_left_is_made_again(project: Path, made: list[str]) -> None:
    prepare.prepare(Places(project))
    made.clear()
    (project / "bot/.venv" / STAMP).unlink()
    prepare.prepare(Places(project))
    assert made == ["bot/.venv"]


def test_nothing_half_made_stays_after_a_trouble(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = project / ".venv" / "left of the last start"
    left.mkdir(parents=True)

    def stop(_progress: object, _command: object, _log: object, folder: Path, _env: object) -> None:
        assert not left.exists()
        (folder / ".venv" / "half").mkdir(parents=True)
        raise StepFailed("error sending request for url; cause: tcp connect error")

    monkeypatch.setattr(environments, "run_shown", stop)
    with pytest.raises(Trouble, match="can't be"):
        make(Places(project), WEBSITE, lambda: "uv")
    assert not (project / ".venv").exists()


@pytest.mark.parametrize("name", LOCKS)
def test_a_missing_lock_file_is_named(project: Path, made: list[str], name: str) -> None:
    prepare.prepare(Places(project))
    (project / name).unlink()
    with pytest.raises(Trouble, match=f"file {name} is missing"):
        prepare.prepare(Places(project))


def test_a_folder_that_cannot_be_written_is_named(
    project: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK and allowed(path, mode))
    with pytest.raises(Trouble, match=str(project)):
        prepare.prepare(Places(project))
    assert made == []


def test_a_second_hearth_says_that_it_waits(project: Path, made: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    lock = project / ".hearth" / "prepare.lock"
    lock.parent.mkdir()
    # Another process holds the lock until its standard input closes.
    hold = f"f = open({str(lock)!r}, 'w'); fcntl.flock(f, fcntl.LOCK_EX); print('held', flush=True); sys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", f"import fcntl, sys; {hold}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    holder.stdout.readline()
    wait = (
        f"from launcher.bootstrap.prepare import _hold; f = open({str(lock)!r}, 'w'); _hold(f.fileno()); print('mine')"
    )
    waiting = subprocess.Popen(
        [sys.executable, "-c", wait],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=clean_environment({"PYTHONPATH": str(ROOT)}),
    )
    assert waiting.stderr is not None
    assert b"waiting" in waiting.stderr.readline()
    holder.communicate(b"")
    assert waiting.communicate(timeout=10)[0] == b"mine\n"
    with open(lock, "w") as free:
        fcntl.flock(free, fcntl.LOCK_EX | fcntl.LOCK_NB)


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("failed to copy file: No space left on device (os error 28)", "free about 5 GB"),
        ("error: Hash mismatch for `aiofiles==25.1.0`", "lock file"),
        ("npm error code EUSAGE `npm ci` can only install with an existing package-lock.json", "lock file"),
        ("error sending request for url; cause: tcp connect error", "registry can't be reached"),
        ("npm error code ECONNREFUSED", "registry can't be reached"),
        ("ERROR: No matching distribution found for uv", "registry can't be reached"),
        ("failed to create directory: Permission denied (os error 13)", "can't be written"),
        ("something never seen before", "prepare.log"),
    ],
)
def test_what_a_program_wrote_becomes_one_sentence_that_says_what_to_do(output: str, words: str) -> None:
    sentence = str(why(output, "the website's packages", Path("/hearth/prepare.log")))
    assert words in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert "run ./hearth again" in sentence


def test_other_troubles_are_one_sentence_too() -> None:
    for trouble in (no_installer(), no_python("3.10")):
        assert "\n" not in str(trouble)
        assert "run ./hearth again" in str(trouble)


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


def test_what_would_slow_the_assistant_down_is_taken_out_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYENV_VERSION", "2.7")
    assert not {"PYTHONDONTWRITEBYTECODE", "PYENV_VERSION"} & clean_environment().keys()


def test_there_are_modules_of_the_preparation() -> None:
    assert len(PREPARE_MODULES) >= 6


@pytest.mark.parametrize("module", PREPARE_MODULES, ids=lambda module: module.name)
def test_preparation_needs_nothing_but_python_3_8(module: Path) -> None:
    tree = ast.parse(module.read_text(), feature_version=(3, 8))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name for name in imported if name.split(".")[0] not in sys.stdlib_module_names} <= {
        f"launcher.bootstrap.{module.stem}" for module in PREPARE_MODULES
    }


def test_asking_what_it_can_do_fetches_nothing(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "launcher.bootstrap.prepare", "--help"],
        cwd=project,
        capture_output=True,
        text=True,
        check=True,
        env=clean_environment({"PYTHONPATH": str(ROOT)}),
    )
    assert done.stdout == prepare.USAGE
    assert not (project / ".hearth").exists()
