"""docs/architecture.md shows every package with the sentence that its docstring begins with."""

from __future__ import annotations

import ast
import re

from enquiry.settings import ROOT

DOCUMENT = "docs/architecture.md"
TOPS = ("enquiry", "bot", "web", "actions", "worker", "launcher")


def packages() -> dict[str, str]:
    """Every package, with the first sentence of what it says of itself."""
    found = {}
    for top in TOPS:
        for file in sorted((ROOT / top).rglob("__init__.py")):
            relative = file.parent.relative_to(ROOT)
            if ".venv" not in relative.parts and len(relative.parts) > 1:
                text = " ".join((ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").split())
                found[f"{relative}/"] = re.split(r"(?<=\.)\s", text, maxsplit=1)[0]
    return found


def test_every_package_stands_in_the_document_as_it_describes_itself() -> None:
    text = (ROOT / DOCUMENT).read_text(encoding="utf-8")
    missing = [f"| `{name}` | {says} |" for name, says in packages().items() if f"| `{name}` | {says} |" not in text]
    assert missing == [], f"put these lines into {DOCUMENT}"


def test_the_document_shows_no_package_that_is_not_there() -> None:
    text = (ROOT / DOCUMENT).read_text(encoding="utf-8")
    shown = re.findall(rf"^\| `((?:{'|'.join(TOPS)})/[\w/]+/)` \|", text, re.MULTILINE)
    assert set(shown) <= set(packages())
    assert len(shown) > 30
