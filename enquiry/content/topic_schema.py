"""Rules for a topic of data/topics/, and what is said where one is broken: each mistake with its line and its remedy."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, OnErrorOmit, StringConstraints, ValidationInfo

from enquiry.datafiles.mistakes import Says
from enquiry.datafiles.models import NO_OTHER_KEYS, DataFile, Day, Part, Words
from enquiry.datafiles.placeholders import placeholders

FEWEST_EXAMPLES = 15
FEWEST_OF_A_PART = 8
LONGEST_ANSWER = 80  # words


class NextStep(StrEnum):
    """What an answer leads to."""

    EVENT = "event"
    VISIT = "visit"
    CALL = "call"
    CHECK_ELIGIBILITY = "check_eligibility"
    KINSHIP_TEAM = "kinship_team"
    OTHER_SERVICE = "other_service"
    NONE = "none"


def _at_least(fewest: int) -> AfterValidator:
    def enough(texts: tuple[str, ...]) -> tuple[str, ...]:
        if len(texts) < fewest:
            raise ValueError(f"{{subject}} has {len(texts)} examples", f"Write at least {fewest}, in different words.")
        return texts

    return AfterValidator(enough)


def _short_enough(answer: str) -> str:
    if len(answer.split()) > LONGEST_ANSWER:
        raise ValueError(
            f"{{subject}} has an answer of {len(answer.split())} words", f"Shorten it to {LONGEST_ANSWER}."
        )
    return answer


def _after_review(day: Any, info: ValidationInfo) -> Any:
    reviewed = info.data.get("reviewed")
    if reviewed and day <= reviewed:
        wrong = f"{{subject}} is to be reviewed by {day}, which is not after its review of {reviewed}"
        raise ValueError(wrong, "Put a later day.")
    return day


def _others(related: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    if info.data.get("id") in related:
        raise ValueError("{subject} is related to itself", "Take that out.")
    for name in related:
        if related.count(name) > 1:
            raise ValueError(f"{{subject}} is related to {name} twice", "Keep one.")
    return related


_NO_EXAMPLE = Says("{subject} has the example {value}, which is not text", "Put it between quotation marks.")
_NO_EXAMPLES = Says("{subject} has no list of examples", "Write each on a line of its own, after `- `.")
_NO_ID = Says("{subject} has the id {value}", "Write it as theme/name, in small letters, digits and _.")
_NO_TITLE = Says("{subject} has a source without a title", "Write `title: …`, the name of the page, law or document.")
_NO_SOURCE = Says(
    "{subject} has no source", "Say where its answer comes from: `- title: …`, and `url: …` where there is one."
)
_NO_STEP = Says('{subject} has the next step "{word}", which there is not', "Write one of {known}.")
_NO_RELATION = Says("{subject} has no list as `related`", "Write [] or [theme/name, theme/name].")
_NO_TOPICS = Says("there is no list of `topics` here", "Write `topics:`, and below it each topic from `- id:` on.")
_NO_PART = Says(
    "{subject} has a part with the id {value}", "Write it in small letters, digits and _, without the topic's."
)
_NO_PARTS = Says("{subject} has no list as `parts`", "Below `parts:` write each from `- id:` on, or take it out.")
_A_PART = StringConstraints(strict=True, pattern=r"^[a-z0-9_]+$")
_AN_ID = StringConstraints(strict=True, pattern=r"^[a-z0-9_]+/[a-z0-9_]+$")
_Texts = tuple[Annotated[Words, _NO_EXAMPLE], ...]
Examples = Annotated[_Texts, _at_least(FEWEST_EXAMPLES), _NO_EXAMPLES]
ExamplesOfAPart = Annotated[_Texts, _at_least(FEWEST_OF_A_PART), _NO_EXAMPLES]


class TopicSource(Part):
    """Where an answer comes from."""

    title: Annotated[Words, _NO_TITLE]
    url: Words | None = None
    date: Any = None


@dataclass(frozen=True)
class SubQuestion:
    """A narrower question within a topic, with an answer of its own: whether the room may be in the loft."""

    id: Words
    title: Words
    answer: Words

    @property
    def places(self) -> tuple[str, ...]:
        """Names of the places of its answer."""
        return tuple(placeholders(self.answer))


@dataclass(frozen=True)
class WrittenSubQuestion(SubQuestion):
    """A part of a topic as it has to be written. It may name sources of its own; else the topic's hold."""

    __pydantic_config__ = NO_OTHER_KEYS

    id: Annotated[str, _A_PART, _NO_PART]
    answer: Annotated[Words, AfterValidator(_short_enough)]
    examples: ExamplesOfAPart
    sources: Annotated[tuple[TopicSource, ...], Field(min_length=1), _NO_SOURCE] | None = None


def _different(parts: tuple[WrittenSubQuestion, ...]) -> tuple[WrittenSubQuestion, ...]:
    names = [part.id for part in parts]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f'{{subject}} has the part "{name}" twice', "Give one of them another id.")
    return parts


@dataclass(frozen=True)
class Topic:
    """One question, and what a person at the service approved as its answer.

    A topic can be answered with when it holds this much, whatever else is wrong with it. Nothing is said without a source.
    """

    id: Words
    title: Words
    answer: Words
    sources: Annotated[tuple[OnErrorOmit[TopicSource], ...], Field(min_length=1)]
    next_step: NextStep
    related: Annotated[tuple[OnErrorOmit[str], ...], BeforeValidator(lambda raw: raw if isinstance(raw, list) else [])]
    parts: Annotated[
        tuple[OnErrorOmit[SubQuestion], ...], BeforeValidator(lambda raw: raw if isinstance(raw, list) else [])
    ] = field(default=(), kw_only=True)

    def part(self, name: str | None) -> SubQuestion | None:
        """Find a part by its id."""
        return next((part for part in self.parts if part.id == name), None)

    @property
    def places(self) -> tuple[str, ...]:
        """Names of the places of its answer."""
        return tuple(placeholders(self.answer))


@dataclass(frozen=True)
class WrittenTopic(Topic):
    """A topic as it has to be written, with what the assistant learns it from and who keeps it true."""

    __pydantic_config__ = NO_OTHER_KEYS

    id: Annotated[str, _AN_ID, _NO_ID]
    answer: Annotated[Words, AfterValidator(_short_enough)]
    sources: Annotated[tuple[TopicSource, ...], Field(min_length=1), _NO_SOURCE]
    next_step: Annotated[NextStep, _NO_STEP]
    related: Annotated[tuple[str, ...], BeforeValidator(lambda raw: raw or []), AfterValidator(_others), _NO_RELATION]
    examples: Examples
    parts: Annotated[tuple[WrittenSubQuestion, ...], AfterValidator(_different), _NO_PARTS] = field(
        default=(), kw_only=True
    )
    owner: Annotated[Words, Says(remedy="Write who keeps the answer true.")]
    reviewed: Day
    review_by: Annotated[Day, AfterValidator(_after_review)]


class TopicFile(DataFile):
    """data/topics/<theme>.yml."""

    theme: Words | None = None
    topics: Annotated[tuple[WrittenTopic, ...], _NO_TOPICS]
