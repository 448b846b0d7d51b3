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
    """The sha256 of some files' contents and some words (versions, options) beside them.

    Args:
        files: files to read; one that is missing counts as empty.
        words: what else the result depends on.
    """
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
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=str(file.parent), prefix=file.name)
    with os.fdopen(handle, "w") as stamp:
        stamp.write(inputs)
    os.chmod(name, 0o644)
    os.replace(name, str(file))


def put_in_place(made: Path, folder: Path, inputs: str, making: Path) -> None:
    """Stamp a finished folder and move it to where it belongs; the one it replaces goes after.

    Args:
        made: the new folder, on the same disk.
        folder: where it belongs.
        inputs: what it was made from.
        making: a folder for what is being thrown away.
    """
    write_stamp(made / STAMP, inputs)
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        old = Path(tempfile.mkdtemp(dir=str(making))) / "old"
        os.rename(str(folder), str(old))
    os.rename(str(made), str(folder))


def clear(making: Path) -> None:
    """Throw away what an earlier start left half-made."""
    shutil.rmtree(str(making), ignore_errors=True)
    making.mkdir(parents=True, exist_ok=True)
