"""./hearth understand: JSON lines in, what the assistant understands out. Needs no server."""

from __future__ import annotations

import typer

from enquiry.settings import ROOT, load_settings
from launcher.commands import become, command_line
from launcher.content.training import Need, train_model
from launcher.run.processes import BOT_PYTHON

app = command_line()


@app.command()
def understand(context: typer.Context) -> None:
    """Read JSON lines {"text", "question"?, "agency"?} and write one line of understanding for each."""
    train_model(ROOT, load_settings().model, Need.WHEN_CHANGED)
    become(BOT_PYTHON, "bot.understand", context.obj)
