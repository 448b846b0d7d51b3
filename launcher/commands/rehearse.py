"""./hearth rehearse: what a changed file would do, before it does it."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import make_url

from enquiry.agencies.agency import Agency, load_agencies
from enquiry.datafiles.source import BrokenFile
from enquiry.screening.criteria import Criteria
from enquiry.screening.criteria_file import load_criteria
from enquiry.screening.rehearsal.answer_sets import answer_grid
from enquiry.screening.rehearsal.compare import CannotDecide, rehearse
from enquiry.screening.rehearsal.history import keep_rehearsal
from enquiry.screening.rehearsal.report import Report
from enquiry.screening.rehearsal.stored_answers import answer_sets
from enquiry.settings import ROOT, load_settings
from launcher.bootstrap.troubles import Trouble
from launcher.commands import command_line
from launcher.content.rehearsal_text import in_words
from launcher.services import check_service, open_store

MOST_SETS = 1_000_000
STEPS_SHOWN = 500  # sets between two moves of the bar
TODAY = ROOT / "data" / "criteria.yml"
AnswerSet = dict[str, Any]
app = command_line("Try a changed file on the answers given so far, and on made-up ones.")


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
    began = time.monotonic()
    today, changed, agencies = _read(TODAY), _read(against), _agencies(agency)
    given = _given(agencies, (today, changed))
    try:
        reports = _with_bar(agencies, given or {}, today, changed, share=-(-sets // len(agencies)))
    except CannotDecide as error:
        raise Trouble(f"{TODAY if error.criteria is today else against}:1: {error}") from error
    if keep and given is not None:
        with open_store() as store, store.write() as session:
            for report in reports:
                keep_rehearsal(session, report, datetime.now(UTC))
    if as_json:
        print(json.dumps([report.as_json() for report in reports]))
        return
    for report in reports:
        print("\n".join(in_words(report)) + "\n")
    compared = sum(report.compared.all for report in reports)
    print(f"{compared:,} sets of answers in {time.monotonic() - began:.0f} s. Nothing was changed.")


def _read(file: Path) -> Criteria:
    try:
        return load_criteria(file)
    except BrokenFile as error:
        raise Trouble(str(error)) from error
    except OSError as error:
        raise Trouble(
            f"{file}:1: this file can't be opened ({error.strerror}). Check its name: it is the one behind --against."
        ) from error


def _agencies(slug: str | None) -> list[Agency]:
    folder = ROOT / "data" / "agencies"
    if slug is not None:
        check_service(folder, slug)
    try:
        return [agency for agency in load_agencies(folder).values() if slug in (None, agency.slug)]
    except BrokenFile as error:
        raise Trouble(str(error)) from error


def _given(agencies: Sequence[Agency], versions: Sequence[Criteria]) -> dict[str, list[AnswerSet]] | None:
    """What people answered, by agency; None where there is no store, and so nowhere to keep a report."""
    url = make_url(load_settings().store_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        print("There is no store yet: only made-up answers are compared, and no report is kept.", file=sys.stderr)
        return None
    with open_store() as store, store.read() as session:
        return {agency.slug: list(answer_sets(session, agency, versions)) for agency in agencies}


def _with_bar(
    agencies: Sequence[Agency], given: dict[str, list[AnswerSet]], today: Criteria, changed: Criteria, share: int
) -> list[Report]:
    """Rehearse with so many answer sets an agency: what people gave always counts, the rest is made up."""
    made_up = {agency.slug: max(0, share - len(given.get(agency.slug, ()))) for agency in agencies}
    length = sum(made_up.values()) + sum(map(len, given.values()))
    reports = []
    with typer.progressbar(length=length, label="Rehearsing", file=sys.stderr, update_min_steps=STEPS_SHOWN) as bar:

        def counted(sets: Iterator[AnswerSet]) -> Iterator[AnswerSet]:
            for answers in sets:
                yield answers
                bar.update(1)

        for agency in agencies:
            real = counted(iter(given.get(agency.slug, ())))
            grid = counted(answer_grid(today, changed, agency, made_up[agency.slug]))
            reports.append(rehearse(real, grid, today, changed, agency))
    return reports
