"""Kinds of message that a fostering service does not answer, and the approved reply to each: data/out_of_scope.yml."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, OnErrorOmit

from enquiry.content.topic_schema import Examples
from enquiry.datafiles.mistakes import Says
from enquiry.datafiles.models import NO_OTHER_KEYS, DataFile, Words
from enquiry.datafiles.source import Problem, Source

_NO_REPLY = Says("{subject} has no text as its reply", "Write one or two short sentences.")
_NO_OFFER = Says('{subject} offers "{word}", which there is not', "There are {known}.")
_NO_KINDS = Says("there is no list of `kinds` here", "Write `kinds:` and below it each kind, beginning with `- id:`.")
Offer = Annotated[Literal["check", "event", "person", "pass_on"], _NO_OFFER]


def example_lines(examples: str) -> list[str]:
    """Examples that are written as one text: one on a line, empty lines included."""
    return [line.strip().removeprefix("- ").strip() for line in examples.splitlines()]


@dataclass(frozen=True)
class Kind:
    """One kind of message that is not about fostering. `offers` are names of buttons."""

    id: Words
    reply: Annotated[Words, _NO_REPLY]
    offers: tuple[OnErrorOmit[Offer], ...]


@dataclass(frozen=True)
class WrittenKind(Kind):
    """A kind as it has to be written, with what the assistant learns it from."""

    __pydantic_config__ = NO_OTHER_KEYS

    offers: tuple[Offer, ...]
    examples: Annotated[
        Examples, BeforeValidator(lambda raw: list(filter(None, example_lines(raw))) if isinstance(raw, str) else raw)
    ]


class OutOfScopeFile(DataFile):
    """data/out_of_scope.yml."""

    kinds: Annotated[tuple[WrittenKind, ...], Field(min_length=1), _NO_KINDS]

    @classmethod
    def also_wrong(cls, source: Source, found: Self | None) -> Iterator[Problem]:
        """Kinds that stand twice."""
        return source.doubled_entries("kinds", "id")


class Replies(DataFile):
    """The same file as far as it is said, whatever else is wrong with it."""

    model_config = ConfigDict(extra="ignore")

    kinds: Annotated[tuple[Kind, ...], Field(min_length=1), _NO_KINDS]


def load_kinds(file: Path) -> dict[str, Kind]:
    """Read the kinds.

    Returns:
        Kinds by id.
    Raises:
        BrokenFile: a kind lacks its id, its reply or what it offers.
        OSError: the file can't be read.
    """
    return {kind.id: kind for kind in Replies.read(file).kinds}
