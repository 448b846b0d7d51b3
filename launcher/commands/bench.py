"""./hearth bench: how fast it is on this machine, and how well it understands."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated

import typer

from enquiry.settings import ROOT, load_settings
from launcher.commands import become, command_line
from launcher.content.training import Need, train_model
from launcher.run.processes import BOT_PYTHON, WEB_PYTHON

app = command_line()


class What(enum.StrEnum):
    """What is measured."""

    REPLIES = "replies"
    UNDERSTANDING = "understanding"
    SCREENING = "screening"
    KILLS = "kills"
    WEB_KILLS = "web-kills"
    STORM = "storm"
    BOOKINGS = "bookings"


@app.command()
def bench(
    what: Annotated[
        What,
        typer.Argument(
            help="Reply times, understanding, deciding, killed workers, a storm of bookings, or booking times."
        ),
    ] = What.REPLIES,
    as_json: Annotated[bool, typer.Option("--json", help="Print one line of JSON.")] = False,
    misses: Annotated[
        bool, typer.Option("--misses", help="understanding: list every held-out message that was not understood.")
    ] = False,
    train: Annotated[
        Path | None, typer.Option(help="understanding: train the classifier on this CSV (sentence,label)…")
    ] = None,
    test: Annotated[Path | None, typer.Option(help="understanding: …and score it on this one.")] = None,
    public: Annotated[
        Path | None, typer.Option(help="understanding: a folder with the HINT3 and BANKING77 files.")
    ] = None,
) -> None:
    """Measure reply times and memory, how well messages are understood that it was not trained on, how fast answers are decided,
    whether a worker that is killed loses messages or sends them twice, whether many who book at once get more than there is, or how
    long booking takes."""
    words = ["--json"] if as_json else []
    files = {"--train": train, "--test": test, "--public": public}
    if what is What.UNDERSTANDING:
        words += ["--misses"] if misses else []
        words += [word for name, file in files.items() if file for word in (name, str(file.resolve()))]
    if what is What.REPLIES or (what is What.UNDERSTANDING and not any(files.values())):
        train_model(ROOT, load_settings().model, Need.WHEN_CHANGED)
    if what is What.UNDERSTANDING:
        become(BOT_PYTHON, "bench", words)
    become(WEB_PYTHON, f"bench.{what.replace('-', '_')}", words)
