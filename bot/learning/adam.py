"""The steps of a training by gradients, as Adam takes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import tensorflow as tf


@dataclass(frozen=True)
class Habits:
    """How the steps are taken.

    The memory for gradients and for their squares; what everything loses at each step; the longest that all gradients together may be.
    """

    memory: float = 0.9
    memory_of_squares: float = 0.99
    decay: float = 0.0
    longest: float | None = None


class Adam:
    """Moves variables against their gradients."""

    def __init__(
        self, variables: Sequence[tf.Variable], habits: Habits | None = None, faster: Sequence[float] | None = None
    ) -> None:
        """Begin.

        Args:
            variables: what is learned. habits: how.
            faster: how many times as fast as the rate each of them learns.
        """
        self._variables = variables
        self._habits = habits or Habits()
        self._faster = faster or [1.0] * len(variables)
        self._means = [tf.Variable(tf.zeros_like(one)) for one in variables]
        self._squares = [tf.Variable(tf.zeros_like(one)) for one in variables]

    def step(self, gradients: Sequence[tf.Tensor], rate: tf.Tensor, count: tf.Tensor) -> None:
        """Move the variables; `count` is 1 at the first step."""
        how = self._habits
        if how.longest is not None:
            gradients, _ = tf.clip_by_global_norm(gradients, how.longest)
        for variable, mean, square, gradient, faster in zip(
            self._variables, self._means, self._squares, gradients, self._faster, strict=True
        ):
            mean.assign(how.memory * mean + (1 - how.memory) * gradient)
            square.assign(how.memory_of_squares * square + (1 - how.memory_of_squares) * tf.square(gradient))
            size = tf.sqrt(square / (1 - how.memory_of_squares**count)) + 1e-8
            step = mean / (1 - how.memory**count) / size
            variable.assign_sub(faster * rate * (step + how.decay * variable))
