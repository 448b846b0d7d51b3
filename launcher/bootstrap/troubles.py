"""Troubles before Hearth runs, each as one sentence that says what to do.

Standard library only and Python 3.8.
"""

from __future__ import annotations

import errno
import re
import shutil
from pathlib import Path

GIGABYTE = 1_000_000_000

# The words that uv, pip and npm use; the first that fits tells the reason, so the surer ones come first.
_REASONS = (
    (
        r"no space left|ENOSPC|disk quota exceeded",
        "The disk filled up while getting {wanted}: free about 5 GB and run ./hearth again.",
    ),
    (
        r"hash mismatch|hashes are required|EINTEGRITY|npm ci.*can only install|out of sync|EUSAGE",
        "What was fetched for {wanted} is not what its lock file names: restore the lock file from git, "
        "or check the package mirror, and run ./hearth again (details: {log}).",
    ),
    (
        r"permission denied|read-only file system|EACCES|EROFS|operation not permitted",
        "A folder can't be written while getting {wanted}: see {log} for which one, allow it, and run ./hearth again.",
    ),
    (
        r"dns error|error sending request|connection (refused|reset|timed out|error)|network is unreachable|"
        r"could not connect|failed to fetch|timed out|temporary failure in name resolution|tunnel|certificate|"
        r"ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|no matching distribution|name or service not known|"
        r"failed to download|network connectivity is disabled|network connection",
        "The package registry can't be reached to get {wanted}: check the network connection "
        "(or the proxy and mirror settings) and run ./hearth again.",
    ),
    ("", "Getting {wanted} did not finish: look at the end of {log}, put it right, and run ./hearth again."),
)


class Trouble(Exception):
    """Something a person can put right; its text is the one sentence that says how."""


class StepFailed(Exception):
    """A program that a step ran did not finish well; `output` is the last part of what it wrote."""

    def __init__(self, output: str) -> None:
        super().__init__(output)
        self.output = output


def why(output: str, wanted: str, log: Path) -> Trouble:
    """The sentence for a step that did not finish.

    Args:
        output: what the program wrote.
        wanted: what was being fetched or made, as it reads in a sentence.
        log: where the whole of it is.
    """
    sentence = next(sentence for words, sentence in _REASONS if re.search(words, output, re.IGNORECASE))
    return Trouble(sentence.format(wanted=wanted, log=log))


def no_installer() -> Trouble:
    return Trouble("This Python has neither venv nor pip: install python3-venv (or uv) and run ./hearth again.")


def no_python(version: str) -> Trouble:
    return Trouble(
        f"Python {version} is not on this machine and can't be fetched: install Python {version}, "
        "or allow uv to download it, and run ./hearth again."
    )


def missing_file(file: str) -> Trouble:
    return Trouble(f"The file {file} is missing: restore it (git checkout -- {file}) and run ./hearth again.")


def not_writable(folder: Path) -> Trouble:
    return Trouble(
        f"Hearth can't write in the folder {folder}: give yourself the right to, or move Hearth to a folder of your own, "
        "and run ./hearth again."
    )


def from_system(error: OSError, root: Path) -> Trouble:
    """The sentence for what the system refused."""
    if error.errno == errno.ENOSPC:
        return Trouble("The disk is full: free about 5 GB and run ./hearth again.")
    if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
        return not_writable(Path(error.filename) if error.filename else root)
    return Trouble(f"Setting up stopped ({error}): put that right and run ./hearth again.")


def check_space(folder: Path, gigabytes: float) -> None:
    """See that there is room before anything large is begun.

    Raises:
        Trouble: the folder's disk has less free than so many 10^9 bytes.
    """
    free = shutil.disk_usage(str(folder)).free / GIGABYTE
    if free < gigabytes:
        raise Trouble(
            f"Hearth needs about {gigabytes:.1f} GB of free disk space and there is {free:.1f} GB at {folder}: "
            "free some space and run ./hearth again."
        )
