"""The parts of the test suite: where each lives, which Python runs it, and how it went."""

from __future__ import annotations

import enum
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from launcher.chromium import browser_environment
from launcher.prepare_progress import Trouble, clean_environment
from launcher.processes import BOT_PYTHON, WEB_PYTHON
from launcher.training import MODEL, Need, train_model

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
    """Run parts of the suite, one after the other; a trouble of one does not keep the others from running.

    Args:
        root: the project's folder.
        parts: which.
        extra: further arguments for pytest.
    """
    outcomes = []
    untrained: Trouble | None = None
    for part in parts:
        print(f"── {part.value}", flush=True)
        try:
            if part in NEEDS_MODEL:
                if untrained is not None:
                    raise untrained
                try:
                    train_model(root, MODEL, Need.WHEN_CHANGED)
                except Trouble as trouble:
                    untrained = trouble
                    raise
            outcomes.append(run_part(root, part, extra))
        except Trouble as trouble:
            print(str(trouble), file=sys.stderr)
            outcomes.append(Outcome(part, passed=0, failed=0, skipped=0, seconds=0, status=1))
    return outcomes


def run_part(root: Path, part: Part, extra: Sequence[str]) -> Outcome:
    """Run one part with its own Python.

    Args:
        root: the project's folder.
        part: which.
        extra: further arguments for pytest.
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
    done = subprocess.run(command, cwd=root, env=_environment(root, part), stdin=subprocess.DEVNULL, check=False)
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
