"""Prepare what is missing, then hand over to the project's own Python: ./hearth begins here.

Standard library only and Python 3.8: it runs before any environment exists.
"""

from __future__ import annotations

import fcntl
import functools
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import NoReturn

from launcher.bootstrap.environments import make, missing_parts
from launcher.bootstrap.programs import clean_environment
from launcher.bootstrap.tools import Places, get_uv
from launcher.bootstrap.troubles import Trouble, check_space, from_system, not_writable

USAGE = """Usage: ./hearth COMMAND

  up           start Hearth: the pages, the assistant, everything; Ctrl-C ends it
  test         run the tests: all of them, or some parts (style, unit, app, launcher, store, bot, conversations, browser)
  check        look for mistakes in data/: file, line and what to do
  agency       tell what is known of the fostering services, and what is not
  rehearse     try a changed criteria file before it is used
  train        train the assistant, when what it is made from has changed
  understand   read JSON lines, write what the assistant understands
  bench        measure: reply times, understanding, bookings, kills
  staff        add staff, list them, make a token, reset a password, remove an account

./hearth COMMAND --help tells more. The first command fetches what Hearth needs: about 3 GB, a few minutes.
"""


def main(arguments: list[str]) -> NoReturn:
    """Prepare, then become the command.

    Args:
        arguments: what was typed after ./hearth.
    """
    started = time.time()
    root = Path.cwd()
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        sys.stdout.write(USAGE)
        sys.exit(0)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        prepare(Places(root))
    except Trouble as trouble:
        print(str(trouble), file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        print(str(from_system(error, root)), file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("Stopped. Nothing half-made is left: run ./hearth again to go on.", file=sys.stderr)
        sys.exit(130)
    # A signal that we caught must not stay caught for the program that takes our place.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    python = str(root / ".venv" / "bin" / "python")
    environment = clean_environment({"PYTHONPATH": str(root), "HEARTH_STARTED_AT": repr(started)})
    os.execve(python, [python, "-m", "launcher", *arguments], environment)


def prepare(places: Places) -> None:
    """Make what is missing; does nothing, quickly, when nothing is.

    Raises:
        Trouble: with the sentence to show.
    """
    if not missing_parts(places.root):
        return
    if not os.access(str(places.root), os.W_OK | os.X_OK):
        raise not_writable(places.root)
    folder = places.root / ".hearth"
    folder.mkdir(exist_ok=True)
    with open(str(folder / "prepare.lock"), "w") as lock:
        _hold(lock.fileno())
        # Another ./hearth may have made it all while we waited.
        missing = missing_parts(places.root)
        check_space(places.root, sum(part.gigabytes for part in missing))
        uv = functools.lru_cache(maxsize=1)(lambda: get_uv(places))
        for part in missing:
            make(places, part, uv)


def _hold(lock: int) -> None:
    """Wait until we are the only one preparing; the system frees the lock when we end, however we end."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("Another ./hearth is setting up here; waiting for it.", file=sys.stderr, flush=True)
        fcntl.flock(lock, fcntl.LOCK_EX)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main(sys.argv[1:])
