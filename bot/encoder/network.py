"""The network of sentence vectors, all-MiniLM-L6-v2, as plain TensorFlow operations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import tensorflow as tf

from bot.arrays import Floats, Ints

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


Pieces = tuple[Ints, Ints, Ints]


def in_rows(rows: Sequence[Sequence[Sequence[int]]]) -> Pieces:
    """Lay each row of texts, cut into word pieces, end to end, as `Network.vectors` takes them."""
    laid = np.zeros((3, len(rows), max(sum(map(len, row)) for row in rows)), dtype=np.int32)
    ids, places, texts = laid
    texts[:] = -1
    number = 0
    for row, cut in enumerate(rows):
        at = 0
        for text in cut:
            end = at + len(text)
            ids[row, at:end], places[row, at:end], texts[row, at:end] = text, range(len(text)), number
            number, at = number + 1, end
    return ids, places, texts


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

    def vectors(self, ids: tf.Tensor, places: tf.Tensor, texts: tf.Tensor) -> tf.Tensor:
        """Run the network over word pieces that are laid out in rows of one length, int32 [rows, pieces] each.

        A row may hold several texts end to end: a piece looks at those of its own text alone.

        Args:
            ids: the pieces. places: of each in its text, from 0.
            texts: the number of the text it belongs to, from 0; -1 for what fills up.
        Returns:
            float32 [texts, dimensions], every row of length one.
        """
        x = self._norm(self._embedded(ids, places), "embeddings.LayerNorm")
        of_another = texts[:, None, :, None] != texts[:, None, None, :]
        bias = tf.where(of_another, -1e9, 0.0) + self._bias_of_distance(places)
        for index in range(self.shape.layers):
            layer = f"encoder.layer.{index}"
            x = self._attention(x, bias, layer)
            inner = tf.nn.gelu(self.dense(x, f"{layer}.intermediate.dense"))
            x = self._norm(self.dense(inner, f"{layer}.output.dense") + x, f"{layer}.output.LayerNorm")
        pieces, own = tf.reshape(x, [-1, self.shape.dimensions]), tf.reshape(texts, [-1])
        pooled = tf.math.unsorted_segment_mean(pieces, own, tf.reduce_max(own) + 1)
        return tf.math.l2_normalize(pooled, axis=-1)

    def _embedded(self, ids: tf.Tensor, places: tf.Tensor) -> tf.Tensor:
        """Look the pieces up, each at its place."""
        words = tf.gather(self._weights["embeddings.word_embeddings.weight"], ids)
        at = tf.gather(self._weights["embeddings.position_embeddings.weight"], places)
        return words + at + self._weights["embeddings.token_type_embeddings.weight"][0]

    def _bias_of_distance(self, places: tf.Tensor) -> tf.Tensor | float:
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
