"""Learned reading of what the rules can't settle: a small regression a question, over words and sentence vector of a text.

It learns from the `heard_as` phrases of data/criteria.yml, and from `asked_again`: texts that answer nothing. Ridge regression
in the space the phrases span was as right as logistic regression, takes a second instead of ten, and tells for nothing what it
would have said to each of its phrases without it. From that the threshold is chosen from which a reading counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from bot.arrays import Floats, Ints
from bot.learning.tfidf import Features

NO_CHOICE = -1  # in the place of the index of a choice: the text answers nothing
RIDGE = 0.3
VECTOR_WEIGHT = 2.0  # of the sentence vector beside the words
SCALE = 1.0 / (1.0 + VECTOR_WEIGHT**2)  # so that a phrase is exactly one from itself
SHARED_WEIGHT = 0.5  # of the texts that answer no question at all, beside a question's own
WRONG_AT_MOST = 0.015
LOWEST, HIGHEST = 0.15, 0.45  # thresholds that are never left, whatever the phrases show


@dataclass(frozen=True)
class Phrases:
    """Texts to learn one question from, the index of the choice each means, and how much each counts."""

    texts: tuple[str, ...]
    means: tuple[int, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True)
class Learned:
    """Weights learned for one question."""

    classes: Ints  # int32 [classes]: indexes of choices, or NO_CHOICE
    words: Floats  # float32 [vocabulary, classes]
    vector: Floats  # float32 [vector, classes]
    bias: Floats  # float32 [classes]


class FindsChoice(Protocol):
    """Finds the choice of a question that a text means where no rule settles it."""

    def choice_index(self, question: str, text: str, vector: Floats) -> int:
        """Find the index of the choice that a text means; NO_CHOICE where none is plain enough."""


@dataclass(frozen=True)
class LearnedAnswers:
    """Everything learned, by question, and the threshold from which a reading counts."""

    features: Features
    questions: Mapping[str, Learned]
    threshold: float

    def choice_index(self, question: str, text: str, vector: Floats) -> int:
        """Find the index of the choice that a text means; NO_CHOICE where none is plain enough."""
        learned = self.questions.get(question)
        if learned is None:
            return NO_CHOICE
        row = self.features.rows([text])
        scores = row.data @ learned.words[row.indices] + vector @ learned.vector + learned.bias
        best, sureness = _best(scores[None, :])
        return int(learned.classes[best[0]]) if sureness[0] >= self.threshold else NO_CHOICE


def learn(
    phrases: Mapping[str, Phrases], vectors: Mapping[str, Floats], left_open: Mapping[str, Sequence[bool]]
) -> LearnedAnswers:
    """Learn every question, and choose the threshold.

    Args:
        phrases: by question id.
        vectors: their sentence vectors, in the same order.
        left_open: whether the rules leave each phrase open. Only of those can learning make a wrong reading.
    """
    features = Features.learn(list(dict.fromkeys(text for known in phrases.values() for text in known.texts)))
    questions: dict[str, Learned] = {}
    wrong: list[float] = []
    for name, known in phrases.items():
        questions[name], mistakes = _fit(features, known, vectors[name], left_open[name])
        wrong.extend(mistakes)
    wrong.sort(reverse=True)
    allowed = int(WRONG_AT_MOST * sum(len(known.texts) for known in phrases.values()))
    threshold = wrong[allowed] + 1e-6 if len(wrong) > allowed else LOWEST
    return LearnedAnswers(features, questions, round(min(max(threshold, LOWEST), HIGHEST), 4))


def _fit(
    features: Features, phrases: Phrases, vectors: Floats, left_open: Sequence[bool]
) -> tuple[Learned, list[float]]:
    """Fit one question.

    Returns:
        What was learned, and how surely phrases would be read wrongly that were not among the phrases.
    """
    rows = features.rows(phrases.texts)
    means = np.array(phrases.means, dtype=np.int32)
    classes, counts = np.unique(means, return_counts=True)
    weights = np.array(phrases.weights) / np.sqrt(counts[np.searchsorted(classes, means)])
    kernel = SCALE * ((rows @ rows.T).toarray() + VECTOR_WEIGHT**2 * (vectors @ vectors.T)) + 1.0
    kernel = kernel.astype(np.float64) + np.diag(RIDGE * weights.mean() / weights)
    target = np.where(means[:, None] == classes, 1.0, -1.0)
    inverse = np.linalg.inv(kernel)
    shares = inverse @ target  # how much each phrase adds to each class
    best, sureness = _best(target - shares / np.diag(inverse)[:, None])  # what each phrase would get without itself
    said = classes[best]
    wrong = [float(sureness[i]) for i in range(len(means)) if said[i] not in (NO_CHOICE, means[i]) and left_open[i]]
    learned = Learned(
        classes.astype(np.int32),
        np.asarray(rows.T @ shares * SCALE, dtype=np.float32),
        np.asarray(VECTOR_WEIGHT**2 * SCALE * (vectors.T @ shares), dtype=np.float32),
        shares.sum(axis=0).astype(np.float32),
    )
    return learned, wrong


def _best(scores: Floats) -> tuple[Ints, Floats]:
    """Find the best class of each row, and how surely: half its own score, half its lead over the next."""
    ranked = np.sort(scores, axis=1)
    lead = ranked[:, -1] - ranked[:, -2] if scores.shape[1] > 1 else ranked[:, -1]
    return scores.argmax(axis=1), 0.25 * lead + 0.5 * ranked[:, -1]
