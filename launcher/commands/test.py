"""./hearth test: all the tests, or some of their parts."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from enquiry.settings import ROOT
from launcher.commands import command_line
from launcher.content.check import check
from launcher.testing.suite import Part, run_parts

app = command_line()


@app.command()
def test(
    context: typer.Context,
    parts: Annotated[
        list[Part] | None, typer.Argument(help="Which parts; all when none is named.", show_default=False)
    ] = None,
) -> None:
    """Run the tests. What follows -- is for pytest: ./hearth test unit -- -k screening."""
    findings = check(ROOT)
    for line in filter(None, (*findings.lines(), findings.overdue_summary(), findings.summary())):
        print(line, flush=True)
    outcomes = run_parts(ROOT, list(parts or Part), list(context.obj or []))
    print()
    for outcome in outcomes:
        print(outcome.line())
    if findings.problems:
        print(f"data          {findings.summary()}")
    # A part that could not run at all counts as one failure, so that the sum never reads as if all were well.
    failed = sum(outcome.failed or (0 if outcome.is_good else 1) for outcome in outcomes) + bool(findings.problems)
    print(f"{sum(outcome.passed for outcome in outcomes)} passed, {failed} failed")
    if failed:
        sys.exit(1)
