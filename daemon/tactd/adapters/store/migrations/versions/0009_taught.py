"""What the seller has taught the reader of his mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tactd.adapters.store.schema import Utc

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("mail", sa.Integer, sa.ForeignKey("mail.id"), nullable=False, unique=True),
        sa.Column("at", Utc, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("read_as", sa.String, nullable=False),
        sa.Column("intent", sa.String, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("correction")
