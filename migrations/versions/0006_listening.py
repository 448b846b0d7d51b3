"""A conversation knows what was answered last, so that a question that leans on it ("and two of them?") is understood.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("last_answer", sa.String(length=80), nullable=True))


def downgrade() -> None:
    op.drop_column("conversations", "last_answer")
