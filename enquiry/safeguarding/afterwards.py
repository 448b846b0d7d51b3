"""Replies after a disclosure, read from data/afterwards.yml. The examples in it are the assistant's business."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field

from enquiry.content.out_of_scope import example_lines
from enquiry.datafiles.mistakes import Says
from enquiry.datafiles.models import DataFile, Flag, Part, Words
from enquiry.datafiles.placeholders import ASK_FOR_HELP, fill_or
from enquiry.datafiles.source import Problem, Source, Step, did_you_mean
from enquiry.safeguarding.categories import CATEGORY_IDS

EMERGENCY = "999"
FEWEST_EXAMPLES = 25
PEOPLE = "people"  # the place in a text that says whom to ring


@dataclass(frozen=True)
class Reply:
    """One answer: `says`, or other words for some categories. `numbers`: those of the category are shown as links that dial."""

    says: str
    instead: Mapping[str, str]
    numbers: bool = False

    def about(self, category: str | None) -> str:
        """Choose the words for a category."""
        return self.instead.get(category or "", self.says)


@dataclass(frozen=True)
class Afterwards:
    """Every text for the time after a disclosure; `questions` by what is asked."""

    people: Mapping[str, str]  # whom to ring, by category
    danger: str
    put_right: Reply
    noted: str
    noted_briefly: str
    half_true: str
    not_heard: str
    questions: Mapping[str, Reply]

    def answer(self, question: str, category: str, agency: Mapping[str, Any]) -> str:
        """The answer to a question that is asked after a disclosure of a category.

        Args:
            agency: its facts.
        """
        return self.filled(self.questions[question].about(category), category, agency)

    def filled(self, text: str, category: str, agency: Mapping[str, Any]) -> str:
        """A text with whom to ring filled in, and 999 in any case."""
        values = {"agency": agency}
        people = fill_or(self.people[category], values, ASK_FOR_HELP)
        said = fill_or(text, {**values, PEOPLE: people}, ASK_FOR_HELP)
        return said if EMERGENCY in said else f"{said}\n\n{self.danger}"


# Where the file can't be read: the action says that something went wrong, with 999.
NOTHING_SAID = Afterwards(
    people={},
    danger="",
    put_right=Reply("", {}),
    noted="",
    noted_briefly="",
    half_true="",
    not_heard="",
    questions={},
)


class ReplyPart(Part):
    """A reply as it is written."""

    says: Words
    instead: dict[Words, Words] = Field(default_factory=dict)


class QuestionPart(Part):
    """A question as it is written."""

    id: Words
    says: Words
    examples: Words
    instead: dict[Words, Words] = Field(default_factory=dict)
    numbers: Flag = False


class AfterwardsFile(DataFile):
    """data/afterwards.yml."""

    people: dict[Words, Words]
    danger: Words
    put_right: ReplyPart
    noted: Words
    noted_briefly: Words
    half_true: Words
    not_heard: Words
    questions: Annotated[
        tuple[QuestionPart, ...],
        Field(min_length=1),
        Says(
            "there is no list of `questions` here", "Write `questions:` and below it each one, beginning with `- id:`."
        ),
    ]
    half_truths: Words

    @classmethod
    def also_wrong(cls, source: Source, found: Self | None) -> Iterator[Problem]:
        """Categories that are not there, or lack whom to ring, and questions with too few examples."""
        yield from source.doubled_entries("questions", "id")
        if found is None:
            return
        if EMERGENCY not in found.danger:
            yield source.problem(f"`danger` does not name {EMERGENCY}. It follows whatever lacks it.", "danger")
        for name in sorted(CATEGORY_IDS - found.people.keys()):
            yield source.problem(f"`people` lacks {name}. Write whom to ring then.", "people")
        named: list[tuple[str, tuple[Step, ...]]] = [(name, ("people", name)) for name in found.people]
        named += [(name, ("put_right", "instead", name)) for name in found.put_right.instead]
        for number, question in enumerate(found.questions):
            named += [(name, ("questions", number, "instead", name)) for name in question.instead]
            many = len([line for line in example_lines(question.examples) if line])
            if many < FEWEST_EXAMPLES:
                text = (
                    f"question {question.id} has {many} examples. Write at least {FEWEST_EXAMPLES}, in different words."
                )
                yield source.problem(text, "questions", number, "examples")
        for name, path in named:
            if name not in CATEGORY_IDS:
                remedy = did_you_mean(name, CATEGORY_IDS, "The categories are those of data/safeguarding.yml.")
                yield source.problem(f"{name} is no category of disclosure. {remedy}", *path)


def load_afterwards(file: Path) -> Afterwards:
    """Read the texts.

    Raises:
        BrokenFile: something is missing, unknown or said twice.
        OSError: the file can't be read.
    """
    found = AfterwardsFile.read(file)
    questions = {one.id: Reply(one.says, one.instead, one.numbers) for one in found.questions}
    return Afterwards(
        people=found.people,
        danger=found.danger,
        put_right=Reply(found.put_right.says, found.put_right.instead),
        noted=found.noted,
        noted_briefly=found.noted_briefly,
        half_true=found.half_true,
        not_heard=found.not_heard,
        questions=questions,
    )
