"""The way into the store: one object, short transactions, SQLite or PostgreSQL."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session

from enquiry.store.after_commit import tell_committed

# How long a SQLite writer waits for the one before it. Transactions take milliseconds; this is for a machine under strain.
BUSY_MILLISECONDS = 10_000
# Ten at a time keep their connections: one that is opened anew costs PostgreSQL as much as a booking. Five more for a moment.
POOL = {"pool_size": 10, "max_overflow": 5}
# Threads of one process that write to PostgreSQL at the same time; SQLite has one writer in all.
WRITERS = 2


class KeptTrouble(Exception):
    """A trouble that is part of what happened: what was written before it is kept (a wrong password is counted)."""


class Store:
    """The store at one address. It connects when it is first used."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self._writing = threading.Semaphore(1 if self._is_sqlite else WRITERS)

    @cached_property
    def engine(self) -> Engine:
        """The pool of connections, made at first use."""
        if self._is_sqlite:
            return _sqlite_engine(self.url)
        # What people typed stays out of errors, and so out of logs.
        engine = create_engine(self.url, hide_parameters=True, pool_pre_ping=True, **POOL)
        event.listen(engine, "begin", _take_turn)
        return engine

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction that commits at its end and is undone by an error.

        On SQLite it begins as a writer, so that two of them queue up at the start instead of one failing in the middle.
        """
        turn = _Turn(self._writing)
        session = Session(self.engine.execution_options(hearth_mode="write", hearth_turn=turn), expire_on_commit=False)
        try:
            yield session
            session.commit()
            tell_committed(session)
        except KeptTrouble:
            session.commit()
            tell_committed(session)
            raise
        except BaseException:
            # Let go first: what an error carries (who has taken it, which visit stands) stays readable after it.
            session.expunge_all()
            session.rollback()
            raise
        finally:
            session.close()
            turn.give_back()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One look at the store, which refuses to write; on SQLite it never waits for a writer."""
        options = {"hearth_mode": "read", "postgresql_readonly": True}
        session = Session(self.engine.execution_options(**options), expire_on_commit=False, autoflush=False)
        try:
            yield session
        finally:
            session.close()

    def clear_log(self) -> bool:
        """On SQLite, empty the write-ahead log, which still holds what has been replaced; elsewhere the database does so itself.

        Never waits: where another process is at the store the log is left, and has to be emptied later.

        Returns:
            Whether nothing is left in it.
        """
        if self.engine.dialect.name != "sqlite":
            return True
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("PRAGMA busy_timeout = 0")
            try:
                return bool(cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
            except sqlite3.OperationalError:
                return False
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        finally:
            connection.close()

    def close(self) -> None:
        """Give back every connection."""
        if "engine" in self.__dict__:
            self.engine.dispose()
            del self.__dict__["engine"]


class _Turn:
    """A writer's turn among the threads of this process: whoever waits is called when the one before is done.

    SQLite itself looks only now and then whether it may write, so that among ten who wait one may be passed over for seconds. In
    PostgreSQL, ten threads that hold each other's rows while they wait for Python's own lock are slower than two at a time. Other
    processes are waited for by the database, and so is whoever keeps its turn too long.
    """

    def __init__(self, lock: threading.Semaphore) -> None:
        self._lock = lock
        self._ours = False

    def take(self) -> None:
        self._ours = self._ours or self._lock.acquire(timeout=BUSY_MILLISECONDS / 1000)

    def give_back(self) -> None:
        if self._ours:
            self._ours = False
            self._lock.release()


def _take_turn(connection: Connection) -> None:
    turn = connection.get_execution_options().get("hearth_turn")
    if turn is not None:
        turn.take()


def _sqlite_engine(url: str) -> Engine:
    # What people typed stays out of errors, and so out of logs.
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_MILLISECONDS / 1000}, **POOL)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # Python's driver would otherwise begin transactions by itself, and late; see `begin`.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        connection.execute("PRAGMA foreign_keys = ON")
        # FULL, not NORMAL: what was acknowledged outlives a power cut.
        connection.execute("PRAGMA synchronous = FULL")
        # What is deleted or replaced is overwritten in the file, not only let go: it may be what nobody was to keep.
        connection.execute("PRAGMA secure_delete = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        _take_turn(connection)
        mode = connection.get_execution_options().get("hearth_mode", "write")
        connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if mode == 'read' else 'OFF'}")
        connection.exec_driver_sql("BEGIN" if mode == "read" else "BEGIN IMMEDIATE")

    return engine
