"""./hearth bench: how fast it is on this machine."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from enquiry.settings import ROOT, load_settings
from launcher.prepare_progress import clean_environment
from launcher.training import Need, train_model


def bench(as_json: Annotated[bool, typer.Option("--json", help="Print one line of JSON.")] = False) -> None:
    """Measure reply times and memory, with servers of its own."""
    train_model(ROOT, load_settings().model, Need.WHEN_CHANGED)
    words = [sys.executable, "-m", "bench.replies", *(["--json"] if as_json else [])]
    os.execve(sys.executable, words, clean_environment({"PYTHONPATH": str(ROOT)}))
