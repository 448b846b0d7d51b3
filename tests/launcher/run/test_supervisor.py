"""All processes together: kept going, shown, and however they are stopped none is left behind."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from enquiry.settings import ROOT
from launcher.bootstrap.programs import clean_environment
from launcher.run.supervisor import FIRST_PAUSE, LONGEST_PAUSE, STEADY_AFTER, how_it_ended, next_pause

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is no /proc to look into")
# The real supervisor with stand-ins for the processes.
HEARTH = """
import os, sys, time
from pathlib import Path
from enquiry.settings import Settings
from launcher.run import supervisor
from launcher.run.processes import FOR_THE_ASSISTANT, Process, Start
from launcher.bootstrap.programs import clean_environment

supervisor.SECONDS_TO_END = supervisor.SECONDS_BEHIND = 1
module, everything = os.environ.pop("RASA"), clean_environment({"PYTHONUNBUFFERED": "1"})
supervisor.PROCESSES = (
    Process("web", sys.executable, "stands_in", Start.AT_ONCE),
    Process("rasa", sys.executable, module, Start.AT_ONCE, FOR_THE_ASSISTANT),
    Process("worker", sys.executable, "stands_in", Start.BEHIND_WEB),
)
supervisor.run_all(Path(__file__).parent, Settings(web_port=1), everything, time.time())
"""
STANDS_IN = """
import os, time
print("knows", sorted(name for name in os.environ if name.startswith(("HEARTH_", "OTHERS_"))))
print("umask", oct(os.umask(0)), "pid", os.getpid())
time.sleep(60)
"""
HANGS = """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("pid", os.getpid())
time.sleep(60)
"""
LEAVES_A_CHILD = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("child", child.pid)
print("pid", os.getpid())
time.sleep(60)
"""
ENDS = """
import sys
sys.exit("no reason\\nand no end to the line")
"""


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/status")
    return not status.exists() or "\nState:\tZ" not in status.read_text()


class Hearth:
    """A supervisor at work, and what it has shown so far."""

    def __init__(self, folder: Path, rasa: str, output: int) -> None:
        files = {"up": HEARTH, "stands_in": STANDS_IN, "hangs": HANGS, "leaves": LEAVES_A_CHILD, "ends": ENDS}
        for name, text in files.items():
            (folder / f"{name}.py").write_text(text)
        known = {"HEARTH_STATE_DIR": "x", "HEARTH_SECRET": "s" * 40, "OTHERS_KEY": "k", "RASA": rasa}
        self.process = subprocess.Popen(
            [sys.executable, str(folder / "up.py")],
            cwd=folder,
            stdout=output,
            stderr=subprocess.PIPE,
            env=clean_environment({"PYTHONPATH": f"{ROOT}:{folder}", **known}),
            umask=0o022,
        )
        self.shown: list[str] = []

    def until(self, is_so: Callable[[], object]) -> None:
        """Read on until something is so."""
        assert self.process.stdout is not None
        while not is_so():
            line = self.process.stdout.readline().decode()
            assert line, "it ended too soon: " + "".join(self.shown)
            self.shown.append(line)

    def told(self, name: str, word: str) -> list[str]:
        """What follows a word in the lines of a process."""
        lines = [line.split("| ", 1)[1].strip() for line in self.shown if line.split()[1].rstrip("|") == name]
        return [line.split(f"{word} ", 1)[1] for line in lines if f"{word} " in line]

    def pids(self, name: str = "") -> list[int]:
        return [int(pid) for one in ("web", "rasa", "worker") if name in ("", one) for pid in self.told(one, "pid")]

    def left(self) -> list[int]:
        """Processes still running, after giving them time to be gone."""
        until = time.monotonic() + 20
        while any(map(is_running, self.pids())) and time.monotonic() < until:
            time.sleep(0.02)
        return [pid for pid in self.pids() if is_running(pid)]


Start = Callable[..., Hearth]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts three processes, of which one may be another stand-in; waits until so many of them have told their ids."""
    all_started = []

    def start(rasa: str = "stands_in", number: int = 3, terminal: int | None = None) -> Hearth:
        hearth = Hearth(tmp_path, rasa, subprocess.PIPE if terminal is None else terminal)
        all_started.append(hearth)
        if number:
            hearth.until(lambda: len(hearth.pids()) == number)
        return hearth

    yield start
    for hearth in all_started:
        hearth.process.kill()
        hearth.process.communicate()


def test_each_is_shown_by_name_and_given_what_it_may_know_and_writes_for_its_own_user_alone(start: Start) -> None:
    hearth = start()
    everything = "['HEARTH_SECRET', 'HEARTH_STATE_DIR', 'OTHERS_KEY']"
    assert hearth.told("web", "knows") == hearth.told("worker", "knows") == [everything]
    assert hearth.told("rasa", "knows") == ["['HEARTH_STATE_DIR']"]
    assert [umask[:4] for name in ("web", "rasa", "worker") for umask in hearth.told(name, "umask")] == ["0o77"] * 3


def test_what_nobody_waits_for_yet_starts_behind_web(start: Start) -> None:
    hearth = start()
    assert hearth.shown.index(next(line for line in hearth.shown if "worker" in line)) > 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_ends_everything_quietly(start: Start, number: signal.Signals) -> None:
    hearth = start()
    hearth.process.send_signal(number)
    _output, errors = hearth.process.communicate(timeout=30)
    assert (hearth.process.returncode, errors) == (0, b"")
    assert hearth.left() == []


@linux
def test_killed_it_leaves_nothing_behind(start: Start) -> None:
    hearth = start()
    hearth.process.kill()
    assert hearth.left() == []


@linux
def test_with_its_terminal_closed_it_leaves_nothing_behind(start: Start) -> None:
    outside, inside = pty.openpty()
    hearth = start(number=0, terminal=inside)
    os.close(inside)
    hearth.process.stdout = os.fdopen(outside, "rb", 0)
    hearth.until(lambda: len(hearth.pids()) == 3)
    assert any("\033[0;36m" in line for line in hearth.shown)
    hearth.process.stdout.close()
    hearth.process.stdout = None
    hearth.process.send_signal(signal.SIGHUP)
    assert hearth.process.wait(timeout=30) == 0
    assert hearth.left() == []


def test_one_that_does_not_end_when_asked_is_ended(start: Start) -> None:
    hearth = start("hangs")
    hearth.process.terminate()
    hearth.until(lambda: hearth.told("rasa", "did not end when asked;"))
    assert hearth.process.wait(timeout=30) == 0
    assert hearth.left() == []


def test_one_that_is_killed_is_started_again_while_the_others_go_on(start: Start) -> None:
    hearth = start()
    os.kill(hearth.pids("rasa")[0], signal.SIGKILL)
    hearth.until(lambda: len(hearth.pids("rasa")) == 2)
    assert hearth.told("rasa", "ended by") == ["SIGKILL; starting it again in 0.5 s"]
    assert all(is_running(pid) for pid in (*hearth.pids("web"), *hearth.pids("worker"), hearth.pids("rasa")[1]))


def test_one_that_leaves_a_child_with_its_output_is_started_again_all_the_same(start: Start) -> None:
    hearth = start("leaves")
    os.kill(hearth.pids("rasa")[0], signal.SIGKILL)
    hearth.until(lambda: len(hearth.pids("rasa")) == 2)
    for child in hearth.told("rasa", "child"):
        os.kill(int(child), signal.SIGKILL)


@pytest.mark.parametrize(
    ("module", "words"), [("ends", "and no end to the line"), ("is_missing", "No module named is_missing")]
)
def test_one_that_ends_by_itself_is_told_with_its_last_words_and_tried_again(
    start: Start, module: str, words: str
) -> None:
    hearth = start(module, number=2)
    hearth.until(lambda: len(hearth.told("rasa", "starting it again in")) >= 2)
    assert hearth.told("rasa", "starting it again in")[:2] == ["0.5 s", "1 s"]
    assert any(line.strip().endswith(words) for line in hearth.shown)


@linux
def test_who_ends_a_process_by_its_words_does_not_end_the_others(start: Start) -> None:
    hearth = start()
    assert all("stands_in" in Path(f"/proc/{pid}/cmdline").read_text() for pid in hearth.pids())
    assert "stands_in" not in Path(f"/proc/{hearth.process.pid}/cmdline").read_text()


def test_the_pause_before_a_new_start_doubles_up_to_a_limit_and_is_short_after_a_steady_run() -> None:
    pauses, last = [], 0.0
    for _ in range(7):
        last = next_pause(last, 0.1)
        pauses.append(last)
    assert pauses == [0.5, 1, 2, 4, 8, LONGEST_PAUSE, LONGEST_PAUSE]
    assert next_pause(LONGEST_PAUSE, STEADY_AFTER) == FIRST_PAUSE


def test_how_a_process_ended_is_told_in_words() -> None:
    assert (how_it_ended(3), how_it_ended(-9)) == ("ended (exit status 3)", "was ended by SIGKILL")
