"""Read the service's own files in data/, and tell on which line something stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

Step = str | int
ALIKE = 0.6  # of 1, as difflib measures it: "anwser" is 0.83 of "answer"
TEXT, LIST = "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq"
LOOK = 'Look at this line and the one above: a bracket or an indent, or a text with ": " or " #" in it that needs quotation marks'


class Loader(yaml.CSafeLoader):
    """PyYAML's safe loader written in C, with a short way for texts and lists of them: they are nearly all that is read."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        """What kind of value something is: whatever has a space in it and is no moment is text."""
        if kind is yaml.ScalarNode and " " in value and not value[0].isdigit():
            return TEXT
        return str(super().resolve(kind, value, implicit))  # type: ignore[no-untyped-call]

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """What a node holds."""
        if node.tag == TEXT:
            return node.value
        if node.tag == LIST:
            return [entry.value if entry.tag == TEXT else self.construct_object(entry, deep) for entry in node.value]
        return super().construct_object(node, deep)


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in a file: where, what it is and what to do.

    `stops` says that Hearth can't run without the file, so that it can't go on with the model it has either.
    """

    file: Path
    line: int
    text: str
    stops: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class BrokenFile(ValueError):
    """A file can't be used; the text names file, line and remedy of each mistake."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Text:
    """One text of a file, and the keys and numbers that lead to it."""

    path: tuple[Step, ...]
    text: str
    node: yaml.ScalarNode

    def line(self, offset: int = 0) -> int:
        """The line of a character of the text, where the file has the text's own line breaks; else the line it begins on."""
        begins: int = self.node.start_mark.line + 1
        return begins + 1 + self.text.count("\n", 0, offset) if self.node.style == "|" else begins


@dataclass(frozen=True)
class Source:
    """One file: what it holds, and which line holds what."""

    file: Path
    value: Any
    root: yaml.Node | None

    def line(self, *path: Step) -> int:
        """The line of a key or of an entry of a list; of the nearest thing around it where there is no such thing."""
        found, _ = self._find(path)
        return 1 if found is None else found.start_mark.line + 1

    def entry_lines(self, *path: Step) -> list[int]:
        """The line of each entry of a list."""
        _, node = self._find(path)
        return [entry.start_mark.line + 1 for entry in node.value] if isinstance(node, yaml.SequenceNode) else []

    def _find(self, path: tuple[Step, ...]) -> tuple[yaml.Node | None, yaml.Node | None]:
        """Where a path leads, or the last that is there on the way: the key or the entry, and what it holds."""
        found = node = self.root
        for step in path:
            if isinstance(node, yaml.MappingNode):
                pair = next((pair for pair in node.value if pair[0].value == str(step)), None)
                if pair is None:
                    break
                found, node = pair
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                found = node = node.value[step]
            else:
                break
        return found, node

    def problem(self, text: str, *path: Step) -> Problem:
        """A mistake at a place of this file."""
        return Problem(self.file, self.line(*path), text)

    def texts(self) -> Iterator[Text]:
        """Every text and other single value, in order."""
        for path, node in _nodes(self.root, ()):
            if isinstance(node, yaml.ScalarNode):
                yield Text(path, node.value, node)

    def doubled_keys(self) -> Iterator[Problem]:
        """Keys that stand twice in one place: YAML keeps the last and says nothing."""
        for _, node in _nodes(self.root, ()):
            lines: dict[str, int] = {}
            for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
                line = key.start_mark.line + 1
                if key.value in lines:
                    text = f'"{key.value}" stands twice here, also on line {lines[key.value]}. Keep one of them.'
                    yield Problem(self.file, line, text)
                lines.setdefault(key.value, line)

    def doubled_entries(self, part: str, key: str) -> Iterator[Problem]:
        """Entries of a list of the file that have one name."""
        first: dict[str, int] = {}
        entries = self.value.get(part) if isinstance(self.value, dict) else None
        for number, entry in enumerate(entries if isinstance(entries, list) else ()):
            name = entry.get(key) if isinstance(entry, dict) else None
            if isinstance(name, str) and first.setdefault(name, number) != number:
                line = self.line(part, first[name], key)
                yield self.problem(f"{name} stands twice, also on line {line}. Keep one of them.", part, number, key)


def open_yaml(file: Path) -> Source:
    """Read a file with its lines.

    Raises:
        BrokenFile: it is not YAML.
        OSError: it can't be read.
    """
    try:
        text = file.read_text(encoding="utf-8")
        loader = Loader(text)
        try:
            root = loader.get_single_node()
            # "Deep" refuses a list that holds itself.
            value = None if root is None else loader.construct_object(root, deep=True)
        finally:
            loader.dispose()
    except UnicodeDecodeError as error:
        raise BrokenFile(Problem(file, 1, "this file is not UTF-8 text. Save it as UTF-8.")) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        # What is never closed is noticed below the last line.
        line = min(mark.line + 1, len(text.splitlines())) if mark else 1
        what = str(getattr(error, "problem", None) or error).splitlines()[0]
        if "recursive" in what:
            raise BrokenFile(Problem(file, line, "this part holds itself (look at & and *). Write it out.")) from error
        raise BrokenFile(Problem(file, line, f"this can't be read as YAML ({what}). {LOOK}.")) from error
    return Source(file, value, root)


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """The remedy for a word that is not known: the one most like it, or what `otherwise` says."""
    near = nearest(word, known)
    return f'Did you mean "{near}"?' if near else otherwise


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like a word, where one is like it."""
    return next(iter(get_close_matches(word, list(known), 1, ALIKE)), None)


def _nodes(node: yaml.Node | None, path: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], yaml.Node]]:
    """A node and everything in it, each with the keys and numbers that lead to it."""
    if node is not None:
        yield path, node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _nodes(value, (*path, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _nodes(value, (*path, number))
