"""What sending by itself needs to know: likeness of mails, all endpoints of a reply's buyer, who
asked for silence, which addresses bounce, which conversations are paused."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tactd.adapters.store.schema import Utc

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("mail", sa.Column("likeness", sa.String))
    op.add_column("reply", sa.Column("buyer", sa.Text, nullable=False, server_default=""))
    without_file = sa.text("folder IS NULL")
    op.create_index(
        "reply_without_file",
        "reply",
        ["state"],
        sqlite_where=without_file,
        postgresql_where=without_file,
    )
    op.create_table(
        "silence",
        sa.Column("endpoint", sa.String, primary_key=True),
        sa.Column("level", sa.String, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("at", Utc, nullable=False),
    )
    op.create_table(
        "suppressed",
        sa.Column("endpoint", sa.String, primary_key=True),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("reply", sa.Integer, sa.ForeignKey("reply.id")),
        sa.Column("at", Utc, nullable=False),
    )
    op.create_table(
        "paused_thread",
        sa.Column("root", sa.String, primary_key=True),
        sa.Column("endpoint", sa.String, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("at", Utc, nullable=False),
        sa.Column("over_at", Utc),
    )
    op.create_index("paused_thread_endpoint", "paused_thread", ["endpoint"])


def downgrade() -> None:
    for table in ("paused_thread", "suppressed", "silence"):
        op.drop_table(table)
    op.drop_index("reply_without_file")
    op.drop_column("reply", "buyer")
    op.drop_column("mail", "likeness")
