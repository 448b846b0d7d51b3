"""TF-IDF of words and of characters inside words, small enough to be saved as JSON and one array."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix

from bot.arrays import Floats
from bot.text.normalise import normalise

WORD = re.compile(r"[a-z0-9']+")


@lru_cache(maxsize=64)  # several classifiers look at the same message
def counts(text: str) -> Counter[str]:
    """Count the terms of a text."""
    return Counter(terms(text))


def terms(text: str) -> Iterator[str]:
    """List words, pairs of words, and runs of 3 to 4 characters inside words (which survive a typing slip)."""
    words = WORD.findall(normalise(text))
    for word in words:
        yield f"w:{word}"
    for first, second in pairwise(words):
        yield f"p:{first} {second}"
    for word in words:
        padded = f" {word} "
        for size in (3, 4):
            for start in range(len(padded) - size + 1):
                yield f"c:{padded[start : start + size]}"


class Features:
    """Turns texts into rows of TF-IDF weights, each row of length one."""

    def __init__(self, vocabulary: dict[str, int], idf: Floats) -> None:
        self.vocabulary = vocabulary
        self.idf = idf

    @classmethod
    def learn(cls, texts: Sequence[str]) -> Features:
        """Learn the vocabulary; a run of characters has to stand in two texts to count."""
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update(counts(text).keys())
        columns = sorted(term for term, count in seen.items() if count > 1 or term.startswith("w:"))
        idf = np.array([math.log((1 + len(texts)) / (1 + seen[term])) + 1 for term in columns], dtype=np.float32)
        return cls({term: column for column, term in enumerate(columns)}, idf)

    def rows(self, texts: Sequence[str]) -> csr_matrix:
        """Make one sparse row a text: float32 [len(texts), vocabulary]."""
        data: list[float] = []
        columns: list[int] = []
        ends = [0]
        for text in texts:
            known = ((self.vocabulary[term], count) for term, count in counts(text).items() if term in self.vocabulary)
            weights = [(column, (1 + math.log(count)) * float(self.idf[column])) for column, count in known]
            length = math.sqrt(sum(weight * weight for _, weight in weights)) or 1.0
            columns.extend(column for column, _ in weights)
            data.extend(weight / length for _, weight in weights)
            ends.append(len(columns))
        return csr_matrix((np.array(data, dtype=np.float32), columns, ends), shape=(len(texts), len(self.vocabulary)))
