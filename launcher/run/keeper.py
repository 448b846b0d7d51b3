"""Keeps one process going: starts it again when it ends, ends it when asked to, never outlives its parent.

honcho ends everything as soon as one process ends, so each of Hearth's processes has a keeper that does not end with it.
Standard library only, and little of it: one keeper runs beside every process.

    python -m launcher.run.keeper web -- python -m web
    python -m launcher.run.keeper worker --after 127.0.0.1:8000 -- python -m worker
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType

from launcher.bootstrap.progress import die_with_parent

ERRAND = "HEARTH_KEEPER_ERRAND"
FIRST_WAIT = 0.5
LONGEST_WAIT = 10.0
STEADY_AFTER = 30.0
SECONDS_TO_END = 6.0
# What Hearth's processes write is for their own user alone: it holds what people told the service.
OWNER_ALONE = 0o077
# How long a process that comes after another gives that other one; then it starts all the same.
SECONDS_BEHIND = 4.0


def next_wait(last: float, up_for: float) -> float:
    """How long to wait before the next start.

    Args:
        last: the wait before, in seconds; 0 when there was none.
        up_for: how long the process ran, in seconds.
    """
    if last == 0 or up_for >= STEADY_AFTER:
        return FIRST_WAIT
    return min(last * 2, LONGEST_WAIT)


class Keeper:
    """One kept process.

    Args:
        name: what it is called in messages.
        command: program and arguments.
        clock: a clock that only goes forward, in seconds.
    """

    def __init__(self, name: str, command: Sequence[str], clock: Callable[[], float] = time.monotonic) -> None:
        self._name = name
        self._command = list(command)
        self._clock = clock
        self._stopping = False
        self._child: subprocess.Popen[bytes] | None = None
        self._parent = os.getppid()

    def stop(self, _number: int = signal.SIGTERM, _frame: FrameType | None = None) -> None:
        """Pass the wish to end on to the process; it is not started again."""
        self._stopping = True
        if self._child is not None and self._child.poll() is None:
            self._signal_all(signal.SIGTERM)

    def run(self) -> int:
        """Keep the process until told to stop.

        Returns:
            0: being told to stop is the one way to end.
        """
        wait = 0.0
        while not self._stopping:
            began = self._clock()
            status = self._run_once()
            if self._stopping:
                break
            wait = next_wait(wait, self._clock() - began)
            print(f"{self._name} {how_it_ended(status)}; starting it again in {wait:g} s", flush=True)
            self._pause(wait)
        return 0

    def wait_behind(self, address: str, seconds: float = SECONDS_BEHIND) -> None:
        """Wait until somebody answers at an address, but not for ever.

        Args:
            address: host:port.
            seconds: the longest wait.
        """
        host, port = address.rsplit(":", 1)
        until = self._clock() + seconds
        while not self._stopping and self._clock() < until:
            try:
                with socket.create_connection((host, int(port)), timeout=0.5):
                    return
            except OSError:
                self._pause(0.1)

    def _run_once(self) -> int:
        try:
            # A session of its own: a child that has children is ended with all of them.
            self._child = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                umask=OWNER_ALONE,
                preexec_fn=die_with_parent(),  # we have one thread only, and it calls one C function
            )
        except OSError as error:
            print(f"{self._name} can't be started ({error})", flush=True)
            return 127
        if self._stopping:  # asked to stop between the check and the start
            self._signal_all(signal.SIGTERM)
        while True:
            try:
                return self._child.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                self._stop_if_orphaned()
                if self._stopping:
                    return self._end()

    def _end(self) -> int:
        assert self._child is not None
        try:
            return self._child.wait(timeout=SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            print(f"{self._name} did not end when asked; ending it now", flush=True)
            self._signal_all(signal.SIGKILL)
            return self._child.wait()

    def _signal_all(self, number: signal.Signals) -> None:
        assert self._child is not None
        try:
            os.killpg(self._child.pid, number)
        except ProcessLookupError:
            return  # ended by itself in the meantime

    def _pause(self, seconds: float) -> None:
        until = self._clock() + seconds
        while not self._stopping and self._clock() < until:
            self._stop_if_orphaned()
            time.sleep(0.1)

    def _stop_if_orphaned(self) -> None:
        """Where the system doesn't tell a child of its parent's end, notice it."""
        if os.getppid() != self._parent:
            self.stop()


def how_it_ended(status: int) -> str:
    """A status as words: negative numbers are signals."""
    if status < 0:
        return f"was ended by {signal.Signals(-status).name}"
    return f"ended (exit status {status})"


def main(arguments: list[str]) -> int:
    """Read `<name> [--after host:port] -- command…` and keep that command.

    The errand is put away from the command line first: whoever ends a process by its words ("pkill -f bot.server.serve")
    would otherwise end its keeper with it, and so everything.
    """
    if arguments:
        os.environ[ERRAND] = json.dumps(arguments)
        os.execv(sys.executable, [sys.executable, "-S", "-m", "launcher.run.keeper"])
    arguments = json.loads(os.environ.pop(ERRAND))
    split = arguments.index("--")
    options, command = arguments[:split], arguments[split + 1 :]
    prepare_to_die = die_with_parent()
    if prepare_to_die is not None:
        prepare_to_die.apply()
    keeper = Keeper(options[0], command)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, keeper.stop)
    if "--after" in options:
        keeper.wait_behind(options[options.index("--after") + 1])
    return keeper.run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
