"""Troubles before Hearth runs, each as one sentence that says what to do.

Standard library only and Python 3.8.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from launcher.bootstrap.progress import Trouble

GIGABYTE = 1_000_000_000

# The words that uv, pip and npm use; the first that fits tells the reason, so the surer ones come first.
_REASONS = (
    ("disk", r"no space left|ENOSPC|disk quota exceeded"),
    ("locked", r"hash mismatch|hashes are required|EINTEGRITY|npm ci.*can only install|out of sync|EUSAGE"),
    ("folder", r"permission denied|read-only file system|EACCES|EROFS|operation not permitted"),
    (
        "network",
        (
            r"dns error|error sending request|connection (refused|reset|timed out|error)|network is unreachable|"
            r"could not connect|failed to fetch|timed out|temporary failure in name resolution|tunnel|certificate|"
            r"ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|no matching distribution|name or service not known|"
            r"failed to download|network connectivity is disabled|network connection"
        ),
    ),
)


def why(output: str, wanted: str, log: Path) -> Trouble:
    """The sentence for a step that did not finish.

    Args:
        output: what the program wrote.
        wanted: what was being fetched or made, as it reads in a sentence.
        log: where the whole of it is.
    """
    reason = next((name for name, words in _REASONS if re.search(words, output, re.IGNORECASE)), "")
    if reason == "disk":
        return Trouble(f"The disk filled up while getting {wanted}: free about 5 GB and run ./hearth again.")
    if reason == "locked":
        return Trouble(
            f"What was fetched for {wanted} is not what its lock file names: restore the lock file from git, "
            f"or check the package mirror, and run ./hearth again (details: {log})."
        )
    if reason == "folder":
        return Trouble(
            f"A folder can't be written while getting {wanted}: see {log} for which one, allow it, and run ./hearth again."
        )
    if reason == "network":
        return Trouble(
            f"The package registry can't be reached to get {wanted}: check the network connection "
            "(or the proxy and mirror settings) and run ./hearth again."
        )
    return Trouble(f"Getting {wanted} did not finish: look at the end of {log}, put it right, and run ./hearth again.")


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


def check_space(folder: Path, gigabytes: float) -> None:
    """See that there is room before anything large is begun.

    Args:
        folder: any folder on the disk in question.
        gigabytes: what is needed, in 10^9 bytes.
    Raises:
        Trouble: there is less.
    """
    free = shutil.disk_usage(str(folder)).free / GIGABYTE
    if free < gigabytes:
        raise Trouble(
            f"Hearth needs about {gigabytes:.1f} GB of free disk space and there is {free:.1f} GB at {folder}: "
            "free some space and run ./hearth again."
        )
