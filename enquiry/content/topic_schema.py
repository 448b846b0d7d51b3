"""Rules for a topic of data/topics/, and what is said where one is broken: each mistake with its line and its remedy."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, OnErrorOmit, StringConstraints, ValidationInfo

from enquiry.datafiles.mistakes import Says
from enquiry.datafiles.models import NO_OTHER_KEYS, DataFile, Day, Part, Words
from enquiry.datafiles.placeholders import placeholders

FEWEST_EXAMPLES = 15
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


def _enough(texts: tuple[str, ...]) -> tuple[str, ...]:
    if len(texts) < FEWEST_EXAMPLES:
        raise ValueError(
            f"{{subject}} has {len(texts)} examples", f"Write at least {FEWEST_EXAMPLES}, in different words."
        )
    return texts


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
_AN_ID = StringConstraints(strict=True, pattern=r"^[a-z0-9_]+/[a-z0-9_]+$")
Examples = Annotated[tuple[Annotated[Words, _NO_EXAMPLE], ...], AfterValidator(_enough), _NO_EXAMPLES]


class TopicSource(Part):
    """Where an answer comes from."""

    title: Annotated[Words, _NO_TITLE]
    url: Words | None = None
    date: Any = None


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
    owner: Annotated[Words, Says(remedy="Write who keeps the answer true.")]
    reviewed: Day
    review_by: Annotated[Day, AfterValidator(_after_review)]


class TopicFile(DataFile):
    """data/topics/<theme>.yml."""

    theme: Words | None = None
    topics: Annotated[tuple[WrittenTopic, ...], _NO_TOPICS]
