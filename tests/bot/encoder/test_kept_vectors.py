"""Vectors kept between trainings: none is made twice, and no file can do harm."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.arrays import Floats
from bot.encoder.kept_vectors import KeptVectors

TEXTS = ["do i need a spare room", "i rent", "do i need a spare room"]
DIFFERENT = TEXTS[:2]


class Network:
    """Something that makes vectors, and notes the texts it was given."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Floats:
        self.asked.extend(texts)
        return np.array([[len(text), text.count("r")] for text in texts], dtype=np.float32).reshape(-1, 2)


def test_a_text_is_encoded_once_also_in_a_later_training(tmp_path: Path) -> None:
    network = Network()
    first = KeptVectors(network.encode, "network")
    expected = first.of(TEXTS)
    first.save(tmp_path / "kept")
    second = KeptVectors(network.encode, "network")
    second.load(tmp_path / "kept")
    assert (second.of(TEXTS) == expected).all()
    assert network.asked == DIFFERENT


def test_vectors_of_another_network_are_not_used(tmp_path: Path) -> None:
    first = KeptVectors(Network().encode, "network")
    first.of(TEXTS)
    first.save(tmp_path / "kept")
    other = Network()
    second = KeptVectors(other.encode, "another network")
    second.load(tmp_path / "kept")
    second.of(TEXTS)
    assert other.asked == DIFFERENT


@pytest.mark.parametrize("content", [None, b"", b"not vectors at all", b"\xff" * 64])
def test_a_file_that_is_missing_or_broken_is_as_good_as_none(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "kept").write_bytes(content)
    kept = KeptVectors(Network().encode, "network")
    kept.load(tmp_path / "kept")
    assert kept.of(TEXTS).shape == (3, 2)


def test_nothing_is_written_where_nothing_was_encoded(tmp_path: Path) -> None:
    KeptVectors(Network().encode, "network").save(tmp_path / "kept")
    assert list(tmp_path.iterdir()) == []


def test_the_file_holds_no_text(tmp_path: Path) -> None:
    kept = KeptVectors(Network().encode, "network")
    kept.of(TEXTS)
    kept.save(tmp_path / "kept")
    assert b"spare room" not in (tmp_path / "kept").read_bytes()
