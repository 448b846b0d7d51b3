"""Commands of ./hearth, one module each.

Each module has an `app`, which reads the words of its command.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import typer

from enquiry.settings import ROOT
from launcher.bootstrap.programs import clean_environment


def command_line(about: str = "") -> typer.Typer:
    """What reads the words of a command; with `about`, of a command that has commands of its own."""
    app = typer.Typer(
        help=about or None, no_args_is_help=bool(about), add_completion=False, pretty_exceptions_enable=False
    )
    if about:
        # Without a callback typer would take an only command for the whole.
        app.callback()(lambda: None)
    return app


def become(python: str, module: str, words: Sequence[str]) -> NoReturn:
    """Run a module in our place, so that what it reads and prints and how it ends are its own.

    Args:
        python: which Python, as seen from the project's folder.
    """
    program = str(ROOT / Path(python))
    os.execve(program, [program, "-m", module, *words], clean_environment({"PYTHONPATH": str(ROOT)}))
