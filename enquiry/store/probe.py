"""One question to the store over a connection of its own: no pool is in the way, and SQLAlchemy need not be imported."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


class StoreSilent(Exception):
    """The store gave no answer: it can't be reached, is too slow, or has no such table."""


def ask(url: str, question: str, seconds: int) -> list[tuple[Any, ...]]:
    """The rows that answer a question.

    Args:
        url: the store's address, as SQLAlchemy takes it.
        question: SQL that both databases know.
        seconds: how long it waits for a connection, and then for the answer.
    Raises:
        StoreSilent: there is none.
    """
    return _ask_sqlite(url, question, seconds) if url.startswith("sqlite") else _ask_postgres(url, question, seconds)


def sqlite_file(url: str) -> str:
    """The file of a SQLite address such as `sqlite:////srv/hearth.db`."""
    return unquote(urlsplit(url.split("?")[0]).path.removeprefix("/"))


def _ask_sqlite(url: str, question: str, seconds: int) -> list[tuple[Any, ...]]:
    try:
        # rw: a file that is not there is not made.
        where = f"{Path(sqlite_file(url)).absolute().as_uri()}?mode=rw"
        connection = sqlite3.connect(where, uri=True, timeout=seconds)
        try:
            return connection.execute(question).fetchall()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise StoreSilent from error


def _ask_postgres(url: str, question: str, seconds: int) -> list[tuple[Any, ...]]:
    import psycopg  # here, because an installation on SQLite need not load it

    address = url.replace("+psycopg", "", 1)
    patience = f"-c statement_timeout={seconds * 1000}"
    try:
        with psycopg.connect(address, connect_timeout=seconds, options=patience) as server:
            return server.execute(question.encode()).fetchall()
    except psycopg.Error as error:
        raise StoreSilent from error
