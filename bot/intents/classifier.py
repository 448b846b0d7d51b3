"""The classifier of topics and commands: TF-IDF and the sentence vector in one kernel, and ridge regression on it.

Two messages are alike as far as their vectors point the same way and their words are the same. On every set measured this
beats a logistic regression over the same features, and each example's score without itself, which the thresholds are chosen
by, follows from the one solved system instead of from five more trainings (docs/decisions/0011).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from bot.arrays import Floats, Ints
from bot.intents.thresholds import CrossValidation, Thresholds, choose_thresholds
from bot.learning.kernel_ridge import shared_words, solve_leaving_out
from bot.learning.tfidf import Features

WORDS_SHARE = 0.2  # of the words in the likeness of two messages; the rest is the vectors'
SHARPNESS = 1.0  # how fast the vectors' part falls with their distance
RIDGE = 0.2
CLOSENESS = 0.45  # share of the nearest example in the confidence; the rest is the regression's score
WORDS_IN_CLOSENESS = 0.4


@dataclass(frozen=True)
class Guess:
    """One label and how sure the classifier is, 0 to 1."""

    label: str
    confidence: float


class Classifier:
    """A trained classifier. All of its state is arrays and lists, so that it is saved without pickle."""

    def __init__(
        self,
        labels: list[str],
        features: Features,
        rows: csr_matrix,
        vectors: Floats,
        starts: Ints,
        weights: Floats,
        thresholds: Thresholds,
    ) -> None:
        """Take what was learned.

        Args:
            labels: in the order of the columns of `weights`.
            features: the vocabulary.
            rows: TF-IDF of the examples, those of a label side by side.
            vectors: their sentence vectors, float32 [examples, 384].
            starts: the first example of each label.
            weights: what each example adds to each label's score, float32 [examples, labels].
            thresholds: when to answer and when to ask back.
        """
        self.labels = labels
        self.features = features
        self.rows = rows
        self.vectors = vectors
        self.starts = starts
        self.weights = weights
        self._examples_of_word = rows.T.tocsr()  # so that a message touches only the words it has
        self.thresholds = thresholds

    @classmethod
    def train(cls, texts: Sequence[str], names: Sequence[str], vectors: Floats) -> tuple[Classifier, CrossValidation]:
        """Train on labelled texts.

        Args:
            texts: the examples.
            names: their labels, in the same order.
            vectors: their sentence vectors, float32 [len(texts), 384].
        """
        labels = sorted(set(names))
        order = sorted(range(len(texts)), key=lambda i: names[i])
        place = {label: column for column, label in enumerate(labels)}
        target = np.array([place[names[i]] for i in order])
        starts = np.searchsorted(target, np.arange(len(labels)))
        features = Features.learn(texts)
        rows = features.rows([texts[i] for i in order])
        vectors = np.ascontiguousarray(vectors[order], dtype=np.float32)
        columns = rows.T.tocsr()
        angles, words = vectors @ vectors.T, shared_words(rows, columns)
        likeness = _likeness(angles, words)
        closeness = _closeness(angles, words)
        del words
        np.fill_diagonal(closeness, -1.0)
        weights, alone = solve_leaving_out(likeness, np.eye(len(labels), dtype=np.float32)[target], RIDGE)
        thresholds, report = choose_thresholds(_confidence(alone, closeness, starts), target, labels)
        return cls(labels, features, rows, vectors, starts, weights, thresholds), report

    def guesses(self, text: str, vector: Floats, most: int = 3) -> list[Guess]:
        """Find the likeliest labels of one text, best first."""
        confidence = self.confidences([text], vector[None, :])[0]
        best = np.argsort(-confidence)[:most]
        return [Guess(self.labels[i], round(float(confidence[i]), 4)) for i in best]

    def confidences(self, texts: Sequence[str], vectors: Floats) -> Floats:
        """Compute how sure it is of each label: float32 [texts, labels]."""
        angles, words = vectors @ self.vectors.T, shared_words(self.features.rows(texts), self._examples_of_word)
        return _confidence(_likeness(angles, words) @ self.weights, _closeness(angles, words), self.starts)


def _likeness(angles: Floats, words: Floats) -> Floats:
    """Compute the kernel: a Gaussian of the vectors' distance, and the shared words."""
    likeness = np.exp(np.float32(2 * SHARPNESS) * (angles - 1))
    likeness *= np.float32(1 - WORDS_SHARE)
    likeness += np.float32(WORDS_SHARE) * words
    return likeness


def _closeness(angles: Floats, words: Floats) -> Floats:
    """Compute how near messages are, 1 for the same. It takes the place of `angles`."""
    angles *= np.float32(1 - WORDS_IN_CLOSENESS)
    angles += np.float32(WORDS_IN_CLOSENESS) * words
    return angles


def _confidence(score: Floats, closeness: Floats, starts: Ints) -> Floats:
    nearest = np.maximum.reduceat(closeness, starts, axis=1)
    confidence: Floats = np.clip((1 - CLOSENESS) * score + CLOSENESS * nearest, 0, 1)
    return confidence
