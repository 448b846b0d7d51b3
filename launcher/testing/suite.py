"""The parts of the test suite: where each lives, which Python runs it, and how it went."""

from __future__ import annotations

import enum
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from xml.etree import ElementTree

from launcher.bootstrap.progress import Trouble, clean_environment
from launcher.content.training import MODEL, Need, train_model
from launcher.run.processes import BOT_PYTHON, WEB_PYTHON
from launcher.testing.chromium import browser_environment

ALL_PASSED = 0


class Part(enum.Enum):
    """A part of the test suite; its value is its folder below tests/ and its name on the command line."""

    STYLE = "style"
    UNIT = "unit"
    APP = "app"
    LAUNCHER = "launcher"
    STORE = "store"
    BOT = "bot"
    CONVERSATIONS = "conversations"
    BROWSER = "browser"


# Meant to be run after each change, so they are not kept waiting.
ON_EVERY_CORE = frozenset({Part.UNIT, Part.APP})
# What runs side by side. The longest of what needs the assistant has a lane to itself.
LANES = (
    (Part.BOT, Part.CONVERSATIONS),
    (Part.STYLE, Part.UNIT, Part.APP, Part.LAUNCHER, Part.STORE, Part.BROWSER),
)
NEEDS_MODEL = frozenset({Part.BOT, Part.CONVERSATIONS, Part.BROWSER})


@dataclass(frozen=True)
class Outcome:
    """How one part went: tests passed, failed and skipped, and the time it took in seconds."""

    part: Part
    passed: int
    failed: int
    skipped: int
    seconds: float
    status: int

    @property
    def is_good(self) -> bool:
        return self.status == ALL_PASSED and self.failed == 0

    def line(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        how = "" if self.is_good or self.failed else "  (could not run)"
        return f"{self.part.value:<14}{self.passed} passed, {self.failed} failed{skipped} in {self.seconds:.0f} s{how}"


def run_parts(root: Path, parts: Sequence[Part], extra: Sequence[str]) -> list[Outcome]:
    """Run parts of the suite; a trouble of one does not keep the others from running.

    Those that lean on the assistant and the others run side by side, each lane one part after the other: on a machine with
    two cores the whole takes about two thirds of the time.

    Args:
        root: the project's folder.
        parts: which.
        extra: further arguments for pytest.
    Returns:
        How each went, in the order asked for.
    """
    trained = _Trained(root)
    lanes = [lane for lane in ([one for one in parts if one in names] for names in LANES) if lane]
    alone = len(lanes) < 2
    with ThreadPoolExecutor(len(lanes) or 1) as pool:
        runs = [pool.submit(_run_lane, root, lane, extra, trained, alone=alone) for lane in lanes]
        found = {outcome.part: outcome for run in runs for outcome in run.result()}
    return [found[part] for part in parts]


class _Trained:
    """Trains the assistant for whoever needs it first; the others wait, and hear of the trouble when it could not be."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = Lock()
        self._trouble: Trouble | None = None

    def make_sure(self) -> None:
        with self._lock:
            if self._trouble is not None:
                raise self._trouble
            try:
                train_model(self._root, MODEL, Need.WHEN_CHANGED)
            except Trouble as trouble:
                self._trouble = trouble
                raise


def _run_lane(
    root: Path, parts: Sequence[Part], extra: Sequence[str], trained: _Trained, *, alone: bool
) -> list[Outcome]:
    outcomes = []
    for part in parts:
        if alone:
            print(f"── {part.value}", flush=True)
        try:
            if part in NEEDS_MODEL:
                trained.make_sure()
            outcomes.append(run_part(root, part, extra, alone=alone))
        except Trouble as trouble:
            print(str(trouble), file=sys.stderr)
            outcomes.append(Outcome(part, passed=0, failed=0, skipped=0, seconds=0, status=1))
    return outcomes


def run_part(root: Path, part: Part, extra: Sequence[str], *, alone: bool = True) -> Outcome:
    """Run one part with its own Python.

    Args:
        root: the project's folder.
        part: which.
        extra: further arguments for pytest.
        alone: show what it prints as it comes; otherwise in one piece at its end, so that two parts do not mix.
    """
    report = root / ".hearth" / "test" / f"{part.value}.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    python = BOT_PYTHON if part is Part.BOT else WEB_PYTHON
    command = [str(root / python), "-m", "pytest", f"tests/{part.value}", "-q", f"--junitxml={report}", *extra]
    if part in ON_EVERY_CORE:
        command += ["-n", "auto"]
    if part is Part.BOT:
        # What the other tests lean on is written for a later Python.
        command.append(f"--confcutdir=tests/{part.value}")
    began = time.monotonic()
    output = None if alone else subprocess.PIPE
    done = subprocess.run(
        command,
        cwd=root,
        env=_environment(root, part),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=None if alone else subprocess.STDOUT,
        check=False,
    )
    if output is not None:
        print(f"── {part.value}\n{done.stdout.decode('utf-8', 'replace')}", flush=True)
    return read_report(part, report, done.returncode, time.monotonic() - began)


def _environment(root: Path, part: Part) -> dict[str, str]:
    # The settings of a Hearth that is in use are not for tests: they could name its database.
    additions = {"PYTHONPATH": str(root)}
    if part is Part.BROWSER:
        additions |= browser_environment(root)
    kept = {name: value for name, value in clean_environment().items() if not name.startswith("HEARTH_")}
    if "HEARTH_CHROMIUM" in os.environ:
        additions["HEARTH_CHROMIUM"] = os.environ["HEARTH_CHROMIUM"]
    return kept | additions


def read_report(part: Part, report: Path, status: int, seconds: float) -> Outcome:
    """Count what pytest's report says; a report that isn't there means that nothing ran, which is a failure."""
    try:
        suites = list(ElementTree.parse(report).getroot().iter("testsuite"))
    except (OSError, ElementTree.ParseError):
        return Outcome(part, 0, 0, 0, seconds, status or 1)
    total, failed, skipped = (
        sum(int(suite.get(name, "0")) for suite in suites for name in names)
        for names in (("tests",), ("failures", "errors"), ("skipped",))
    )
    return Outcome(part, max(0, total - failed - skipped), failed, skipped, seconds, status)
