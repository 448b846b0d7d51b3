"""Training of the layer above the sentence vector. It takes half a minute, as a part of each training of the assistant."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from bot.arrays import Floats, Ints
from bot.disclosures.layer import ROOT, SHARPNESS, Layer
from bot.learning.adam import Adam

WIDTH = 512
DROPPED = 0.3  # share of the wide part that is left out at each step
EPOCHS = 20
BATCH = 128
RATE = 1e-3
SMOOTHING = 0.1
SEED = 1


def train_layer(
    vectors: Floats, target: Ints, weight: Floats, labels: int, *, epochs: int = EPOCHS, seed: int = SEED
) -> Layer:
    """Train on sentence vectors.

    Args:
        vectors: float32 [texts, 384]. target: the label of each.
        weight: how much each text counts. labels: how many there are.
        epochs: how often each text is shown. seed: the same seed gives the same layer.
    """
    chance = np.random.default_rng(seed)
    dimensions = vectors.shape[1]
    straight = tf.Variable(np.eye(dimensions, dtype=np.float32))
    wide = tf.Variable(chance.normal(0.0, dimensions**-0.5, (dimensions, WIDTH)).astype(np.float32))
    back = tf.Variable(np.zeros((WIDTH, dimensions), dtype=np.float32))
    means = np.stack([vectors[target == label].mean(axis=0) for label in range(labels)])
    classes = tf.Variable(means.astype(np.float32))
    learned = [straight, wide, back, classes]
    adam = Adam(learned)

    def step(rows: tf.Tensor, wanted: tf.Tensor, counts: tf.Tensor, rate: tf.Tensor, count: tf.Tensor) -> None:
        with tf.GradientTape() as tape:
            inner = tf.nn.gelu(ROOT * tf.matmul(rows, wide))
            seeds = tf.stack([seed, tf.cast(count, tf.int32)])
            kept = tf.random.stateless_uniform(tf.shape(inner), seeds) >= DROPPED
            inner = tf.where(kept, inner / (1 - DROPPED), 0.0)
            turned = tf.math.l2_normalize(tf.matmul(rows, straight) + tf.matmul(inner, back) / ROOT, axis=-1)
            likeness = SHARPNESS * tf.matmul(turned, tf.math.l2_normalize(classes, axis=-1), transpose_b=True)
            each = tf.nn.softmax_cross_entropy_with_logits(
                tf.one_hot(wanted, labels) * (1 - SMOOTHING) + SMOOTHING / labels, likeness
            )
            loss = tf.reduce_sum(each * counts) / tf.reduce_sum(counts)
        adam.step(tape.gradient(loss, learned), rate, count)

    run = tf.function(step, autograph=False, reduce_retracing=True)
    steps = epochs * -(-len(vectors) // BATCH)
    done = 0
    for _ in range(epochs):
        order = chance.permutation(len(vectors))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            done += 1
            rate = RATE * (1 - (done - 1) / steps)
            run(*map(tf.constant, (vectors[rows], target[rows], weight[rows], np.float32(rate), np.float32(done))))
    return Layer(*(one.numpy() for one in learned))
