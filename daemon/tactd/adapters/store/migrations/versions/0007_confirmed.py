"""When a marketplace has confirmed that it passed a reply on, and until when it should have."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tactd.adapters.store.schema import Utc

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("reply", sa.Column("confirm_by", Utc))
    op.add_column("reply", sa.Column("confirmed_at", Utc))
    op.create_index(
        "reply_to_confirm",
        "reply",
        ["confirm_by"],
        sqlite_where=sa.text("confirm_by IS NOT NULL AND confirmed_at IS NULL"),
        postgresql_where=sa.text("confirm_by IS NOT NULL AND confirmed_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("reply_to_confirm")
    op.drop_column("reply", "confirmed_at")
    op.drop_column("reply", "confirm_by")
