"""The tables of bookings and of messages as they were before migration 0005, for the way back."""

from __future__ import annotations

from importlib import import_module

import sqlalchemy as sa
from alembic import op

MOMENT = sa.DateTime(timezone=True)
STATUS = "status IN ('booked','cancelled','attended')"


def make_tables_before() -> None:
    """Make them, with the triggers of 0002."""
    _make_events()
    _make_visits()
    _make_outbox()
    import_module("migrations.versions.0002_taken_places").upgrade()


def _only_where(condition: str) -> dict[str, sa.TextClause]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _moments(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, MOMENT, nullable=False) for name in names]


def _key(name: str, length: int = 32) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _make_events() -> None:
    op.create_table(
        "events",
        _key("id"),
        _key("agency", 40),
        *_texts("title", "venue"),
        *_moments("starts_at", "ends_at"),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        sa.CheckConstraint("taken >= 0 AND taken <= places", name="never_over_its_places"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.UniqueConstraint("agency", "starts_at", name="uq_events_agency_starts_at"),
    )
    op.create_index("ix_events_agency", "events", ["agency"])
    op.create_table(
        "places",
        _key("id"),
        _key("event_id"),
        _key("enquiry_id"),
        _key("reference", 12),
        sa.Column("people", sa.Integer(), nullable=False),
        _key("status", 10),
        *_moments("booked_at"),
        sa.CheckConstraint(STATUS, name="known_status"),
        sa.CheckConstraint("people >= 1 AND people <= 4", name="one_household"),
        sa.ForeignKeyConstraint(
            ["enquiry_id"], ["enquiries.id"], name="fk_places_enquiry_id_enquiries", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_places_event_id_events"),
        sa.PrimaryKeyConstraint("id", name="pk_places"),
        sa.UniqueConstraint("reference", name="uq_places_reference"),
    )
    op.create_index("ix_places_enquiry_id", "places", ["enquiry_id"])
    op.create_index("ix_places_event_id", "places", ["event_id"])
    stands = _only_where("status <> 'cancelled'")
    op.create_index("uq_places_one_per_enquiry", "places", ["event_id", "enquiry_id"], unique=True, **stands)


def _make_visits() -> None:
    op.create_table(
        "visit_slots",
        _key("id"),
        _key("agency", 40),
        *_texts("visitor"),
        *_moments("starts_at", "ends_at"),
        sa.PrimaryKeyConstraint("id", name="pk_visit_slots"),
        sa.UniqueConstraint("agency", "visitor", "starts_at", name="uq_visit_slots_agency_visitor_starts_at"),
    )
    op.create_index("ix_visit_slots_agency", "visit_slots", ["agency"])
    op.create_index("ix_visit_slots_starts_at", "visit_slots", ["starts_at"])
    op.create_table(
        "visits",
        _key("id"),
        _key("slot_id"),
        _key("enquiry_id"),
        _key("reference", 12),
        _key("status", 10),
        *_moments("booked_at"),
        sa.CheckConstraint(STATUS, name="known_status"),
        sa.ForeignKeyConstraint(
            ["enquiry_id"], ["enquiries.id"], name="fk_visits_enquiry_id_enquiries", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["visit_slots.id"], name="fk_visits_slot_id_visit_slots"),
        sa.PrimaryKeyConstraint("id", name="pk_visits"),
        sa.UniqueConstraint("reference", name="uq_visits_reference"),
    )
    op.create_index(
        "uq_visits_one_per_enquiry", "visits", ["enquiry_id"], unique=True, **_only_where("status = 'booked'")
    )
    op.create_index("uq_visits_slot_once", "visits", ["slot_id"], unique=True, **_only_where("status <> 'cancelled'"))


def _make_outbox() -> None:
    op.create_table(
        "outbox",
        _key("id"),
        _key("agency", 40),
        _key("occasion", 120),
        _key("channel", 10),
        *_texts("recipient", "subject", "body"),
        sa.Column("enquiry_id", sa.String(length=32), nullable=True),
        *_moments("created_at", "next_try_at"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enquiry_id"], ["enquiries.id"], name="fk_outbox_enquiry_id_enquiries", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("occasion", name="uq_outbox_occasion"),
    )
    op.create_index("ix_outbox_enquiry_id", "outbox", ["enquiry_id"])
    op.create_index("ix_outbox_next_try_at", "outbox", ["next_try_at"])
