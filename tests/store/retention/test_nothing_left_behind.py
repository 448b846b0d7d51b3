"""What is replaced or deleted leaves nothing behind in the files of the store."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from enquiry.conversations.conversation import add_message, open_conversation
from enquiry.enums import Author
from enquiry.store.engine import Store

TRACE = "zanzibarry"


@pytest.fixture(autouse=True)
def written_ahead(store: Store) -> None:
    """As enquiry/setup/prepare.py leaves a SQLite file."""
    if store.engine.dialect.name == "sqlite":
        connection = sqlite3.connect(str(store.engine.url.database))
        connection.execute("PRAGMA journal_mode = WAL")
        connection.close()


def test_sqlite_overwrites_what_is_let_go(store: Store) -> None:
    if store.engine.dialect.name == "sqlite":
        for session in (store.write(), store.read()):
            with session as open_one:
                assert open_one.execute(text("PRAGMA secure_delete")).scalar() == 1


def test_a_text_that_was_replaced_is_in_no_file_once_the_log_is_cleared(store: Store, now: datetime) -> None:
    with store.write() as session:
        conversation = open_conversation(session, "leicestershire", now)
        messages = [
            add_message(session, conversation, author=Author.ENQUIRER, text=f"{TRACE} {n} " * 90, now=now)
            for n in range(40)
        ]
        numbers = [message.id for message in messages]
    with store.write() as session:
        for message in session.get_one(type(conversation), conversation.id).messages:
            assert message.id in numbers
            message.text = "instead"
    assert store.clear_log()
    if store.engine.dialect.name == "sqlite":
        file = Path(str(store.engine.url.database))
        written = b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))
        assert b"instead" in written
        assert TRACE.encode() not in written


def test_clearing_the_log_while_someone_reads_neither_waits_nor_spoils_anything(store: Store, now: datetime) -> None:
    with store.write() as session:
        conversation = open_conversation(session, "leicestershire", now)
        message = add_message(session, conversation, author=Author.ENQUIRER, text=TRACE, now=now)
    with store.read() as reader:
        assert reader.get_one(type(message), message.id).text == TRACE
        with store.write() as session:
            session.get_one(type(message), message.id).text = "instead"
        began = datetime.now(UTC)
        cleared = store.clear_log()
        assert cleared is (store.engine.dialect.name != "sqlite")
        assert (datetime.now(UTC) - began).total_seconds() < 2
    assert store.clear_log()
    with store.read() as session:
        assert session.get_one(type(message), message.id).text == "instead"
        assert session.execute(text("SELECT 1")).scalar() == 1
