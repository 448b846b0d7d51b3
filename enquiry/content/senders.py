"""Senders: who may be writing, how they may feel, and how that shapes a reply. It stands in data/senders.yml."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from enquiry.content.out_of_scope import example_lines
from enquiry.content.topic_schema import Examples
from enquiry.content.topics import topics_of
from enquiry.datafiles.mistakes import Says
from enquiry.datafiles.models import NO_OTHER_KEYS, DataFile, Words
from enquiry.datafiles.source import Problem, Source, did_you_mean

_NO_SPEAKERS = Says(
    "there is no list of `speakers` here", "Write `speakers:` and below it each, beginning with `- id:`."
)
_NO_FEELINGS = Says(
    "there is no list of `feelings` here", "Write `feelings:` and below it each, beginning with `- id:`."
)
_Lines = Annotated[
    Examples, BeforeValidator(lambda raw: list(filter(None, example_lines(raw))) if isinstance(raw, str) else raw)
]


def _an_expression(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError("{subject} is no regular expression", f"Put it right: {error}.") from None
    return text


_Expression = Annotated[Words, AfterValidator(_an_expression)]


@dataclass(frozen=True)
class Speaker:
    """One kind of person who writes. `title` is what staff read.

    Where a message asks for a topic that is written for somebody who may foster, `answers` is the topic that is said in its place, and
    `line` a sentence that is said before it; `theirs` are the topics that are written for this person already.
    """

    id: Words
    title: Words
    line: Words | None = None
    answers: Words | None = None
    theirs: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Feeling:
    """One feeling, and the sentence that comes first where a message carries it. The one without a sentence is no feeling."""

    id: Words
    line: Words | None = None


@dataclass(frozen=True)
class WrittenSpeaker(Speaker):
    """A kind of person as it has to be written, with what the assistant learns it from."""

    __pydantic_config__ = NO_OTHER_KEYS

    says_so: _Expression | None = None
    examples: _Lines = field(kw_only=True)


@dataclass(frozen=True)
class WrittenFeeling(Feeling):
    """A feeling as it has to be written, with what the assistant learns it from, and words without which it is not said."""

    __pydantic_config__ = NO_OTHER_KEYS

    only_with: _Expression | None = None
    examples: _Lines = field(kw_only=True)


class SendersFile(DataFile):
    """data/senders.yml."""

    speakers: Annotated[tuple[WrittenSpeaker, ...], Field(min_length=1), _NO_SPEAKERS]
    feelings: Annotated[tuple[WrittenFeeling, ...], Field(min_length=1), _NO_FEELINGS]

    @classmethod
    def also_wrong(cls, source: Source, found: Self | None) -> Iterator[Problem]:
        """Entries that stand twice."""
        yield from source.doubled_entries("speakers", "id")
        yield from source.doubled_entries("feelings", "id")


def answers_to_nowhere(source: Source, topics: Iterable[Source]) -> Iterator[Problem]:
    """Topics that are named here and stand in no file of data/topics."""
    known = [raw.get("id") for topic in topics for _, raw in topics_of(topic)]
    speakers = source.value.get("speakers") if isinstance(source.value, dict) else None
    for number, raw in enumerate(speakers if isinstance(speakers, list) else ()):
        named = [raw.get("answers"), *(raw.get("theirs") or ())] if isinstance(raw, dict) else []
        for name in named:
            if name is not None and name not in known:
                remedy = did_you_mean(str(name), [str(one) for one in known], "Take it out, or write that topic.")
                yield source.problem(f'{raw.get("id")} names "{name}", which is no topic. {remedy}', "speakers", number)


class Said(DataFile):
    """The same file as far as it is said, whatever else is wrong with it."""

    model_config = ConfigDict(extra="ignore")

    speakers: Annotated[tuple[Speaker, ...], _NO_SPEAKERS]
    feelings: Annotated[tuple[Feeling, ...], _NO_FEELINGS]


@dataclass(frozen=True)
class Senders:
    """Speakers and feelings by their ids."""

    speakers: dict[str, Speaker]
    feelings: dict[str, Feeling]


def load_senders(file: Path) -> Senders:
    """Read who may be writing and how they may feel.

    Raises:
        BrokenFile: an entry lacks its id or its title.
        OSError: the file can't be read.
    """
    said = Said.read(file)
    return Senders({one.id: one for one in said.speakers}, {one.id: one for one in said.feelings})
