"""The code keeps to the house's own rules."""

from __future__ import annotations

import subprocess
import sys

from enquiry.settings import ROOT

LONGEST_FILE = 400  # lines; 300 is what we aim at


def run(*words: str) -> str:
    """What a tool says, or nothing when it is content."""
    done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_the_linter_finds_nothing() -> None:
    assert run("ruff", "check", ".") == ""


def test_every_type_holds() -> None:
    assert run("mypy", "actions", "bench", "enquiry", "launcher", "web", "worker") == ""


def test_every_type_of_the_assistant_holds_against_the_packages_it_runs_with() -> None:
    assert run("mypy", "--config-file", "bot/pyproject.toml") == ""


def test_no_file_is_too_long_to_read() -> None:
    folders = ("actions", "bench", "bot", "enquiry", "launcher", "migrations", "tests", "web", "worker")
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.py") if ".venv" not in file.parts]
    assert [str(file) for file in files if len(file.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE] == []
