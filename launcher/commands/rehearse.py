"""./hearth rehearse: what a changed file would do, before it does it."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Annotated

import typer

from enquiry.settings import ROOT

app = typer.Typer(help="Try a changed file on the answers given so far, and on made-up ones.", no_args_is_help=True)
MOST_SETS = 1_000_000


@app.callback()
def _group() -> None:
    """There may be more to rehearse than criteria."""


@app.command()
def criteria(
    against: Annotated[Path, typer.Option(help="The changed criteria file, such as data/criteria.yml.new.")],
    agency: Annotated[str | None, typer.Option(help="One fostering service; each of them when left out.")] = None,
    sets: Annotated[
        int, typer.Option(min=1, max=MOST_SETS, help="How many sets of answers, all services together.")
    ] = 100_000,
    as_json: Annotated[bool, typer.Option("--json", help="Print the reports as JSON.")] = False,
    keep: Annotated[bool, typer.Option(help="Show the reports to the managers in the console.")] = True,
) -> None:
    """Say how many outcomes a changed criteria file would change, in which direction, with examples. It changes nothing."""
    # Here: the store takes half a second to load, which the other commands should not pay for.
    from launcher.content.rehearsal_text import in_words
    from launcher.content.rehearse import rehearse_criteria

    began = time.monotonic()
    reports = rehearse_criteria(ROOT, against, agency, sets, keep=keep)
    if as_json:
        print(json.dumps([report.as_json() for report in reports]))
        return
    for report in reports:
        print("\n".join(in_words(report)) + "\n")
    print(
        f"{sum(report.compared.all for report in reports):,} sets of answers in {time.monotonic() - began:.0f} s. Nothing was changed."
    )
