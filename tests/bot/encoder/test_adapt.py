"""Training of the adapter: what is held out is never seen, and the same seed gives the same adapter."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from bot.encoder.adapt import Adapter, Classes, adapt, batches, rate_at
from bot.encoder.encoder import load_encoder
from bot.encoder.examples import Example, all_examples, seen_examples
from bot.encoder.held_out import held_out, is_held_out
from bot.encoder.network import DENSE_NAMES
from bot.encoder.slips import with_slips

ROOT = Path(__file__).parents[3]
FEW = 40


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@lru_cache(maxsize=1)
def seen() -> list[Example]:
    return seen_examples()


def test_about_a_tenth_of_the_examples_is_held_out_and_none_of_it_is_learned_from() -> None:
    texts = [example.text for example in all_examples()]
    held = {text for text in texts if is_held_out(text)}
    assert 0.08 < len(held) / len(texts) < 0.12
    assert held.isdisjoint(example.text for example in seen())


def test_messages_that_measure_are_not_learned_from() -> None:
    learned = {example.text for example in seen()}
    measuring = (ROOT / "tests" / "understanding" / "messages.csv").read_text(encoding="utf-8").lower()
    long = [text for text in learned if len(text.split()) > 12]
    assert long
    assert not [text for text in long if text in measuring]


@pytest.mark.parametrize("other", ["Do I need a spare room", "do i need a spare room?!", " do  I need a spare-room "])
def test_the_same_words_fall_on_the_same_side(other: str) -> None:
    assert is_held_out(other) == is_held_out("do i need a spare room")
    assert held_out([other]).tolist() == [is_held_out(other)]


def test_the_examples_are_of_topics_of_disclosures_of_what_is_none_and_of_answers() -> None:
    kinds = {(example.label is not None, example.category is not None) for example in seen()}
    assert {(True, False), (False, True), (False, False)} <= kinds
    assert {"who/dogs", "goodbye"} <= {example.label for example in seen()}
    assert {"domestic_abuse", "none"} <= {example.category for example in seen()}


def trained(seed: int) -> Adapter:
    examples = [*seen()[:FEW], Example("my husband hits me", None, "domestic_abuse"), Example("hello", "greet")]
    teacher = np.random.default_rng(0).normal(size=(len(examples), 8)).astype(np.float32)
    teacher /= np.linalg.norm(teacher, axis=1, keepdims=True)
    vectors = load_encoder().encode([example.text for example in examples])
    *_, last = adapt(examples, teacher, vectors, epochs=2, seed=seed)
    return last


def test_the_same_seed_gives_the_same_adapter_and_another_one_another() -> None:
    first, again, other = trained(1), trained(1), trained(2)
    for name in DENSE_NAMES:
        assert np.array_equal(first[name][1], again[name][1]), name
    assert not np.array_equal(first[DENSE_NAMES[0]][1], other[DENSE_NAMES[0]][1])


def test_every_text_is_shown_once_an_epoch() -> None:
    texts = [example.text for example in seen()[:1000]]
    shown = np.concatenate(list(batches(texts, np.random.default_rng(1))))
    assert sorted(shown.tolist()) == list(range(1000))


def test_a_text_of_no_class_does_not_count() -> None:
    vectors = np.eye(3, dtype=np.float32)
    classes = Classes.of(["b", None, "a"], np.ones(3), vectors)
    assert classes.target.tolist() == [1, 0, 0]
    assert classes.weight.tolist() == [1, 0, 1]
    assert classes.vectors.tolist() == [[0, 0, 1], [1, 0, 0]]


def test_the_rate_rises_and_then_falls_to_nothing() -> None:
    rates = [rate_at(step, 100) for step in range(1, 101)]
    highest = rates.index(max(rates))
    assert rates[: highest + 1] == sorted(rates[: highest + 1])
    assert rates[highest:] == sorted(rates[highest:], reverse=True)
    assert rates[-1] == 0


def test_slips_change_letters_inside_words_and_leave_the_rest() -> None:
    chance = np.random.default_rng(3)
    text = "can i foster if i rent my flat?"
    slipped = {with_slips(text, chance) for _ in range(20)}
    assert len(slipped) > 10
    assert all(one.endswith("?") and abs(len(one) - len(text)) <= 4 for one in slipped)
    assert with_slips("34 - 7", chance) == "34 - 7"
