"""Bring a store to the newest migration. Alembic is told everything here, so there is no alembic.ini."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from enquiry.settings import ROOT

# Any number, the same in every process: who holds it in PostgreSQL is preparing the store.
PREPARING = 7_305_0505


def alembic_config(connection: Connection | None = None) -> Config:
    """What Alembic needs to know."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["connection"] = connection
    return config


def migrate(connection: Connection) -> bool:
    """Run what is missing, in the transaction of the connection, while every other process that prepares waits.

    Returns:
        Whether anything was missing.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": PREPARING})
    before = MigrationContext.configure(connection).get_current_revision()
    command.upgrade(alembic_config(connection), "head")
    return MigrationContext.configure(connection).get_current_revision() != before
