"""`events.taken` is kept by the database itself, so that an event can't take more people than it has places."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Added and taken away, never counted anew: in PostgreSQL a count would not see what another transaction is just adding,
# while the row lock of the update makes the second transaction wait for the first.
SQLITE = (
    """
    CREATE TRIGGER places_take_insert AFTER INSERT ON places WHEN NEW.status <> 'cancelled'
    BEGIN UPDATE events SET taken = taken + NEW.people WHERE id = NEW.event_id; END
    """,
    """
    CREATE TRIGGER places_take_delete AFTER DELETE ON places WHEN OLD.status <> 'cancelled'
    BEGIN UPDATE events SET taken = taken - OLD.people WHERE id = OLD.event_id; END
    """,
    """
    CREATE TRIGGER places_take_update AFTER UPDATE OF people, status, event_id ON places
    BEGIN
        UPDATE events SET taken = taken
            - CASE WHEN id = OLD.event_id AND OLD.status <> 'cancelled' THEN OLD.people ELSE 0 END
            + CASE WHEN id = NEW.event_id AND NEW.status <> 'cancelled' THEN NEW.people ELSE 0 END
        WHERE id IN (OLD.event_id, NEW.event_id);
    END
    """,
    # Nobody sets the number by hand, not even by mistake.
    """
    CREATE TRIGGER events_taken_is_true AFTER UPDATE OF taken ON events
    WHEN NEW.taken <> (SELECT coalesce(sum(people), 0) FROM places WHERE event_id = NEW.id AND status <> 'cancelled')
    BEGIN SELECT RAISE(ABORT, 'events.taken is kept by the bookings'); END
    """,
    """
    CREATE TRIGGER events_begin_empty BEFORE INSERT ON events WHEN NEW.taken <> 0
    BEGIN SELECT RAISE(ABORT, 'events.taken is kept by the bookings'); END
    """,
)

POSTGRESQL = (
    """
    CREATE FUNCTION places_take() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' AND TG_OP <> 'DELETE' AND OLD.event_id = NEW.event_id THEN
            UPDATE events SET taken = taken
                - CASE WHEN OLD.status <> 'cancelled' THEN OLD.people ELSE 0 END
                + CASE WHEN NEW.status <> 'cancelled' THEN NEW.people ELSE 0 END
            WHERE id = NEW.event_id;
            RETURN NULL;
        END IF;
        IF TG_OP <> 'INSERT' AND OLD.status <> 'cancelled' THEN
            UPDATE events SET taken = taken - OLD.people WHERE id = OLD.event_id;
        END IF;
        IF TG_OP <> 'DELETE' AND NEW.status <> 'cancelled' THEN
            UPDATE events SET taken = taken + NEW.people WHERE id = NEW.event_id;
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER places_take AFTER INSERT OR DELETE OR UPDATE OF people, status, event_id ON places
    FOR EACH ROW EXECUTE FUNCTION places_take()
    """,
    # Nobody sets the number by hand, not even by mistake: only the trigger above does.
    """
    CREATE FUNCTION events_taken_by_hand() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'events.taken is kept by the bookings' USING ERRCODE = 'check_violation';
    END $$
    """,
    """
    CREATE TRIGGER events_taken_by_hand BEFORE UPDATE OF taken ON events FOR EACH ROW
    WHEN (pg_trigger_depth() = 0 AND NEW.taken <> OLD.taken) EXECUTE FUNCTION events_taken_by_hand()
    """,
    """
    CREATE TRIGGER events_begin_empty BEFORE INSERT ON events FOR EACH ROW
    WHEN (NEW.taken <> 0) EXECUTE FUNCTION events_taken_by_hand()
    """,
)


def upgrade() -> None:
    statements = SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL
    for statement in statements:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("places_take_insert", "places_take_delete", "places_take_update"):
            op.execute(f"DROP TRIGGER {name}")
        for name in ("events_taken_is_true", "events_begin_empty"):
            op.execute(f"DROP TRIGGER {name}")
        return
    op.execute("DROP FUNCTION places_take CASCADE")
    op.execute("DROP FUNCTION events_taken_by_hand CASCADE")
