"""The two Python environments and the page's parts: each made in a new folder, stamped, then moved into place.

Standard library only and Python 3.8.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from launcher.bootstrap.failures import missing_file, no_python, why
from launcher.bootstrap.progress import StepFailed, run_shown, step
from launcher.bootstrap.stamps import fingerprint, is_made, put_in_place
from launcher.bootstrap.tools import Places, find_python, get_npm, uv_environment

# Raise it when the way an environment is made changes, so that old ones are made again.
RECIPE = "1"


class Environment(NamedTuple):
    """A Python environment that a lock file describes."""

    name: str
    folder: str
    lock: str
    python: str
    title: str
    gigabytes: float

    def inputs(self, root: Path) -> str:
        return fingerprint([root / self.lock], self.python, RECIPE)

    def is_ready(self, root: Path) -> bool:
        """Made from today's lock file, and its Python still there (a system upgrade can take that away)."""
        return is_made(root / self.folder, self.inputs(root)) and os.access(
            str(root / self.folder / "bin" / "python"), os.X_OK
        )


ENVIRONMENTS = (
    Environment(
        "the website's packages",
        ".venv",
        "requirements.lock",
        "3.12",
        "Making the website's environment (0.5 GB, under a minute)",
        1.0,
    ),
    Environment(
        "the assistant's packages",
        "bot/.venv",
        "bot/requirements.lock",
        "3.10",
        "Making the assistant's environment (2 GB, 1 to 3 minutes)",
        4.0,
    ),
)
ASSETS = "node_modules"
ASSET_FILES = ("package.json", "package-lock.json")


def missing_environments(root: Path) -> list[Environment]:
    """What has to be made, or made again."""
    for environment in ENVIRONMENTS:
        if not (root / environment.lock).is_file():
            raise missing_file(environment.lock)
    return [environment for environment in ENVIRONMENTS if not environment.is_ready(root)]


def make_environment(places: Places, uv: str, environment: Environment) -> None:
    """Make one environment from its lock file.

    Raises:
        Trouble: no Python, no registry, no room, or a lock file that doesn't fit.
    """
    root = places.root
    made = places.new_folder() / "environment"
    inputs = environment.inputs(root)
    settings = uv_environment()
    # uv reads the settings of the pyproject.toml in the folder it runs in.
    beside = (root / environment.lock).parent
    with step(environment.title) as progress:
        python = find_python(environment.python) or environment.python
        try:
            run_shown(
                progress, [uv, "venv", "--relocatable", "--python", python, str(made)], places.log, beside, settings
            )
        except StepFailed as failed:
            if python == environment.python:
                raise no_python(environment.python) from failed
            raise why(failed.output, environment.name, places.log) from failed
        sync = [
            uv,
            "pip",
            "sync",
            "--require-hashes",
            "--compile-bytecode",
            "--python",
            str(made / "bin" / "python"),
            str(root / environment.lock),
        ]
        try:
            run_shown(progress, sync, places.log, beside, settings)
        except StepFailed as failed:
            raise why(failed.output, environment.name, places.log) from failed
        put_in_place(made, root / environment.folder, inputs, places.making)


def assets_ready(root: Path) -> bool:
    """Whether the page's parts are there as today's package-lock.json names them."""
    for name in ASSET_FILES:
        if not (root / name).is_file():
            raise missing_file(name)
    return is_made(root / ASSETS, _asset_inputs(root))


def _asset_inputs(root: Path) -> str:
    return fingerprint([root / name for name in ASSET_FILES], RECIPE)


def make_assets(places: Places, uv: Callable[[], str]) -> None:
    """Fetch the page's parts by their lock file.

    Args:
        uv: gets uv, which gets npm where there is none.

    Raises:
        Trouble: no registry, no room, or a lock file that doesn't fit.
    """
    npm = get_npm(places, uv)
    made = places.new_folder()
    inputs = _asset_inputs(places.root)
    with step("Fetching the page's parts (25 MB)") as progress:
        for name in ASSET_FILES:
            shutil.copy(str(places.root / name), str(made / name))
        command = [*npm.command, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        try:
            run_shown(progress, command, places.log, made, npm.environment)
        except StepFailed as failed:
            raise why(failed.output, "the page's parts", places.log) from failed
        put_in_place(made / ASSETS, places.root / ASSETS, inputs, places.making)
