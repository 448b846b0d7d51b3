"""The adapter of the sentence vectors: added to the weights it is what it was beside them, and a wrong one is refused in words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from safetensors.numpy import load_file, save_file

from bot import fingerprint
from bot.arrays import Floats
from bot.encoder.adapt import LowRankNetwork
from bot.encoder.adapter import MADE_FOR, RANK, SCALE, WrongAdapter, load_adapter, merged, save_adapter
from bot.encoder.encoder import WEIGHTS_SHA256, made_by
from bot.encoder.network import DENSE_NAMES, Network
from bot.fingerprint import ADAPTER

INPUTS, OUTPUTS = 12, 20


@pytest.fixture
def chance() -> np.random.Generator:
    return np.random.default_rng(7)


def small(chance: np.random.Generator, *shape: int) -> Floats:
    return chance.normal(size=shape).astype(np.float32)


@pytest.fixture
def weights(chance: np.random.Generator) -> dict[str, Floats]:
    matrices = {f"{name}.weight": small(chance, OUTPUTS, INPUTS) for name in DENSE_NAMES}
    return {**matrices, **{f"{name}.bias": small(chance, OUTPUTS) for name in DENSE_NAMES}}


@pytest.fixture
def adapter(chance: np.random.Generator) -> dict[str, tuple[Floats, Floats]]:
    return {name: (small(chance, INPUTS, RANK), small(chance, RANK, OUTPUTS)) for name in DENSE_NAMES}


def test_a_merged_adapter_adds_its_narrow_part(
    chance: np.random.Generator, weights: dict[str, Floats], adapter: dict[str, tuple[Floats, Floats]]
) -> None:
    rows = small(chance, 5, INPUTS)
    plain, changed = Network(weights), Network(merged(weights, adapter))
    for name, (down, up) in adapter.items():
        expected = plain.dense(tf.constant(rows), name).numpy() + SCALE * (rows @ down) @ up
        assert np.allclose(changed.dense(tf.constant(rows), name).numpy(), expected, atol=1e-3), name


def test_what_is_trained_beside_the_weights_is_what_is_added_to_them(
    chance: np.random.Generator, weights: dict[str, Floats], adapter: dict[str, tuple[Floats, Floats]]
) -> None:
    rows = small(chance, 5, INPUTS)
    trained = LowRankNetwork(weights, chance)
    name = DENSE_NAMES[0]
    trained.down[name].assign(adapter[name][0])
    trained.up[name].assign(adapter[name][1])
    expected = Network(merged(weights, trained.adapter)).dense(tf.constant(rows), name).numpy()
    # The weights are multiplied in half precision there.
    assert np.allclose(trained.dense(tf.constant(rows), name).numpy(), expected, atol=0.1)


def test_before_it_has_learned_an_adapter_changes_nothing(
    chance: np.random.Generator, weights: dict[str, Floats]
) -> None:
    unchanged = merged(weights, LowRankNetwork(weights, chance).adapter)
    assert all((unchanged[name] == value).all() for name, value in weights.items())


def test_an_adapter_is_read_as_it_was_written(tmp_path: Path, adapter: dict[str, tuple[Floats, Floats]]) -> None:
    save_adapter(tmp_path / "new" / "adapter", adapter, "weights")
    for name, both in load_adapter(tmp_path / "new" / "adapter", "weights").items():
        for found, written in zip(both, adapter[name], strict=True):
            assert np.allclose(found, written, atol=1e-2)


def refusal(file: Path, network: str = "weights") -> str:
    with pytest.raises(WrongAdapter) as raised:
        load_adapter(file, network)
    return str(raised.value)


@pytest.mark.parametrize("content", [None, b"", b"no adapter at all", b"\xff" * 64])
def test_an_adapter_that_is_missing_or_broken_is_refused_in_words(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "adapter.safetensors"
    if content is not None:
        file.write_bytes(content)
    assert "can't be read" in refusal(file)
    assert "git checkout" in refusal(file)


def test_an_adapter_of_other_weights_is_refused(tmp_path: Path, adapter: dict[str, tuple[Floats, Floats]]) -> None:
    save_adapter(tmp_path / "adapter", adapter, "other weights")
    assert "made for other weights" in refusal(tmp_path / "adapter")


def test_an_adapter_that_lacks_a_layer_is_refused(tmp_path: Path, adapter: dict[str, tuple[Floats, Floats]]) -> None:
    save_adapter(tmp_path / "adapter", adapter, "weights")
    arrays = load_file(str(tmp_path / "adapter"))
    del arrays[f"{DENSE_NAMES[3]}.b"]
    save_file(arrays, str(tmp_path / "adapter"), {MADE_FOR: "weights"})
    assert DENSE_NAMES[3] in refusal(tmp_path / "adapter")


def test_an_adapter_of_another_shape_is_refused(
    weights: dict[str, Floats], adapter: dict[str, tuple[Floats, Floats]]
) -> None:
    adapter[DENSE_NAMES[2]] = (adapter[DENSE_NAMES[2]][0][:-1], adapter[DENSE_NAMES[2]][1])
    with pytest.raises(WrongAdapter, match=DENSE_NAMES[2]):
        merged(weights, adapter)


def test_the_project_s_adapter_fits_the_installed_weights_and_is_small() -> None:
    assert len(load_adapter(ADAPTER, WEIGHTS_SHA256)) == len(DENSE_NAMES)
    assert ADAPTER.stat().st_size < 1_500_000


def test_with_another_adapter_everything_is_encoded_and_learned_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = tmp_path / "adapter.safetensors"
    changed.write_bytes(ADAPTER.read_bytes() + b" ")
    before = fingerprint.code_fingerprint()
    monkeypatch.setattr(fingerprint, "ADAPTER", changed)
    assert fingerprint.code_fingerprint() != before
    assert made_by(changed) != made_by(ADAPTER)
