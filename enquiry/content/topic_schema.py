"""What a topic of data/topics/ has to be like, to be answered with and to be learned."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, NotRequired, TypedDict

from pydantic import AfterValidator, BeforeValidator, Field, OnErrorOmit, StringConstraints, ValidationInfo, with_config

from enquiry.datafiles.mistakes import Says
from enquiry.datafiles.models import NO_OTHER_KEYS, DataFile, Day, Words
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


def _enough(examples: tuple[str, ...]) -> tuple[str, ...]:
    if len(examples) < FEWEST_EXAMPLES:
        raise ValueError(f"has {len(examples)} examples. Write at least {FEWEST_EXAMPLES}, in different words.")
    return examples


def _short_enough(answer: str) -> str:
    if len(answer.split()) > LONGEST_ANSWER:
        raise ValueError(f"has an answer of {len(answer.split())} words. Shorten it to {LONGEST_ANSWER}.")
    return answer


def _after_review(day: Any, info: ValidationInfo) -> Any:
    reviewed = info.data.get("reviewed")
    if reviewed and day <= reviewed:
        raise ValueError(f"is to be reviewed by {day}, which is not after its review of {reviewed}. Put a later day.")
    return day


def _each_once(related: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    if info.data.get("id") in related:
        raise ValueError("is related to itself. Take that out.")
    twice = next((name for name in related if related.count(name) > 1), None)
    if twice:
        raise ValueError(f"is related to {twice} twice. Keep one.")
    return related


Examples = Annotated[
    tuple[
        Annotated[
            Words,
            Says("{subject} has the example {value}, which is not text", "Put it between quotation marks."),
        ],
        ...,
    ],
    AfterValidator(_enough),
    Says("{subject} has no list of examples", "Write each on a line of its own, after `- `."),
]


@with_config(NO_OTHER_KEYS)
class TopicSource(TypedDict):
    """Where an answer comes from."""

    title: Annotated[
        Words,
        Says("{subject} has a source without a title", "Write `title: …`, the name of the page, law or document."),
    ]
    url: NotRequired[Words | None]
    date: NotRequired[Any]


@dataclass(frozen=True)
class Topic:
    """One question, and what a person at the service approved as its answer: nothing is said without a source.

    A topic can be answered with when it holds this, whatever else is wrong with it.
    """

    id: Words
    title: Words
    answer: Words
    sources: Annotated[tuple[OnErrorOmit[TopicSource], ...], Field(min_length=1)]
    next_step: NextStep
    related: Annotated[
        tuple[OnErrorOmit[str], ...], BeforeValidator(lambda names: names if isinstance(names, list) else [])
    ]

    @property
    def places(self) -> tuple[str, ...]:
        """Names of the places of its answer."""
        return tuple(placeholders(self.answer))


@dataclass(frozen=True)
class WrittenTopic(Topic):
    """A topic as it has to be written, with what the assistant learns it from and who keeps it true."""

    __pydantic_config__ = NO_OTHER_KEYS

    id: Annotated[
        str,
        StringConstraints(strict=True, pattern=r"^[a-z0-9_]+/[a-z0-9_]+$"),
        Says("{subject} has the id {value}", "Write it as theme/name, in small letters, digits and _."),
    ]
    answer: Annotated[Words, AfterValidator(_short_enough)]
    sources: Annotated[
        tuple[TopicSource, ...],
        Field(min_length=1),
        Says(
            "{subject} has no source",
            "Say where its answer comes from: `- title: …`, and `url: …` where there is one.",
        ),
    ]
    next_step: Annotated[
        NextStep, Says('{subject} has the next step "{word}", which there is not', "Write one of {known}.")
    ]
    related: Annotated[
        tuple[
            Annotated[
                str, Says("{subject} is related to {value}, which is not the id of a topic", "Write theme/name.")
            ],
            ...,
        ],
        BeforeValidator(lambda names: [] if names is None else names),
        AfterValidator(_each_once),
        Says("{subject} has no list as `related`", "Write [] or [theme/name, theme/name]."),
    ]
    examples: Examples
    owner: Annotated[Words, Says(remedy="Write who keeps the answer true.")]
    reviewed: Day
    review_by: Annotated[Day, AfterValidator(_after_review)]


class TopicFile(DataFile):
    """data/topics/<theme>.yml."""

    theme: Words | None = None
    topics: Annotated[
        tuple[WrittenTopic, ...],
        Says("there is no list of `topics` here", "Write `topics:`, and below it each topic from `- id:` on."),
    ]
