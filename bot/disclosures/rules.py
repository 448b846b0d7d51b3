"""The disclosure rules, as `data/safeguarding.yml` states them, and how one of them is found in a sentence.

What a pattern may hold is described at the top of that file, for the people who edit it. spaCy's Matcher is not used:
its word lists hold single words only, and half of what matters here is two ("foster carer", "next door").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from bot.text.normalise import WordNormaliser

GAPS: Mapping[str, int] = {"..": 3, "...": 7}
LONGEST_PHRASE = 6  # words
NEGATIONS = frozenset({"not", "never", "nobody", "no", "nothing"})
WORD = re.compile(r"[a-z0-9]+")
NEAR_MISSES = "near_misses"
HARMLESS_FILES = frozenset({NEAR_MISSES, "stories", "denials"})  # the others are named after their category

# Where somebody may be in danger now: this goes before what is private.
DANGER_NOW = frozenset(
    {
        "child_immediate_danger",
        "suicidal_or_self_harm",
        "child_in_care_unhappy",
        "user_is_child",
        "domestic_abuse",
        "allegation_carer_or_worker",
        "worried_about_child",
    }
)
ALWAYS_KEPT = "always"

Grams = list[list[tuple[int, str]]]


class Guard(Enum):
    """The condition under which a pattern does not count."""

    ALWAYS = "always"
    NOT_IN_QUESTIONS = "not_in_questions"
    NOT_OF_THE_PAST = "not_of_the_past"


@dataclass(frozen=True)
class Part:
    """One part of a pattern: words or phrases of which one must stand there (`excluded`: none may), or a gap of so many words."""

    choices: frozenset[str]
    excluded: bool = False
    optional: bool = False
    gap: int | None = None


@dataclass(frozen=True)
class Rule:
    """One pattern of one category.

    `says_not`: the pattern itself holds "not", so that a "not" in the message does not take it back.
    `needs`: for each part that has to be there, its choices, the fewest first.
    """

    category: str
    guard: Guard
    text: str
    parts: tuple[Part, ...]
    says_not: bool
    needs: tuple[frozenset[str], ...]

    def spans(self, grams: Grams) -> Iterator[tuple[int, int]]:
        """Find where the pattern stands, as (first word, word after the last), the shortest from each start."""
        for start in range(len(grams)):
            reached: set[int] = {start}
            for part in self.parts:
                reached = {after for at in reached for after in _after(part, at, grams)}
                if not reached:
                    break
            else:
                yield start, min(reached)


@dataclass(frozen=True)
class Rulebook:
    """The file, as far as the detector needs it.

    `ranks` gives each category its urgency, 1 first. `private` are those whose words are not kept at private questions; `topics_too` those
    that people ask about as an ordinary question. `words` gives each word list its entries, lists within it spread out.
    """

    ranks: Mapping[str, int]
    private: frozenset[str]
    topics_too: frozenset[str]
    rules: Sequence[Rule]
    examples: Mapping[str, Sequence[str]]
    near_misses: Sequence[str]
    words: Mapping[str, frozenset[str]]
    spellings: Mapping[str, str]

    def rank(self, category: str, at_private: bool = False) -> tuple[int, int]:
        """Give the urgency of a category; at a private question danger now comes first, then what is private itself."""
        if not at_private or category in DANGER_NOW:
            return 0, self.ranks[category]
        return (1 if category in self.private else 2), self.ranks[category]

    def gives_way(self, category: str) -> bool:
        """Check whether a category stands behind what is private, where that is asked about."""
        return category not in DANGER_NOW and category not in self.private

    def normaliser(self) -> WordNormaliser:
        """Make the normaliser that knows the words these rules ask for."""
        listed = {word for entries in self.words.values() for entry in entries for word in entry.split()}
        return WordNormaliser(
            listed | {word for rule in self.rules for word in WORD.findall(rule.text)}, self.spellings
        )


def load_rulebook(path: Path) -> Rulebook:
    """Read the patterns, word lists, examples and near misses.

    Args:
        path: data/safeguarding.yml. More examples and near misses are in the folder beside it that has its name.
    Raises:
        OSError: a file can't be read. KeyError, ValueError: a part is missing, or a list, guard or category is unknown.
    """
    raw: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    more = _more_examples(path)
    categories: dict[str, Any] = raw["categories"]
    lists = {
        name: tuple(entry.strip().lower() for entry in str(listed).split(",")) for name, listed in raw["words"].items()
    }
    words = {name: _spread(name, lists, ()) for name in lists}
    unknown = more.keys() - {*categories, *HARMLESS_FILES}
    if unknown:
        raise ValueError(
            f"{path.with_suffix('')}: these files are named after no category: {', '.join(sorted(unknown))}"
        )
    return Rulebook(
        ranks={category: int(entry["rank"]) for category, entry in categories.items()},
        private=frozenset(
            category for category, entry in categories.items() if entry.get("keeps_words", ALWAYS_KEPT) != ALWAYS_KEPT
        ),
        topics_too=frozenset(category for category, entry in categories.items() if entry.get("also_a_topic")),
        rules=tuple(
            make_rule(category, Guard(guard), text, words)
            for category, entry in categories.items()
            for guard, block in entry["patterns"].items()
            for text in _lines(block)
        ),
        examples={
            category: (*_lines(entry["examples"]), *more.get(category, ())) for category, entry in categories.items()
        },
        near_misses=(
            *_lines(raw["near_misses"]),
            *(line for name in sorted(HARMLESS_FILES) for line in more.get(name, ())),
        ),
        words=words,
        spellings={
            wrong.strip(): right for right, wrongs in raw["spellings"].items() for wrong in str(wrongs).split(",")
        },
    )


def example_files(path: Path) -> list[Path]:
    """List the files with more examples in the folder beside data/safeguarding.yml: one a category, and what is harmless."""
    return sorted(path.with_suffix("").glob("*.yml"))


def make_rule(category: str, guard: Guard, text: str, words: Mapping[str, frozenset[str]]) -> Rule:
    """Read one pattern. Raises ValueError when it asks for an unknown word list."""
    parts = tuple(_part(written, words) for written in text.split())
    fixed = [part for part in parts if part.gap is None and not part.excluded]
    own_words = {word for written in text.split() if not written.startswith("!") for word in re.split(r"[|_]", written)}
    return Rule(
        category,
        guard,
        text,
        parts,
        says_not=not NEGATIONS.isdisjoint(own_words),
        needs=tuple(sorted((part.choices for part in fixed if not part.optional), key=len)),
    )


def grams_of(words: Sequence[str]) -> Grams:
    """List, for each place in a sentence, the phrases that begin there, as (number of words, phrase)."""
    return [
        [(size, " ".join(words[at : at + size])) for size in range(1, min(LONGEST_PHRASE, len(words) - at) + 1)]
        for at in range(len(words))
    ]


def _after(part: Part, at: int, grams: Grams) -> Iterator[int]:
    """List the places a match may go on from, when `part` is looked for at place `at`."""
    if part.gap is not None:
        yield from range(at, min(at + part.gap, len(grams)) + 1)
        return
    if part.optional:
        yield at
    if at < len(grams):
        if part.excluded:
            if not any(phrase in part.choices for _, phrase in grams[at]):
                yield at + 1
        else:
            yield from (at + size for size, phrase in grams[at] if phrase in part.choices)


def _more_examples(path: Path) -> dict[str, tuple[str, ...]]:
    more: dict[str, tuple[str, ...]] = {}
    for file in example_files(path):
        raw: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        more[file.stem] = _lines(raw[NEAR_MISSES if file.stem in HARMLESS_FILES else "examples"])
    return more


def _part(written: str, words: Mapping[str, frozenset[str]]) -> Part:
    if written in GAPS:
        return Part(frozenset(), gap=GAPS[written])
    excluded, optional = written.startswith("!"), written.endswith("?")
    choices: set[str] = set()
    for word in written.strip("!?").split("|"):
        if not word.startswith("@"):
            choices.add(word.replace("_", " "))
        elif word[1:] in words:
            choices |= words[word[1:]]
        else:
            raise ValueError(f"the word list {word} is unknown")
    return Part(frozenset(choices - {""}), excluded=excluded, optional=optional)


def _spread(name: str, lists: Mapping[str, tuple[str, ...]], within: tuple[str, ...]) -> frozenset[str]:
    if name not in lists or name in within:
        raise ValueError(f"the word list @{name} is unknown, or holds itself")
    found: set[str] = set()
    for entry in lists[name]:
        found |= _spread(entry[1:], lists, (*within, name)) if entry.startswith("@") else {entry}
    return frozenset(found - {""})


def _lines(block: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in block.splitlines() if line.strip())
