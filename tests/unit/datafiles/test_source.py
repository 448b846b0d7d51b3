"""Files in data/: what they hold, and on which line."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from enquiry.datafiles.source import BrokenFile, Source, did_you_mean, open_yaml

TEXT = """\
# a comment
first: one
list:
  - id: a
    said: |
      Line one.

      Line {three}.
  - {id: b, said: short}
first: two
"""


@pytest.fixture
def source(tmp_path: Path) -> Source:
    file = tmp_path / "some.yml"
    file.write_text(TEXT, encoding="utf-8")
    return open_yaml(file)


def test_it_holds_what_yaml_says(source: Source) -> None:
    assert source.value == yaml.safe_load(TEXT)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 2),
        (("list",), 3),
        (("list", 0), 4),
        (("list", 0, "said"), 5),
        (("list", 1), 9),
        (("list", 1, "gone"), 9),
        (("list", 7), 3),
        (("gone",), 2),
        (("first", "deeper"), 2),
    ],
)
def test_a_place_has_the_line_it_stands_on_or_that_of_what_is_around_it(
    source: Source, path: tuple[str | int, ...], line: int
) -> None:
    assert source.line(*path) == line


def test_a_text_over_several_lines_knows_the_line_of_each_character(source: Source) -> None:
    [said] = [text for text in source.texts() if text.path == ("list", 0, "said")]
    assert said.line() == 6
    assert said.line(said.text.index("{three}")) == 8
    assert [text.line() for text in source.texts() if text.path == ("list", 1, "said")] == [9]


def test_a_key_that_stands_twice_is_told_though_yaml_does_not_mind(source: Source) -> None:
    [problem] = source.doubled_keys()
    assert str(problem) == f'{source.file}:10: "first" stands twice here, also on line 2. Keep one of them.'


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"a: [1\n", 1),
        (b"a: 1\nb: c: d\n", 2),
        (b"a:\n\t- b\n", 2),
        (b"a: \xff\n", 1),
        (b"a: 2026-13-45\n", 1),
        (b"? [a]\n", 1),
    ],
)
def test_what_is_not_yaml_is_named_with_its_line_and_a_remedy(tmp_path: Path, text: bytes, line: int) -> None:
    file = tmp_path / "some.yml"
    file.write_bytes(text)
    with pytest.raises(BrokenFile, match=rf"some\.yml:{line}: .*(Look at|Save it as)"):
        open_yaml(file)


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "some.yml"
    file.write_text("", encoding="utf-8")
    assert open_yaml(file).value is None
    assert open_yaml(file).line("gone") == 1


def test_the_word_that_is_most_like_it_is_offered() -> None:
    assert did_you_mean("anwser", ["answer", "owner"], "Take it out.") == 'Did you mean "answer"?'
    assert did_you_mean("colour", ["answer", "owner"], "Take it out.") == "Take it out."
