"""Ridge regression on a kernel: each text is judged by how like it is to every example."""

from __future__ import annotations

import numpy as np
from scipy.linalg import lapack
from scipy.sparse import csr_matrix

from bot.arrays import Floats

BLOCK = 1024  # texts


def shared_words(rows: csr_matrix, columns: csr_matrix) -> Floats:
    """Multiply sparse rows, a block of texts at a time: all at once they take gigabytes.

    Args:
        rows: the features of texts, [texts, features].
        columns: those of the examples, [features, examples].
    """
    shared = np.empty((rows.shape[0], columns.shape[1]), dtype=np.float32)
    for start in range(0, len(shared), BLOCK):
        shared[start : start + BLOCK] = (rows[start : start + BLOCK] @ columns).toarray()
    return shared


def solve(kernel: Floats, wanted: Floats, ridge: float) -> Floats:
    """Find the weight of each example for each label. The kernel is overwritten.

    Args:
        kernel: how like the examples are to each other, float32 [examples, examples].
        wanted: the score each should get for each label, float32 [examples, labels].
        ridge: how far it may stay from that.
    """
    return np.ascontiguousarray(lapack.spotrs(_factor(kernel, ridge), wanted, lower=1)[0])


def solve_leaving_out(kernel: Floats, wanted: Floats, ridge: float) -> tuple[Floats, Floats]:
    """Find the weights as `solve` does, and the scores each example would have had without itself [examples, labels]."""
    factor = _factor(kernel, ridge)
    weights = np.ascontiguousarray(lapack.spotrs(factor, wanted, lower=1)[0])
    return weights, wanted - weights / _inverse_diagonal(factor)[:, None]


def _inverse_diagonal(factor: Floats) -> Floats:
    """Find the diagonal of the kernel's inverse, a block of the identity's columns at a time.

    LAPACK's strtri, which inverts the factor at once, crashes at some sizes where BLAS has one thread.
    """
    size = len(factor)
    own = np.empty(size, dtype=np.float32)
    for start in range(0, size, BLOCK):
        # Above the block the inverse of a lower triangle holds nothing.
        unit = np.eye(size - start, min(BLOCK, size - start), dtype=np.float32)
        inverse, _ = lapack.strtrs(factor[start:, start:], unit, lower=1)
        own[start : start + BLOCK] = np.einsum("ij,ij->j", inverse, inverse)
    return own


def _factor(kernel: Floats, ridge: float) -> Floats:
    kernel.flat[:: len(kernel) + 1] += np.float32(ridge)
    # It is its own transpose, which is laid out as LAPACK wants it, so that nothing is copied.
    factor: Floats
    factor, info = lapack.spotrf(kernel.T, lower=1, overwrite_a=1)
    if info:
        raise ValueError("this kernel can't be solved: it holds a number that is none, or the ridge is too small")
    return factor
