"""Read the service's own files in data/, and tell on which line something is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

# The one written in C takes a tenth of the time, which every process's start is made of.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Step = str | int
ALIKE = 0.6  # of 1, as difflib measures it: "anwser" is 0.83 of "answer"


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


class Wrong(ValueError):
    """One part of a file is wrong.

    Args:
        text: what is wrong, and the remedy.
        path: where: keys and numbers, from the top of the file down.
    """

    def __init__(self, text: str, *path: Step) -> None:
        super().__init__(text)
        self.text = text
        self.path = path


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
        found = node = self.root
        for step in path:
            if isinstance(node, yaml.MappingNode):
                pair = next((pair for pair in node.value if pair[0].value == step), None)
                if pair is None:
                    break
                found, node = pair
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                found = node = node.value[step]
            else:
                break
        return 1 if found is None else found.start_mark.line + 1

    def problem(self, text: str, *path: Step) -> Problem:
        """A mistake at a place of this file."""
        return Problem(self.file, self.line(*path), text)

    def texts(self) -> Iterator[Text]:
        """Every text and other single value, in order."""
        return (text for text in _texts(self.root, ()))

    def doubled_keys(self) -> Iterator[Problem]:
        """Keys that stand twice in one place: YAML keeps the last and says nothing."""
        for node in _mappings(self.root):
            seen: dict[str, int] = {}
            for key, _ in node.value:
                line = key.start_mark.line + 1
                if isinstance(key, yaml.ScalarNode) and key.value in seen:
                    yield Problem(
                        self.file,
                        line,
                        f'"{key.value}" stands twice here, also on line {seen[key.value]}. Keep one of them.',
                    )
                elif isinstance(key, yaml.ScalarNode):
                    seen[key.value] = line


def open_yaml(file: Path) -> Source:
    """Read a file with its lines.

    Raises:
        BrokenFile: it is not YAML.
        OSError: it can't be read.
    """
    try:
        text = file.read_text(encoding="utf-8")
        loader = LOADER(text)
        try:
            root = loader.get_single_node()
            value = None if root is None else loader.construct_document(root)
        finally:
            loader.dispose()
    except UnicodeDecodeError as error:
        raise BrokenFile(Problem(file, 1, "this file is not UTF-8 text. Save it as UTF-8.")) from error
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        # What is never closed is noticed below the last line.
        line = min(mark.line + 1, len(text.splitlines())) if mark else 1
        what = str(getattr(error, "problem", None) or error).splitlines()[0]
        remedy = 'Look at this line and the one above: a bracket or an indent, or a text with ": " or " #" in it that needs quotation marks'
        raise BrokenFile(Problem(file, line, f"this can't be read as YAML ({what}). {remedy}.")) from error
    return Source(file, value, root)


def read_yaml(file: Path) -> Any:
    """What a YAML file holds.

    Raises:
        yaml.YAMLError: it is not YAML; the text names line and column.
        OSError: it can't be read.
    """
    return yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)  # a safe loader, see above


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """The remedy for a word that is not known: the one most like it, or what `otherwise` says."""
    near = get_close_matches(word, list(known), 1, ALIKE)
    return f'Did you mean "{near[0]}"?' if near else otherwise


def _texts(node: yaml.Node | None, path: tuple[Step, ...]) -> Iterator[Text]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _texts(value, (*path, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _texts(value, (*path, number))
    elif isinstance(node, yaml.ScalarNode):
        yield Text(path, node.value, node)


def _mappings(node: yaml.Node | None) -> Iterator[yaml.MappingNode]:
    if isinstance(node, yaml.MappingNode):
        yield node
    if isinstance(node, yaml.CollectionNode):
        for entry in node.value:
            for child in entry if isinstance(entry, tuple) else (entry,):
                yield from _mappings(child)
