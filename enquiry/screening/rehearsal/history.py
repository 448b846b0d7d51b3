"""Rehearsals that are kept for the manager: the last few of each agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from enquiry.screening.rehearsal.report import Report, report_from
from enquiry.store.models import Rehearsal

MOST_KEPT = 10  # of an agency: they are there to choose by, not for the record


@dataclass(frozen=True)
class KeptRehearsal:
    """One rehearsal. `report` is None where it was kept by a release that wrote it otherwise."""

    from_version: str
    to_version: str
    report: Report | None
    at: datetime


def keep_rehearsal(session: Session, report: Report, now: datetime) -> None:
    """Keep a report for its agency, and let go of the oldest beyond `MOST_KEPT`."""
    session.add(
        Rehearsal(
            agency=report.agency,
            from_version=report.from_version,
            to_version=report.to_version,
            report=report.as_json(),
            at=now,
        )
    )
    session.flush()
    for old in _latest_first(session, report.agency)[MOST_KEPT:]:
        session.delete(old)
    session.flush()


def rehearsals_of(session: Session, agency: str) -> tuple[KeptRehearsal, ...]:
    """The rehearsals of one agency, the latest first."""
    return tuple(
        KeptRehearsal(one.from_version, one.to_version, report_from(one.report), one.at)
        for one in _latest_first(session, agency)
    )


def _latest_first(session: Session, agency: str) -> list[Rehearsal]:
    return list(
        session.scalars(select(Rehearsal).where(Rehearsal.agency == agency).order_by(Rehearsal.at.desc(), Rehearsal.id))
    )
