"""Sureness: how likely a learned reading is right, told from how the choices of its question scored.

A logistic regression over a handful of signs, the same for all questions. It is fitted to what each known answer would have been read
as without itself, so its number is a likelihood: of readings that are 0.9 sure, nine in ten are right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

STEPS = 30
SHRINKS = 1.0  # of the weights, beside a sum over thousands of answers


@dataclass(frozen=True)
class Signs:
    """How the choices scored, for one reading.

    `top` is the best score, `lead` its distance to the next that is none of the reading, `certain` the least distance of any choice from
    being in or out, `nothing` the score of answering nothing. `asks` says that the rules would ask again, `several` that more than one
    choice may be picked.
    """

    top: float
    lead: float
    certain: float
    nothing: float
    asks: bool
    several: bool

    def as_row(self) -> list[float]:
        """Give them as numbers, the first of which is always one."""
        return [1.0, self.top, self.lead, self.certain, self.nothing, float(self.asks), float(self.several)]


@dataclass(frozen=True)
class Sureness:
    """What the signs weigh, and how sure a reading has to be before it counts."""

    weights: tuple[float, ...]
    at_least: float

    def of(self, signs: Signs) -> float:
        """Tell how likely a reading is right."""
        return float(1.0 / (1.0 + np.exp(-np.dot(signs.as_row(), self.weights))))


def fit(signs: Sequence[Signs], right: Sequence[bool], wrong_at_most: int) -> Sureness:
    """Fit the weights, and choose the least sureness with which no more readings are wrong than may be.

    Args:
        signs: of readings whose truth is known.
        right: whether each is the truth.
        wrong_at_most: how many readings may be wrong.
    """
    if not signs:
        return Sureness((0.0,) * len(Signs(0, 0, 0, 0, False, False).as_row()), 1.0)
    rows, truth = np.array([one.as_row() for one in signs]), np.array(right, dtype=np.float64)
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        likely = 1.0 / (1.0 + np.exp(-rows @ weights))
        slope = rows.T @ (truth - likely) - SHRINKS * weights
        bend = (rows * (likely * (1.0 - likely))[:, None]).T @ rows + SHRINKS * np.eye(len(weights))
        weights += np.linalg.solve(bend, slope)
    unfitted = Sureness(tuple(float(weight) for weight in weights), 1.0)
    mistakes = sorted(
        (unfitted.of(one) for one, is_right in zip(signs, right, strict=True) if not is_right), reverse=True
    )
    least = mistakes[wrong_at_most] + 1e-6 if len(mistakes) > wrong_at_most else 0.0
    return Sureness(unfitted.weights, round(_not_below_half(least), 4))


def _not_below_half(least: float) -> float:
    """A reading that is as likely wrong as right is never one."""
    return max(least, 0.5)
