"""Features of the disclosure model besides the sentence vector: words, and the word lists they stand on.

The word lists of data/safeguarding.yml carry a meaning over to words the examples do not hold: "lad" and "toddler" are both
of the list `child`, and a `child` beside a word of `hurt` says something whoever the child is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
from scipy.sparse import csr_matrix, hstack

from bot.arrays import Floats
from bot.disclosures.rules import grams_of
from bot.learning.tfidf import Features

# Lists that say how a message is put rather than what it is about, or hold nearly any word.
NOT_TELLING = frozenset({"filler", "ordinary", "person", "question"})
WHO = frozenset({"i", "my", "me", "we", "our", "he", "his", "she", "her", "they", "their", "you", "your", "not"})
LISTS_WEIGHT = math.sqrt(0.5)  # of the word lists beside the words


class DisclosureFeatures:
    """Turns messages, written as plain words, into sparse rows."""

    def __init__(
        self, words: Features, lists: Mapping[str, frozenset[str]], pairs: dict[str, int], idf: Floats
    ) -> None:
        """Take what was learned.

        Args:
            words: the TF-IDF of the words.
            lists: the word lists.
            pairs: the columns of the lists.
            idf: their weights.
        """
        self.words = words
        self.pairs = pairs
        self.idf = idf
        self._lists = lists
        self._of = _listed(lists)

    @classmethod
    def learn(cls, messages: Sequence[Sequence[str]], lists: Mapping[str, frozenset[str]]) -> DisclosureFeatures:
        """Learn the columns from messages, each given as its words."""
        of = _listed(lists)
        seen: Counter[str] = Counter()
        for message in messages:
            seen.update(_pairs(message, of))
        columns = sorted(pair for pair, count in seen.items() if count > 1)
        idf = np.array([math.log((1 + len(messages)) / (1 + seen[pair])) + 1 for pair in columns], dtype=np.float32)
        words = Features.learn([" ".join(message) for message in messages])
        return cls(words, lists, {pair: column for column, pair in enumerate(columns)}, idf)

    def rows(self, messages: Sequence[Sequence[str]]) -> csr_matrix:
        """Make one sparse row a message: float32 [len(messages), columns]."""
        data: list[float] = []
        columns: list[int] = []
        ends = [0]
        for message in messages:
            found = sorted(self.pairs[pair] for pair in _pairs(message, self._of) if pair in self.pairs)
            weights = self.idf[found]
            columns.extend(found)
            data.extend(weights * LISTS_WEIGHT / (float(np.linalg.norm(weights)) or 1.0))
            ends.append(len(columns))
        lists = csr_matrix((np.array(data, dtype=np.float32), columns, ends), shape=(len(messages), len(self.pairs)))
        return hstack([self.words.rows([" ".join(message) for message in messages]), lists]).tocsr()


def _listed(lists: Mapping[str, frozenset[str]]) -> Mapping[str, tuple[str, ...]]:
    of: dict[str, set[str]] = {}
    for name, entries in lists.items():
        if name not in NOT_TELLING:
            for entry in entries:
                of.setdefault(entry, set()).add(name)
    return {entry: tuple(sorted(names)) for entry, names in of.items()}


def _pairs(message: Sequence[str], of: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Find the lists a message touches, each pair of them, and each beside the people it speaks of."""
    lists = sorted({name for beginning in grams_of(message) for _, phrase in beginning for name in of.get(phrase, ())})
    who = WHO.intersection(message)
    return {
        *lists,
        *(f"{a}+{b}" for a, b in combinations(lists, 2)),
        *(f"{name} {word}" for name in lists for word in who),
    }
