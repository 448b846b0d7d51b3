"""./hearth understand: JSON lines in, what the assistant understands out. Needs no server."""

from __future__ import annotations

import os

import typer

from enquiry.settings import ROOT, load_settings
from launcher.bootstrap.programs import clean_environment
from launcher.content.training import Need, train_model


def understand(context: typer.Context) -> None:
    """Read JSON lines {"text", "question"?, "agency"?} and write one line of understanding for each."""
    train_model(ROOT, load_settings().model, Need.WHEN_CHANGED)
    python = str(ROOT / "bot" / ".venv" / "bin" / "python")
    # It takes our place, so standard input and output are its own and a closed pipe reaches it directly.
    os.execve(
        python, [python, "-m", "bot.understand", *(context.obj or [])], clean_environment({"PYTHONPATH": str(ROOT)})
    )
