"""A policy rehearsal from the command line: reads both criteria files, the agencies and the store, and keeps the reports."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from enquiry.agencies.agency import Agency, load_agencies
from enquiry.datafiles.source import BrokenFile, did_you_mean
from enquiry.screening.criteria import Criteria
from enquiry.screening.criteria_file import load_criteria
from enquiry.screening.rehearsal.answer_sets import answer_grid
from enquiry.screening.rehearsal.compare import CannotDecide, rehearse
from enquiry.screening.rehearsal.history import keep_rehearsal
from enquiry.screening.rehearsal.report import Report
from enquiry.screening.rehearsal.stored_answers import answer_sets
from enquiry.settings import load_settings
from enquiry.store.engine import Store
from launcher.bootstrap.troubles import Trouble

STEPS_SHOWN = 500  # sets between two moves of the bar


def rehearse_criteria(root: Path, against: Path, agency: str | None, sets: int, *, keep: bool) -> list[Report]:
    """Rehearse a changed criteria file.

    Args:
        root: the project's folder.
        against: the changed file.
        agency: the slug of one agency; every agency when None.
        sets: how many answer sets, shared between the agencies; what people gave always counts, the rest is made up.
        keep: whether the console shows the reports to the managers.
    Raises:
        Trouble: a file can't be used, there is no such agency, or the store can't be read.
    """
    today, changed = _criteria(root / "data" / "criteria.yml"), _criteria(against)
    agencies = _agencies(root / "data" / "agencies", agency)
    share = -(-sets // len(agencies))
    with _given(agencies, (today, changed)) as (store, given):
        try:
            reports = _with_bar(agencies, given, today, changed, share)
        except CannotDecide as error:
            file = root / "data" / "criteria.yml" if error.criteria is today else against
            raise Trouble(f"{file}:1: {error}") from error
        if keep and store is not None:
            with store.write() as session:
                for report in reports:
                    keep_rehearsal(session, report, datetime.now(UTC))
    return reports


def _with_bar(
    agencies: Sequence[Agency], given: dict[str, list[dict[str, Any]]], today: Criteria, changed: Criteria, share: int
) -> list[Report]:
    made_up = {one.slug: max(0, share - len(given[one.slug])) for one in agencies}
    length = sum(made_up[slug] + len(given[slug]) for slug in made_up)
    reports = []
    with typer.progressbar(length=length, label="Rehearsing", file=sys.stderr, update_min_steps=STEPS_SHOWN) as bar:

        def counted(sets: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
            for one in sets:
                yield one
                bar.update(1)

        for one in agencies:
            grid = answer_grid(today, changed, one, made_up[one.slug])
            reports.append(rehearse(counted(iter(given[one.slug])), counted(grid), today, changed, one))
    return reports


def _criteria(file: Path) -> Criteria:
    try:
        return load_criteria(file)
    except BrokenFile as error:
        raise Trouble(str(error)) from error
    except OSError as error:
        raise Trouble(
            f"{file}:1: this file can't be opened ({error.strerror}). Check its name: it is the one behind --against."
        ) from error


def _agencies(folder: Path, slug: str | None) -> list[Agency]:
    try:
        found = load_agencies(folder)
    except BrokenFile as error:
        raise Trouble(str(error)) from error
    if slug is None:
        return list(found.values())
    if slug not in found:
        remedy = did_you_mean(slug, found, f"There are {', '.join(found)}.")
        raise Trouble(f"There is no agency {slug!r}. {remedy}")
    return [found[slug]]


@contextmanager
def _given(
    agencies: Sequence[Agency], versions: Sequence[Criteria]
) -> Iterator[tuple[Store | None, dict[str, list[dict[str, Any]]]]]:
    """The store and what people answered, by agency; without a store, nothing and nowhere to keep a report."""
    url = load_settings().store_url
    file = make_url(url).database if make_url(url).get_backend_name() == "sqlite" else None
    if file is not None and not Path(file).is_file():
        print("There is no store yet: only made-up answers are compared, and no report is kept.", file=sys.stderr)
        yield None, {one.slug: [] for one in agencies}
        return
    store = Store(url)
    try:
        with store.read() as session:
            given = {one.slug: list(answer_sets(session, one, versions)) for one in agencies}
        yield store, given
    except DBAPIError as error:
        raise Trouble(
            "The store can't be used: run ./hearth up once to bring it up to date, or check HEARTH_DATABASE_URL "
            f"({str(error.orig).strip().splitlines()[0]})."
        ) from error
    finally:
        store.close()
