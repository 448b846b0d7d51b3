"""Sentence vectors kept between trainings: encoding the examples is most of a training's time, and few of them change.

The file is a convenience. One that is missing, broken or of other weights is as good as none.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from safetensors import SafetensorError  # type: ignore[attr-defined]  # it is made in Rust, without a stub
from safetensors.numpy import load_file, save_file

from bot.arrays import Floats

KEY_BYTES = 16


class KeptVectors:
    """Vectors by the text they are of. Each is found by a hash, so that the file holds no text."""

    def __init__(self, encode: Callable[[Sequence[str]], Floats], made_by: str) -> None:
        """Start with none.

        Args:
            encode: makes the vectors of texts that are new, float32 [texts, 384].
            made_by: names the network; vectors of another one are never used.
        """
        self._encode = encode
        self._made_by = made_by
        self._kept: dict[bytes, Floats] = {}

    def of(self, texts: Sequence[str]) -> Floats:
        """Look texts up, and encode those that are new: float32 [len(texts), 384]."""
        if not texts:
            return self._encode(texts)
        keys = [self._key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._kept}
        self._kept.update(zip(new, self._encode(list(new.values())), strict=True))
        return np.stack([self._kept[key] for key in keys])

    def load(self, file: Path) -> None:
        """Take up what an earlier training kept; nothing, where the file can't be used."""
        try:
            stored = load_file(str(file))
        except (OSError, SafetensorError):
            return
        self._kept.update(zip((row.tobytes() for row in stored["keys"]), stored["vectors"], strict=True))

    def save(self, file: Path) -> None:
        """Keep all vectors. The file takes the place of the old one only when it is complete."""
        if not self._kept:
            return
        keys = np.frombuffer(b"".join(self._kept), dtype=np.uint8).reshape(-1, KEY_BYTES)
        unfinished = file.with_name(f".{file.name}.{os.getpid()}")
        save_file({"keys": keys, "vectors": np.stack(list(self._kept.values()))}, str(unfinished))
        os.replace(unfinished, file)

    def _key(self, text: str) -> bytes:
        return hashlib.blake2b(f"{self._made_by}\0{text}".encode(), digest_size=KEY_BYTES).digest()
