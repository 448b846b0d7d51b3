"""Learned reading of answers: a small regression a question, over words and sentence vector of a text and what the rules read in it.

It learns from data/answers/ (what people said), from the `heard_as` phrases of data/criteria.yml, and from texts that answer nothing.
What the rules read counts as one more sign: how much it is worth is learned from data/answers/, on which no rule was written. So a
question whose rules are often wrong hears less of them, and where they say nothing the words decide. Ridge regression in the space the
phrases span tells for nothing what it would have said to each of its phrases without it; how sure a reading is follows from that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from bot.answers.sureness import Signs, Sureness, fit
from bot.arrays import Floats, Ints
from bot.learning.tfidf import Features

NO_CHOICE = -1  # in the place of the index of a choice: the text answers nothing
# Among the indexes of choices that the rules read: they would ask again; it is a question; it wavers. Their weights are the last rows.
ASKS, QUESTION, WAVERS = -1, -2, -3
RIDGE = 0.3
VECTOR_WEIGHT = 1.3  # of the sentence vector beside the words
SCALE = 1.0 / (1.0 + VECTOR_WEIGHT**2)  # so that a phrase is exactly one from itself
RULE_WEIGHT = 0.5  # of what the rules read
SHARED_WEIGHT = 0.5  # of the texts that answer no question at all, beside a question's own
# Of all known answers, each read without itself. Of answers by other hands half as many are read wrong then: docs/decisions/0036.
WRONG_AT_MOST = 0.04


@dataclass(frozen=True)
class Phrases:
    """Texts to learn one question from, the indexes of the choices each means, and how much each counts.

    `fresh` tells which of them no rule was written beside: only from those it can be learned how far the rules are to be trusted.
    """

    texts: tuple[str, ...]
    means: tuple[tuple[int, ...], ...]
    weights: tuple[float, ...]
    fresh: tuple[bool, ...]
    several: bool = False


@dataclass(frozen=True)
class Learned:
    """Weights learned for one question. Only terms that stand in one of its phrases weigh anything."""

    classes: Ints  # int32 [classes]: indexes of choices, and NO_CHOICE
    terms: Ints  # int32 [terms]: columns of the vocabulary, in order
    words: Floats  # float32 [terms, classes]
    vector: Floats  # float32 [vector, classes]
    rules: Floats  # float32 [choices, and what else the rules notice, classes]
    bias: Floats  # float32 [classes]


class FindsChoices(Protocol):
    """Finds the choices of a question that a text means."""

    def choices(self, question: str, text: str, vector: Floats, by_rule: Sequence[int]) -> tuple[int, ...]:
        """Find the indexes of the choices that a text means; nothing where that is not plain enough.

        Args:
            question: its id.
            text: as normalised for reading.
            vector: its sentence vector.
            by_rule: the indexes of the choices that the rules read in it, and ASKS, QUESTION and WAVERS where they hold.
        """


@dataclass(frozen=True)
class LearnedAnswers:
    """Everything learned, by question, and how sure a reading has to be."""

    features: Features
    questions: Mapping[str, Learned]
    several: frozenset[str]
    sureness: Sureness

    def choices(self, question: str, text: str, vector: Floats, by_rule: Sequence[int]) -> tuple[int, ...]:
        """Find the indexes of the choices that a text means; nothing where that is not plain enough."""
        learned = self.questions.get(question)
        if learned is None:
            return tuple(index for index in by_rule if index >= 0)
        row = self.features.rows([text])
        at = np.searchsorted(learned.terms, row.indices)
        known = at < len(learned.terms)
        known[known] = learned.terms[at[known]] == row.indices[known]
        scores = row.data[known] @ learned.words[at[known]] + vector @ learned.vector + learned.bias
        scores = scores + learned.rules[list(by_rule)].sum(axis=0)
        found, signs = _reading(scores, learned.classes, ASKS in by_rule, question in self.several)
        return found if found and self.sureness.of(signs) >= self.sureness.at_least else ()


def learn(
    phrases: Mapping[str, Phrases], vectors: Mapping[str, Floats], by_rule: Mapping[str, Sequence[Sequence[int]]]
) -> LearnedAnswers:
    """Learn every question, and how sure a reading has to be.

    Args:
        phrases: by question id.
        vectors: their sentence vectors, in the same order.
        by_rule: what the rules read in each phrase, as in `choices`.
    """
    features = Features.learn(list(dict.fromkeys(text for known in phrases.values() for text in known.texts)))
    questions: dict[str, Learned] = {}
    signs: list[Signs] = []
    right: list[bool] = []
    for name, known in phrases.items():
        questions[name], without_itself = _fit(features, known, vectors[name], by_rule[name])
        for (found, how), means, fresh in zip(without_itself, known.means, known.fresh, strict=True):
            if fresh and found:
                signs.append(how)
                right.append(set(found) == set(means))
    all_known = sum(sum(known.fresh) for known in phrases.values())
    several = frozenset(name for name, known in phrases.items() if known.several)
    return LearnedAnswers(features, questions, several, fit(signs, right, int(WRONG_AT_MOST * all_known)))


def _fit(
    features: Features, phrases: Phrases, vectors: Floats, by_rule: Sequence[Sequence[int]]
) -> tuple[Learned, Iterator[tuple[tuple[int, ...], Signs]]]:
    """Fit one question.

    Returns:
        What was learned, and what each phrase would be read as if it were not among the phrases.
    """
    rows = features.rows(phrases.texts)
    classes = np.unique([index for means in phrases.means for index in means])
    is_class = np.array([[index in means for index in classes] for means in phrases.means])
    counts = is_class.sum(axis=0)
    common = np.array([counts[each].mean() for each in is_class])
    weights = np.array(phrases.weights) / np.sqrt(common)
    rules = np.zeros((len(phrases.texts), int(classes.max()) + 1 - WAVERS))
    for at, (read, fresh) in enumerate(zip(by_rule, phrases.fresh, strict=True)):
        if fresh:
            rules[at, list(read)] = 1.0
    kernel = SCALE * ((rows @ rows.T).toarray() + VECTOR_WEIGHT**2 * (vectors @ vectors.T)) + 1.0
    kernel = kernel.astype(np.float64) + RULE_WEIGHT**2 * (rules @ rules.T) + np.diag(RIDGE * weights.mean() / weights)
    target = np.where(is_class, 1.0, -1.0)
    inverse = np.linalg.inv(kernel)
    shares = inverse @ target  # how much each phrase adds to each class
    alone = target - shares / np.diag(inverse)[:, None]
    in_words = rows.T @ shares * SCALE
    terms = np.unique(rows.indices)
    learned = Learned(
        classes.astype(np.int32),
        terms.astype(np.int32),
        np.asarray(in_words[terms], dtype=np.float32),
        np.asarray(VECTOR_WEIGHT**2 * SCALE * (vectors.T @ shares), dtype=np.float32),
        np.asarray(RULE_WEIGHT**2 * (rules.T @ shares), dtype=np.float32),
        shares.sum(axis=0).astype(np.float32),
    )
    read_without = (
        _reading(scores, classes, ASKS in read, phrases.several) for scores, read in zip(alone, by_rule, strict=True)
    )
    return learned, read_without


def _reading(scores: Floats, classes: Ints, asks: bool, several: bool) -> tuple[tuple[int, ...], Signs]:
    """Find what the scores say, nothing where they say that the text answers nothing, and the signs of how sure that is."""
    is_choice = classes != NO_CHOICE
    nothing = float(scores[~is_choice].max(initial=-1.0))
    best = int(scores.argmax())
    chosen = is_choice & (scores > 0) if several else np.zeros(len(classes), dtype=bool)
    if not chosen.any():
        chosen[best] = True
    top = float(scores[is_choice].max()) if several else float(scores[best])
    lead = top - (nothing if several else float(np.delete(scores, best).max(initial=-1.0)))
    certain = float(np.abs(scores[is_choice]).min()) if several else top
    signs = Signs(top, lead, certain, nothing, asks, several)
    if not is_choice[best]:
        return (), signs
    return tuple(int(index) for index in classes[chosen & is_choice]), signs
