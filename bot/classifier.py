"""Which topic or command a message is about: TF-IDF and the sentence vector into a logistic regression.

The probability of a regression over a hundred classes is flat and its height says little. The confidence is therefore
blended with how close the nearest example of that class is, and the heights at which Hearth answers or asks back are
chosen by cross-validation on the training examples.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Sequence, Tuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from bot.features import Features

FOLDS = 5
STRENGTH = 20.0  # inverse of the regularisation
VECTOR_WEIGHT = 3.0
CLOSENESS = 0.3  # share of the nearest example in the confidence; the rest is the probability
WRONG_AT_MOST = 0.05  # share of the training examples, left out in turn, that may be answered wrongly at once
OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Guess:
    """One label and how sure the classifier is, 0 to 1."""

    label: str
    confidence: float


@dataclass(frozen=True)
class Bands:
    """At or above `answer` the best guess is acted on; at or above `clarify` it is offered; below, Hearth says it does not know."""

    answer: float
    clarify: float


@dataclass(frozen=True)
class CrossValidation:
    """What cross-validation on the training examples showed."""

    examples: int
    right: float
    right_and_confident: float
    wrong_and_confident: float
    confused: Tuple[Tuple[str, str, int], ...]


class Classifier:
    """A trained classifier. All of its state is arrays and lists, so that it is kept without pickle."""

    def __init__(self, labels: List[str], features: Features, weights: np.ndarray, bias: np.ndarray,
                 examples: np.ndarray, example_labels: np.ndarray, bands: Bands) -> None:
        self.labels = labels
        self.features = features
        self.weights = weights
        self.bias = bias
        self.examples = examples
        self.example_labels = example_labels
        self.bands = bands

    @classmethod
    def train(cls, texts: Sequence[str], names: Sequence[str], vectors: np.ndarray) -> Tuple["Classifier", CrossValidation]:
        """Train on labelled texts.

        Args:
            texts: the examples.
            names: their labels, in the same order.
            vectors: their sentence vectors, float32 [len(texts), 384].
        """
        labels = sorted(set(names))
        target = np.array([labels.index(name) for name in names])
        bands, report = _choose_bands(texts, target, vectors, labels)
        return _fit(texts, target, vectors, labels, bands), report

    def guesses(self, text: str, vector: np.ndarray, most: int = 3) -> List[Guess]:
        """The likeliest labels of one text, best first."""
        confidence = self._confidences(self.features.rows([text]), vector[None, :])[0]
        best = np.argsort(-confidence)[:most]
        return [Guess(self.labels[i], round(float(confidence[i]), 4)) for i in best]

    def _confidences(self, rows: csr_matrix, vectors: np.ndarray) -> np.ndarray:
        scores = _join(rows, vectors) @ self.weights.T + self.bias
        scores -= scores.max(axis=1, keepdims=True)
        probability = np.exp(scores)
        probability /= probability.sum(axis=1, keepdims=True)
        closeness = vectors @ self.examples.T
        nearest = np.zeros_like(probability)
        for label in range(len(self.labels)):
            nearest[:, label] = closeness[:, self.example_labels == label].max(axis=1)
        return (1 - CLOSENESS) * probability + CLOSENESS * np.clip(nearest, 0, 1)


def _join(rows: csr_matrix, vectors: np.ndarray) -> csr_matrix:
    return hstack([rows, csr_matrix(vectors * VECTOR_WEIGHT)]).tocsr()


def _fit(texts: Sequence[str], target: np.ndarray, vectors: np.ndarray, labels: List[str], bands: Bands) -> Classifier:
    features = Features.learn(texts)
    model = LogisticRegression(C=STRENGTH, max_iter=100, tol=1e-2)
    model.fit(_join(features.rows(texts), vectors), target)
    return Classifier(labels, features, model.coef_.astype(np.float32), model.intercept_.astype(np.float32), vectors, target, bands)


def _choose_bands(texts: Sequence[str], target: np.ndarray, vectors: np.ndarray, labels: List[str]) -> Tuple[Bands, CrossValidation]:
    """Out-of-fold confidences decide: the lowest height at which few enough are answered wrongly."""
    best = np.zeros(len(texts), dtype=int)
    height = np.zeros(len(texts))
    for learn, test in StratifiedKFold(FOLDS, shuffle=True, random_state=7).split(texts, target):
        fold = _fit([texts[i] for i in learn], target[learn], vectors[learn], labels, Bands(0, 0))
        found = fold._confidences(fold.features.rows([texts[i] for i in test]), vectors[test])
        best[test] = found.argmax(axis=1)
        height[test] = found.max(axis=1)
    right = best == target
    silent = np.array([labels[i] == OUT_OF_SCOPE for i in best])
    wrong_heights = np.sort(height[~right & ~silent])[::-1]
    allowed = int(WRONG_AT_MOST * len(texts))
    answer = float(wrong_heights[allowed]) + 1e-6 if len(wrong_heights) > allowed else 0.45
    answer = min(max(answer, 0.40), 0.75)
    clarify = min(answer - 0.05, max(0.30, float(np.quantile(height[right], 0.03))))
    confident = height >= answer
    pairs = [(labels[target[i]], labels[best[i]]) for i in np.flatnonzero(~right)]
    confused = tuple(sorted(((a, b, pairs.count((a, b))) for a, b in set(pairs)), key=lambda row: -row[2])[:12])
    report = CrossValidation(
        examples=len(texts),
        right=float(right.mean()),
        right_and_confident=float((right & confident).mean()),
        wrong_and_confident=float((~right & ~silent & confident).mean()),
        confused=confused,
    )
    return Bands(round(answer, 4), round(clarify, 4)), report
