"""The classifier of topics and commands: TF-IDF and the sentence vector in one kernel, and ridge regression on it.

Two messages are alike as far as their vectors point the same way and their words are the same. On every set measured this
beats a logistic regression over the same features, and each example's score without itself, which the thresholds are chosen
by, follows from the one solved system instead of from five more trainings (docs/decisions/0011).

A topic may have parts, "who/spare_bedroom#loft". Each is a label of its own, and a topic's score is the sum of its labels'. The
regression is linear, so that sum is what the topic would have scored had it no parts: they never make topics harder to tell apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from bot.arrays import Flags, Floats, Ints
from bot.intents.thresholds import WRONG_AT_MOST, CrossValidation, Thresholds, choose_thresholds
from bot.learning.kernel_ridge import shared_words, solve_leaving_out
from bot.learning.tfidf import Features

WORDS_SHARE = 0.2  # of the words in the likeness of two messages; the rest is the vectors'
SHARPNESS = 1.0  # how fast the vectors' part falls with their distance
RIDGE = 0.2
CLOSENESS = 0.45  # share of the nearest example in the confidence; the rest is the regression's score
WORDS_IN_CLOSENESS = 0.4
PART = "#"  # stands between a topic's id and a part's; it sorts before every sign of an id, so a topic's labels stay together


@dataclass(frozen=True)
class Guess:
    """One label, how sure the classifier is of it, 0 to 1, and the part of the topic that is likeliest, if one is."""

    label: str
    confidence: float
    part: str | None = None


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
            labels: sorted, in the order of the columns of `weights`.
            features: the vocabulary.
            rows: TF-IDF of the examples, those of a label side by side.
            vectors: their sentence vectors, float32 [examples, 384].
            starts: the first example of each label.
            weights: what each example adds to each label's score, float32 [examples, labels].
            thresholds: when to answer and when to ask back.
        """
        self.labels = labels
        self.topics, self._first_labels = _topics_of(labels)
        self.features = features
        self.rows = rows
        self.vectors = vectors
        self.starts = starts
        self.weights = weights
        self._weights_by_label = np.ascontiguousarray(weights.T)
        self._examples_of_word = rows.T.tocsr()  # so that a message touches only the words it has
        self.thresholds = thresholds

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        names: Sequence[str],
        vectors: Floats,
        judged: Flags | None = None,
        wrong_at_most: float = WRONG_AT_MOST,
    ) -> tuple[Classifier, CrossValidation]:
        """Train on labelled texts.

        Args:
            texts: the examples.
            names: their labels, in the same order.
            vectors: their sentence vectors, float32 [len(texts), 384].
            judged: the texts by which the thresholds are chosen: those that nothing was fitted to, the encoder neither. All, if None.
            wrong_at_most: the share of them that the thresholds may let through with a wrong label.
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
        chosen = np.ones(len(texts), dtype=bool) if judged is None else judged[order]
        topics, first_labels = _topics_of(labels)
        nearest = np.maximum.reduceat(closeness, starts, axis=1)
        topic_target = np.searchsorted(first_labels, target, side="right") - 1
        confidence = _of_topics(alone, nearest, first_labels)[chosen]
        thresholds, report = choose_thresholds(confidence, topic_target[chosen], topics, wrong_at_most)
        return cls(labels, features, rows, vectors, starts, weights, thresholds), report

    def guesses(self, texts: Sequence[str], vectors: Floats, most: int = 3) -> list[list[Guess]]:
        """Find the likeliest topics and commands of each text, best first, each topic with its likeliest part.

        Several texts at once take little longer than one: most of the time goes into reading the examples from memory.
        """
        score, nearest = self._judge(texts, vectors)
        by_topic, by_label = _of_topics(score, nearest, self._first_labels), _confidence(score, nearest)
        return [
            [
                Guess(self.topics[i], round(float(sure[i]), 4), self._likeliest_part(of_labels, int(i)))
                for i in np.argsort(-sure)[:most]
            ]
            for sure, of_labels in zip(by_topic, by_label, strict=True)
        ]

    def confidences(self, texts: Sequence[str], vectors: Floats) -> Floats:
        """Compute how sure it is of each topic and command: float32 [texts, topics]."""
        return _of_topics(*self._judge(texts, vectors), self._first_labels)

    def _judge(self, texts: Sequence[str], vectors: Floats) -> tuple[Floats, Floats]:
        """Compute each label's score and how near its nearest example is, both float32 [texts, labels]."""
        words = shared_words(self.features.rows(texts), self._examples_of_word)
        # The large side first: the other way round BLAS copies all of it before it multiplies by a few texts.
        angles = (self.vectors @ vectors.T).T
        score = (self._weights_by_label @ _likeness(angles, words).T).T
        return score, np.maximum.reduceat(_closeness(angles, words), self.starts, axis=1)

    def _likeliest_part(self, confidence: Floats, topic: int) -> str | None:
        """Find the part of a topic that goes before its other parts and before the topic as a whole."""
        labels = slice(*[*self._first_labels, len(self.labels)][topic : topic + 2])
        best = self.labels[labels.start + int(np.argmax(confidence[labels]))]
        return best.partition(PART)[2] or None


def _topics_of(labels: Sequence[str]) -> tuple[list[str], Ints]:
    """List the topics and commands of sorted labels, and the place of each one's first label."""
    topics = [label.partition(PART)[0] for label in labels]
    names = sorted(set(topics))
    return names, np.searchsorted(topics, names)


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


def _of_topics(score: Floats, nearest: Floats, first_labels: Ints) -> Floats:
    """Compute the confidence in each topic from the scores and the nearest examples of its labels."""
    return _confidence(np.add.reduceat(score, first_labels, axis=1), np.maximum.reduceat(nearest, first_labels, axis=1))


def _confidence(score: Floats, nearest: Floats) -> Floats:
    confidence: Floats = np.clip((1 - CLOSENESS) * score + CLOSENESS * nearest, 0, 1)
    return confidence
