"""The two Python environments and the page's parts: each made in its place and stamped last, so that half of one counts as none.

Standard library only and Python 3.8.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from launcher.bootstrap.programs import run_shown
from launcher.bootstrap.progress import Progress, step
from launcher.bootstrap.stamps import STAMP, clear, fingerprint, is_made, write_stamp
from launcher.bootstrap.tools import Places, find_python, npm_command, uv_environment
from launcher.bootstrap.troubles import StepFailed, missing_file, no_python, why

# Raise it when the way a part is made changes, so that old ones are made again.
RECIPE = "1"


class Part(NamedTuple):
    """A folder of packages that lock files describe. `python` is the version, or nothing for what the pages are made of."""

    name: str
    folder: str
    locks: tuple[str, ...]
    python: str
    title: str
    gigabytes: float

    def inputs(self, root: Path) -> str:
        return fingerprint([root / lock for lock in self.locks], *filter(None, (self.python, RECIPE)))

    def is_ready(self, root: Path) -> bool:
        """Made from today's lock files, and its Python still there (a system upgrade can take that away)."""
        for lock in self.locks:
            if not (root / lock).is_file():
                raise missing_file(lock)
        python = root / self.folder / "bin" / "python"
        return is_made(root / self.folder, self.inputs(root)) and (not self.python or os.access(str(python), os.X_OK))


WEBSITE = Part(
    "the website's packages",
    ".venv",
    ("requirements.lock",),
    "3.12",
    "Making the website's environment (0.5 GB, under a minute)",
    1.0,
)
ASSISTANT = Part(
    "the assistant's packages",
    "bot/.venv",
    ("bot/requirements.lock",),
    "3.10",
    "Making the assistant's environment (2 GB, 1 to 3 minutes)",
    4.0,
)
PAGES = Part(
    "the page's parts",
    "node_modules",
    ("package.json", "package-lock.json"),
    "",
    "Fetching the page's parts (25 MB)",
    0.1,
)


def missing_parts(root: Path) -> list[Part]:
    """What has to be made, or made again."""
    return [part for part in (WEBSITE, ASSISTANT, PAGES) if not part.is_ready(root)]


def make(places: Places, part: Part, uv: Callable[[], str]) -> None:
    """Make one part from its lock files; what is there of it goes first.

    Args:
        uv: gets uv, which is not wanted where npm is there.
    Raises:
        Trouble: no Python, no registry, no room, or a lock file that doesn't fit.
    """
    folder = places.root / part.folder
    inputs = part.inputs(places.root)
    commands = list(_commands(places, part, uv))
    with step(part.title) as progress:
        clear(folder)
        try:
            for command in commands:
                _run(progress, command, places, part)
            write_stamp(folder / STAMP, inputs)
        except BaseException:
            clear(folder)  # the disk may be full
            raise


def _commands(places: Places, part: Part, uv: Callable[[], str]) -> Iterator[list[str]]:
    if not part.python:
        yield [*npm_command(places, uv), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        return
    folder, lock = str(places.root / part.folder), str(places.root / part.locks[0])
    yield [uv(), "venv", "--python", find_python(part.python) or part.python, folder]
    yield [uv(), "pip", "sync", "--require-hashes", "--compile-bytecode", "--python", f"{folder}/bin/python", lock]


def _run(progress: Progress, command: list[str], places: Places, part: Part) -> None:
    # uv and npm read their settings in the folder they run in.
    beside = (places.root / part.locks[0]).parent
    try:
        run_shown(progress, command, places.log, beside, uv_environment())
    except StepFailed as failed:
        if part.python in command:
            raise no_python(part.python) from failed
        raise why(failed.output, part.name, places.log) from failed
