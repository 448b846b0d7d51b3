"""A flag can be put right: when a disclosure was last told and how it was heard, and who said that it was not meant that way.

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("handoffs", sa.Column("told_at", MOMENT, nullable=True))
    op.add_column("handoffs", sa.Column("by_rule", sa.Boolean(), nullable=True))
    op.add_column("handoffs", sa.Column("put_right_at", MOMENT, nullable=True))
    op.create_table(
        "puttings_right",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("handoff_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=True),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["handoff_id"], ["handoffs.id"], name="fk_puttings_right_handoff_id_handoffs", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_puttings_right_staff_id_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_puttings_right"),
    )
    op.create_index("ix_puttings_right_handoff_id", "puttings_right", ["handoff_id"])


def downgrade() -> None:
    op.drop_table("puttings_right")
    op.drop_column("handoffs", "put_right_at")
    op.drop_column("handoffs", "by_rule")
    op.drop_column("handoffs", "told_at")
