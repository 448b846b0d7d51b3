"""Other programs: found, tried, run with progress shown, and ended with us.

Standard library only and Python 3.8.
"""

from __future__ import annotations

import ctypes
import glob
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from launcher.bootstrap.progress import Progress
from launcher.bootstrap.troubles import StepFailed

# What a version manager or another project's Python left behind. Compiled files are wanted: without them the assistant
# takes three times as long to start. A uv without its cache would throw away what it has just fetched.
UNWANTED = frozenset(
    "PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONSAFEPATH PYENV_VERSION VIRTUAL_ENV CONDA_PREFIX UV_NO_CACHE".split()
)
PR_SET_PDEATHSIG = 1


def clean_environment(additions: Mapping[str, str] | None = None) -> dict[str, str]:
    """Our environment without what would break the programs we run, and with some variables more."""
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    return {**kept, **(additions or {})}


def found(name: str) -> Iterator[str]:
    """Every program of a name. pyenv's own folders come before the PATH, whose shims often end with "not found"."""
    pyenv = os.environ.get("PYENV_ROOT") or str(Path.home() / ".pyenv")
    # Unlike pathlib's, this glob finds nothing where we may not look: the variable may be left of another user.
    folders = sorted(glob.glob(os.path.join(glob.escape(pyenv), "versions", "*", "bin")), reverse=True)
    folders += [*os.environ.get("PATH", "").split(os.pathsep), str(Path.home() / ".local" / "bin")]
    files = (os.path.join(folder, name) for folder in folders if folder)
    return (file for file in files if os.path.isfile(file) and os.access(file, os.X_OK))


def works(*command: str) -> bool:
    """Whether a program is there and ends well: a version manager's shim is there and ends with 127."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=20,
            env=clean_environment(),
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def run_shown(
    progress: Progress, command: Sequence[str], log: Path, cwd: Path, env: Mapping[str, str] | None = None
) -> None:
    """Run a program to its end, its output added to a log file, the progress line moving.

    The program does not outlive us, so that a new start never meets a leftover one at work.

    Args:
        env: the whole environment; ours, cleaned, when None.
    Raises:
        StepFailed: it could not be started or ended with a status other than 0.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(str(log), "ab") as output:
        start = output.tell()
        output.write(("$ " + " ".join(command) + "\n").encode())
        output.flush()
        try:
            process = subprocess.Popen(
                list(command),
                cwd=str(cwd),
                env=clean_environment() if env is None else dict(env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent(),
            )
        except OSError as error:
            raise StepFailed(str(error)) from error
        try:
            status = _wait(process, progress.tick)
        except BaseException:
            process.terminate()
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            raise
    if status != 0:
        with open(str(log), "rb") as written:
            written.seek(start)
            raise StepFailed(written.read().decode("utf-8", "replace")[-8000:])


def _wait(process: subprocess.Popen[bytes], tick: Callable[[], None]) -> int:
    while True:
        try:
            return process.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            tick()


def die_with_parent() -> Callable[[], None] | None:
    """What a child calls before its program starts, to be sent SIGTERM when we end in whatever way; None where Linux is not."""
    if not sys.platform.startswith("linux"):
        return None
    # Loaded here, before the fork: loading it in the child is not safe.
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        # The parent may have gone between the fork and the asking.
        if os.getppid() != parent:
            os._exit(1)

    return ask
