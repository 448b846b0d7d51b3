"""The fingerprint of the assistant's code: what was learned by other code is learned anew.

Standard library only: the launcher asks for it from its own environment.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

BOT = Path(__file__).resolve().parent
# Part of every sentence vector, as the code that makes them is.
ADAPTER = BOT.parent / "data" / "encoder" / "adapter.safetensors"


def code_files(folder: Path = BOT) -> list[Path]:
    """List the Python files of the assistant, sorted, without its environment."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        # Below the hidden folders lies the environment, with tens of thousands of files.
        folders[:] = [name for name in folders if not name.startswith((".", "__"))]
        found.extend(Path(place) / name for name in names if name.endswith(".py"))
    return sorted(found)


def code_fingerprint(*data: Path) -> str:
    """Hash the assistant's code, the adapter of its sentence vectors, and the files that something is learned from.

    Args:
        data: files; one that is missing raises FileNotFoundError.
    """
    digest = hashlib.sha256()
    adapter = [ADAPTER] if ADAPTER.is_file() else []  # whoever needs it says what is wrong
    for file in [*code_files(), *adapter, *data]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
