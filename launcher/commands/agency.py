"""./hearth agency: what is known of the fostering services in data/agencies."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from enquiry.datafiles.source import BrokenFile
from enquiry.settings import ROOT
from launcher.bootstrap.troubles import Trouble
from launcher.commands import command_line
from launcher.content.agency_report import reports
from launcher.services import check_service

app = command_line("Look at the services in data/agencies.")


@app.command()
def check(slug: Annotated[str, typer.Argument(help="Only this service, by the name of its file.")] = "") -> None:
    """Tell what is known of each service, what is not and what is said instead, and what is to be confirmed."""
    folder = ROOT / "data" / "agencies"
    if slug:
        check_service(folder, slug)
    try:
        found = reports(folder, slug or None)
    except BrokenFile as broken:
        raise Trouble(str(broken).replace(f"{ROOT}/", "")) from broken
    print("\n\n".join("\n".join(report.lines()) for report in found).replace(f"{ROOT}/", ""))
    if not all(report.usable for report in found):
        sys.exit(1)
