"""Models of the files in data/: what they are made of, and reading a file by its model."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Strict, StringConstraints, ValidationError

from enquiry.datafiles.mistakes import UNKNOWN_KEY, Mistake, Says, find_mistakes
from enquiry.datafiles.source import BrokenFile, Problem, Source, Step, open_yaml

# Of dataclasses and mappings that a file holds: set it as their `__pydantic_config__`.
NO_OTHER_KEYS = ConfigDict(extra="forbid")

# Strict, since YAML reads an unquoted `no` as false, 18_20 as 1820 and 0116 as 78.
Words = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1)]
Flag = Annotated[bool, Strict()]
Whole = Annotated[int, Strict()]
Day = Annotated[
    date,
    Strict(),
    Says("{subject} has {value} as {key}, which is not a day", "Write it as 2026-11-21, without quotation marks."),
]


def _flat(raw: Any) -> list[Any]:
    return [name for part in raw for name in _flat(part)] if isinstance(raw, list) else [raw]


# One alone needs no list, and lists may stand in lists: YAML puts a shared list in as it is.
Names = Annotated[tuple[Words, ...], BeforeValidator(_flat)]


class Part(BaseModel):
    """A part of a file, and nothing beside. Built when a file is first read: no process has a use for every kind."""

    model_config = ConfigDict(**NO_OTHER_KEYS, frozen=True, defer_build=True)


class DataFile(Part):
    """One kind of file in data/."""

    # What is said of a file that holds no keys at all, where its missing keys do not say it.
    no_keys: ClassVar[str] = ""
    # What an entry is called; `{part}` is the list in which it stands, without its last letter.
    entry: ClassVar[str] = "{name}"

    @classmethod
    def read(cls, file: Path) -> Self:
        """Read a file.

        Raises:
            BrokenFile: with every mistake that is in it.
            OSError: it can't be read.
        """
        found, problems = cls.check(open_yaml(file))
        if found is None or problems:
            raise BrokenFile(*problems)
        return found

    @classmethod
    def check(cls, source: Source) -> tuple[Self | None, list[Problem]]:
        """What a file holds, None where that can't be told, and everything that is wrong with it."""
        found, problems = None, list[Problem]()
        has_keys = isinstance(source.value, dict)
        try:
            found = cls.model_validate(source.value if has_keys else {})
        except ValidationError as error:
            for mistake in find_mistakes(cls, error):
                # What is missing stands nowhere: the line of its entry is nearest.
                path = (*mistake.path[:-1], "id") if mistake.name == "missing" else mistake.path
                problems.append(source.problem(cls.sentence(source, mistake), *path))
        if not has_keys and cls.no_keys and (problems or source.value is not None):
            return None, [source.problem(cls.no_keys)]
        return found, sorted({*problems, *cls.also_wrong(source, found)})

    @classmethod
    def also_wrong(cls, source: Source, found: Self | None) -> Iterator[Problem]:
        """What is wrong that no model can see, such as a name of something that is not there.

        Args:
            source: the file.
            found: what it holds; None where the model can't take it.
        """
        yield from ()

    @classmethod
    def sentence(cls, source: Source, mistake: Mistake) -> str:
        """What is wrong and what to do."""
        if len(mistake.path) == 1 and mistake.usual is UNKNOWN_KEY:
            known = " and ".join(f"`{name}`" for name in cls.model_fields)
            return f'the file has the unknown key "{mistake.path[0]}". It holds {known} only: indent or remove it.'
        wrong = mistake.wrong.replace("{subject}", cls.subject(source, mistake.path))
        return f"{wrong}. {mistake.remedy}"

    @classmethod
    def subject(cls, source: Source, path: tuple[Step, ...]) -> str:
        """What the part is called to which a path leads: by the id or the name of its entry."""
        match path:
            case (str(part), int(number), *_):
                entries = source.value[part]  # of any shape: it is what may be wrong
                raw = entries[number] if isinstance(entries, list) else None
                name = (raw.get("id") or raw.get("name")) if isinstance(raw, dict) else None
            case (str(part), str(name), _, *_):
                number = 0
            case (str(part), _):
                return f"`{part}`"
            case _:
                return "the file"
        part = part.removesuffix("s")
        return cls.entry.format(part=part, name=name) if isinstance(name, str) else f"{part} {number + 1} of the file"
