"""The network of sentence vectors, all-MiniLM-L6-v2, as plain TensorFlow operations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import tensorflow as tf

from bot.arrays import Floats

DIMENSIONS = 384
LAYERS = 6


@dataclass(frozen=True)
class Shape:
    """The measures of a network, and how its file names the parts of an attention: query, key, value, output and its norm."""

    dimensions: int
    layers: int
    heads: int
    epsilon: float
    attention: tuple[str, str, str, str, str]


MINILM = Shape(
    DIMENSIONS,
    LAYERS,
    heads=12,
    epsilon=1e-12,
    attention=("self.query", "self.key", "self.value", "output.dense", "output.LayerNorm"),
)
# The layers that turn one row of numbers into another. Their weights are stored the other way round than they are multiplied.
DENSE = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
DENSE_NAMES = tuple(f"encoder.layer.{index}.{name}" for index in range(LAYERS) for name in DENSE)


class Network:
    """Turns word pieces into unit vectors."""

    shape = MINILM

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        """Take the weights, by the names they have in the file."""
        turned = {f"{name}.weight" for name in DENSE_NAMES}
        # Turned round once: turning them round for every message would copy the whole network each time.
        self._weights = {
            name: tf.constant(value.T if name in turned else value)
            for name, value in weights.items()
            if value.dtype == np.float32
        }

    def vectors(self, ids: tf.Tensor, mask: tf.Tensor) -> tf.Tensor:
        """Run the network.

        Args:
            ids: word pieces, int32 [texts, pieces].
            mask: 1 for a piece, 0 for what fills up, float32 [texts, pieces].
        Returns:
            float32 [texts, dimensions], every row of length one.
        """
        x = self._norm(self._embedded(ids), "embeddings.LayerNorm")
        bias = (1.0 - mask[:, None, None, :]) * -1e9 + self._bias_of_distance(tf.shape(ids)[1])
        for index in range(self.shape.layers):
            layer = f"encoder.layer.{index}"
            x = self._attention(x, bias, layer)
            inner = tf.nn.gelu(self.dense(x, f"{layer}.intermediate.dense"))
            x = self._norm(self.dense(inner, f"{layer}.output.dense") + x, f"{layer}.output.LayerNorm")
        weight = mask[:, :, None]
        pooled = tf.reduce_sum(x * weight, axis=1) / tf.reduce_sum(weight, axis=1)
        return tf.math.l2_normalize(pooled, axis=-1)

    def _embedded(self, ids: tf.Tensor) -> tf.Tensor:
        """Look the pieces up, each at its place."""
        words = tf.gather(self._weights["embeddings.word_embeddings.weight"], ids)
        places = self._weights["embeddings.position_embeddings.weight"][: tf.shape(ids)[1]]
        return words + places + self._weights["embeddings.token_type_embeddings.weight"][0]

    def _bias_of_distance(self, length: tf.Tensor) -> tf.Tensor | float:
        """Give what the distance of two pieces adds to their attention; here it adds nothing."""
        return 0.0

    def dense(self, x: tf.Tensor, name: str) -> tf.Tensor:
        """Multiply by the weights of one layer, such as those of DENSE_NAMES, and add its bias."""
        weight = self._weights[f"{name}.weight"]
        rows = tf.matmul(tf.reshape(x, [-1, weight.shape[0]]), weight) + self._weights[f"{name}.bias"]
        return tf.reshape(rows, tf.concat([tf.shape(x)[:-1], [weight.shape[1]]], axis=0))

    def _norm(self, x: tf.Tensor, name: str) -> tf.Tensor:
        mean, variance = tf.nn.moments(x, axes=[-1], keepdims=True)
        scaled = (x - mean) * tf.math.rsqrt(variance + self.shape.epsilon)
        return scaled * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]

    def _attention(self, x: tf.Tensor, bias: tf.Tensor, layer: str) -> tf.Tensor:
        batch, length = tf.shape(x)[0], tf.shape(x)[1]
        query, key, value, output, norm = (f"{layer}.attention.{part}" for part in self.shape.attention)

        def heads(name: str) -> tf.Tensor:
            split = tf.reshape(self.dense(x, name), [batch, length, self.shape.heads, -1])
            return tf.transpose(split, [0, 2, 1, 3])

        width = self.shape.dimensions // self.shape.heads
        scores = tf.matmul(heads(query), heads(key), transpose_b=True) / np.float32(np.sqrt(width))
        mixed = tf.matmul(tf.nn.softmax(scores + bias), heads(value))
        joined = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [batch, length, self.shape.dimensions])
        return self._norm(self.dense(joined, output) + x, norm)
