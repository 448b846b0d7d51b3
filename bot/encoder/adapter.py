"""The adapter: for each layer of the network a small change to its weights, learned from the examples (bot/encoder/adapt.py).

Each change is a product of two narrow matrices, so that a megabyte holds all of them. They are added to the weights when the network
is loaded and cost nothing afterwards.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors import SafetensorError  # type: ignore[attr-defined]  # it is made in Rust, without a stub
from safetensors.numpy import load, save_file

from bot.arrays import Floats
from bot.encoder.network import DENSE_NAMES

RANK = 16
SCALE = 2.0  # of the product in what is added
MADE_FOR = "made_for"  # in the file: the sha256 of the network's weights

Adapter = Mapping[str, tuple[Floats, Floats]]


class WrongAdapter(Exception):
    """The adapter can't be read, or belongs to another network."""


def load_adapter(file: Path, network: str) -> Adapter:
    """Read an adapter: by the layer's name its two matrices, float32 [inputs, RANK] and [RANK, outputs].

    Args:
        file: what `save_adapter` wrote.
        network: the sha256 of the weights that it is to be added to.
    Raises:
        WrongAdapter: the file is missing, broken, incomplete, or made for other weights.
    """
    try:
        written = file.read_bytes()
        arrays = {name: value.astype(np.float32) for name, value in load(written).items()}
    except (OSError, SafetensorError) as error:
        raise WrongAdapter(
            f"{file} can't be read ({error}). It is part of Hearth: bring it back with `git checkout -- {file.name}` in its folder."
        ) from error
    if _made_for(written) != network:
        raise WrongAdapter(
            f"{file} was made for other weights than the sentence model's: train it again with `python -m bot.encoder.adapt`."
        )
    missing = [name for name in DENSE_NAMES if not {f"{name}.a", f"{name}.b"} <= arrays.keys()]
    if missing:
        raise WrongAdapter(f"{file} holds nothing for {missing[0]}, and nothing for {len(missing) - 1} others.")
    return {name: (arrays[f"{name}.a"], arrays[f"{name}.b"]) for name in DENSE_NAMES}


def _made_for(written: bytes) -> str | None:
    """Read from the head of a file, which is its length and then JSON, for which network it was made."""
    size = int.from_bytes(written[:8], "little")
    head: dict[str, dict[str, str]] = json.loads(written[8 : 8 + size])
    return head.get("__metadata__", {}).get(MADE_FOR)


def save_adapter(file: Path, adapter: Adapter, network: str) -> None:
    """Write an adapter, in half precision: what is lost by it is far below what a text's typing slip does."""
    arrays = {
        f"{name}.{part}": np.ascontiguousarray(matrix, dtype=np.float16)
        for name, both in adapter.items()
        for part, matrix in zip("ab", both, strict=True)
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file(arrays, str(file), {MADE_FOR: network})


def merged(weights: Mapping[str, Floats], adapter: Adapter) -> dict[str, Floats]:
    """Add an adapter to a network's weights, which are stored [outputs, inputs].

    Raises:
        WrongAdapter: a matrix has another shape than its layer.
    """
    added = dict(weights)
    for name, (down, up) in adapter.items():
        weight = weights[f"{name}.weight"]
        if (up.shape[1], down.shape[0]) != weight.shape or down.shape[1] != up.shape[0]:
            raise WrongAdapter(f"the adapter's part for {name} has another shape than the layer.")
        added[f"{name}.weight"] = weight + np.float32(SCALE) * (down @ up).T
    return added


def adapter_sha256(file: Path) -> str:
    """Hash the file; an adapter that is missing has the hash of nothing."""
    return hashlib.sha256(file.read_bytes() if file.is_file() else b"").hexdigest()
