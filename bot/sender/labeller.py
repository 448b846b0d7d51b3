"""A label for a whole message, learned from its sentence vector: given only where it is seldom wrong.

One label stands for "nothing to tell" (somebody who may foster, no feeling in particular). Every other must reach a height of its own,
the lowest at which few of the examples that would get it, each judged by the others alone, are another's.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.arrays import Floats, Ints
from bot.learning.kernel_ridge import solve_leaving_out

SHARPNESS = 2.0  # how fast the likeness of two messages falls with the distance of their vectors
RIDGE = 0.3
WRONG_AT_MOST = 0.08  # share of those that get a label
NEVER = 9.0  # a height that no score reaches


class Labeller:
    """A trained labeller. Its state is lists and arrays."""

    def __init__(self, labels: list[str], vectors: Floats, weights: Floats, heights: Floats) -> None:
        """Take what was learned.

        Args:
            labels: the one that says nothing first.
            vectors: those of the examples, float32 [examples, 384].
            weights: what each example adds to each label's score, float32 [examples, labels].
            heights: the score from which each label is given, float32 [labels].
        """
        self.labels = labels
        self.vectors = vectors
        self.weights = weights
        self.heights = heights

    @classmethod
    def train(cls, vectors: Floats, names: Sequence[str], nothing: str) -> Labeller:
        """Learn from labelled examples.

        Args:
            vectors: those of the examples, float32 [examples, 384].
            names: their labels, in the same order.
            nothing: the label that stands for nothing to tell.
        """
        labels = [nothing, *sorted(set(names) - {nothing})]
        target = np.array([labels.index(name) for name in names])
        wanted = np.eye(len(labels), dtype=np.float32)[target]
        weights, alone = solve_leaving_out(_likeness(vectors, vectors), wanted, RIDGE)
        return cls(labels, vectors, weights, _heights(alone, target))

    def label(self, vector: Floats) -> str | None:
        """Label a message by its vector, float32 [384]; None where there is nothing to tell, or not surely."""
        score = (_likeness(vector[None, :], self.vectors) @ self.weights)[0]
        best = int(np.argmax(score))
        return self.labels[best] if best and score[best] >= self.heights[best] else None


def _likeness(one: Floats, other: Floats) -> Floats:
    likeness: Floats = np.exp(np.float32(2 * SHARPNESS) * (one @ other.T - 1))
    return likeness


def _heights(alone: Floats, target: Ints) -> Floats:
    best = np.argmax(alone, axis=1)
    heights = np.full(alone.shape[1], NEVER, dtype=np.float32)
    for label in range(1, alone.shape[1]):
        mine = np.flatnonzero(best == label)
        mine = mine[np.argsort(-alone[mine, label])]
        wrong = np.cumsum(target[mine] != label) / np.arange(1, len(mine) + 1)
        if (good := np.flatnonzero(wrong <= WRONG_AT_MOST)).size:
            heights[label] = alone[mine[good[-1]], label]
    return heights
