"""The thresholds at which Hearth answers, asks back, or says that it does not know, chosen on the examples that are held out.

The encoder's adapter has never seen those (bot/encoder/held_out.py), and each is judged by the other examples alone. Those who write
examples avoid each other's words on purpose, so an example without itself is harder than what people type: WRONG_AT_MOST is set so
that few messages by other hands are answered wrongly at once (docs/decisions/0011 and 0030 have the figures).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.arrays import Flags, Floats, Ints

WRONG_AT_MOST = 0.095  # share of the examples that may be answered wrongly at once
LOST_AT_MOST = 0.005  # share of the rightly guessed ones that may fall below the lower threshold
LEADS = tuple(round(0.02 * step, 2) for step in range(0, 16))
OFFERED = 3
MOST_CONFUSED = 12


@dataclass(frozen=True)
class Thresholds:
    """The confidence that the best guess must have.

    At or above `answer`, and ahead of the second by `lead`, it is acted on; at or above `clarify` it is offered; below, Hearth says that
    it does not know.
    """

    answer: float
    clarify: float
    lead: float


def is_ahead(guesses: Sequence[Mapping[str, Any]], thresholds: Thresholds) -> bool:
    """Check whether the best guess is high enough, and far enough ahead of the second that the two can't be mixed up."""
    if not guesses or guesses[0]["confidence"] < thresholds.answer:
        return False
    return len(guesses) < 2 or guesses[0]["confidence"] - guesses[1]["confidence"] >= thresholds.lead


@dataclass(frozen=True)
class CrossValidation:
    """Results of leaving out each training example in turn, as shares of all."""

    examples: int
    right: float
    right_of_three: float
    right_and_confident: float
    wrong_and_confident: float
    confused: tuple[tuple[str, str, int], ...]


def choose_thresholds(
    confidence: Floats, target: Ints, labels: list[str], wrong_at_most: float = WRONG_AT_MOST
) -> tuple[Thresholds, CrossValidation]:
    """Choose the thresholds that answer most examples rightly while few are answered wrongly.

    Args:
        confidence: of each label for each example, judged by the others [examples, labels].
        target: the right label's column.
        labels: their names.
        wrong_at_most: the share of all that may be answered wrongly at once.
    """
    order = np.argsort(-confidence, axis=1)[:, :OFFERED]
    best = order[:, 0]
    best_confidence = confidence[np.arange(len(target)), best]
    lead = best_confidence - confidence[np.arange(len(target)), order[:, 1]]
    right = best == target
    clarify = float(np.quantile(best_confidence[right], LOST_AT_MOST))
    tried = [
        _try_lead(best_confidence, right, (lead >= least) & (best_confidence >= clarify), least, wrong_at_most)
        for least in LEADS
    ]
    _, answer, ahead = max(tried, key=lambda outcome: outcome[0])
    answer = max(answer, clarify)
    confident = (best_confidence >= answer) & (lead >= ahead)
    pairs = [(labels[target[i]], labels[best[i]]) for i in np.flatnonzero(~right)]
    confused = sorted(((a, b, pairs.count((a, b))) for a, b in set(pairs)), key=lambda row: -row[2])
    report = CrossValidation(
        examples=len(target),
        right=float(right.mean()),
        right_of_three=float((order == target[:, None]).any(axis=1).mean()),
        right_and_confident=float((right & confident).mean()),
        wrong_and_confident=float((~right & confident).mean()),
        confused=tuple(confused[:MOST_CONFUSED]),
    )
    return Thresholds(round(answer, 4), round(clarify, 4), ahead), report


def _try_lead(
    confidence: Floats, right: Flags, ahead: Flags, least: float, wrong_at_most: float
) -> tuple[int, float, float]:
    """Count, for one lead, how many are answered rightly, and find the threshold from which."""
    wrong = np.sort(confidence[~right & ahead])[::-1]
    allowed = int(wrong_at_most * len(right))
    answer = float(wrong[allowed]) + 1e-4 if len(wrong) > allowed else 0.0
    return int((right & ahead & (confidence >= answer)).sum()), answer, least
