"""Training of the disclosure model: what it is trained on, and how it is saved and loaded.

It learns from the examples and near misses of data/safeguarding.yml, and from what lies near to them of everything else that
people type: the examples of the topics and commands, and the ways the screening questions are answered.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from safetensors.numpy import load_file, save_file

from bot.answers.answers_files import load_answers
from bot.arrays import Floats
from bot.disclosures.detector import DisclosureDetector
from bot.disclosures.features import DisclosureFeatures
from bot.disclosures.layer import Layer
from bot.disclosures.layer_training import train_layer
from bot.disclosures.matching import Matcher
from bot.disclosures.model import NONE, DisclosureModel, labels_of
from bot.disclosures.rules import Rulebook
from bot.encoder.held_out import held_out
from bot.learning.tfidf import Features
from bot.text.clauses import clauses
from bot.text.normalise import normalise

# Of the other messages: those nearest to a disclosure, which are the ones that could be taken for one.
MOST_ORDINARY = 9000
ORDINARY_COUNTS = 0.3  # of each beside an example or a near miss, in the training of the layer
ARRAYS = "model.safetensors"
NAMES = "model.json"
LAYER = "layer."  # before the names of the layer's arrays

Encode = Callable[[Sequence[str]], Floats]


@dataclass(frozen=True)
class TrainingTexts:
    """Messages, normalised, and what each is: a category or NONE. The first `own` are the examples and near misses."""

    texts: tuple[str, ...]
    names: tuple[str, ...]
    own: int


def phrases_of(criteria: Path) -> list[str]:
    """List the ways in which the choices of the screening questions are said, from data/criteria.yml."""
    return [str(phrase) for choice in _choices(criteria) for phrase in choice.get("heard_as") or ()]


def said_before(criteria: Path, answers: Path) -> list[str]:
    """List what people answered, from data/answers: not to what is private, and not what is a disclosure by what it means."""
    told = {
        (question["id"], choice["value"])
        for question in _questions(criteria)
        for choice in question.get("choices") or ()
        if isinstance(choice.get("leads_to"), dict) and "disclosure" in choice["leads_to"]
    }
    private = private_questions(criteria)
    return [
        row.text
        for question, rows in load_answers(answers).items()
        for row in rows
        if question not in private and row.values and not any((question, value) in told for value in row.values)
    ]


def titles_of(criteria: Path) -> frozenset[str]:
    """List the titles of the choices, which are buttons."""
    return frozenset(str(choice["title"]) for choice in _choices(criteria))


def private_questions(criteria: Path) -> frozenset[str]:
    """List the questions about what is private."""
    questions = _questions(criteria)
    return frozenset(
        str(question["id"])
        for question in questions
        if question.get("sensitive") or not question.get("keeps_text", True)
    )


def make_training_texts(rulebook: Rulebook, others: Iterable[str], encode: Encode) -> TrainingTexts:
    """Gather what to learn from.

    Args:
        rulebook: the examples and near misses.
        others: ordinary messages from elsewhere. Of these, and of the clauses of the near misses, the MOST_ORDINARY are taken that lie
            nearest to a disclosure; what is an example as well, or what a rule would call a disclosure, is left out: a topic's author must
            not teach the model to let it pass.
        encode: gives texts their sentence vectors.
    """
    normaliser, matcher = rulebook.normaliser(), Matcher(rulebook)
    found = [(normalise(text), category) for category, texts in rulebook.examples.items() for text in texts]
    own = [*found, *((normalise(text), NONE) for text in rulebook.near_misses)]
    seen: set[str] = {normaliser.plain(text) for text, _ in own}
    # Nothing in a harmless story is harmful by itself, and clauses are looked at by themselves.
    pieces = (clause for text in rulebook.near_misses for clause in clauses(normalise(text)))
    ordinary = {*map(normalise, others), *pieces}
    spare = [text for text in sorted(ordinary) if normaliser.plain(text) not in seen]
    nearest = (encode(spare) @ encode([text for text, _ in found]).T).max(axis=1) if spare else np.zeros(0)
    in_order = (spare[at] for at in np.argsort(-nearest))
    harmless = (
        text for text in in_order if not any(True for words in normaliser.sentences(text) for _ in matcher.hits(words))
    )
    both = [*own, *((text, NONE) for text in islice(harmless, MOST_ORDINARY))]
    return TrainingTexts(tuple(text for text, _ in both), tuple(name for _, name in both), len(own))


def learn(rulebook: Rulebook, training: TrainingTexts, vectors: Floats) -> tuple[DisclosureFeatures, DisclosureModel]:
    """Train.

    Args:
        rulebook: the word lists, and the words that the rules ask for.
        training: what to learn from.
        vectors: the sentence vectors of its texts.
    """
    messages = read_all(rulebook, training.texts)
    features = DisclosureFeatures.learn(messages, rulebook.words)
    layer = learn_layer(training, vectors)
    return features, DisclosureModel.train(features.rows(messages), vectors, training.names, layer)


def learn_layer(training: TrainingTexts, vectors: Floats) -> Layer:
    """Train the layer, on what is not held out: the detector's heights are chosen on the rest."""
    labels = labels_of(training.names)
    target = np.array([labels.index(name) for name in training.names])
    counts = np.where(np.arange(len(target)) < training.own, 1.0, ORDINARY_COUNTS).astype(np.float32)
    seen = ~held_out(training.texts)
    return train_layer(vectors[seen], target[seen], counts[seen], len(labels))


def read_all(rulebook: Rulebook, texts: Sequence[str]) -> list[list[str]]:
    """Write texts as plain words."""
    normaliser = rulebook.normaliser()
    return [normaliser.words(text) for text in texts]


def save_model(folder: Path, features: DisclosureFeatures, model: DisclosureModel, buttons: frozenset[str]) -> None:
    """Write a trained model into a folder, as arrays and JSON."""
    save_file(
        {
            "vectors": model.vectors,
            "by_vector": model.by_vector,
            "by_word": np.ascontiguousarray(model.by_word),
            "base": model.base,
            "idf": features.words.idf,
            "lists_idf": features.idf,
            **_of_layer(model),
        },
        str(folder / ARRAYS),
    )
    names = {
        "labels": model.labels,
        "words": _in_order(features.words.vocabulary),
        "pairs": _in_order(features.pairs),
        "buttons": sorted(buttons),
    }
    (folder / NAMES).write_text(json.dumps(names), encoding="utf-8")


def load_detector(folder: Path, rulebook: Rulebook) -> DisclosureDetector:
    """Read a trained model back.

    Raises:
        OSError: the folder holds none. ValueError: it knows other categories than the rulebook.
    """
    arrays = load_file(str(folder / ARRAYS))
    names: dict[str, list[str]] = json.loads((folder / NAMES).read_text(encoding="utf-8"))
    words = Features(_columns(names["words"]), arrays["idf"])
    features = DisclosureFeatures(words, rulebook.words, _columns(names["pairs"]), arrays["lists_idf"])
    layer = Layer.of({name: value for key, value in arrays.items() if (name := key.removeprefix(LAYER)) != key})
    model = DisclosureModel(
        names["labels"], arrays["vectors"], arrays["by_vector"], arrays["by_word"], arrays["base"], layer
    )
    return DisclosureDetector(rulebook, features, model, frozenset(names["buttons"]))


def _questions(criteria: Path) -> list[dict[str, Any]]:
    raw: dict[str, Any] = yaml.load(criteria.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    questions: list[dict[str, Any]] = raw["questions"]
    return questions


def _choices(criteria: Path) -> list[dict[str, Any]]:
    return [choice for question in _questions(criteria) for choice in question.get("choices") or ()]


def _of_layer(model: DisclosureModel) -> dict[str, Floats]:
    return {f"{LAYER}{name}": value for name, value in model.layer.arrays().items()} if model.layer else {}


def _in_order(columns: dict[str, int]) -> list[str]:
    return sorted(columns, key=columns.__getitem__)


def _columns(names: Sequence[str]) -> dict[str, int]:
    return {name: column for column, name in enumerate(names)}
