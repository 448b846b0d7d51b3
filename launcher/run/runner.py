"""Runs all processes under honcho, with their output side by side, until asked to stop."""

from __future__ import annotations

import datetime
import multiprocessing
import signal
import stat
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

import honcho.manager
from honcho.printer import Message, Printer
from honcho.process import Process as HonchoProcess

from enquiry.settings import Settings
from launcher.bootstrap.progress import Trouble, die_with_parent
from launcher.run.processes import PROCESSES, kept_command
from launcher.run.ready import announce

# A keeper gives its process 6 s and then ends it; this is for a keeper that is stuck.
SECONDS_TO_END = 8


class ForgivingOutput:
    """Standard output that may go away: a closed terminal must not leave processes behind."""

    def __init__(self, output: Any) -> None:
        self._output = output

    def write(self, text: str) -> int:
        try:
            return int(self._output.write(text))
        except (OSError, ValueError):
            return len(text)

    def flush(self) -> None:
        try:
            self._output.flush()
        except (OSError, ValueError):
            return

    def isatty(self) -> bool:
        return bool(self._output.isatty())


class BoundProcess(HonchoProcess):  # type: ignore[misc]  # honcho ships no types
    """A process whose reader ends with us, even when we are killed; its keeper notices and ends too."""

    def run(self, events: Any = None, ignore_signals: bool = False) -> None:
        bound = die_with_parent(signal.SIGKILL)  # honcho has it ignore the gentler ones
        if bound is not None:
            bound.apply()
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        super().run(events, ignore_signals)


class Runner(honcho.manager.Manager):  # type: ignore[misc]  # honcho ships no types
    """honcho's manager, quiet about itself, safe to stop at any moment.

    Args:
        on_started: called once every process is started.
    """

    def __init__(self, on_started: Callable[[Runner], None]) -> None:
        super().__init__(Printer(ForgivingOutput(sys.stdout)))
        self._process_ctor = BoundProcess
        self._on_started = on_started
        self.asked_to_stop = False

    def say(self, text: str) -> None:
        """Put a line of our own among the processes' lines; safe from any thread."""
        local_time = datetime.datetime.now(datetime.UTC).astimezone()
        self.events.put(Message(type="line", data=text + "\n", time=local_time, name="hearth", colour=None))

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        """Ctrl-C, the terminal was closed, or the system asks us to end."""
        if multiprocessing.parent_process() is not None:
            return  # a reader, forked with our handlers and not yet at setting its own
        self.asked_to_stop = True
        self.terminate()

    def terminate(self) -> None:
        """Ask all to end. Before all are started it is only noted: honcho doesn't know their ids yet."""
        if not self._all_started():
            # Only a signal comes this early.
            self.asked_to_stop = True
            return
        if not self._terminating:
            last_resort = threading.Timer(SECONDS_TO_END, self.kill)
            last_resort.daemon = True
            last_resort.start()
        super().terminate()

    def _start(self) -> None:
        # honcho has just set its own handlers, which can't tell a wish to stop from a process that ended.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.stop)
        super()._start()
        while not self._all_started():
            message = self.events.get()
            if message.type == "start":
                self._processes[message.name]["pid"] = message.data["pid"]
            else:
                self.events.put(message)
        if self.asked_to_stop:
            self.terminate()
        else:
            self._on_started(self)

    def _system_print(self, data: str) -> None:
        """honcho's own lines (started, stopped, received) say nothing to the person who reads."""


def keep_private(folder: Path) -> None:
    """Make the state folder, or take it from the eyes of others if it is there: it holds what people told the service.

    A folder of everyone's, such as /tmp, stays as it is: others would lose it. So does one that is not ours to change.

    Raises:
        Trouble: there is none and it can't be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(
            f"The folder {folder} can't be made ({error.strerror}): set HEARTH_STATE_DIR to one that can."
        ) from error
    found = stat.S_IMODE(folder.stat().st_mode)
    if not found & 0o077:
        return
    try:
        if found & stat.S_ISVTX:
            raise PermissionError
        folder.chmod(0o700)
    except PermissionError:
        print(f"Others can look into {folder}: set HEARTH_STATE_DIR to a folder of Hearth's own.", file=sys.stderr)


def run_all(root: Path, settings: Settings, environment: Mapping[str, str], started: float) -> int:
    """Start every process and stay until all have ended.

    Args:
        root: the project's folder.
        settings: this installation's settings.
        environment: the processes' environment.
        started: when ./hearth was called, in seconds since 1970.
    Raises:
        Trouble: there is no state folder and it can't be made.
    Returns:
        0 when we were asked to stop, 1 when a keeper ended by itself.
    """

    def on_started(runner: Runner) -> None:
        threading.Thread(target=announce, args=(settings, started, runner.say), daemon=True).start()

    keep_private(root / settings.state_dir)
    honcho.manager.KILL_WAIT = SECONDS_TO_END
    runner = Runner(on_started)
    for process in PROCESSES:
        runner.add_process(
            process.name, kept_command(root, process, settings), env=process.environment(environment), cwd=str(root)
        )
    runner.loop()
    if runner.asked_to_stop:
        return 0
    print("One of Hearth's keepers was ended from outside, so all were: run ./hearth up again.", file=sys.stderr)
    return 1
