"""./hearth check: whether everything in data/ is as it has to be."""

from __future__ import annotations

import sys

from enquiry.settings import ROOT
from launcher.content.check import check as look_through


def check() -> None:
    """Look for mistakes in data/: each is named with its file, its line and what to do."""
    findings = look_through(ROOT)
    for line in [*findings.lines(), *findings.warnings(), findings.summary()]:
        print(line)
    if findings.problems:
        sys.exit(1)
