"""Nothing but a person at the console can record a decision: no other code has a way to it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from enquiry.settings import ROOT

FOLDERS = ("actions", "bench", "bot", "enquiry", "launcher", "web", "worker")


def sources() -> Iterator[tuple[str, ast.Module]]:
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*.py")):
            if ".venv" not in file.parts:
                yield str(file.relative_to(ROOT)), ast.parse(Path(file).read_text(encoding="utf-8"))


def calls(tree: ast.Module, name: str) -> bool:
    found = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(name in (getattr(one, "id", ""), getattr(one, "attr", "")) for one in found)


def sets_the_stage(tree: ast.Module) -> bool:
    targets = [
        target
        for node in ast.walk(tree)
        for target in (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
        )
    ]
    named = [
        node.args[1]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "setattr"
    ]
    return any(isinstance(one, ast.Attribute) and one.attr == "stage" for one in targets) or any(
        isinstance(one, ast.Constant) and one.value == "stage" for one in named
    )


def test_a_decision_is_written_in_one_place_and_recorded_from_the_console_alone() -> None:
    trees = dict(sources())
    assert [file for file, tree in trees.items() if calls(tree, "DecisionRecord")] == ["enquiry/journey/decisions.py"]
    assert [file for file, tree in trees.items() if calls(tree, "record_decision")] == ["web/console/decisions.py"]


def test_the_stage_of_an_enquiry_is_set_in_one_place_which_asks_for_the_decision() -> None:
    assert [file for file, tree in sources() if sets_the_stage(tree)] == ["enquiry/journey/stages.py"]
