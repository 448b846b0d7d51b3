"""A record of who has opened a disclosure, and when first.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handoff_reads",
        sa.Column("handoff_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["handoff_id"], ["handoffs.id"], name="fk_handoff_reads_handoff_id_handoffs", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_handoff_reads_staff_id_staff"),
        sa.PrimaryKeyConstraint("handoff_id", "staff_id", name="pk_handoff_reads"),
    )


def downgrade() -> None:
    op.drop_table("handoff_reads")
