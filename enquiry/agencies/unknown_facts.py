"""Words for facts about an agency that are not known, read from data/wording/unknown.yml.

The words are put into an agency's facts once, when its file is read: filling a sentence stays a plain look-up. A fact or a
phrase may name other facts; where one of those is not known, it is not known either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from enquiry.agencies.schema import FACTS, FREE, facts_in
from enquiry.datafiles.placeholders import PLACE, placeholders
from enquiry.datafiles.source import BrokenFile, Problem, Source, did_you_mean, open_yaml

KEYS = ("phrases", "instead")
# Said in place of a whole text, see enquiry/datafiles/placeholders.py: no facts, so always "instead".
WHOLE_TEXTS = ("ask_the_team", "ask_for_help")


class BrokenUnknown(BrokenFile):
    """The file can't be used; the text names file, line and remedy."""


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
        steps = name.split(".")
        return next(
            (text for other, text in self.instead.items() if "*" in other and _fits(other.split("."), steps)), None
        )


def load_unknown(file: Path) -> Unknown:
    """Read the file; nothing is said for any fact where there is no such file.

    Raises:
        BrokenUnknown: something in it is no sentence, or a name stands for itself.
    """
    if not file.exists():
        return Unknown()
    try:
        source = open_yaml(file)
    except BrokenFile as broken:
        raise BrokenUnknown(*broken.problems) from broken
    problems = sorted(_mistakes(source))
    if problems:
        raise BrokenUnknown(*problems)
    found = source.value or {}
    return Unknown(*({_short(name): text.strip() for name, text in (found.get(key) or {}).items()} for key in KEYS))


def with_words(raw: Mapping[str, Any], unknown: Unknown) -> dict[str, Any]:
    """An agency's facts with words in the place of what is not known.

    Args:
        raw: the file as it is written.
        unknown: the words.
    Returns:
        Nested as the file is. What nobody has written words for stays None.
    """
    return _Words(raw, unknown).all()


def unknown_facts(raw: Mapping[str, Any], unknown: Unknown) -> dict[str, str | None]:
    """What an agency does not know, by dotted name, with what is said instead; None where there is nothing to say."""
    words = _Words(raw, unknown)
    return {name: words.said(name) for name in [*FACTS, *words.own] if not words.known(name)}


class _Words:
    """One agency's facts, looked up by dotted name."""

    def __init__(self, raw: Mapping[str, Any], unknown: Unknown) -> None:
        self.raw, self.unknown = raw, unknown
        self.own = {name: value for name, value in facts_in(raw) if name not in FACTS and not _is_part(name)}
        self.values = {**dict.fromkeys(FACTS), **{name: value for name, value in facts_in(raw) if not _is_part(name)}}

    def all(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in dict.fromkeys(
            [*self.values, *self.unknown.phrases, *(one for one in self.unknown.instead if "*" not in one)]
        ):
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
        return not isinstance(value, str) or all(self.known(one, within | {name}) for one in _inside(value))

    def said(self, name: str, within: frozenset[str] = frozenset()) -> Any:
        """A fact, or what is said instead; None where there is neither."""
        value = self._written(name) if self.known(name) else self.unknown.words_for(name)
        if name in within or not isinstance(value, str):
            return None if name in within else value
        parts = {one: self.said(one, within | {name}) for one in _inside(value)}
        if None in parts.values():
            return None
        return PLACE.sub(lambda match: str(parts[_short(match.group(1))]), value)

    def _written(self, name: str) -> Any:
        value = self.values.get(name)
        return self.unknown.phrases.get(name) if value is None else value


def _mistakes(source: Source) -> Iterator[Problem]:
    found = source.value or {}
    if not isinstance(found, dict) or not set(found) <= set(KEYS):
        yield source.problem(
            f"this file holds {' and '.join(f'`{key}:`' for key in KEYS)}, with a name and a sentence on each line below."
        )
        return
    texts: dict[str, list[str]] = {}
    for key in KEYS:
        part = found.get(key) or {}
        if not isinstance(part, dict):
            yield source.problem(f"`{key}` holds no names. Write each as `agency.phone: words`.", key)
            continue
        for name, text in part.items():
            if not isinstance(name, str) or not name.startswith("agency."):
                yield source.problem(f'"{name}" is no fact of an agency. Begin it with "agency.".', key, name)
            elif not isinstance(text, str) or not text.strip():
                yield source.problem(
                    f'"{name}" is {text!r}, which is no sentence. Write one, between quotation marks.', key, name
                )
            else:
                texts.setdefault(_short(name), []).extend(_inside(text))
    names = [*FACTS, *WHOLE_TEXTS, *(_short(name) for name in found.get("phrases") or {})]
    for name in found.get("instead") or {}:
        short = _short(str(name))
        if not short.startswith(f"{FREE}.") and not any(_fits(short.split("."), one.split(".")) for one in names):
            remedy = did_you_mean(
                str(name), [f"agency.{one}" for one in names], "Take it out, or write a phrase of that name."
            )
            yield source.problem(f'"{name}" is no fact of an agency and no phrase. {remedy}', "instead", name)
    for name in texts:
        if _leads_to_itself(name, texts):
            yield source.problem(
                f'"agency.{name}" stands for itself, by way of the places in it. Word one of them without the other.'
            )


def _leads_to_itself(name: str, texts: Mapping[str, list[str]]) -> bool:
    """Whether following the places of a text comes back to it; a name with a `*` stands for every name it fits."""
    steps, seen, waiting = name.split("."), set[str](), list(texts[name])
    while waiting:
        one = waiting.pop()
        if one == name or _fits(steps, one.split(".")):
            return True
        if one not in seen:
            seen.add(one)
            waiting += [
                place for other, places in texts.items() if _fits(other.split("."), one.split(".")) for place in places
            ]
    return False


def _fits(pattern: list[str], steps: list[str]) -> bool:
    return len(pattern) == len(steps) and all(one in ("*", step) for one, step in zip(pattern, steps, strict=True))


def _inside(text: str) -> list[str]:
    return [_short(one) for one in placeholders(text)]


def _short(name: str) -> str:
    return name.removeprefix("agency.")


def _is_part(name: str) -> bool:
    """Whether a name is that of a whole part of which nothing is known (`teams: null`)."""
    return any(one.startswith(f"{name}.") for one in FACTS)
