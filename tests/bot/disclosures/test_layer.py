"""The trained layer above the sentence vector: it learns, it is kept as arrays, and what is held out stays out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.arrays import Floats, Ints
from bot.disclosures.features import DisclosureFeatures
from bot.disclosures.layer import Layer
from bot.disclosures.layer_training import train_layer
from bot.disclosures.model import LAYER_WEIGHT, NONE, DisclosureModel
from bot.disclosures.rules import load_rulebook
from bot.disclosures.training import TrainingTexts, learn_layer, load_detector, save_model
from bot.encoder.held_out import is_held_out
from bot.learning.tfidf import Features

DIMENSIONS = 384
ROOT = Path(__file__).parents[3]


def unit(rows: Floats) -> Floats:
    scaled: Floats = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return scaled


@pytest.fixture(scope="module")
def data() -> tuple[Floats, Ints]:
    """Vectors whose label hangs on two of their numbers at once, which no single direction tells."""
    chance = np.random.default_rng(5)
    rows = chance.normal(size=(600, DIMENSIONS)) * 0.05
    rows[:, :2] += chance.choice([-1.0, 1.0], size=(600, 2))
    return unit(rows), (rows[:, 0] * rows[:, 1] > 0).astype(np.int64)


@pytest.fixture(scope="module")
def layer(data: tuple[Floats, Ints]) -> Layer:
    vectors, target = data
    return train_layer(vectors[:500], target[:500], np.ones(500, dtype=np.float32), 2)


def test_it_learns_what_no_single_direction_tells(layer: Layer, data: tuple[Floats, Ints]) -> None:
    vectors, target = data
    shares = layer.shares(vectors[500:])
    assert np.allclose(shares.sum(axis=1), 1, atol=1e-5)
    assert (shares.argmax(axis=1) == target[500:]).mean() > 0.9


def test_the_same_seed_gives_the_same_layer(data: tuple[Floats, Ints]) -> None:
    vectors, target = data
    counts = np.ones(len(target), dtype=np.float32)
    first, again, other = (train_layer(vectors, target, counts, 2, epochs=2, seed=seed) for seed in (1, 1, 2))
    assert all(np.array_equal(value, again.arrays()[name]) for name, value in first.arrays().items())
    assert not np.array_equal(first.wide, other.wide)


def test_what_is_held_out_is_not_learned_from() -> None:
    texts = tuple(f"message {number}" for number in range(400))
    vectors = unit(np.random.default_rng(1).normal(size=(400, DIMENSIONS)))
    names = tuple("theft" if number % 2 else NONE for number in range(400))
    held = np.array([is_held_out(text) for text in texts])
    assert held.any()
    vectors[held] = np.nan
    assert np.isfinite(learn_layer(TrainingTexts(texts, names, 200), vectors).shares(vectors[~held])).all()


def test_it_has_a_say_in_a_whole_message_and_none_in_a_clause(layer: Layer, data: tuple[Floats, Ints]) -> None:
    nothing, vector = np.zeros((0, DIMENSIONS), dtype=np.float32), data[0][0]
    model = DisclosureModel(
        ["theft", NONE],
        nothing,
        np.zeros((0, 2), dtype=np.float32),
        np.zeros((1, 2), dtype=np.float32),
        np.array([0.4, 0.6], dtype=np.float32),
        layer,
    )
    row = csr_matrix((1, 1), dtype=np.float32)
    clause = model.scores(row, vector[None, :])[0]
    whole = clause + model.layers_word(vector)
    share = layer.shares(vector[None, :])[0, -1]
    assert clause.tolist() == pytest.approx([0.4, 0.6])
    assert whole.tolist() == pytest.approx([0.4, 0.6 + LAYER_WEIGHT * (share - 0.5)])


def test_it_is_kept_with_the_model_as_arrays(tmp_path: Path) -> None:
    rulebook = load_rulebook(ROOT / "data" / "safeguarding.yml")
    labels = [*sorted(rulebook.examples), NONE]
    chance = np.random.default_rng(2)
    vectors = unit(chance.normal(size=(len(labels), DIMENSIONS)))
    counts = np.ones(len(labels), dtype=np.float32)
    layer = train_layer(vectors, np.arange(len(labels)), counts, len(labels), epochs=1)
    nothing = np.zeros((0, len(labels)), dtype=np.float32)
    model = DisclosureModel(labels, vectors[:0], nothing, nothing, np.zeros(len(labels), dtype=np.float32), layer)
    features = DisclosureFeatures(Features({}, np.zeros(0, np.float32)), rulebook.words, {}, np.zeros(0, np.float32))
    save_model(tmp_path, features, model, frozenset())
    kept = load_detector(tmp_path, rulebook)._model.layer
    assert kept is not None
    assert np.array_equal(kept.shares(vectors), layer.shares(vectors))
