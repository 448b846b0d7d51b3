"""Triggers by which the store itself keeps bookings true: those in force, as migrations have made them.

* `events.taken` counts the people of every place that takes room; a check refuses one too many.
* A visitor's visits stand apart, with the time for the way, and there are no more a day than they make.

A migration makes them and is never changed afterwards; a test holds what a new store has against this file. To change one, change it
here and write a migration that drops the old one and makes the new one.
"""

from __future__ import annotations

from enquiry.enums import BookingStatus

TAKES_PLACES = "({})".format(",".join(f"'{status}'" for status in BookingStatus if status.takes_places))

# Added and taken away, never counted anew: in PostgreSQL a count would not see what another transaction is just adding,
# while the row lock of the update makes the second transaction wait for the first.
SQLITE = (
    f"""
    CREATE TRIGGER places_take_insert AFTER INSERT ON places WHEN NEW.status IN {TAKES_PLACES}
    BEGIN UPDATE events SET taken = taken + NEW.people WHERE id = NEW.event_id; END
    """,
    f"""
    CREATE TRIGGER places_take_delete AFTER DELETE ON places WHEN OLD.status IN {TAKES_PLACES}
    BEGIN UPDATE events SET taken = taken - OLD.people WHERE id = OLD.event_id; END
    """,
    f"""
    CREATE TRIGGER places_take_update AFTER UPDATE OF people, status, event_id ON places
    BEGIN
        UPDATE events SET taken = taken
            - CASE WHEN id = OLD.event_id AND OLD.status IN {TAKES_PLACES} THEN OLD.people ELSE 0 END
            + CASE WHEN id = NEW.event_id AND NEW.status IN {TAKES_PLACES} THEN NEW.people ELSE 0 END
        WHERE id IN (OLD.event_id, NEW.event_id);
    END
    """,
    # Nobody sets the number by hand, not even by mistake.
    f"""
    CREATE TRIGGER events_taken_is_true AFTER UPDATE OF taken ON events
    WHEN NEW.taken <> (SELECT coalesce(sum(people), 0) FROM places WHERE event_id = NEW.id AND status IN {TAKES_PLACES})
    BEGIN SELECT RAISE(ABORT, 'events.taken is kept by the bookings'); END
    """,
    """
    CREATE TRIGGER events_begin_empty BEFORE INSERT ON events WHEN NEW.taken <> 0
    BEGIN SELECT RAISE(ABORT, 'events.taken is kept by the bookings'); END
    """,
)
# One writer at a time: what a trigger sees in SQLite is all there is.
_SQLITE_VISITS_APART = """
    BEGIN
        SELECT RAISE(ABORT, 'visits stand apart') WHERE EXISTS (
            SELECT 1 FROM visits WHERE visitor_id = NEW.visitor_id AND id <> NEW.id AND status <> 'cancelled'
            AND starts_at < NEW.busy_until AND busy_until > NEW.starts_at);
        SELECT RAISE(ABORT, 'no more visits that day') WHERE (
            SELECT count(*) FROM visits WHERE visitor_id = NEW.visitor_id AND id <> NEW.id AND status <> 'cancelled' AND day = NEW.day
        ) >= (SELECT most_a_day FROM visitors WHERE id = NEW.visitor_id);
    END
"""
# An outcome is written of a visit that stands even where the visitor's most visits a day were lowered since.
_TIME_CHANGED = (
    "NEW.status <> 'cancelled' AND (OLD.status = 'cancelled' OR OLD.visitor_id <> NEW.visitor_id OR OLD.starts_at <> NEW.starts_at "
    "OR OLD.busy_until <> NEW.busy_until)"
)
SQLITE_VISITS = (
    f"CREATE TRIGGER visits_apart_insert BEFORE INSERT ON visits WHEN NEW.status <> 'cancelled' {_SQLITE_VISITS_APART}",
    "CREATE TRIGGER visits_apart_update BEFORE UPDATE OF visitor_id, starts_at, busy_until, status ON visits "
    f"WHEN {_TIME_CHANGED} {_SQLITE_VISITS_APART}",
)

POSTGRESQL = (
    f"""
    CREATE FUNCTION places_take() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND OLD.event_id = NEW.event_id THEN
            UPDATE events SET taken = taken
                - CASE WHEN OLD.status IN {TAKES_PLACES} THEN OLD.people ELSE 0 END
                + CASE WHEN NEW.status IN {TAKES_PLACES} THEN NEW.people ELSE 0 END
            WHERE id = NEW.event_id;
            RETURN NULL;
        END IF;
        IF TG_OP = 'UPDATE' THEN
            -- Always in this order, so that two who change places with each other do not wait for each other.
            PERFORM 1 FROM events WHERE id IN (OLD.event_id, NEW.event_id) ORDER BY id FOR NO KEY UPDATE;
        END IF;
        IF TG_OP <> 'INSERT' AND OLD.status IN {TAKES_PLACES} THEN
            UPDATE events SET taken = taken - OLD.people WHERE id = OLD.event_id;
        END IF;
        IF TG_OP <> 'DELETE' AND NEW.status IN {TAKES_PLACES} THEN
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
POSTGRESQL_VISITS = (
    # The visitor's row is the lock: whoever books with them waits here, and then sees what the one before has booked.
    """
    CREATE FUNCTION visits_apart() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE most integer;
    BEGIN
        SELECT most_a_day INTO most FROM visitors WHERE id = NEW.visitor_id FOR NO KEY UPDATE;
        IF EXISTS (
            SELECT 1 FROM visits WHERE visitor_id = NEW.visitor_id AND id <> NEW.id AND status <> 'cancelled'
            AND starts_at < NEW.busy_until AND busy_until > NEW.starts_at
        ) THEN
            RAISE EXCEPTION 'visits stand apart' USING ERRCODE = 'exclusion_violation';
        END IF;
        IF (SELECT count(*) FROM visits WHERE visitor_id = NEW.visitor_id AND id <> NEW.id AND status <> 'cancelled' AND day = NEW.day)
            >= most THEN
            RAISE EXCEPTION 'no more visits that day' USING ERRCODE = 'exclusion_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER visits_apart_insert BEFORE INSERT ON visits FOR EACH ROW WHEN (NEW.status <> 'cancelled') "
    "EXECUTE FUNCTION visits_apart()",
    "CREATE TRIGGER visits_apart_update BEFORE UPDATE OF visitor_id, starts_at, busy_until, status ON visits FOR EACH ROW "
    f"WHEN ({_TIME_CHANGED}) EXECUTE FUNCTION visits_apart()",
)
