"""Words for facts about an agency that are not known, read from data/wording/unknown.yml.

The words are put into an agency's facts once, when its file is read: filling a sentence stays a plain look-up. A fact or a
phrase may name other facts; where one of those is not known, it is not known either.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, StringConstraints

from enquiry.agencies.schema import FACTS, FREE, facts_in
from enquiry.datafiles.mistakes import Says
from enquiry.datafiles.models import DataFile, Words
from enquiry.datafiles.placeholders import PLACE, placeholders
from enquiry.datafiles.source import Problem, Source, did_you_mean

# Said in place of a whole text, see enquiry/datafiles/placeholders.py: no facts, so always "instead".
WHOLE_TEXTS = ("ask_the_team", "ask_for_help")
# Names of parts that hold facts: "teams", "teams.kinship".
PARTS = {".".join(fact.split(".")[:steps]) for fact in FACTS for steps in range(1, fact.count(".") + 1)}


def _short(name: str) -> str:
    return name.removeprefix("agency.")


_BEGIN = Says('"{key}" is no fact of an agency', 'Begin it with "agency.".')
_Fact = Annotated[str, StringConstraints(strict=True, pattern=r"^agency\."), AfterValidator(_short), _BEGIN]
_Words = Annotated[Words, Says('"{key}" is {value}, which is no sentence', "Write one, between quotation marks.")]
WordsByFact = Annotated[dict[_Fact, _Words], Says("`{key}` holds no names", "Write each as `agency.phone: words`.")]


@dataclass(frozen=True)
class Unknown:
    """Words by the dotted name of a fact, without the leading "agency.".

    `phrases` are made of facts and hold where all of those are known; `instead` stands where they are not. A `*` in a name
    stands for any one part of it.
    """

    phrases: Mapping[str, str] = field(default_factory=dict)
    instead: Mapping[str, str] = field(default_factory=dict)

    def words_for(self, name: str) -> str | None:
        """What is said instead of a fact: by its own name, or by the first name with a `*` that fits."""
        if name in self.instead:
            return self.instead[name]
        starred = (text for other, text in self.instead.items() if "*" in other and _fits(other, name))
        return next(starred, None)


class UnknownFile(DataFile):
    """data/wording/unknown.yml."""

    no_keys = "this file holds `phrases:` and `instead:`, with a name and a sentence on each line below."

    phrases: WordsByFact | None = None
    instead: WordsByFact | None = None

    def words(self) -> Unknown:
        """The words, nothing where there are none."""
        return Unknown(self.phrases or {}, self.instead or {})

    @classmethod
    def also_wrong(cls, source: Source, found: Self | None) -> Iterator[Problem]:
        """Names of nothing, and words that stand for themselves."""
        words = found.words() if found else Unknown()
        names = [*FACTS, *WHOLE_TEXTS, *words.phrases]
        for name in words.instead:
            if not name.startswith(f"{FREE}.") and not any(_fits(name, other) for other in names):
                known = [f"agency.{other}" for other in names]
                remedy = did_you_mean(f"agency.{name}", known, "Take it out, or write a phrase of that name.")
                text = f'"agency.{name}" is no fact of an agency and no phrase. {remedy}'
                yield source.problem(text, "instead", f"agency.{name}")
        texts: dict[str, list[str]] = {}
        for name, text in [*words.phrases.items(), *words.instead.items()]:
            texts.setdefault(name, []).extend(_inside(text))
        for name in texts:
            if _leads_to_itself(name, texts):
                text = f'"agency.{name}" stands for itself, by way of the places in it. Word one of them without the other.'
                yield source.problem(text)


def load_unknown(file: Path) -> Unknown:
    """Read the file; nothing is said for any fact where there is no such file.

    Raises:
        BrokenFile: something in it is no sentence, or a name stands for itself.
    """
    return UnknownFile.read(file).words() if file.exists() else Unknown()


def with_words(raw: Mapping[str, Any], unknown: Unknown) -> dict[str, Any]:
    """An agency's facts with words in the place of what is not known.

    Args:
        raw: the file as it is written.
        unknown: the words.
    Returns:
        Nested as the file is. What nobody has written words for stays None.
    """
    return _Facts(raw, unknown).all()


def unknown_facts(raw: Mapping[str, Any], unknown: Unknown) -> dict[str, str | None]:
    """What an agency does not know, by dotted name, with what is said instead; None where there is nothing to say."""
    words = _Facts(raw, unknown)
    return {name: words.said(name) for name in words.values if not words.known(name)}


class _Facts:
    """One agency's facts, looked up by dotted name."""

    def __init__(self, raw: Mapping[str, Any], unknown: Unknown) -> None:
        self.unknown = unknown
        # A whole part may be `null`.
        self.values = dict.fromkeys(FACTS) | {name: value for name, value in facts_in(raw) if name not in PARTS}

    def all(self) -> dict[str, Any]:
        """Every fact and phrase, nested by the parts of its name."""
        found: dict[str, Any] = {}
        said_instead = [name for name in self.unknown.instead if "*" not in name]
        for name in dict.fromkeys([*self.values, *self.unknown.phrases, *said_instead]):
            *above, last = name.split(".")
            inside = found
            for step in above:
                inside = inside.setdefault(step, {})
            inside[last] = self.said(name)
        return found

    def known(self, name: str, within: frozenset[str] = frozenset()) -> bool:
        """Whether a fact is known, and every fact that it names; one that leads back to itself is not."""
        value = self._written(name)
        if value is None or name in within:
            return False
        return not isinstance(value, str) or all(self.known(other, within | {name}) for other in _inside(value))

    def said(self, name: str, within: frozenset[str] = frozenset()) -> Any:
        """A fact, or what is said instead; None where there is neither."""
        value = self._written(name) if self.known(name) else self.unknown.words_for(name)
        if name in within or not isinstance(value, str):
            return None if name in within else value
        parts = {other: self.said(other, within | {name}) for other in _inside(value)}
        if None in parts.values():
            return None
        return PLACE.sub(lambda match: str(parts[_short(match.group(1))]), value)

    def _written(self, name: str) -> Any:
        value = self.values.get(name)
        return self.unknown.phrases.get(name) if value is None else value


def _leads_to_itself(name: str, texts: Mapping[str, list[str]]) -> bool:
    """Whether following the places of a text comes back to it; a name with a `*` stands for every name it fits."""
    seen, waiting = set[str](), list(texts[name])
    while waiting:
        place = waiting.pop()
        if _fits(name, place):
            return True
        if place not in seen:
            seen.add(place)
            waiting += [inside for other, places in texts.items() if _fits(other, place) for inside in places]
    return False


def _fits(pattern: str, name: str) -> bool:
    """Whether a name is the one that another is, or that one with a `*` stands for."""
    if "*" not in pattern:
        return pattern == name
    parts, others = pattern.split("."), name.split(".")
    return len(parts) == len(others) and all(part in ("*", other) for part, other in zip(parts, others, strict=True))


def _inside(text: str) -> list[str]:
    return [_short(name) for name in placeholders(text)]
