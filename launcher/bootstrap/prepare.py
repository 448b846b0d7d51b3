"""Prepare what is missing, then hand over to the project's own Python: ./hearth begins here.

Standard library only and Python 3.8: it runs before any environment exists.
"""

from __future__ import annotations

import errno
import fcntl
import functools
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import NoReturn

from launcher.bootstrap.environments import assets_ready, make_assets, make_environment, missing_environments
from launcher.bootstrap.failures import check_space, not_writable
from launcher.bootstrap.progress import Trouble, clean_environment
from launcher.bootstrap.stamps import clear
from launcher.bootstrap.tools import Places, get_uv

USAGE = """Usage: ./hearth COMMAND

  up           start Hearth: the pages, the assistant, everything
  test         run the tests: all of them, or unit, store, bot, conversations, browser
  check        look for mistakes in data/: file, line and what to do
  train        train the assistant, when what it is made from has changed
  understand   read JSON lines, write what the assistant understands
  staff        add staff, list them, make a token, reset a password

The first command fetches what Hearth needs: about 3 GB, a few minutes.
"""


def main(arguments: list[str]) -> NoReturn:
    """Prepare, then become the command.

    Args:
        arguments: what was typed after ./hearth.
    """
    started = time.time()
    root = Path.cwd()
    signal.signal(signal.SIGTERM, _stop)
    try:
        signal.signal(signal.SIGHUP, _stop)
        if _only_asks(arguments) and missing_environments(root):
            sys.stdout.write(USAGE)
            sys.exit(0)
        prepare(Places(root))
    except Trouble as trouble:
        print(str(trouble), file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        print(str(_from_os(error, root)), file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("Stopped. Nothing half-made is left: run ./hearth again to go on.", file=sys.stderr)
        sys.exit(130)
    environment = clean_environment({"PYTHONPATH": str(root), "HEARTH_STARTED_AT": repr(started)})
    python = str(root / ".venv" / "bin" / "python")
    # A signal that we ignored or caught must not stay so for the program that takes our place.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    os.execve(python, [python, "-m", "launcher", *arguments], environment)


def prepare(places: Places) -> None:
    """Make what is missing; does nothing, quickly, when nothing is.

    Raises:
        Trouble: with the sentence to show.
    """
    if not missing_environments(places.root) and assets_ready(places.root):
        return
    if not os.access(str(places.root), os.W_OK | os.X_OK):
        raise not_writable(places.root)
    folder = places.root / ".hearth"
    folder.mkdir(exist_ok=True)
    with open(str(folder / "prepare.lock"), "w") as lock:
        _hold(lock.fileno())
        # Another ./hearth may have made it all while we waited.
        missing = missing_environments(places.root)
        assets_missing = not assets_ready(places.root)
        if missing or assets_missing:
            check_space(places.root, sum(environment.gigabytes for environment in missing) + 0.1)
            # Before: what a killed start left. After: what a stopped one would leave, on a disk that may be full.
            clear(places.making)
            # Where only the page's parts are missing and npm is there, uv is not wanted.
            uv = functools.lru_cache(maxsize=1)(lambda: get_uv(places))
            try:
                for environment in missing:
                    make_environment(places, uv(), environment)
                if assets_missing:
                    make_assets(places, uv)
            finally:
                clear(places.making)


def _hold(lock: int) -> None:
    """Wait until we are the only one preparing; the system frees the lock when we end, however we end."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("Another ./hearth is setting up here; waiting for it.", file=sys.stderr, flush=True)
        fcntl.flock(lock, fcntl.LOCK_EX)


def _only_asks(arguments: list[str]) -> bool:
    return not arguments or arguments[0] in ("-h", "--help", "help")


def _from_os(error: OSError, root: Path) -> Trouble:
    if error.errno == errno.ENOSPC:
        return Trouble("The disk is full: free about 5 GB and run ./hearth again.")
    if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
        return not_writable(Path(error.filename) if error.filename else root)
    return Trouble(f"Setting up stopped ({error}): put that right and run ./hearth again.")


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main(sys.argv[1:])
