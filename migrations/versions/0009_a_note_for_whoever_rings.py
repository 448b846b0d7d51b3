"""A note for whoever rings, in the person's own words, and whether nobody else may hear what it is about.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("enquiries", sa.Column("contact_note", sa.Text(), nullable=True))
    op.add_column("enquiries", sa.Column("discreet", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("enquiries", "discreet")
    op.drop_column("enquiries", "contact_note")
