"""The parts of the test suite: where each lives, which Python runs it, and how it went."""

from __future__ import annotations

import enum
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from launcher.bootstrap.programs import clean_environment
from launcher.bootstrap.troubles import Trouble
from launcher.content.training import MODEL, Need, train_model
from launcher.run.processes import BOT_PYTHON, WEB_PYTHON
from launcher.testing.chromium import browser_environment


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
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0
    status: int = 1  # pytest's: 0 when all passed

    @property
    def is_good(self) -> bool:
        return self.status == 0 and self.failed == 0

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
    lanes = [lane for lane in ([part for part in parts if part in names] for names in LANES) if lane]
    with ThreadPoolExecutor(3) as pool:
        needed = not NEEDS_MODEL.isdisjoint(parts)
        model = pool.submit(train_model, root, MODEL, Need.WHEN_CHANGED) if needed else None
        runs = [pool.submit(_run_lane, root, lane, extra, model, shown=len(lanes) == 1) for lane in lanes]
        found = {outcome.part: outcome for run in runs for outcome in run.result()}
    return [found[part] for part in parts]


def _run_lane(
    root: Path, parts: Sequence[Part], extra: Sequence[str], model: Future[bool] | None, *, shown: bool
) -> list[Outcome]:
    outcomes = []
    for part in parts:
        try:
            if part in NEEDS_MODEL and model is not None:
                model.result()
            outcomes.append(run_part(root, part, extra, shown=shown))
        except Trouble as trouble:
            print(f"── {part.value}\n{trouble}", file=sys.stderr)
            outcomes.append(Outcome(part))
    return outcomes


def run_part(root: Path, part: Part, extra: Sequence[str], *, shown: bool) -> Outcome:
    """Run one part with its own Python.

    Args:
        root: the project's folder.
        part: which.
        extra: further arguments for pytest.
        shown: show what it prints as it comes; otherwise in one piece at its end, so that two parts do not mix.
    """
    report = root / ".hearth" / "test" / f"{part.value}.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    python = str(root / (BOT_PYTHON if part is Part.BOT else WEB_PYTHON))
    command = [python, "-m", "pytest", f"tests/{part.value}", "-q", f"--junitxml={report}", *extra]
    if part in ON_EVERY_CORE:
        command += ["-n", "auto"]
    if part is Part.BOT:
        # What the other tests lean on is written for a later Python.
        command.append(f"--confcutdir=tests/{part.value}")
    output = None if shown else subprocess.PIPE
    environment = _environment(root, part)
    began = time.monotonic()
    if shown:
        print(f"── {part.value}", flush=True)
    done = subprocess.run(
        command,
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output and subprocess.STDOUT,
        check=False,
    )
    if not shown:
        print(f"── {part.value}\n{done.stdout.decode('utf-8', 'replace')}", flush=True)
    return read_report(part, report, done.returncode, time.monotonic() - began)


def _environment(root: Path, part: Part) -> dict[str, str]:
    # The settings of a Hearth that is in use are not for tests: they could name its database.
    kept = {name: value for name, value in clean_environment().items() if not name.startswith("HEARTH_")}
    kept["PYTHONPATH"] = str(root)
    if part is Part.BROWSER:
        kept |= browser_environment(root)
    if "HEARTH_CHROMIUM" in os.environ:
        kept["HEARTH_CHROMIUM"] = os.environ["HEARTH_CHROMIUM"]
    return kept


def read_report(part: Part, report: Path, status: int, seconds: float) -> Outcome:
    """Count what pytest's report says; a report that isn't there means that nothing ran, which is a failure."""
    try:
        suites = list(ElementTree.parse(report).getroot().iter("testsuite"))
    except (OSError, ElementTree.ParseError):
        return Outcome(part, seconds=seconds, status=status or 1)
    total, failures, errors, skipped = (
        sum(int(suite.get(name, "0")) for suite in suites) for name in ("tests", "failures", "errors", "skipped")
    )
    failed = failures + errors
    return Outcome(part, max(0, total - failed - skipped), failed, skipped, seconds, status)
