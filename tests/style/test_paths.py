"""Every file and folder that is named in the documents, in a comment or in data/ is there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from enquiry.settings import ROOT

TOPS = "actions|bench|bot|data|docs|enquiry|launcher|migrations|tests|web|worker"
# A path from the project's folder. `<slug>`, `*` and `…` stand for any name.
PATH = re.compile(rf"(?<![\w./~-])(?:{TOPS})/(?:[\w./…-]|<\w+>|\*)*(?:\w|<\w+>|\*)/?")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
# What is only there after something was done.
MADE = ("bot/.venv", "bot/.venv/bin/python", "data/criteria.yml.new", "data/criteria.yml.before")
PROSE = (".md", ".yml", ".html")


def tracked() -> list[Path]:
    """Every file of the project that git knows or could know."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


FILES = [file for file in tracked() if file.suffix in (*PROSE, ".py") and file.parts[len(ROOT.parts)] != "tests"]


def is_there(path: str) -> bool:
    pattern = re.sub(r"<[^>]*>|…", "*", path.rstrip("/"))
    return path in MADE or any(True for _ in ROOT.glob(pattern))


def named_in(file: Path) -> list[str]:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        # Only whole file names: much in code looks like a path and is none.
        return [path for path in PATH.findall(text) if re.search(r"\.(?:py|md|yml)$", path)]
    return PATH.findall(text)


def test_there_is_something_to_look_at() -> None:
    assert len(FILES) > 200
    assert len([path for file in FILES for path in named_in(file)]) > 100


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_path_it_names_is_there(file: Path) -> None:
    assert [path for path in named_in(file) if not is_there(path)] == []


@pytest.mark.parametrize(
    "file", [file for file in FILES if file.suffix == ".md"], ids=lambda file: str(file.relative_to(ROOT))
)
def test_every_link_of_a_document_leads_somewhere(file: Path) -> None:
    found = LINK.findall(file.read_text(encoding="utf-8"))
    assert [link for link in found if not (file.parent / link).exists()] == []
