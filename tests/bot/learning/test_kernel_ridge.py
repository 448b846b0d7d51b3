"""Ridge regression on a kernel: the weights, and what each example would have scored without itself."""

from __future__ import annotations

import numpy as np
import pytest

from bot.learning.kernel_ridge import BLOCK, solve, solve_leaving_out

RIDGE = 0.3
ODD_SIZES = [1, 2, 7, 61, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 37]


def problem(size: int) -> tuple[np.ndarray, np.ndarray]:
    """A kernel of random points and what is wanted of each for two labels."""
    random = np.random.default_rng(size)
    points = random.normal(size=(size, 12)).astype(np.float32)
    return (points @ points.T / 12).astype(np.float32), random.normal(size=(size, 2)).astype(np.float32)


@pytest.mark.parametrize("size", ODD_SIZES)
def test_leaving_out_gives_the_weights_and_what_each_would_have_scored_at_any_size(size: int) -> None:
    kernel, wanted = problem(size)
    inverse = np.linalg.inv(kernel.astype(np.float64) + RIDGE * np.eye(size))
    weights, scores = solve_leaving_out(kernel.copy(), wanted, RIDGE)
    assert np.allclose(weights, inverse @ wanted, atol=5e-3)
    assert np.allclose(scores, wanted - (inverse @ wanted) / np.diag(inverse)[:, None], atol=5e-3)


def test_an_example_scores_as_the_others_alone_would_have_it() -> None:
    kernel, wanted = problem(40)
    _, scores = solve_leaving_out(kernel.copy(), wanted, RIDGE)
    others = np.arange(1, 40)
    weights = solve(kernel[np.ix_(others, others)].copy(), wanted[others], RIDGE)
    assert np.allclose(scores[0], kernel[0, others] @ weights, atol=1e-3)
