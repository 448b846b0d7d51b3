"""Disclosure categories: what is said, who is told and how soon, read from data/safeguarding.yml.

The file also holds the patterns and examples by which a disclosure is recognised; those are the assistant's business
and are only checked for presence here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field

from enquiry.datafiles.mistakes import Says
from enquiry.datafiles.models import NO_OTHER_KEYS, DataFile, Flag, Part, Whole, Words
from enquiry.datafiles.source import Problem, Source, did_you_mean
from enquiry.enums import Role

NOT_KEPT = "not_kept"  # the closing paragraphs where the words are not kept
ALONE = "heard_alone"  # and where only the trained part has heard it


class Urgency(StrEnum):
    """How soon staff act on a disclosure. The levels are agreed with the safeguarding lead; no regulation fixes them."""

    NOW = "now"
    SAME_WORKING_DAY = "same_working_day"
    NEXT_WORKING_DAY = "next_working_day"
    ROUTINE = "routine"


class KeepsWords(StrEnum):
    """Whether what was typed stays in the transcript. Offences and health are kept by nobody who need not act on the words
    (UK GDPR, articles 5(1)(c), 9 and 10); where somebody may be in danger, staff need them."""

    ALWAYS = "always"
    NOT_AT_PRIVATE_QUESTIONS = "not_at_private_questions"
    NEVER = "never"


class PutRightBy(StrEnum):
    """Who ends a flag where somebody says that it was not meant that way."""

    PERSON = "person"
    STAFF = "staff"


# YAML reads an unquoted 0116 as a number, and "all the same: ring" as a key and its value.
NumberText = Annotated[
    Words,
    Says(
        "{subject}: no text stands as the `{key}` of a number",
        'Every number needs a label and a number, in quotation marks: {{label: Emergency, number: "999"}}.',
    ),
]
Paragraph = Annotated[
    Words,
    AfterValidator(lambda text: " ".join(text.split())),
    Says("{subject}: this is not plain text: {value}", "Put it between quotation marks."),
]


@dataclass(frozen=True)
class PhoneNumber:
    """A number to ring, shown as a link that dials. `number` may be a placeholder of the agency."""

    __pydantic_config__ = NO_OTHER_KEYS

    label: NumberText
    number: NumberText


@dataclass(frozen=True)
class PutRight:
    """The policy on ending a flag, with its reason. What only the trained part has heard, the person ends in any case."""

    __pydantic_config__ = NO_OTHER_KEYS

    by: Annotated[PutRightBy, Says("{subject}: `put_right` is by {value}", "There are {known}.")]
    because: Words


@dataclass(frozen=True)
class Category:
    """One kind of disclosure, and what follows from it."""

    id: str
    title: str
    rank: int  # 1 is the most urgent
    urgency: Urgency
    alert: frozenset[Role]  # who is told, and who alone may read it
    stops_enquiry: bool  # from then on a member of staff arranges everything
    stops_collecting: bool  # nothing more is taken in this conversation
    pauses_messages: bool
    put_right: PutRight
    says: tuple[str, ...]  # paragraphs in order, the closing ones included; placeholders not yet filled
    numbers: tuple[PhoneNumber, ...]
    afterwards: str | None  # the only thing said to whatever follows, but for another disclosure
    keeps_words: KeepsWords
    says_not_kept: tuple[str, ...]  # said instead of `says` where the words are not kept
    says_alone: tuple[str, ...] = ()  # said instead, and nothing ends, where only the trained part has heard it

    def keeps(self, at_private_question: bool) -> bool:
        """Whether the words by which it was told stay in the transcript."""
        return self.keeps_words is KeepsWords.ALWAYS or (
            self.keeps_words is not KeepsWords.NEVER and not at_private_question
        )


class Patterns(Part):
    """The patterns by which the assistant recognises a disclosure, by where they count."""

    always: str = ""
    not_in_questions: str = ""
    not_of_the_past: str = ""


class CategoryPart(Part):
    """A category as it is written."""

    title: Words
    rank: Annotated[Whole, Says("{subject}: `rank` is {value}", "Write a whole number, 1 for the most urgent.")]
    urgency: Annotated[Urgency, Says("{subject}: `urgency` is {value}, which is not one", "There are {known}.")]
    alert: Annotated[
        frozenset[Annotated[Role, Says("{subject}: `alert` names {value}, which is no role", "There are {known}.")]],
        Field(min_length=1),
        Says("{subject}: `alert` needs at least one role", "Write it in a list, such as [safeguarding]."),
    ]
    stops_enquiry: Flag
    stops_collecting: Flag
    pauses_messages: Flag
    put_right: PutRight
    says: Annotated[
        tuple[Paragraph, ...],
        Field(min_length=1),
        Says("{subject}: `says` needs at least one paragraph", "Write each after `- `."),
    ]
    closing: Words
    numbers: Annotated[
        tuple[PhoneNumber, ...],
        Field(min_length=1),
        Says("{subject}: `numbers` needs at least one number", "A link alone is not enough."),
    ]
    patterns: Patterns
    examples: Words
    says_alone: tuple[Paragraph, ...] = ()
    afterwards: Paragraph | None = None
    keeps_words: KeepsWords = KeepsWords.ALWAYS
    also_a_topic: Flag = False  # the assistant's alone

    def category(self, name: str, closing: Mapping[str, tuple[str, ...]]) -> Category:
        """The category with all that is said, the closing included."""
        kept: dict[str, Any] = {key: value for key, value in self if key in Category.__dataclass_fields__}
        kept |= {"says": (*self.says, *closing[self.closing]), "says_not_kept": (*self.says, *closing[NOT_KEPT])}
        if self.says_alone:
            kept["says_alone"] = (*self.says_alone, *closing[ALONE])
        return Category(id=name, **kept)


class Categories(Part):
    """Every category there has to be."""

    child_immediate_danger: CategoryPart
    worried_about_child: CategoryPart
    user_is_child: CategoryPart
    child_in_care_unhappy: CategoryPart
    allegation_carer_or_worker: CategoryPart
    enquirer_may_harm: CategoryPart
    enquirer_under_investigation: CategoryPart
    offence_details_typed: CategoryPart
    enquirer_past_abuse: CategoryPart
    suicidal_or_self_harm: CategoryPart
    domestic_abuse: CategoryPart
    parent_needs_help: CategoryPart
    kinship_crisis: CategoryPart
    private_fostering_now: CategoryPart
    looking_for_someone: CategoryPart
    adult_at_risk: CategoryPart
    threat_to_staff: CategoryPart
    distress_or_bereavement: CategoryPart


CATEGORY_IDS = frozenset(Categories.model_fields)


class SafeguardingFile(DataFile):
    """data/safeguarding.yml. `words`, `spellings` and `near_misses` are the assistant's."""

    closing: dict[Words, tuple[Paragraph, ...]]
    words: dict[Words, Words]
    spellings: dict[Words, Words]
    categories: Categories
    near_misses: Words

    @classmethod
    def also_wrong(cls, source: Source, found: Self | None) -> Iterator[Problem]:
        """Closings that are not there, and ranks that two categories have or none."""
        if found is None:
            return
        if NOT_KEPT not in found.closing:
            text = f"`closing` lacks `{NOT_KEPT}`. Write what is said where words are not kept."
            yield source.problem(text, "closing")
        if ALONE not in found.closing and any(category.says_alone for _, category in found.categories):
            text = f"`closing` lacks `{ALONE}`. Write what is said where only the trained part has heard something."
            yield source.problem(text, "closing")
        ranks: dict[int, str] = {}
        for name, category in found.categories:
            if category.closing not in found.closing:
                remedy = did_you_mean(category.closing, found.closing, f"There are {', '.join(found.closing)}.")
                text = f"{name}: `closing` is {category.closing!r}, which is not one. {remedy}"
                yield source.problem(text, "categories", name, "closing")
            other = ranks.setdefault(category.rank, name)
            if other != name or category.rank not in range(1, len(CATEGORY_IDS) + 1):
                text = f"{name}: the ranks must be 1 to {len(CATEGORY_IDS)}, each once; {category.rank} is not"
                text += f", it is the rank of {other} too." if other != name else "."
                yield source.problem(text, "categories", name, "rank")


def load_categories(path: Path) -> dict[str, Category]:
    """Read and check every category.

    Args:
        path: data/safeguarding.yml.
    Returns:
        the categories by id, the most urgent first.
    Raises:
        BrokenFile: something is missing, unknown or said twice.
        OSError: the file can't be read.
    """
    file = SafeguardingFile.read(path)
    found = [entry.category(name, file.closing) for name, entry in file.categories]
    return {category.id: category for category in sorted(found, key=lambda category: category.rank)}
