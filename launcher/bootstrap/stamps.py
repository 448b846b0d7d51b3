"""Stamps: what a folder was made from, kept inside that folder, so that a step is done again only when that changed.

Standard library only and Python 3.8.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

STAMP = "hearth.stamp"


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """The sha256 of some files' contents and some words (versions, options) beside them; a missing file counts as one."""
    digest = hashlib.sha256()
    for word in words:
        digest.update(word.encode() + b"\0")
    for file in files:
        digest.update(file.name.encode() + b"\0")
        try:
            digest.update(hashlib.sha256(file.read_bytes()).digest())
        except FileNotFoundError:
            digest.update(b"missing")
    return digest.hexdigest()


def is_made(folder: Path, inputs: str) -> bool:
    """Whether a folder was made, to its end, from these inputs."""
    try:
        return (folder / STAMP).read_text() == inputs
    except OSError:
        return False


def write_stamp(file: Path, inputs: str) -> None:
    """Write a stamp in one move: it is there whole or not at all."""
    handle, name = tempfile.mkstemp(dir=str(file.parent), prefix=file.name)
    with os.fdopen(handle, "w") as stamp:
        stamp.write(inputs)
    os.chmod(name, 0o644)
    os.replace(name, str(file))


def clear(folder: Path) -> None:
    """Take a folder away, its stamp first: what is cut off half way counts as not made. A link goes, not what it leads to."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        (folder / STAMP).unlink(missing_ok=True)
        shutil.rmtree(str(folder))
