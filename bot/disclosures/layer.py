"""A trained layer above the sentence vector, which looks at it for nothing but disclosures.

The kernel of bot/disclosures/model.py takes the likeness of two vectors as it is; the layer has learned which of their differences tell
a disclosure from what only sounds like one. It is run with numpy alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
from scipy.special import erf

from bot.arrays import Floats

SHARPNESS = 20.0  # of the likeness to a category
ROOT = math.sqrt(384)


@dataclass(frozen=True)
class Layer:
    """What was learned: matrices, and a vector for each label.

    `straight` is float32 [384, 384], `wide` [384, width], `back` [width, 384], `classes` [labels, 384].
    """

    straight: Floats
    wide: Floats
    back: Floats
    classes: Floats

    @classmethod
    def of(cls, arrays: Mapping[str, Floats]) -> Layer:
        """Take it from the arrays that `arrays` gave."""
        return cls(**{name: np.ascontiguousarray(arrays[name]) for name in cls.__dataclass_fields__})

    def arrays(self) -> dict[str, Floats]:
        """Give what was learned, by name."""
        return {name: np.ascontiguousarray(value, dtype=np.float32) for name, value in asdict(self).items()}

    def shares(self, vectors: Floats) -> Floats:
        """Say how likely each label is: float32 [texts, labels], each row adding up to one."""
        inner = ROOT * (vectors @ self.wide)
        inner = 0.5 * inner * (1 + erf(inner / math.sqrt(2)))
        turned = vectors @ self.straight + inner @ self.back / ROOT
        turned /= np.linalg.norm(turned, axis=1, keepdims=True)
        likeness = SHARPNESS * (turned @ (self.classes / np.linalg.norm(self.classes, axis=1, keepdims=True)).T)
        shares: Floats = np.exp(likeness - likeness.max(axis=1, keepdims=True)).astype(np.float32)
        shares /= shares.sum(axis=1, keepdims=True)
        return shares
