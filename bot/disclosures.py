"""Finding a safeguarding disclosure in a message: rules first, then closeness to examples.

Tuned for recall: missing one is far worse than a false alarm. What is said and who is told is not decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Iterator, List, Literal, Mapping, Optional, Sequence, Tuple

import numpy as np
from spacy.tokens import Doc

from bot.disclosure_rules import Guard, Rulebook, grams_of

BY_RULE = 0.95
# Cosine. Chosen on the examples and near misses themselves, each left out in turn.
SIMILAR = 0.6
SIMILAR_QUESTION = 0.75  # a question about something in general has to be closer: most of those are topics
AHEAD_OF_NEAR_MISS = 0.06
SHORTEST_TO_COMPARE = 3  # words: the vector of "no" or "34" says nothing
OPENING = 8  # words before a match in which a question about something in general may begin
TAKES_BACK = frozenset({"not", "never", "nobody"})
A_PAST_YEAR = re.compile(r"19\d\d|20[01]\d")
GENERAL_OPENINGS: Tuple[Tuple[str, ...], ...] = (("what", "if"), ("what", "happens"), ("do", "you"), ("would", "you"), ("in", "case"))


@dataclass(frozen=True)
class Disclosure:
    """A disclosure that was found: its category, how, how surely (0 to 1), and the words or example that showed it."""

    category: str
    by: Literal["rule", "similar"]
    confidence: float
    matched: str


class DisclosureDetector:
    """Looks for a disclosure in one message at a time; holds no state of a conversation."""

    def __init__(self, categories: Rulebook, example_vectors: Mapping[str, np.ndarray], near_miss_vectors: np.ndarray) -> None:
        """Make the detector.

        Args:
            categories: the rules, read from data/safeguarding.yml.
            example_vectors: for each category one row of unit length for each of its examples, in the file's order.
            near_miss_vectors: the same for the near misses.
        Raises:
            ValueError: a pattern asks for an unknown word list, or the vectors are not those of the examples.
        """
        for category, examples in categories.examples.items():
            if len(example_vectors.get(category, ())) != len(examples):
                raise ValueError(f"{category}: the vectors are not those of its examples; train again")
        self._rulebook = categories
        self._reader = categories.reader()
        self._past = [tuple(entry.split()) for entry in categories.words["past"]]
        self._near_misses = frozenset(self._plain(text) for text in categories.near_misses)
        self._sources = [(category, example) for category, examples in categories.examples.items() for example in examples]
        self._examples = np.concatenate([example_vectors[category] for category in categories.examples])
        self._near = near_miss_vectors

    def detect(self, doc: Doc, vector: np.ndarray) -> Optional[Disclosure]:
        """Look at one message.

        Args:
            doc: the message as spaCy read it; only its text is used.
            vector: its sentence vector, 384 numbers of length one.
        Returns:
            the most urgent disclosure in it, or None.
        """
        sentences = self._reader.sentences(doc.text)
        if self._plain_of(sentences) in self._near_misses:
            return None
        found = [hit for words in sentences for hit in self._by_rule(words)]
        if found:
            return min(found, key=lambda hit: self._rulebook.ranks[hit.category])
        if sum(len(words) - 2 for words in sentences) < SHORTEST_TO_COMPARE:
            return None
        asks = all(self._asks_in_general(words, 2) for words in sentences)
        return self._by_similarity(vector, SIMILAR_QUESTION if asks else SIMILAR)

    def _by_rule(self, words: List[str]) -> Iterator[Disclosure]:
        of_the_past = any(A_PAST_YEAR.fullmatch(word) for word in words) or any(_holds(words, phrase) for phrase in self._past)
        grams = grams_of(words)
        present = frozenset(phrase for beginning in grams for _, phrase in beginning)
        for rule in self._rulebook.rules:
            # Nearly every pattern lacks one of its words in nearly every message: ask that first.
            if any(choices.isdisjoint(present) for choices in rule.needs):
                continue
            for start, end in rule.spans(grams):
                if rule.guard is Guard.NOT_OF_THE_PAST and of_the_past:
                    continue
                if rule.guard is Guard.NOT_IN_QUESTIONS and self._asks_in_general(words, start):
                    continue
                if not rule.says_not and TAKES_BACK.intersection(words[max(0, start - 1):end]):
                    continue
                yield Disclosure(rule.category, "rule", BY_RULE, " ".join(words[start:end]).strip("^$ "))

    def _asks_in_general(self, words: Sequence[str], start: int) -> bool:
        """Whether a question about something in general leads up to words[start]."""
        filler = self._rulebook.words["filler"]
        at = next((at for at in range(1, start + 1) if words[at] not in filler), start)
        if words[at] in self._rulebook.words["question"] and start - at <= OPENING:
            return True
        before = words[max(0, start - OPENING):start + 1]
        return "if" in before or any(_holds(before, phrase) for phrase in GENERAL_OPENINGS)

    def _by_similarity(self, vector: np.ndarray, least: float) -> Optional[Disclosure]:
        closeness = self._examples @ vector
        best = int(closeness.argmax())
        nearest = float(closeness[best])
        near_miss = float((self._near @ vector).max()) if len(self._near) else 0.0
        if nearest < least or nearest < near_miss + AHEAD_OF_NEAR_MISS:
            return None
        category, example = self._sources[best]
        return Disclosure(category, "similar", min(1.0, nearest), example)

    def _plain(self, text: str) -> str:
        return self._plain_of(self._reader.sentences(text))

    @staticmethod
    def _plain_of(sentences: Sequence[Sequence[str]]) -> str:
        return " ".join(word for words in sentences for word in words[1:-1])


def _holds(words: Sequence[str], phrase: Sequence[str]) -> bool:
    size = len(phrase)
    return any(tuple(words[at:at + size]) == tuple(phrase) for at in range(len(words) - size + 1))
