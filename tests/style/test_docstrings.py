"""Every module says in one sentence what is in it: beginning with a verb, or with a noun."""

from __future__ import annotations

import ast
import re

import pytest

from enquiry.settings import ROOT

FOLDERS = ("actions", "bench", "bot", "enquiry", "launcher", "migrations", "web", "worker")
# Words that begin a clause: a reader has to come to its end to learn what the module is.
CLAUSES = frozenset(
    """
    after as at because before by for from how if in it nobody nothing of on that to until what when where whether which who whose
    why with
    """.split()
)
LONGEST_SENTENCE = 45  # words


def modules() -> list[str]:
    found = [file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py")) if ".venv" not in file.parts]
    return [str(file.relative_to(ROOT)) for file in found]


@pytest.mark.parametrize("module", modules())
def test_a_module_says_what_is_in_it(module: str) -> None:
    text = ast.get_docstring(ast.parse((ROOT / module).read_text(encoding="utf-8")))
    assert text, "it has no docstring"
    sentence = " ".join(re.split(r"(?<=[.:])\s", text.strip(), maxsplit=1)[0].split())
    first = re.split(r"[\s,:.;]", sentence.strip("`\"'"), maxsplit=1)[0].lower()
    assert first not in CLAUSES, f"begin with a verb or a noun, not with {first!r}: {sentence}"
    assert len(sentence.split()) <= LONGEST_SENTENCE, f"one idea a sentence: {sentence}"
