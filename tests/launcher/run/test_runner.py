"""All processes together: they start, they are shown, and however they are stopped none is left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher.bootstrap.progress import clean_environment
from launcher.run.runner import keep_private

ROOT = Path(__file__).resolve().parents[3]
# The real runner and keepers with stand-ins for the four processes.
RUNNER = """
import sys, time
from pathlib import Path
from enquiry.settings import Settings
from launcher.run import processes
from launcher.run import runner
from launcher.bootstrap.progress import clean_environment

root, stand_ins = Path(sys.argv[1]), sys.argv[2]
runner.PROCESSES = tuple(
    processes.Process(one.name, processes.WEB_PYTHON, "stand_in", processes.Start.AT_ONCE, one.knows)
    for one in processes.PROCESSES if one.name in ("web", "rasa"))
runner.announce = lambda settings, started, say: say("all started")
environment = clean_environment({"PYTHONPATH": str(root) + ":" + stand_ins, "PYTHONUNBUFFERED": "1"})
sys.exit(runner.run_all(root, Settings(), environment, time.time()))
"""
STAND_IN = """
import os, time
print("knows", sorted(name for name in os.environ if name.startswith(("HEARTH_", "OTHERS_"))), flush=True)
print("pid", os.getpid(), flush=True)
time.sleep(60)
"""


class Running:
    """A runner at work: its process, and the process ids of what it runs."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.lines: list[str] = []
        assert process.stdout is not None
        while not (any("all started" in line for line in self.lines) and len(self.pids()) == 2):
            line = process.stdout.readline()
            assert line, "it ended before all were started"
            self.lines.append(line)

    def pids(self) -> list[int]:
        return [int(line.split("pid ")[1]) for line in self.lines if "pid " in line]

    def left(self) -> list[int]:
        """Processes still running, after giving them time to be gone."""
        until = time.monotonic() + 10
        while any(map(is_running, self.pids())) and time.monotonic() < until:
            time.sleep(0.02)
        return [pid for pid in self.pids() if is_running(pid)]


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/status")
    return not status.exists() or "\nState:\tZ" not in status.read_text()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    (tmp_path / "stand_in.py").write_text(STAND_IN)
    state = tmp_path / "state"
    state.mkdir(mode=0o755)
    given = {"PYTHONPATH": str(ROOT), "HEARTH_STATE_DIR": str(state), "HEARTH_SECRET": "s" * 40, "OTHERS_KEY": "k"}
    process = subprocess.Popen(
        [sys.executable, "-c", RUNNER, str(ROOT), str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=clean_environment(given),
    )
    yield Running(process)
    process.kill()
    process.communicate()


def test_every_line_says_which_process_wrote_it(running: Running) -> None:
    assert {line.split("|")[0].split()[1] for line in running.lines} == {"web", "rasa", "hearth"}


def test_the_assistant_is_given_no_secrets(running: Running) -> None:
    known = {
        line.split("|")[0].split()[1]: line.split("knows ")[1].strip() for line in running.lines if "knows " in line
    }
    assert known == {"web": "['HEARTH_SECRET', 'HEARTH_STATE_DIR', 'OTHERS_KEY']", "rasa": "['HEARTH_STATE_DIR']"}


def test_a_state_folder_that_others_could_look_into_is_closed_to_them(running: Running, tmp_path: Path) -> None:
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700


def test_a_state_folder_is_made_for_its_own_user_alone(tmp_path: Path) -> None:
    keep_private(tmp_path / "new")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_a_folder_of_everyones_stays_open_and_the_trouble_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_path.chmod(0o1777)
    keep_private(tmp_path)
    assert tmp_path.stat().st_mode & 0o7777 == 0o1777
    assert "set HEARTH_STATE_DIR" in capsys.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_ends_everything_quietly(running: Running, number: signal.Signals) -> None:
    running.process.send_signal(number)
    _out, errors = running.process.communicate(timeout=15)
    assert running.process.returncode == 0
    assert errors == ""
    assert running.left() == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the processes notice only later")
def test_killed_it_leaves_nothing_behind(running: Running) -> None:
    running.process.kill()
    assert running.left() == []


def test_a_process_that_is_killed_is_started_again_while_the_other_goes_on(running: Running) -> None:
    first, other = running.pids()
    os.kill(first, signal.SIGKILL)
    assert running.process.stdout is not None
    while len(running.pids()) < 3:
        running.lines.append(running.process.stdout.readline())
    assert is_running(other)
    assert running.process.poll() is None
