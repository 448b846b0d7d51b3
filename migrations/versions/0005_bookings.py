"""Bookings as they are lived: waiting lists, visitors with hours, changes, feedback, and messages that are sent once.

`visit_slots` goes: when a visit can be made is worked out from the visitor's hours. The tables that get new conditions are
made anew and filled from a copy, children first, since SQLite can't change a table's conditions and nothing else refers to them.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.frozen_0005.tables_before import make_tables_before
from migrations.frozen_0005.triggers import drop_triggers, make_triggers

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
# What a visitor is given who was only a name until now: staff set the real hours in the console.
VISIT_MINUTES, BUFFER_MINUTES, MOST_A_DAY = 90, 30, 3
ANY_HOURS = {str(day): [["09:00", "19:00"]] for day in range(5)}


def upgrade() -> None:
    op.add_column("enquiries", sa.Column("message_by", sa.String(length=5), nullable=True))
    op.add_column("decisions", sa.Column("told_at", MOMENT, nullable=True))
    op.execute(
        "ALTER TABLE decisions ADD COLUMN told_by VARCHAR(32) CONSTRAINT fk_decisions_told_by_staff REFERENCES staff (id)"
    )
    op.add_column("decisions", sa.Column("told_how", sa.String(length=10), nullable=True))
    for table in ("events", "places", "visits", "visit_slots", "outbox"):
        op.execute(f"CREATE TABLE copy_of_{table} AS SELECT * FROM {table}")
    drop_triggers()
    for table in ("places", "visits", "visit_slots", "events", "outbox"):
        op.drop_table(table)
    _make_tables()
    # Visits booked before may stand closer together, or be more a day, than is allowed from now on.
    _fill_visits()
    make_triggers()
    _fill()
    for table in ("events", "places", "visits", "visit_slots", "outbox"):
        op.drop_table(f"copy_of_{table}")


def downgrade() -> None:
    for table in ("events", "places", "visits", "visitors", "outbox"):
        op.execute(f"CREATE TABLE copy_of_{table} AS SELECT * FROM {table}")
    drop_triggers()
    tables = (
        "calendar_feeds",
        "booking_changes",
        "visit_records",
        "feedback",
        "no_messages",
        "places",
        "visits",
        "visitor_leave",
        "visitors",
        "events",
        "outbox",
    )
    for table in tables:
        op.drop_table(table)
    make_tables_before()
    _fill_before()
    for table in ("events", "places", "visits", "visitors", "outbox"):
        op.drop_table(f"copy_of_{table}")
    op.drop_column("enquiries", "message_by")
    # Nothing refers to decisions: made anew without the columns, since SQLite drops no column that refers to another table.
    with op.batch_alter_table("decisions") as batch:
        for column in ("told_at", "told_by", "told_how"):
            batch.drop_column(column)


def _only_where(condition: str) -> dict[str, sa.TextClause]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _id() -> sa.Column[str]:
    return sa.Column("id", sa.String(length=32), nullable=False)


def _refers(table: str, column: str, to: str, key: str = "id", ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.{key}"], name=f"fk_{table}_{column}_{to}", ondelete=ondelete)


def _make_tables() -> None:
    _make_events()
    _make_visits()
    _make_messages()


def _make_events() -> None:
    op.create_table(
        "events",
        _id(),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("venue", sa.Text(), nullable=False),
        sa.Column("online_url", sa.Text(), nullable=True),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", MOMENT, nullable=True),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        sa.CheckConstraint("taken >= 0 AND taken <= places", name="never_over_its_places"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.UniqueConstraint("agency", "planned_on", name="uq_events_agency_planned_on"),
    )
    op.create_index("ix_events_agency", "events", ["agency"])
    op.create_index(
        "uq_events_agency_starts_at",
        "events",
        ["agency", "starts_at"],
        unique=True,
        **_only_where("cancelled_at IS NULL"),
    )
    op.create_table(
        "places",
        _id(),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("enquiry_id", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=True),
        sa.Column("offer_until", MOMENT, nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("booked_at", MOMENT, nullable=False),
        sa.CheckConstraint("people >= 1 AND people <= 4", name="one_household"),
        sa.CheckConstraint(
            "status IN ('waiting','offered','booked','attended','missed','lapsed','cancelled')", name="known_status"
        ),
        sa.CheckConstraint("status <> 'offered' OR offer_until IS NOT NULL", name="an_offer_ends"),
        _refers("places", "enquiry_id", "enquiries", ondelete="CASCADE"),
        _refers("places", "event_id", "events"),
        sa.PrimaryKeyConstraint("id", name="pk_places"),
        sa.UniqueConstraint("reference", name="uq_places_reference"),
    )
    for column in ("enquiry_id", "event_id", "offer_until"):
        op.create_index(f"ix_places_{column}", "places", [column])
    stands = _only_where("status NOT IN ('lapsed','cancelled')")
    op.create_index("uq_places_one_per_enquiry", "places", ["event_id", "enquiry_id"], unique=True, **stands)
    op.create_table(
        "feedback",
        _id(),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("place_id", sa.String(length=32), nullable=False),
        sa.Column("useful", sa.String(length=20), nullable=False),
        sa.Column("next_step", sa.String(length=20), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _refers("feedback", "event_id", "events"),
        _refers("feedback", "place_id", "places", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.UniqueConstraint("place_id", name="uq_feedback_place_id"),
    )
    op.create_index("ix_feedback_agency", "feedback", ["agency"])
    op.create_index("ix_feedback_event_id", "feedback", ["event_id"])


def _make_visits() -> None:
    op.create_table(
        "visitors",
        _id(),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=True),
        sa.Column("pattern", sa.JSON(), nullable=False),
        sa.Column("visit_minutes", sa.Integer(), nullable=False),
        sa.Column("buffer_minutes", sa.Integer(), nullable=False),
        sa.Column("most_a_day", sa.Integer(), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        _refers("visitors", "staff_id", "staff"),
        sa.PrimaryKeyConstraint("id", name="pk_visitors"),
        sa.UniqueConstraint("agency", "name", name="uq_visitors_agency_name"),
    )
    op.create_index("ix_visitors_agency", "visitors", ["agency"])
    op.create_table(
        "visitor_leave",
        _id(),
        sa.Column("visitor_id", sa.String(length=32), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name="ends_after_it_begins"),
        _refers("visitor_leave", "visitor_id", "visitors", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_visitor_leave"),
    )
    op.create_index("ix_visitor_leave_visitor_id", "visitor_leave", ["visitor_id"])
    op.create_table(
        "visits",
        _id(),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("visitor_id", sa.String(length=32), nullable=False),
        sa.Column("enquiry_id", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("busy_until", MOMENT, nullable=False),
        sa.Column("reserved_until", MOMENT, nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("booked_at", MOMENT, nullable=False),
        sa.CheckConstraint("status IN ('reserved','booked','attended','missed','cancelled')", name="known_status"),
        sa.CheckConstraint("ends_at > starts_at AND busy_until >= ends_at", name="ends_after_it_starts"),
        sa.CheckConstraint("status <> 'reserved' OR reserved_until IS NOT NULL", name="a_reservation_ends"),
        _refers("visits", "visitor_id", "visitors"),
        _refers("visits", "enquiry_id", "enquiries", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_visits"),
        sa.UniqueConstraint("reference", name="uq_visits_reference"),
    )
    op.create_index("ix_visits_agency", "visits", ["agency"])
    op.create_index("ix_visits_starts_at", "visits", ["starts_at"])
    op.create_index("ix_visits_visitor_day", "visits", ["visitor_id", "day"])
    op.create_index(
        "uq_visits_one_per_enquiry", "visits", ["enquiry_id"], unique=True, **_only_where("status = 'booked'")
    )
    op.create_index(
        "uq_visits_one_reserved", "visits", ["enquiry_id"], unique=True, **_only_where("status = 'reserved'")
    )
    op.create_table(
        "visit_records",
        sa.Column("visit_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("understanding", sa.Text(), nullable=False),
        sa.Column("motivation", sa.Text(), nullable=False),
        sa.Column("strengths", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _refers("visit_records", "visit_id", "visits", ondelete="CASCADE"),
        _refers("visit_records", "staff_id", "staff"),
        sa.PrimaryKeyConstraint("visit_id", name="pk_visit_records"),
    )
    op.create_table(
        "booking_changes",
        _id(),
        sa.Column("enquiry_id", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("change", sa.String(length=10), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=True),
        sa.Column("before", MOMENT, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        _refers("booking_changes", "enquiry_id", "enquiries", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_booking_changes"),
    )
    op.create_index("ix_booking_changes_enquiry_id", "booking_changes", ["enquiry_id"])
    op.create_index("ix_booking_changes_reference", "booking_changes", ["reference"])
    op.create_table(
        "calendar_feeds",
        sa.Column("secret_sha256", sa.String(length=64), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("visitor_id", sa.String(length=32), nullable=True),
        sa.Column("made_by", sa.String(length=32), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        _refers("calendar_feeds", "visitor_id", "visitors", ondelete="CASCADE"),
        _refers("calendar_feeds", "made_by", "staff"),
        sa.PrimaryKeyConstraint("secret_sha256", name="pk_calendar_feeds"),
    )
    op.create_index("ix_calendar_feeds_agency", "calendar_feeds", ["agency"])


def _make_messages() -> None:
    op.create_table(
        "outbox",
        _id(),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("occasion", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=True),
        sa.Column("enquiry_id", sa.String(length=32), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("next_try_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("handing_over_at", MOMENT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("given_up_at", MOMENT, nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        _refers("outbox", "enquiry_id", "enquiries", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("occasion", name="uq_outbox_occasion"),
    )
    op.create_index("ix_outbox_enquiry_id", "outbox", ["enquiry_id"])
    # Messages stay when they were sent; the worker looks every two seconds for those that were not.
    op.create_index(
        "ix_outbox_next_try_at", "outbox", ["next_try_at"], **_only_where("sent_at IS NULL AND given_up_at IS NULL")
    )
    op.create_table(
        "no_messages",
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("recipient", name="pk_no_messages"),
    )


def _fill() -> None:
    # Triggers count the places: an event begins with none taken. The plan goes on from the dates there are, one a day.
    day = _local_day("e.starts_at")
    first = f"NOT EXISTS (SELECT 1 FROM copy_of_events o WHERE o.agency = e.agency AND {_local_day('o.starts_at')} = {day} AND o.id < e.id)"
    op.execute(
        "INSERT INTO events (id, agency, title, venue, starts_at, ends_at, places, taken, planned_on, sequence) "
        f"SELECT id, agency, title, venue, starts_at, ends_at, places, 0, CASE WHEN {first} THEN {day} END, 0 FROM copy_of_events e"
    )
    op.execute(
        "INSERT INTO places (id, event_id, enquiry_id, reference, people, status, needs, sequence, booked_at) "
        "SELECT id, event_id, enquiry_id, reference, people, status, '[]', 0, booked_at FROM copy_of_places"
    )
    op.execute(
        "INSERT INTO outbox (id, agency, occasion, kind, channel, recipient, subject, body, enquiry_id, created_at, next_try_at, attempts, "
        "sent_at, last_error) SELECT id, agency, occasion, '', channel, recipient, subject, body, enquiry_id, created_at, next_try_at, "
        "attempts, sent_at, last_error FROM copy_of_outbox"
    )


def _fill_visits() -> None:
    _fill_visitors()
    op.execute(
        "INSERT INTO visits (id, agency, visitor_id, enquiry_id, reference, status, day, starts_at, ends_at, busy_until, sequence, "
        f"booked_at) SELECT v.id, s.agency, w.id, v.enquiry_id, v.reference, v.status, {_local_day('s.starts_at')}, s.starts_at, "
        "s.ends_at, s.ends_at, 0, v.booked_at FROM copy_of_visits v JOIN copy_of_visit_slots s ON s.id = v.slot_id "
        "JOIN visitors w ON w.agency = s.agency AND w.name = s.visitor"
    )


def _local_day(moment: str) -> str:
    # Events and visits are in the daytime or the evening: there the day in London is the day in UTC, which is all that SQLite knows.
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    return f"date({moment})" if is_sqlite else f"({moment} AT TIME ZONE 'Europe/London')::date"


def _fill_visitors() -> None:
    visitors = sa.table(
        "visitors",
        *(sa.column(name) for name in ("id", "agency", "name", "visit_minutes", "buffer_minutes", "most_a_day")),
        sa.column("pattern", sa.JSON()),
        sa.column("areas", sa.JSON()),
        sa.column("active", sa.Boolean()),
    )
    found = (
        op.get_bind()
        .execute(sa.text("SELECT DISTINCT agency, visitor FROM copy_of_visit_slots ORDER BY agency, visitor"))
        .all()
    )
    for number, (agency, name) in enumerate(found, start=1):
        op.get_bind().execute(
            visitors.insert().values(
                id=f"{number:032x}",
                agency=agency,
                name=name,
                pattern=ANY_HOURS,
                visit_minutes=VISIT_MINUTES,
                buffer_minutes=BUFFER_MINUTES,
                most_a_day=MOST_A_DAY,
                areas=[],
                active=True,
            )
        )


def _fill_before() -> None:
    op.execute(
        "INSERT INTO events (id, agency, title, venue, starts_at, ends_at, places, taken) "
        "SELECT id, agency, title, venue, starts_at, ends_at, places, 0 FROM copy_of_events WHERE cancelled_at IS NULL"
    )
    op.execute(
        "INSERT INTO places (id, event_id, enquiry_id, reference, people, status, booked_at) "
        "SELECT p.id, p.event_id, p.enquiry_id, p.reference, p.people, CASE p.status WHEN 'missed' THEN 'booked' ELSE p.status END, "
        "p.booked_at FROM copy_of_places p JOIN events e ON e.id = p.event_id WHERE p.status IN ('booked','attended','missed','cancelled')"
    )
    op.execute(
        "INSERT INTO visit_slots (id, agency, visitor, starts_at, ends_at) SELECT v.id, v.agency, w.name, v.starts_at, v.ends_at "
        "FROM copy_of_visits v JOIN copy_of_visitors w ON w.id = v.visitor_id WHERE v.status IN ('booked','attended')"
    )
    op.execute(
        "INSERT INTO visits (id, slot_id, enquiry_id, reference, status, booked_at) "
        "SELECT id, id, enquiry_id, reference, status, booked_at FROM copy_of_visits WHERE status IN ('booked','attended')"
    )
    op.execute(
        "INSERT INTO outbox (id, agency, occasion, channel, recipient, subject, body, enquiry_id, created_at, next_try_at, attempts, "
        "sent_at, last_error) SELECT id, agency, occasion, channel, recipient, subject, body, enquiry_id, created_at, next_try_at, "
        "attempts, sent_at, last_error FROM copy_of_outbox WHERE given_up_at IS NULL"
    )
