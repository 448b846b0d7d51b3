"""./hearth check: whether everything in data/ is as it has to be."""

from __future__ import annotations

import sys

from enquiry.settings import ROOT
from launcher.commands import command_line
from launcher.content.check import check as look_through

app = command_line()


@app.command()
def check() -> None:
    """Look for mistakes in data/: each is named with its file, its line and what to do."""
    findings = look_through(ROOT)
    print("\n".join([*findings.lines(), *findings.warnings(), findings.summary()]))
    if findings.problems:
        sys.exit(1)
