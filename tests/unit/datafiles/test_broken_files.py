"""Whatever is wrong in a file of data/, it is said in a sentence, with the file and a line, and never as a traceback."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from enquiry.agencies.agency import load_agencies
from enquiry.agencies.areas import load_councils
from enquiry.content.out_of_scope import load_kinds
from enquiry.content.topics import load_topics
from enquiry.datafiles.source import BrokenFile, Problem
from enquiry.safeguarding.categories import load_categories
from enquiry.safeguarding.private_text import load_private_words
from enquiry.screening.criteria_file import load_criteria
from enquiry.settings import ROOT

DATA = ROOT / "data"
# The file that is broken, what reads it, and from where.
FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "agencies/leicestershire.yml": (load_agencies, "agencies"),
    "councils.yml": (load_councils, "councils.yml"),
    "criteria.yml": (load_criteria, "criteria.yml"),
    "out_of_scope.yml": (load_kinds, "out_of_scope.yml"),
    "private_text.yml": (load_private_words, "private_text.yml"),
    "safeguarding.yml": (load_categories, "safeguarding.yml"),
    "topics/money.yml": (load_topics, "topics"),
}
# Of pydantic's own, in English that says nothing to who writes the file.
NOT_FOR_PEOPLE = ("Input should", "validation error", "type=", "pydantic", "Traceback", "{subject}", "{key}", "None")
WRONG: list[Any] = [None, True, False, -1, 7, 1.5, "", "x", [], [1], {}, {"odd": 1}, "2026-13-40", ["a", ["b"]]]
Step = str | int


@cache
def written(name: str) -> Any:
    return yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@st.composite
def broken(draw: st.DrawFn, name: str) -> Any:
    """The file with one place taken out, made something else, or given a key too many."""
    whole = copy.deepcopy(written(name))
    holder, depth = whole, draw(st.integers(0, 5))
    for _ in range(depth):
        steps: list[Step] = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        inside = [step for step in steps if isinstance(holder[step], dict | list) and holder[step]]
        if not inside:
            break
        holder = holder[draw(st.sampled_from(inside))]
    places: list[Step] = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
    place = draw(st.sampled_from(places))
    match draw(st.sampled_from(("out", "other", "more"))):
        case "out":
            del holder[place]
        case "other":
            holder[place] = draw(st.sampled_from(WRONG))
        case _ if isinstance(holder, dict):
            holder[draw(st.sampled_from(("odd", f"{place}s", "")))] = draw(st.sampled_from(WRONG))
        case _:
            holder.append(draw(st.sampled_from(WRONG)))
    return whole


def problems_in(name: str, content: Any, folder: Path) -> tuple[Problem, ...]:
    load, where = FILES[name]
    file = folder / name
    file.write_text(yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False), encoding="utf-8")
    try:
        load(folder / where)
    except BrokenFile as found:
        return tuple(found.problems)
    return ()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copied = tmp_path_factory.mktemp("project") / "data"
    shutil.copytree(DATA, copied)
    return copied


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_only_laid_out_another_way_is_as_good(name: str, folder: Path) -> None:
    assert problems_in(name, written(name), folder) == ()


@pytest.mark.parametrize("name", FILES)
def test_a_broken_place_is_named_in_a_sentence_with_file_and_line(name: str, folder: Path) -> None:
    @given(content=broken(name))
    @settings(max_examples=40)
    def check(content: Any) -> None:
        for problem in problems_in(name, content, folder):
            lines = problem.file.read_text(encoding="utf-8").count("\n") if problem.file.is_file() else 1
            assert problem.file.is_relative_to(folder)
            assert 1 <= problem.line <= lines + 1
            assert problem.text.rstrip("`\"'").endswith((".", "?", "…", ":")), problem.text
            assert not [words for words in NOT_FOR_PEOPLE if words in problem.text.replace("is None", "")], problem.text

    check()
    (folder / name).write_bytes((DATA / name).read_bytes())


@pytest.mark.parametrize("written_as", [{"a": 1}, [None], "x", 7, {}], ids=str)
def test_a_list_written_as_something_else_is_named_too(written_as: Any, folder: Path) -> None:
    content = {**written("criteria.yml"), "afterwards": written_as}
    assert problems_in("criteria.yml", content, folder)
    (folder / "criteria.yml").write_bytes((DATA / "criteria.yml").read_bytes())
