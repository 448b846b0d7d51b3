"""Training of the adapter: `python -m bot.encoder.adapt TEACHER_VECTORS [FILE]`; bot/encoder/teacher.py makes the vectors.

The adapter learns three things at once: to draw the examples of a topic together, to draw the disclosures of a kind together and away
from near misses, and to find texts as like each other as a network four times its size does. It is trained seldom: FILE, by default
data/encoder/adapter.safetensors, belongs to the project, and a training of the assistant only adds it to the weights.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tensorflow as tf

from bot.arrays import Floats, Ints
from bot.disclosures.model import NONE
from bot.encoder.adapter import RANK, SCALE, Adapter, save_adapter
from bot.encoder.encoder import WEIGHTS_SHA256, SentenceEncoder, load_tokenizer, load_weights
from bot.encoder.examples import Example, seen_examples
from bot.encoder.kept_vectors import KeptVectors
from bot.encoder.network import DENSE_NAMES, Network, in_rows
from bot.encoder.slips import with_slips
from bot.encoder.teacher import kept_by_teacher
from bot.fingerprint import ADAPTER
from bot.learning.adam import Adam, Habits

EPOCHS = 2
BATCH = 64
LONGEST = 64  # word pieces
SORTED = 16  # batches whose texts are sorted by length among each other, so that short ones need no filling up
SLIPS = 0.25  # share of the texts that are shown with typing slips
RATE = 2e-3
CLASS_RATE = 2.0  # times as fast
WARM_UP = 0.08  # share of the steps
HABITS = Habits(memory=0.9, memory_of_squares=0.98, decay=0.01, longest=1.0)
SHARPNESS = 20.0  # of the likeness to a class
SMOOTHING = 0.1
ORDINARY = 0.3  # weight of a message that is no disclosure because it is a topic or a command
WARMTH = 0.05  # of the likenesses to all texts
LIKENESS = 5.0  # weights of their differences from the teacher's, to all texts and within a batch
BATCH_LIKENESS = 10.0
SEED = 1
PLAIN = "plain.safetensors"  # the network's own vectors, kept beside the teacher's


@dataclass(frozen=True)
class Classes:
    """For each text the class it belongs to and how much that counts, 0 where nobody has said; and the vectors the classes begin with."""

    target: Ints
    weight: Floats
    vectors: Floats

    @classmethod
    def of(cls, names: Sequence[str | None], weight: Floats, vectors: Floats) -> Classes:
        """Number the classes, and let each begin at the middle of its texts."""
        places = {name: at for at, name in enumerate(sorted({name for name in names if name is not None}))}
        target = np.array([places.get(name, 0) if name is not None else 0 for name in names])
        known = np.array([name is not None for name in names])
        means = np.stack([vectors[known & (target == at)].mean(axis=0) for at in range(len(places))])
        return cls(target, np.where(known, weight, 0.0).astype(np.float32), means.astype(np.float32))


class LowRankNetwork(Network):
    """The network with an adapter beside its weights, which is not added to them while it is learned.

    The weights, which stay as they are, are multiplied in bfloat16: it takes a third of the time.
    """

    def __init__(self, weights: dict[str, Floats], chance: np.random.Generator) -> None:
        """Begin with an adapter that changes nothing."""
        super().__init__(weights)
        self._short = {name: tf.cast(self._weights[f"{name}.weight"], tf.bfloat16) for name in DENSE_NAMES}
        self.down: dict[str, tf.Variable] = {}
        self.up: dict[str, tf.Variable] = {}
        for name in DENSE_NAMES:
            outputs, inputs = weights[f"{name}.weight"].shape
            start = chance.normal(0.0, 1 / inputs**0.5, (inputs, RANK))
            self.down[name] = tf.Variable(start.astype(np.float32))
            self.up[name] = tf.Variable(np.zeros((RANK, outputs), dtype=np.float32))

    def dense(self, x: tf.Tensor, name: str) -> tf.Tensor:
        """Multiply by the weights and, apart from them, by the adapter."""
        weight = self._short[name]
        rows = tf.reshape(x, [-1, weight.shape[0]])
        plain = tf.cast(tf.matmul(tf.cast(rows, tf.bfloat16), weight), tf.float32) + self._weights[f"{name}.bias"]
        change = SCALE * tf.matmul(tf.matmul(rows, self.down[name]), self.up[name])
        return tf.reshape(plain + change, tf.concat([tf.shape(x)[:-1], [weight.shape[1]]], axis=0))

    @property
    def adapter(self) -> Adapter:
        """What was learned so far."""
        return {name: (self.down[name].numpy(), self.up[name].numpy()) for name in DENSE_NAMES}


class Training:
    """One training: the network, the classes, the teacher's vectors, and the latest vectors of all texts."""

    def __init__(self, network: LowRankNetwork, classes: Sequence[Classes], teacher: Floats, latest: Floats) -> None:
        """Begin. `latest`: the vectors that the network has as yet."""
        self._network = network
        self._teacher = tf.constant(teacher)
        self._latest = tf.Variable(latest)
        self._targets = [(tf.constant(one.target), tf.constant(one.weight)) for one in classes]
        self._class_vectors = [tf.Variable(one.vectors) for one in classes]
        narrow = [*network.down.values(), *network.up.values()]
        self._variables = [*narrow, *self._class_vectors]
        self._adam = Adam(self._variables, HABITS, [1.0] * len(narrow) + [CLASS_RATE] * len(classes))
        pieces = (tf.TensorSpec([None, None], tf.int32),) * 3
        self.step = tf.function(
            self._step,
            autograph=False,
            input_signature=[pieces, tf.TensorSpec([None], tf.int64), *[tf.TensorSpec([], tf.float32)] * 2],
        )

    def _step(self, pieces: tuple[tf.Tensor, ...], rows: tf.Tensor, rate: tf.Tensor, count: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            vectors = self._network.vectors(*pieces)
            loss = self._by_class(vectors, rows) + self._by_teacher(vectors, rows)
        self._adam.step(tape.gradient(loss, self._variables), rate, count)
        self._latest.scatter_nd_update(rows[:, None], vectors)
        return loss

    def _by_class(self, vectors: tf.Tensor, rows: tf.Tensor) -> tf.Tensor:
        loss = 0.0
        for (target, weight), classes in zip(self._targets, self._class_vectors, strict=True):
            likeness = SHARPNESS * tf.matmul(vectors, tf.math.l2_normalize(classes, axis=-1), transpose_b=True)
            count = classes.shape[0]
            wanted = tf.one_hot(tf.gather(target, rows), count) * (1 - SMOOTHING) + SMOOTHING / count
            counts = tf.gather(weight, rows)
            each = tf.nn.softmax_cross_entropy_with_logits(wanted, likeness)
            loss += tf.reduce_sum(each * counts) / tf.maximum(tf.reduce_sum(counts), 1.0)
        return loss

    def _by_teacher(self, vectors: tf.Tensor, rows: tf.Tensor) -> tf.Tensor:
        theirs = tf.gather(self._teacher, rows)
        wanted = tf.matmul(theirs, self._teacher, transpose_b=True)
        likeness = tf.matmul(vectors, self._latest, transpose_b=True)
        itself = tf.one_hot(rows, self._teacher.shape[0], on_value=-1e9, off_value=0.0)
        share = tf.nn.softmax(wanted / WARMTH + itself)
        to_all = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(share, likeness / WARMTH + itself))
        apart = tf.reduce_mean(tf.square(tf.where(itself < 0, 0.0, likeness - wanted)))
        within = tf.matmul(vectors, vectors, transpose_b=True) - tf.matmul(theirs, theirs, transpose_b=True)
        return to_all + LIKENESS * apart + BATCH_LIKENESS * tf.reduce_mean(tf.square(within))


def batches(texts: Sequence[str], chance: np.random.Generator) -> Iterator[Ints]:
    """Divide the texts into batches, in an order of chance; those side by side are sorted by length among each other."""
    order = chance.permutation(len(texts))
    for start in range(0, len(order), BATCH * SORTED):
        near = sorted(order[start : start + BATCH * SORTED], key=lambda row: len(texts[row]))
        for at in chance.permutation(range(0, len(near), BATCH)):
            yield np.array(near[at : at + BATCH])


def rate_at(step: int, steps: int) -> float:
    """Find the rate of one step: it rises at first, and then falls to nothing."""
    warm = max(1, int(WARM_UP * steps))
    return RATE * (step / warm if step <= warm else (steps - step) / (steps - warm))


def adapt(
    examples: Sequence[Example], teacher: Floats, vectors: Floats, *, epochs: int = EPOCHS, seed: int = SEED
) -> Iterator[Adapter]:
    """Train an adapter, and give it after each epoch.

    Args:
        examples: texts, none of them held out.
        teacher: what the teacher makes of them, float32 [examples, any].
        vectors: what the network makes of them as yet, float32 [examples, 384].
        epochs: how often each is shown. seed: the same seed gives the same adapter.
    """
    chance = np.random.default_rng(seed)
    texts = [example.text for example in examples]
    weights, tokenizer = load_weights(), load_tokenizer(LONGEST)
    network = LowRankNetwork(weights, chance)
    ordinary = np.array([ORDINARY if example.category is None else 1.0 for example in examples])
    classes = (
        Classes.of([example.label for example in examples], np.ones(len(texts)), vectors),
        Classes.of([category_of(example) for example in examples], ordinary, vectors),
    )
    training = Training(network, classes, teacher, vectors)
    steps = epochs * -(-len(texts) // BATCH)
    step = 0
    for _ in range(epochs):
        started, losses = time.monotonic(), []
        for rows in batches(texts, chance):
            step += 1
            shown = [with_slips(texts[row], chance) if chance.random() < SLIPS else texts[row] for row in rows]
            pieces = tuple(map(tf.constant, in_rows([[one.ids] for one in tokenizer.encode_batch(shown)])))
            rate = tf.constant(rate_at(step, steps), tf.float32)
            losses.append(float(training.step(pieces, tf.constant(rows), rate, tf.constant(float(step)))))
            if step % 20 == 0:
                print(
                    f"step {step} of {steps}, loss {np.mean(losses[-20:]):.3f}, {time.monotonic() - started:.0f} s",
                    flush=True,
                )
        yield network.adapter


def category_of(example: Example) -> str | None:
    """Name the kind of disclosure; what is a topic or a command is none."""
    return example.category or (NONE if example.label is not None else None)


def main(teacher_vectors: str, file: str = str(ADAPTER), seed: str = str(SEED)) -> int:
    """Train, and write the adapter after each epoch."""
    tf.config.experimental.enable_op_determinism()
    examples = seen_examples()
    texts = [example.text for example in examples]
    teacher = kept_by_teacher(None, Path(teacher_vectors)).of(texts)
    plain = KeptVectors(SentenceEncoder(load_tokenizer(), Network(load_weights())).encode, WEIGHTS_SHA256)
    plain.load(Path(teacher_vectors).with_name(PLAIN))
    vectors = plain.of(texts)
    plain.save(Path(teacher_vectors).with_name(PLAIN))
    for adapter in adapt(examples, teacher, vectors, seed=int(seed)):
        save_adapter(Path(file), adapter, WEIGHTS_SHA256)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
