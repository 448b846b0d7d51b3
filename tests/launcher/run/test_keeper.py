"""The keeper: starts its process again, ends it when asked, never leaves it behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from launcher.bootstrap.progress import clean_environment
from launcher.run.keeper import FIRST_WAIT, LONGEST_WAIT, STEADY_AFTER, how_it_ended, next_wait

ROOT = Path(__file__).resolve().parents[3]
NOTE_AND_WAIT = "import os, sys, time; print(os.getpid(), file=open(sys.argv[1], 'a'), flush=True); time.sleep(60)"


def eventually(is_so: Callable[[], object], seconds: float = 15) -> None:
    """Wait until something is so."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it never came about"
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Where the kept process notes its process id each time it starts."""
    file = tmp_path / "pids"
    file.touch()
    return file


@pytest.fixture
def keeper(notes: Path) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-m", "launcher.run.keeper", "thing", "--", sys.executable, "-c", NOTE_AND_WAIT, str(notes)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env=clean_environment({"PYTHONPATH": str(ROOT)}),
    )
    yield process
    process.kill()
    process.communicate()


def started(notes: Path) -> list[int]:
    return [int(line) for line in notes.read_text().splitlines()]


def test_the_wait_before_a_new_start_doubles_up_to_a_limit() -> None:
    waits, last = [], 0.0
    for _ in range(7):
        last = next_wait(last, 0.1)
        waits.append(last)
    assert waits == [0.5, 1, 2, 4, 8, LONGEST_WAIT, LONGEST_WAIT]


def test_a_process_that_ran_steadily_is_started_again_soon() -> None:
    assert next_wait(LONGEST_WAIT, STEADY_AFTER) == FIRST_WAIT


def test_how_a_process_ended_is_told_in_words() -> None:
    assert how_it_ended(3) == "ended (exit status 3)"
    assert how_it_ended(-9) == "was ended by SIGKILL"


def test_a_process_that_is_killed_is_started_again(keeper: "subprocess.Popen[str]", notes: Path) -> None:
    eventually(lambda: started(notes))
    os.kill(started(notes)[0], signal.SIGKILL)
    eventually(lambda: len(started(notes)) == 2)
    assert keeper.stdout is not None
    assert keeper.stdout.readline() == "thing was ended by SIGKILL; starting it again in 0.5 s\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_keeper_that_is_asked_to_end_ends_its_process_and_says_all_is_well(
    keeper: "subprocess.Popen[str]", notes: Path, number: signal.Signals
) -> None:
    eventually(lambda: started(notes))
    keeper.send_signal(number)
    assert keeper.wait(timeout=10) == 0
    assert not is_running(started(notes)[0])
    assert len(started(notes)) == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is no /proc to look into")
def test_who_ends_a_process_by_its_words_does_not_end_its_keeper(keeper: "subprocess.Popen[str]", notes: Path) -> None:
    eventually(lambda: started(notes))
    words = Path(f"/proc/{keeper.pid}/cmdline").read_text().split("\0")
    assert "thing" not in words
    assert str(notes) not in words


def test_what_a_kept_process_writes_is_for_its_own_user_alone(tmp_path: Path) -> None:
    made = tmp_path / "made"
    write = "import pathlib, sys, time; pathlib.Path(sys.argv[1]).mkdir(); time.sleep(60)"
    process = subprocess.Popen(
        [sys.executable, "-m", "launcher.run.keeper", "thing", "--", sys.executable, "-c", write, str(made)],
        cwd=ROOT,
        env=clean_environment({"PYTHONPATH": str(ROOT)}),
        umask=0o022,
    )
    try:
        eventually(made.exists)
        assert made.stat().st_mode & 0o777 == 0o700
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the process notices only later")
def test_a_process_does_not_outlive_a_keeper_that_is_killed(keeper: "subprocess.Popen[str]", notes: Path) -> None:
    eventually(lambda: started(notes))
    keeper.kill()
    eventually(lambda: not is_running(started(notes)[0]))


def test_a_command_that_is_not_there_is_told_and_tried_again(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "launcher.run.keeper", "thing", "--", str(tmp_path / "missing")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env=clean_environment({"PYTHONPATH": str(ROOT)}),
    )
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(2)]
    process.terminate()
    process.communicate(timeout=10)
    assert "can't be started" in lines[0]
    assert "starting it again" in lines[1]
    assert process.returncode == 0
