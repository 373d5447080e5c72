"""Which replies are to buyers that matter more, and which ties the seller has undone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("reply", sa.Column("standing", sa.String, nullable=False, server_default=""))
    undone = sa.text("undone_at IS NOT NULL")
    op.create_index(
        "tie_undone", "tie", ["one", "other"], sqlite_where=undone, postgresql_where=undone
    )


def downgrade() -> None:
    op.drop_index("tie_undone")
    op.drop_column("reply", "standing")
