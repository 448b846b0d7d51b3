"""The triggers that a store has are those of enquiry/store/triggers.py, whatever migration made them."""

from __future__ import annotations

from sqlalchemy import Connection, text

from enquiry.store import triggers
from enquiry.store.engine import Store

SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('places', 'events', 'visits')"
POSTGRESQL_TRIGGERS = (
    "SELECT tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE NOT tgisinternal AND c.relname IN ('places', 'events', 'visits')"
)
POSTGRESQL_FUNCTIONS = (
    "SELECT proname, pg_get_functiondef(p.oid) FROM pg_proc p "
    "WHERE proname IN ('places_take', 'events_taken_by_hand', 'visits_apart')"
)


def definitions(connection: Connection) -> dict[str, str]:
    queries = [SQLITE] if connection.dialect.name == "sqlite" else [POSTGRESQL_TRIGGERS, POSTGRESQL_FUNCTIONS]
    return {name: " ".join(sql.split()) for query in queries for name, sql in connection.execute(text(query))}


def make_anew(connection: Connection) -> None:
    """Take away what the migrations made, and make what the file says."""
    if connection.dialect.name == "sqlite":
        for name in definitions(connection):
            connection.execute(text(f"DROP TRIGGER {name}"))
        statements: tuple[str, ...] = (*triggers.SQLITE, *triggers.SQLITE_VISITS)
    else:
        for name, _ in connection.execute(text(POSTGRESQL_FUNCTIONS)).all():
            connection.execute(text(f"DROP FUNCTION {name} CASCADE"))
        statements = (*triggers.POSTGRESQL, *triggers.POSTGRESQL_VISITS)
    for statement in statements:
        connection.exec_driver_sql(statement)


def test_the_triggers_of_a_new_store_are_those_that_the_code_says_are_in_force(store: Store) -> None:
    with store.engine.connect() as connection:
        migrated = definitions(connection)
        make_anew(connection)
        assert definitions(connection) == migrated
        assert {"places_take_insert", "places_take"} & migrated.keys()
        connection.rollback()
