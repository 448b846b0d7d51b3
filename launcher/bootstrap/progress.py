"""Long steps, shown while they run, and troubles, told in one sentence.

Standard library only and Python 3.8, like every prepare module: it runs before any environment exists.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

SPINNER = "|/-\\"
PR_SET_PDEATHSIG = 1


class Trouble(Exception):
    """Something a person can put right; its text is the one sentence that says how."""


class StepFailed(Exception):
    """A program that a step ran did not finish well.

    Args:
        output: the last part of what it wrote.
    """

    def __init__(self, output: str) -> None:
        super().__init__(output)
        self.output = output


class Progress:
    """One long step on standard error: a moving line on a terminal, plain lines anywhere else."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._started = time.monotonic()
        self._terminal = sys.stderr.isatty()
        self._turn = 0

    def begin(self) -> None:
        if not self._terminal:
            print(self._title + "…", file=sys.stderr, flush=True)

    def tick(self) -> None:
        """Move the spinner; call it a few times a second."""
        if self._terminal:
            self._turn += 1
            mark = SPINNER[self._turn % len(SPINNER)]
            sys.stderr.write(f"\r\033[K{self._title}… {mark} {self.seconds():.0f} s")
            sys.stderr.flush()

    def end(self, word: str) -> None:
        """Close the line with a word such as "done"."""
        if self._terminal:
            sys.stderr.write("\r\033[K")
        print(f"{self._title}… {word} in {max(1, round(self.seconds()))} s", file=sys.stderr, flush=True)

    def seconds(self) -> float:
        return time.monotonic() - self._started


@contextlib.contextmanager
def step(title: str) -> Iterator[Progress]:
    """Show a step that may run several programs.

    Args:
        title: what is being done, as a sentence without its full stop.
    """
    progress = Progress(title)
    progress.begin()
    try:
        yield progress
    except BaseException:
        progress.end("not done, stopped")
        raise
    progress.end("done")


def run_shown(
    progress: Progress,
    command: Sequence[str],
    log: Path,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> None:
    """Run a program to its end, its output in a log file, the progress line moving.

    The program does not outlive us, so that a new start never meets a leftover one at work.

    Args:
        command: program and arguments.
        log: file that the output is added to.
        cwd: folder to run in; ours when None.
        env: the whole environment; ours when None.
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
                cwd=None if cwd is None else str(cwd),
                env=None if env is None else dict(env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent(),
            )
        except OSError as error:
            raise StepFailed(str(error)) from error
        try:
            status = _wait_shown(process, progress)
        except BaseException:
            _end(process)
            raise
    if status != 0:
        with open(str(log), "rb") as written:
            written.seek(start)
            raise StepFailed(written.read().decode("utf-8", "replace")[-8000:])


def _wait_shown(process: subprocess.Popen[bytes], progress: Progress) -> int:
    while True:
        try:
            return process.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            progress.tick()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def die_with_parent(with_signal: signal.Signals = signal.SIGTERM) -> _DieWithParent | None:
    """What a child calls before its program starts, to be ended when we are; None where the system can't do it."""
    if not sys.platform.startswith("linux"):
        return None
    return _DieWithParent(with_signal)


class _DieWithParent:
    """The C library is loaded here, before the fork: loading it in the child is not safe."""

    def __init__(self, with_signal: signal.Signals) -> None:
        self._prctl = ctypes.CDLL(None).prctl
        self._signal = with_signal
        self._parent = os.getpid()

    def apply(self) -> None:
        """Ask for this very process."""
        self._prctl(PR_SET_PDEATHSIG, self._signal)

    def __call__(self) -> None:
        self.apply()
        # The parent may have gone between the fork and the asking.
        if os.getppid() != self._parent:
            os._exit(1)


def clean_environment(additions: Mapping[str, str] | None = None) -> dict[str, str]:
    """Our environment without what a version manager or another project's Python left in it.

    Compiled files are wanted: without them the assistant takes three times as long to start.
    """
    unwanted = (
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONHOME",
        "PYENV_VERSION",
        "VIRTUAL_ENV",
        "CONDA_PREFIX",
        "PYTHONSAFEPATH",
    )
    environment = {name: value for name, value in os.environ.items() if name not in unwanted}
    environment.update(additions or {})
    return environment


def works(command: list[str], seconds: float = 20) -> bool:
    """Whether a program is there and ends well: a version manager's shim is there and ends with 127."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            env=clean_environment(),
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
