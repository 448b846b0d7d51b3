"""./hearth bench: how fast it is on this machine, and how well it understands."""

from __future__ import annotations

import enum
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from enquiry.settings import ROOT, load_settings
from launcher.bootstrap.programs import clean_environment
from launcher.content.training import Need, train_model


class What(enum.StrEnum):
    """What is measured."""

    REPLIES = "replies"
    UNDERSTANDING = "understanding"
    SCREENING = "screening"
    KILLS = "kills"
    WEB_KILLS = "web-kills"
    STORM = "storm"
    BOOKINGS = "bookings"


def bench(
    what: Annotated[
        What,
        typer.Argument(
            help="Reply times, understanding, deciding, killed workers, a storm of bookings, or booking times."
        ),
    ] = What.REPLIES,
    as_json: Annotated[bool, typer.Option("--json", help="Print one line of JSON.")] = False,
    misses: Annotated[
        bool, typer.Option(help="understanding: list every held-out message that was not understood.")
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
    as_words = ["--json"] if as_json else []
    if what in (What.SCREENING, What.KILLS, What.WEB_KILLS, What.STORM, What.BOOKINGS):
        _become(sys.executable, ["-m", f"bench.{what.replace('-', '_')}", *as_words])
    if what is What.REPLIES:
        train_model(ROOT, load_settings().model, Need.WHEN_CHANGED)
        _become(sys.executable, ["-m", "bench.replies", *as_words])
    files = {"--train": train, "--test": test, "--public": public}
    words = [word for name, file in files.items() if file for word in (name, str(file.resolve()))]
    if not words:
        train_model(ROOT, load_settings().model, Need.WHEN_CHANGED)
    _become(
        str(ROOT / "bot" / ".venv" / "bin" / "python"),
        ["-m", "bench", *words, *as_words, *(["--misses"] if misses else [])],
    )


def _become(python: str, words: list[str]) -> None:
    """Run it in our place, so that what it prints and how it ends are its own."""
    os.chdir(ROOT)
    os.execve(python, [python, *words], clean_environment({"PYTHONPATH": str(ROOT)}))
