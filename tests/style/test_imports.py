"""Imports point downwards only: the contracts stand in pyproject.toml, and import-linter says which import breaks one and where."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from enquiry.settings import ROOT


def lint(folder: Path) -> str:
    """What import-linter says of the tree in a folder; nothing when every contract is kept."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--config", str(folder / "pyproject.toml"), "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_every_contract_is_kept() -> None:
    assert lint(ROOT) == ""


@pytest.mark.parametrize(
    ("module", "line", "said"),
    [
        (
            "enquiry/screening/decide.py",
            "import enquiry.bookings.letters",
            "enquiry.screening is not allowed to import",
        ),
        (
            "enquiry/safeguarding/after_disclosure.py",
            "import sqlalchemy",
            "enquiry.safeguarding is not allowed to import",
        ),
        ("enquiry/dates.py", "import web.app", "enquiry is not allowed to import web"),
        ("bot/decision/decide.py", "import enquiry.enums", "bot is not allowed to import enquiry"),
    ],
)
def test_an_import_that_points_the_wrong_way_is_named(tmp_path: Path, module: str, line: str, said: str) -> None:
    for folder in ("actions", "bench", "bot", "enquiry", "launcher", "tests", "web", "worker"):
        for file in (ROOT / folder).rglob("*.py"):
            if ".venv" not in file.parts:
                copy = tmp_path / file.relative_to(ROOT)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    broken = tmp_path / module
    broken.write_text(f"{broken.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    found = " ".join(lint(tmp_path).split())
    assert said in found
    assert module.removesuffix(".py").replace("/", ".") in found
