"""./hearth agency: what is known of the fostering services in data/agencies."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from enquiry.settings import ROOT

app = typer.Typer(help="Look at the services in data/agencies.", no_args_is_help=True)


# Without this, typer would take the only command for the whole of ./hearth agency.
@app.callback()
def agency() -> None:
    """Look at the services in data/agencies."""


@app.command()
def check(slug: Annotated[str, typer.Argument(help="Only this service, by the name of its file.")] = "") -> None:
    """Tell what is known of each service, what is not and what is said instead, and what is to be confirmed."""
    from enquiry.datafiles.source import BrokenFile, did_you_mean
    from launcher.bootstrap.troubles import Trouble
    from launcher.content.agency_report import reports

    folder = ROOT / "data" / "agencies"
    try:
        found = reports(folder, slug or None)
    except BrokenFile as broken:
        raise Trouble(str(broken).replace(f"{ROOT}/", "")) from broken
    if not found:
        slugs = [file.stem for file in sorted(folder.glob("*.yml"))]
        raise Trouble(
            f'There is no service "{slug}". {did_you_mean(slug, slugs, "There are: " + ", ".join(slugs) + ".")}'
        )
    for number, one in enumerate(found):
        if number:
            print()
        for line in one.lines():
            print(line.replace(f"{ROOT}/", ""))
    if not all(one.usable for one in found):
        sys.exit(1)
