"""Make the store ready: newest tables, and on an empty store something to book and someone to sign in.

It runs at every start, so a store that is ready is found out with the database's own driver, before SQLAlchemy, Alembic
and the rest of the domain are imported.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enquiry.settings import ROOT, Settings
from enquiry.setup.report import NewAccount, SetupReport
from enquiry.store.probe import StoreSilent, ask, sqlite_file

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from enquiry.agencies.agency import Agency

# The newest migration. A test compares it with what Alembic finds.
NEWEST = "0009"
SECONDS_FOR_AN_ANSWER = 10


class StoreTrouble(Exception):
    """The store can't be used; the text says what to do."""


def prepare_store(settings: Settings, now: datetime) -> SetupReport:
    """Migrate the store and fill an empty one. Two processes that do it at once wait for each other.

    Args:
        settings: where the store is.
        now: aware; the first events and visits come some days after it.
    Returns:
        What was done, with the one-time passwords of new accounts.
    Raises:
        StoreTrouble: the store can't be reached, is locked, or is newer than this Hearth.
    """
    url = settings.store_url
    if _ready(url):
        return SetupReport()
    if not url.startswith("sqlite"):
        return _prepare(url, now)
    file = Path(sqlite_file(url))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with _one_at_a_time(file.with_name(file.name + ".preparing")):
            _write_ahead(file)
            return _prepare(url, now)
    except (OSError, sqlite3.Error) as error:
        raise StoreTrouble(f"The store {file} can't be used ({error}). Check the folder and the free space.") from error


def _ready(url: str) -> bool:
    """Whether the newest migration has run and there is something in the store."""
    try:
        return _looks_ready(ask(url, _READY, SECONDS_FOR_AN_ANSWER))
    except StoreSilent:
        # Not reachable, or no tables yet: preparing it finds out which, and says so.
        return False


_READY = (
    "SELECT version_num, agency FROM alembic_version CROSS JOIN (SELECT DISTINCT agency FROM staff) AS with_accounts"
)


def _looks_ready(rows: Sequence[tuple[Any, ...]]) -> bool:
    # An agency whose file has been added since then has nobody who could sign in yet.
    agencies = {file.stem for file in (ROOT / "data" / "agencies").glob("*.yml")}
    return {row[0] for row in rows} == {NEWEST} and agencies <= {row[1] for row in rows}


@contextmanager
def _one_at_a_time(lock: Path) -> Iterator[None]:
    # Turning a new SQLite file to write-ahead logging does not wait for others by itself.
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write_ahead(file: Path) -> None:
    # Readable for the owner alone: it holds what people told the service.
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(file, timeout=10)
    try:
        # Kept in the file: readers never wait for a writer from now on.
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def _prepare(url: str, now: datetime) -> SetupReport:
    from alembic.util import CommandError
    from sqlalchemy.exc import SQLAlchemyError

    from enquiry.agencies.agency import load_agencies
    from enquiry.operating.logs import event_log
    from enquiry.store.engine import Store

    store = Store(url)
    agencies = load_agencies(ROOT / "data" / "agencies")
    try:
        with store.engine.begin() as connection:
            report = _fill(connection, agencies, now)
    except CommandError as error:
        raise StoreTrouble(
            "The store was made by a newer Hearth than this one. Start the newer one, or use a copy of the store from before."
        ) from error
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise StoreTrouble(
            f"The store can't be used ({cause}). Check HEARTH_DATABASE_URL and that it is running."
        ) from error
    finally:
        store.close()
    event_log().info(
        "store_prepared",
        migrated=report.migrated,
        events=report.events,
        visitors=report.visitors,
        accounts=len(report.accounts),
    )
    return report


def _fill(connection: Connection, agencies: dict[str, Agency], now: datetime) -> SetupReport:
    """Migration and seed in one transaction: there is never a store with tables and nobody who can sign in."""
    from sqlalchemy.orm import Session

    from enquiry.setup.migrate import migrate
    from enquiry.setup.seed import seed_agency

    migrated = migrate(connection)
    events = visitors = 0
    accounts: tuple[NewAccount, ...] = ()
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        for agency in agencies.values():
            done = seed_agency(session, agency, now)
            events, visitors, accounts = events + done[0], visitors + done[1], accounts + done[2]
        session.commit()
    return SetupReport(migrated=migrated, events=events, visitors=visitors, accounts=accounts)
