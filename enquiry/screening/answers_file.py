"""Read a file of data/answers/ (what people said to one question) and say what is wrong with it, by file and line."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Self

from pydantic import Field

from enquiry.datafiles.examples import Example, folded
from enquiry.datafiles.mistakes import Says
from enquiry.datafiles.models import DataFile, Part, Whole, Words
from enquiry.datafiles.source import Problem, Source, Step, did_you_mean
from enquiry.screening.criteria import Criteria, Kind, Question

# Questions whose answers are learned; the others are read by rule alone.
LEARNED = (Kind.CHOICE, Kind.ANY_OF, Kind.PLACE, Kind.NUMBER)
_NO_TEXT = Says("{subject} has {value}, which is no text", "Write it between quotation marks.")
Text = Annotated[Words, _NO_TEXT]
Value = Words | Whole


class SeveralPart(Part):
    """A text that names several answers."""

    text: Text
    means: Annotated[tuple[Value, ...], Field(min_length=2)]


class AnswersFile(DataFile):
    """One file of data/answers/: texts by the answer they mean, texts that mean several, and texts that answer nothing."""

    heard_as: Mapping[Value, tuple[Text, ...]]
    several: tuple[SeveralPart, ...] = ()
    asked_again: tuple[Text, ...] = ()

    def examples(self, source: Source) -> Iterator[Example]:
        """Every text with what it means."""
        for value, texts in self.heard_as.items():
            lines = source.entry_lines("heard_as", value)
            for text, line in zip(texts, lines, strict=False):
                yield Example(text, f"the answer {value!r}", source.file, line)
        for text, line in zip(self.asked_again, source.entry_lines("asked_again"), strict=False):
            yield Example(text, "the list `asked_again`", source.file, line)
        for number, row in enumerate(self.several):
            named = " and ".join(repr(value) for value in row.means)
            yield Example(row.text, f"the answers {named}", source.file, source.line("several", number))

    @classmethod
    def subject(cls, source: Source, path: tuple[Step, ...]) -> str:
        """The list in which a text stands."""
        return f"`{path[0]}`"

    @classmethod
    def also_wrong(cls, source: Source, found: Self | None) -> Iterator[Problem]:
        """Texts that stand twice: the assistant can't learn two meanings of one."""
        first: dict[str, Example] = {}
        for example in found.examples(source) if found else ():
            other = first.setdefault(folded(example.text), example)
            if other is not example:
                text = f'"{example.text}" stands here and in line {other.line} ({other.teaches}). Keep one of them.'
                yield Problem(source.file, example.line, text)


def answers_to_nothing(source: Source, criteria: Criteria) -> Iterator[Problem]:
    """Find what a file says of a question or an answer that there is not."""
    found, name = AnswersFile.check(source)[0], source.file.stem
    learned = [one.id for one in criteria.questions.values() if one.kind in LEARNED]
    if name not in learned:
        remedy = "Name the file after a question with answers to choose from."
        yield source.problem(f"there is no question {name!r} to learn. {did_you_mean(name, learned, remedy)}")
    elif found:
        yield from _unknown_answers(source, found, criteria.question(name))


def _unknown_answers(source: Source, found: AnswersFile, question: Question) -> Iterator[Problem]:
    known = [choice.value for choice in question.choices]
    named = ", ".join(str(value) for value in known)
    for value in found.heard_as:
        if value not in known:
            text = f"{question.id} has no answer {value!r}. There are {named}."
            yield source.problem(text, "heard_as", value)
    for number, row in enumerate(found.several):
        if question.kind is not Kind.ANY_OF:
            yield source.problem(f"{question.id} takes one answer only. Take `several` out.", "several", number)
        for value in row.means:
            if value not in known:
                text = f"{question.id} has no answer {value!r}. There are {named}."
                yield source.problem(text, "several", number)
