"""Preparation: nothing twice, nothing half-made, and it begins with nothing but a Python 3.8."""

from __future__ import annotations

import ast
import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from enquiry.settings import ROOT
from launcher.bootstrap import prepare
from launcher.bootstrap.environments import ASSISTANT, PAGES, WEBSITE, missing_parts
from launcher.bootstrap.programs import clean_environment, found
from launcher.bootstrap.stamps import STAMP
from launcher.bootstrap.tools import Places, uv_environment
from launcher.bootstrap.troubles import Trouble

MODULES = sorted((ROOT / "launcher" / "bootstrap").glob("*.py"))
LOCKS = [lock for part in (WEBSITE, ASSISTANT, PAGES) for lock in part.locks]
# Stand in for the real tools: note what they are asked for, and make a folder with a Python in it.
UV = f"""#!/bin/sh
case "$1 $2" in
    "tool run") exit ;;
    venv*) for folder; do :; done; mkdir -p "$folder/bin"; ln -s {sys.executable} "$folder/bin/python" ;;
    *) echo "${{PWD##*/}} $1 $2" >> "$CALLS" ;;
esac
if [ -n "$STUMBLES" ] && [ "$1" = pip ]; then echo "$STUMBLES"; exit 2; fi
"""
NPM = '#!/bin/sh\nif [ "$1" = ci ]; then echo "npm ci" >> "$CALLS"; mkdir node_modules; fi\n'


class Project:
    """A project with lock files and stand-ins for uv and npm, in which nothing is made yet."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.calls = root / "calls"
        for lock in LOCKS:
            self.write(lock, lock)
        self.write(".hearth/tools/uv/bin/uv", UV).chmod(0o755)
        for name in ("node", "npm"):
            self.write(f"path/{name}", NPM).chmod(0o755)

    def write(self, name: str, text: str) -> Path:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    def prepare(self) -> list[str]:
        """What is made, in order."""
        self.calls.write_text("")
        prepare.prepare(Places(self.root))
        return self.calls.read_text().splitlines()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setattr(prepare, "check_space", lambda _folder, _gigabytes: None)
    monkeypatch.setenv("CALLS", str(tmp_path / "hearth" / "calls"))
    monkeypatch.setenv("STUMBLES", "")
    monkeypatch.setenv("PATH", str(tmp_path / "hearth" / "path"), prepend=":")
    return Project(tmp_path / "hearth")


def test_everything_is_made_the_first_time_and_nothing_the_second(project: Project) -> None:
    assert project.prepare() == ["hearth pip sync", "bot pip sync", "npm ci"]
    assert project.prepare() == []


@pytest.mark.parametrize(
    ("lock", "made"), [("bot/requirements.lock", ["bot pip sync"]), ("package-lock.json", ["npm ci"])]
)
def test_a_changed_lock_file_makes_its_own_part_again(project: Project, lock: str, made: list[str]) -> None:
    project.prepare()
    project.write(lock, "another version")
    project.write("bot/.venv/old", "")
    assert project.prepare() == made
    assert (project.root / "bot/.venv/old").exists() is ("bot pip sync" not in made)


def test_no_uv_is_fetched_when_only_the_pages_parts_are_missing(project: Project) -> None:
    project.prepare()
    project.write(".hearth/tools/uv/bin/uv", "exit 1")
    project.write("package-lock.json", "another version")
    assert project.prepare() == ["npm ci"]


def test_an_environment_whose_python_has_gone_is_made_again(project: Project) -> None:
    project.prepare()
    python = project.root / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/no/such/python")
    assert missing_parts(project.root) == [WEBSITE]


def test_what_a_killed_start_left_counts_as_not_made_and_goes(project: Project) -> None:
    left = project.write(".venv/lib/half_made.py", "")
    assert "hearth pip sync" in project.prepare()
    assert not left.exists()


def test_of_a_linked_environment_the_link_goes_and_not_what_it_leads_to(project: Project, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / STAMP).write_text("made from another lock file")
    (project.root / ".venv").symlink_to(tmp_path / "elsewhere")
    project.prepare()
    assert not (project.root / ".venv").is_symlink()
    assert (tmp_path / "elsewhere" / STAMP).exists()


def test_nothing_half_made_stays_after_a_trouble(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUMBLES", "error: dns error")
    with pytest.raises(Trouble, match="The package registry can't be reached to get the website's packages"):
        project.prepare()
    assert not (project.root / ".venv").exists()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_missing_lock_file_is_named(project: Project, lock: str) -> None:
    project.prepare()
    (project.root / lock).unlink()
    with pytest.raises(Trouble, match=f"file {lock} is missing"):
        project.prepare()


def test_a_folder_that_cannot_be_written_is_named(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK and allowed(path, mode))
    with pytest.raises(Trouble, match=str(project.root)):
        project.prepare()
    assert project.calls.read_text() == ""


def test_a_second_hearth_says_that_it_waits(project: Project) -> None:
    wait = "from launcher.bootstrap.prepare import _hold; lock = open('prepare.lock', 'w'); _hold(lock.fileno()); print('mine')"
    with open(project.root / "prepare.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = subprocess.Popen(
            [sys.executable, "-c", wait],
            cwd=project.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=clean_environment({"PYTHONPATH": str(ROOT)}),
        )
        assert waiting.stderr is not None
        assert b"waiting" in waiting.stderr.readline()
    assert waiting.communicate(timeout=30)[0] == b"mine\n"


def test_what_would_slow_the_assistant_down_is_taken_out_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYENV_VERSION", "2.7")
    assert not {"PYTHONDONTWRITEBYTECODE", "PYENV_VERSION"} & clean_environment().keys()


def test_a_package_mirror_that_pip_was_told_of_serves_uv_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)
    monkeypatch.delenv("UV_INDEX_URL", raising=False)
    assert uv_environment()["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"


def test_the_real_programs_of_a_version_manager_come_before_its_shims(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = project.write("pyenv/versions/3.12.1/bin/python3.12", "")
    shim = project.write("path/python3.12", "")
    for file in (real, shim):
        file.chmod(0o755)
    monkeypatch.setenv("PYENV_ROOT", str(project.root / "pyenv"))
    assert list(found("python3.12"))[:2] == [str(real), str(shim)]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_preparation_needs_nothing_but_python_3_8(module: Path) -> None:
    assert len(MODULES) >= 6
    tree = ast.parse(module.read_text(), feature_version=(3, 8))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {f"launcher.bootstrap.{module.stem}" for module in MODULES}
    assert {name for name in imported if name.split(".")[0] not in sys.stdlib_module_names} <= ours


@pytest.mark.parametrize("words", [[], ["--help"]])
def test_asking_what_it_can_do_fetches_nothing_and_names_every_command(project: Project, words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "launcher.bootstrap.prepare", *words],
        cwd=project.root,
        capture_output=True,
        text=True,
        check=True,
        env=clean_environment({"PYTHONPATH": str(ROOT)}),
    )
    commands = {file.stem for file in (ROOT / "launcher" / "commands").glob("[a-z]*.py")}
    assert {line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")} == commands
    assert not (project.root / "calls").exists()
