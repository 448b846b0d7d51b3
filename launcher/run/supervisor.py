"""Keep the processes going, with their output side by side, until asked to stop.

One event loop does it all; docs/decisions/0024-one-process-keeps-the-others.md says what else was tried.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from enquiry.settings import Settings
from launcher.bootstrap.programs import die_with_parent
from launcher.run.processes import PROCESSES, Process, Start
from launcher.run.ready import announce, page_answers

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 10.0
STEADY_AFTER = 30.0
SECONDS_TO_END = 6.0
SECONDS_BEHIND = 4.0  # how long a process that comes after web waits for it
# What the processes write is for their own user alone: it holds what people told the service.
OWNER_ALONE = 0o077
COLOURS = {"web": 36, "rasa": 33, "actions": 32, "worker": 35}
MOST_AT_ONCE = 65536  # bytes


def next_pause(last: float, up_for: float) -> float:
    """How many seconds to wait before the next start.

    Args:
        last: the pause before, in seconds; 0 when there was none.
        up_for: how long the process ran, in seconds.
    """
    if last == 0 or up_for >= STEADY_AFTER:
        return FIRST_PAUSE
    return min(last * 2, LONGEST_PAUSE)


def how_it_ended(status: int) -> str:
    """A status as words: negative numbers are signals."""
    return f"was ended by {signal.Signals(-status).name}" if status < 0 else f"ended (exit status {status})"


class Supervisor:
    """Runs processes side by side in one folder.

    Args:
        root: the folder.
        environment: what there is to know; each process is given what it may know of it.
    """

    def __init__(self, root: Path, environment: Mapping[str, str]) -> None:
        self._root = root
        self._environment = environment
        self._stop = asyncio.Event()
        self._coloured = sys.stdout.isatty()

    async def run(self, processes: Sequence[Process], settings: Settings, started: float) -> None:
        """Keep the processes going until Ctrl-C, the terminal is closed, or the system asks us to end.

        Args:
            started: when ./hearth was called, in seconds since 1970.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, self._stop.set)
        async with asyncio.TaskGroup() as tasks:
            page = tasks.create_task(page_answers(settings))
            announcing = tasks.create_task(announce(settings, page, started, self.say))
            for process in processes:
                tasks.create_task(self._keep(process, page))
            await self._stop.wait()
            page.cancel()
            announcing.cancel()

    def say(self, text: str, name: str = "hearth") -> None:
        """Write a line that begins with the time and whose it is."""
        head = f"{time.strftime('%H:%M:%S')} {name:<8}| "
        if self._coloured and name in COLOURS:
            head = f"\033[0;{COLOURS[name]}m{head}\033[0m"
        # A terminal that is gone must not leave processes behind.
        with contextlib.suppress(OSError):
            os.write(1, f"{head}{text}\n".encode())

    async def _keep(self, process: Process, page: asyncio.Task[bool]) -> None:
        """Start a process, and start it again whenever it ends."""
        output = _Output(lambda line: self.say(line, process.name))
        if process.start is Start.BEHIND_WEB:
            await self._until(page, SECONDS_BEHIND)
        pause = 0.0
        while not self._stop.is_set():
            began = time.monotonic()
            try:
                ended = how_it_ended(await self._run_once(process, output.write_end))
            except OSError as error:
                ended = f"can't be started ({error})"
            output.show_rest()
            if not self._stop.is_set():
                pause = next_pause(pause, time.monotonic() - began)
                self.say(f"{process.name} {ended}; starting it again in {pause:g} s", process.name)
                await self._until(None, pause)

    async def _run_once(self, process: Process, output: int) -> int:
        child = await asyncio.create_subprocess_exec(
            str(self._root / process.python),
            "-m",
            process.module,
            cwd=self._root,
            env=process.environment(self._environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C is ours to pass on, and a child that has children is ended with all of them
            umask=OWNER_ALONE,
            preexec_fn=die_with_parent(),  # we have one thread only, and it calls one C function
        )
        ended = asyncio.create_task(child.wait())
        try:
            await self._until(ended)
        finally:
            for number in (signal.SIGTERM, signal.SIGKILL):
                if not ended.done():
                    if number is signal.SIGKILL:
                        self.say(f"{process.name} did not end when asked; ending it now", process.name)
                    with contextlib.suppress(ProcessLookupError):  # it ended by itself in the meantime
                        os.killpg(child.pid, number)
                    await asyncio.wait({ended}, timeout=SECONDS_TO_END)
        return await ended

    async def _until(self, what: asyncio.Task[Any] | None, seconds: float | None = None) -> None:
        """Wait until something is done, the time is over, or we are asked to stop."""
        stop = asyncio.create_task(self._stop.wait())
        awaited = {stop} if what is None else {stop, what}
        await asyncio.wait(awaited, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()


class _Output:
    """Shows line by line what a process writes, over all its starts.

    The pipe is ours, so that what a process leaves behind can't keep us from noticing its end.
    """

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self._rest = b""
        self._read_end, self.write_end = os.pipe()
        os.set_blocking(self._read_end, False)
        asyncio.get_running_loop().add_reader(self._read_end, self._read)

    def _read(self) -> bool:
        try:
            written = os.read(self._read_end, MOST_AT_ONCE)
        except BlockingIOError:
            return False
        *lines, self._rest = (self._rest + written).split(b"\n")
        for line in lines:
            self._show(line.decode("utf-8", "replace"))
        return True

    def show_rest(self) -> None:
        """Show what is still in the pipe, and a last line that was not finished."""
        while self._read():
            pass
        if self._rest:
            self._show(self._rest.decode("utf-8", "replace"))
            self._rest = b""


def run_all(root: Path, settings: Settings, environment: Mapping[str, str], started: float) -> None:
    """Start every process and stay until we are asked to stop and all have ended."""

    async def run() -> None:
        await Supervisor(root, environment).run(PROCESSES, settings, started)

    asyncio.run(run())
