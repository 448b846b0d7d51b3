"""Every sentence that is said and is not an answer to a topic: data/wording/<section>.yml."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ConfigDict

from enquiry.agencies.agency import Agency
from enquiry.datafiles.mistakes import Mistake, as_written
from enquiry.datafiles.models import DataFile, Words
from enquiry.datafiles.placeholders import fill
from enquiry.datafiles.source import BrokenFile, Problem, Source

# What the program puts into the places of these sentences, beside the agency's facts.
PLACES = frozenset(
    """
    answer answers ask button_event change contact contacts councils count dates district feedback greeting_name how left length limit note
    link minutes more name number people question reasons reference seconds short since team time title total until venue when why
    """.split()
)
# What is said for facts that are not known: enquiry/agencies/unknown_facts.py reads it into the agencies' facts.
UNKNOWN = "unknown.yml"


class NoSuchWording(KeyError):
    """A sentence that nobody has written."""


class WordingFile(DataFile):
    """data/wording/<section>.yml: sentences by name, or lists of them."""

    model_config = ConfigDict(extra="allow")
    no_keys = "this file does not hold sentences by name. Write each as `name: sentence`."

    __pydantic_extra__: dict[str, Words | list[Words]]

    @classmethod
    def sentence(cls, source: Source, mistake: Mistake) -> str:
        """A mistake by the name of its sentence."""
        name = mistake.path[0]
        value = as_written(source.value[name])
        return (
            f'"{name}" is {value}, which is no sentence. Write a sentence, or a list of them, between quotation marks.'
        )


@dataclass(frozen=True)
class Wording:
    """Approved sentences by `section.name`. A list is paragraphs, or the titles of buttons."""

    texts: dict[str, Any]

    def say(self, key: str, agency: Agency | None = None, **values: Any) -> str:
        """One sentence or text, with its places filled.

        Args:
            key: `section.name`, such as `page.waking`.
            agency: fills `{agency.…}`.
            values: further places.
        Raises:
            NoSuchWording: nobody has written it.
            UnknownPlaceholder: a place has no value.
        """
        return fill(self._find(key, str), self._values(agency, values))

    def several(self, key: str, agency: Agency | None = None, **values: Any) -> tuple[str, ...]:
        """Paragraphs or button titles, with their places filled."""
        return tuple(fill(text, self._values(agency, values)) for text in self._find(key, list))

    def _find(self, key: str, kind: type) -> Any:
        found = self.texts.get(key)
        if not isinstance(found, kind):
            raise NoSuchWording(f"data/wording has no {kind.__name__} {key}")
        return found

    @staticmethod
    def _values(agency: Agency | None, values: dict[str, Any]) -> dict[str, Any]:
        return {**values, "agency": agency.facts} if agency else values


def load_wording(folder: Path) -> Wording:
    """Read every section of a folder; the file's name is the section.

    Raises:
        BrokenFile: a file is not a list of names and sentences.
    """
    texts: dict[str, Any] = {}
    problems: list[Problem] = []
    for file in sorted(folder.glob("*.yml")):
        if file.name == UNKNOWN:
            continue
        try:
            sentences = WordingFile.read(file).model_extra or {}
        except BrokenFile as broken:
            problems += broken.problems
        else:
            texts |= {f"{file.stem}.{name}": text for name, text in sentences.items()}
    if problems:
        raise BrokenFile(*problems)
    return Wording(texts)
