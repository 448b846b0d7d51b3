"""./hearth train: the assistant's model, made again when what it is made from has changed."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from enquiry.settings import ROOT, load_settings
from launcher.commands import command_line
from launcher.content.check import refuse_mistakes
from launcher.content.training import MODEL, Need, train_model

app = command_line()


@app.command()
def train(
    force: Annotated[bool, typer.Option("--force", help="Train even when nothing has changed.")] = False,
) -> None:
    """Train the assistant, when what it is made from has changed and holds no mistake."""
    overdue = refuse_mistakes(ROOT).overdue_summary()
    if overdue:
        print(overdue, file=sys.stderr)
    trained = train_model(ROOT, load_settings().model, Need.ALWAYS if force else Need.WHEN_CHANGED)
    if not trained:
        print("The assistant is up to date: nothing it is made from has changed.", file=sys.stderr)
    report = ROOT / MODEL.with_name("hearth.txt")
    if report.is_file():
        print(report.read_text(encoding="utf-8"), end="")
