"""The trained part of the disclosure detector: kernel ridge regression over all 18 categories and "none" at once.

It scores a message by its closeness to every example at once, in meaning (the sentence vector) and in words, each example
weighted so that all the others come out right. Next to a logistic regression over the same features it learns in a sixth of
the time and gets more categories right. Of a whole message a trained layer (bot/disclosures/layer.py) has a say as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from bot.arrays import Floats
from bot.disclosures.layer import Layer
from bot.learning.kernel_ridge import shared_words, solve

NONE = "none"
SHARPNESS = 2.0  # how fast the closeness of two vectors wears off
VECTOR_WEIGHT = 2.0  # beside the words
RIDGE = 0.2
# Of the layer beside the kernel. It has learned from whole messages, and says nothing of clauses.
LAYER_WEIGHT = 0.25
UNDECIDED = 0.5


class DisclosureModel:
    """Trained scores; all of its state is arrays, so that it is saved without pickle."""

    def __init__(
        self,
        labels: list[str],
        vectors: Floats,
        by_vector: Floats,
        by_word: Floats,
        base: Floats,
        layer: Layer | None = None,
    ) -> None:
        """Make the model.

        Args:
            labels: the categories, and NONE last.
            vectors: the examples' sentence vectors, float32 [examples, 384].
            by_vector: the weight of each example for each label. by_word: of each column of the features.
            base: the score of each label before anything is known.
            layer: what looks at the vectors of whole messages.
        """
        self.labels = labels
        self.vectors = vectors
        self.by_vector = by_vector
        self.by_word = by_word
        self.base = base
        self.layer = layer

    @classmethod
    def train(
        cls, rows: csr_matrix, vectors: Floats, names: Sequence[str], layer: Layer | None = None
    ) -> DisclosureModel:
        """Train on labelled messages.

        Args:
            rows: the messages' features.
            vectors: their sentence vectors.
            names: their categories, or NONE.
            layer: trained on the same labels, in the order of `labels_of`.
        """
        labels = labels_of(names)
        target = np.eye(len(labels), dtype=np.float32)[[labels.index(name) for name in names]]
        base = target.mean(axis=0)
        kernel = _near(vectors @ vectors.T)
        kernel += shared_words(rows, rows.T.tocsr())
        weights = solve(kernel, target - base, RIDGE)
        by_word = np.asarray(rows.T @ weights, dtype=np.float32)
        return cls(
            labels, np.ascontiguousarray(vectors, dtype=np.float32), weights, by_word, base.astype(np.float32), layer
        )

    def scores(self, rows: csr_matrix, vectors: Floats) -> Floats:
        """Score texts by the kernel alone: float32 [texts, labels], about 1 for what one is, about 0 for what not."""
        # The large side first: the other way round BLAS copies all of it before it multiplies by a few texts.
        near = _near((self.vectors @ vectors.T).T)
        scores: Floats = near @ self.by_vector + rows @ self.by_word + self.base
        return scores

    def layers_word(self, vector: Floats) -> Floats:
        """Say what the layer adds to the scores of a whole message: float32 [labels], its word on whether it is a disclosure."""
        added = np.zeros(len(self.labels), dtype=np.float32)
        if self.layer is not None:
            added[-1] = LAYER_WEIGHT * (self.layer.shares(vector[None, :])[0, -1] - UNDECIDED)
        return added

    def by_words_alone(self, rows: csr_matrix) -> Floats:
        """Score how little messages look like a disclosure by their words, before their sentence vectors are known: the lower, the more."""
        by_word: Floats = rows @ self.by_word
        return by_word[:, -1]


def labels_of(names: Iterable[str]) -> list[str]:
    """List the labels: the categories in order, and NONE last."""
    return [*sorted(set(names) - {NONE}), NONE]


def _near(cosines: Floats) -> Floats:
    near: Floats = VECTOR_WEIGHT * np.exp(SHARPNESS * (cosines - 1))
    return near
